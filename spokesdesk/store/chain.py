"""The chain table: entries join it in the transaction that writes them; bodies are checked against it."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    Connection,
    FromClause,
    Integer,
    Row,
    RowMapping,
    Select,
    Table,
    and_,
    bindparam,
    func,
    insert,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
    update,
)

from spokesdesk import wire
from spokesdesk.domain.chain import SALT_BYTES, ChainFault, Link, commitment, next_link
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.sealing import AWAITED, require_read
from spokesdesk.store.projections import unsaid
from spokesdesk.store.rows import body
from spokesdesk.store.tables import (
    article,
    chain,
    claim,
    contact,
    paper_move,
    paper_review,
    paper_signature,
    paper_text,
    sending,
)
from spokesdesk.store.tables_cases import case, case_move, case_text, custody, evidence
from spokesdesk.store.tables_contacts import contact_answer, contact_companion
from spokesdesk.store.tables_imports import import_move
from spokesdesk.store.tables_incidents import FOLLOWING as INCIDENT_FOLLOWING
from spokesdesk.store.tables_incidents import incident, incident_step, incident_text
from spokesdesk.store.tables_library import rule_pack
from spokesdesk.store.tables_monitoring import false_post, page_capture, triage_step
from spokesdesk.store.tables_numbers import number_holding
from spokesdesk.store.tables_people import authorisation, authorisation_step, outlet_checklist
from spokesdesk.store.tables_province import province_note
from spokesdesk.store.tables_rebuttals import (
    article_text,
    rebuttal_round,
    recapture,
    recapture_check,
    round_step,
)
from spokesdesk.store.tables_requests import FOLLOWING, day_end, day_end_sent, request, request_step
from spokesdesk.store.tables_sync import peer_link, replica
from spokesdesk.store.tables_trust import deletion, erasure, settlement, subject_request

# Which table holds the body of each kind of entry, and which columns may change after it was written.
BODIES: dict[str, tuple[Table, tuple[str, ...]]] = {
    "contact": (contact, ("n", "corrected_by", "settled_at")),
    "contact_companion": (contact_companion, ("n",)),
    "contact_answer": (contact_answer, ("n",)),
    "settlement": (settlement, ("n",)),
    "deletion": (deletion, ("n",)),
    "erasure": (erasure, ("n",)),
    "subject_request": (subject_request, ("n",)),
    "article": (article, ("n",)),
    "claim": (claim, ("n", "corrected_by")),
    "article_text": (article_text, ("n",)),
    "rebuttal_round": (rebuttal_round, ("n", "state", "due_at")),
    "round_step": (round_step, ("n",)),
    "recapture": (recapture, ("n",)),
    "recapture_check": (recapture_check, ("n",)),
    "paper_text": (paper_text, ("fork",)),
    "paper_move": (paper_move, ("n",)),
    "paper_review": (paper_review, ("n",)),
    "paper_signature": (paper_signature, ("n",)),
    "sending": (sending, ("n",)),
    "number_holding": (number_holding, ("n", "device")),
    "authorisation": (authorisation, ("n", "corrected_by")),
    "authorisation_step": (authorisation_step, ("n",)),
    "outlet_checklist": (outlet_checklist, ("n",)),
    # Of a case only who opened it, when and from which contact is fixed; the rest is the latest of its entries.
    "case": (
        case,
        ("n", "kind", "title", "state", "happened_at", "person", "outlet_name", "version", "saved_at"),
    ),
    "case_text": (case_text, ("fork",)),
    "case_move": (case_move, ("n",)),
    "evidence": (evidence, ("n",)),
    "custody": (custody, ("n",)),
    "incident": (incident, ("n", *INCIDENT_FOLLOWING)),
    "incident_text": (incident_text, ("fork",)),
    "incident_step": (incident_step, ("n",)),
    "request": (request, ("n", *FOLLOWING)),
    "request_step": (request_step, ("n",)),
    "day_end": (day_end, ("n",)),
    "day_end_sent": (day_end_sent, ("n",)),
    "import_move": (import_move, ("n",)),
    "rule_pack": (rule_pack, ("n", "dropped_at")),
    "triage_step": (triage_step, ("n",)),
    "page_capture": (page_capture, ("n",)),
    "false_post": (false_post, ("n",)),
    "province_note": (province_note, ("n",)),
}
# Where the link of an entry is: in this desk's chain, or in that of the colleague who wrote it.
LINKED: tuple[Table, ...] = (chain, peer_link)
# Columns that came after the first entries of a kind: a NULL in them is left out, so that older entries still verify.
ADDED: dict[str, tuple[str, ...]] = {
    "contact": ("occasion", "answered_by", "givens", "recorded", "follows"),
    "paper_move": ("stamped",),
    "request": ("note_id",),
    "claim": (
        *("asks", "files", "papers", "links", "text_sha256"),
        *("corrects", "withdrawn", "made_at", "made_by"),
    ),
}


_NUMBERED = frozenset(kind for kind, (table, _apart) in BODIES.items() if "n" in table.c)
# What was noted as done last, per entry.
_LAST = select(func.max(settlement.c.n)).group_by(settlement.c.contact_id)
_SAID = settlement.alias("said")
_SETTLED_UNSAID = (
    select(contact.c.id)
    .select_from(contact.outerjoin(_SAID, and_(_SAID.c.contact_id == contact.c.id, _SAID.c.n.in_(_LAST))))
    .where(contact.c.settled_at.is_distinct_from(_SAID.c.settled_at))
)


_DAY_US = 24 * 3600 * 1_000_000
# Whole numbers are divided towards zero: times before 1970 are moved above it first.
_SHIFT_US = 7 * 3600 * 1_000_000 + 800_000 * _DAY_US
_DAY = (type_coerce(chain.c.at, Integer) + _SHIFT_US) // _DAY_US


def _unlinked(kind: str, table: Table) -> "Select[tuple[str, UUID]]":
    """Entries of a kind that no chain has a link of."""
    joined: FromClause = table
    for links in LINKED:
        joined = joined.outerjoin(links, and_(links.c.entry == table.c.id, links.c.kind == kind))
    unlinked = and_(*(links.c.n.is_(None) for links in LINKED))
    return select(literal(kind).label("kind"), table.c.id.label("entry")).select_from(joined).where(unlinked)


def _unsaid_correction(table: Table) -> "Select[tuple[UUID]]":
    """Entries said to be corrected by an entry that does not say so."""
    other = table.alias("other")
    joined = table.outerjoin(other, other.c.id == table.c.corrected_by)
    unsaid = or_(other.c.id.is_(None), other.c.corrects.is_(None), other.c.corrects != table.c.id)
    return select(table.c.id).select_from(joined).where(table.c.corrected_by.is_not(None), unsaid)


def _unmarked_correction(table: Table) -> "Select[tuple[UUID]]":
    """Entries that another one corrects and that do not show it."""
    other = table.alias("other")
    joined = table.join(other, other.c.corrects == table.c.id)
    return select(table.c.id).select_from(joined).where(table.c.corrected_by.is_(None))


_CORRECTED = [table for table, apart in BODIES.values() if "corrected_by" in apart and "corrects" in table.c]
_CORRECTIONS = [made(table) for table in _CORRECTED for made in (_unsaid_correction, _unmarked_correction)]
_UNCHAINED = union_all(*(_unlinked(kind, table) for kind, (table, _apart) in BODIES.items()))
_ADD = insert(chain)
_HEAD = select(chain).order_by(chain.c.n.desc()).limit(1)


class SqlChain:
    """Joins entries to the chain and verifies them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        # The head in this transaction, which alone may write: read once however many entries join.
        self.joined: Link | None = None

    def join(self, kind: str, entry: UUID, at: datetime, values: Mapping[str, object]) -> Link:
        """Add the link of an entry that is written in this same transaction.

        Args:
            kind: key of BODIES.
            entry: id of the entry.
            at: UTC, when it was written.
            values: the row as written.

        Raises:
            WaitError: ``agency_key_awaited``: it says what was copied from a field that cannot be read here yet.
        """
        return self.join_many(kind, [(entry, at, values)])

    def join_many(self, kind: str, entries: Sequence[tuple[UUID, datetime, Mapping[str, object]]]) -> Link:
        """Add the links of entries that are written in this same transaction, at least one, in their order.

        Args:
            kind: key of BODIES.
            entries: id, time of writing (UTC) and row of each.
        """
        require_read(value for _entry, _at, values in entries for value in values.values())
        before = self.joined or self.head()
        apart = BODIES[kind][1], ADDED.get(kind, ())
        rows = []
        for entry, at, values in entries:
            salt = secrets.token_bytes(SALT_BYTES)
            committed = commitment(salt, body(values, *apart))
            before = next_link(before, kind, entry, at, committed)
            rows.append(
                {
                    "n": before.n,
                    "kind": kind,
                    "entry": entry,
                    "at": at,
                    "commitment": committed,
                    "hash": before.hash,
                    "salt": salt,
                }
            )
        assert before is not None
        self._connection.execute(_ADD, rows)
        self.joined = before
        return before

    def head(self) -> Link | None:
        """Give the last link, None for an empty journal."""
        row = self._connection.execute(_HEAD).first()
        return _link(row) if row else None

    def head_before(self, at: datetime) -> Link | None:
        """Give the last link written before a time (UTC), in the order of the chain."""
        statement = select(chain).where(chain.c.at < at).order_by(chain.c.n.desc()).limit(1)
        row = self._connection.execute(statement).first()
        return _link(row) if row else None

    def day_heads(self, after: int = 0) -> tuple[Link, ...]:
        """Give the last link of every Vietnamese day among those after a number, in the order of the chain."""
        last = select(func.max(chain.c.n)).where(chain.c.n > after).group_by(_DAY)
        rows = self._connection.execute(select(chain).where(chain.c.n.in_(last)).order_by(chain.c.n))
        return tuple(map(_link, rows))

    def links(self, after: int = 0) -> Iterator[Link]:
        """Give the links after a number, in order."""
        statement = select(chain).where(chain.c.n > after).order_by(chain.c.n)
        for row in self._connection.execute(statement).yield_per(1000):
            yield _link(row)

    def erase(
        self,
        entry: UUID,
        remains: Mapping[str, object] | None = None,
        deletion_id: UUID | None = None,
    ) -> str:
        """Forget the salt of an entry, so that nothing ties its commitment to a text any more; itself an entry.

        Args:
            entry: whose body is gone or was emptied in this same transaction.
            remains: the row as it stands now, committed to anew; None when it is gone.
            deletion_id: the record of deletion that this belongs to.

        Returns:
            The commitment that stays, hex.
        """
        row = next((found for table in LINKED if (found := self._linked(table, entry)) is not None), None)
        if row is None:
            raise UserError("record_missing", field="id", id=entry)
        salt, at = secrets.token_bytes(SALT_BYTES), datetime.now(UTC)
        for table in LINKED:
            self._connection.execute(update(table).where(table.c.entry == entry).values(salt=None))
        values: dict[str, object] = {
            "id": uuid4(),
            "link": row.n,
            "entry": entry,
            "committed": row.commitment.hex(),
            "salt": salt.hex(),
            "remains": self._committed(row.kind, salt, remains) if remains is not None else "",
            "deletion_id": deletion_id,
            "at": at,
        }
        self._connection.execute(insert(erasure), values)
        self.join("erasure", UUID(str(values["id"])), at, values)
        return str(row.commitment.hex())

    def _linked(self, table: Table, entry: UUID) -> "Row[Any] | None":
        return self._connection.execute(select(table).where(table.c.entry == entry)).first()

    def _committed(self, kind: str, salt: bytes, values: Mapping[str, object]) -> str:
        return commitment(salt, body(values, BODIES[kind][1], ADDED.get(kind, ()))).hex()

    def body_faults(self) -> list[ChainFault]:
        """Give the entries whose body is gone or not what was committed; erased ones are in order."""
        found: list[ChainFault] = []
        for links in LINKED:
            there = set(self._connection.scalars(select(links.c.kind).distinct()))
            for kind, (table, apart) in BODIES.items():
                if kind in there:
                    found += self._faults_of(links, kind, table, apart)
        found += self._unchained() + self._later_marks() + self._erased_faults()
        return found + unsaid(self._connection)

    def _faults_of(self, links: Table, kind: str, table: Table, apart: tuple[str, ...]) -> list[ChainFault]:
        found: list[ChainFault] = []
        own = [column.label(f"own_{column.name}") for column in table.c]
        joined = links.outerjoin(table, table.c.id == links.c.entry)
        statement = (
            select(links, *own).select_from(joined).where(links.c.kind == kind, links.c.salt.is_not(None))
        )
        # Colleagues' entries stand where the feed has them, between our own.
        is_ordered, place = kind in _NUMBERED and links is chain, 0
        for row in self._connection.execute(statement.order_by(links.c.n)).yield_per(500).mappings():
            if row["own_id"] is None:
                found.append(ChainFault(row["n"], "body_missing", row["entry"], kind))
                continue
            values = {column.name: row[f"own_{column.name}"] for column in table.c}
            if not self._is_committed(row, values, kind):
                found.append(ChainFault(row["n"], "body_changed", row["entry"], kind))
            if is_ordered:
                if row["own_n"] <= place:
                    found.append(ChainFault(row["n"], "order_changed", row["entry"], kind))
                place = row["own_n"]
        return found

    def _is_committed(self, row: RowMapping, values: Mapping[str, object], kind: str) -> bool:
        """Say whether a row is what was committed to; what a program to come wrote besides is reckoned in."""
        table, apart = BODIES[kind]
        added = ADDED.get(kind, ())
        if commitment(row["salt"], body(values, apart, added)) == row["commitment"]:
            return True
        here = (replica.c.record == row["entry"]) & (replica.c.state == "fuller")
        kept = self._connection.scalar(select(replica.c.fields).where(here)) or {}
        more = {name: value for name, value in kept.items() if name not in table.c and name[0] != "_"}
        if any(wire.is_box(value) for value in more.values()):
            return True  # sealed: nobody can reckon with it here
        said = body({**values, **more}, apart, added)
        return bool(more) and commitment(row["salt"], said) == row["commitment"]

    def peers(self) -> tuple[tuple[Link, ...], ...]:
        """Give the chains of colleagues' desks as far as they came with the feed, one a desk."""
        found: dict[UUID, list[Link]] = {}
        statement = select(peer_link).order_by(peer_link.c.device, peer_link.c.n)
        for row in self._connection.execute(statement).yield_per(1000):
            found.setdefault(row.device, []).append(_link(row))
        return tuple(tuple(links) for links in found.values())

    def _erased_faults(self) -> list[ChainFault]:
        """A salt that is gone must be said by an erasure, and what that left must still be as it left it."""
        latest = select(func.max(erasure.c.n)).group_by(erasure.c.entry)
        said = {
            row.entry: row for row in self._connection.execute(select(erasure).where(erasure.c.n.in_(latest)))
        }
        found: list[ChainFault] = []
        for links in LINKED:
            # What waits for the agency's key, or was set aside when it came, cannot be checked yet.
            locked = select(replica.c.record).where(replica.c.state.in_(("locked", "marked")))
            is_erased = links.c.salt.is_(None) & links.c.entry.not_in(locked)
            wanted = select(links).where(is_erased).order_by(links.c.n)
            for row in self._connection.execute(wanted).all():
                code = self._erased_fault(row, said.pop(row.entry, None))
                found += [ChainFault(row.n, code, row.entry, row.kind)] if code else []
        return found + [ChainFault(row.link, "erased_unaccounted", row.entry) for row in said.values()]

    def _erased_fault(self, link: Any, said: Any) -> str:
        if said is None or said.entry != link.entry or said.committed != link.commitment.hex():
            return "erased_unaccounted"
        table = BODIES[link.kind][0] if link.kind in BODIES else None
        if table is None:
            return "hash"
        own = self._connection.execute(select(table).where(table.c.id == link.entry)).mappings().first()
        if own is None:
            return "erased_changed" if said.remains else ""
        if said.salt == AWAITED:
            return ""
        remains = self._committed(link.kind, bytes.fromhex(said.salt), dict(own))
        return "" if remains == said.remains else "erased_changed"

    def _later_marks(self) -> list[ChainFault]:
        """What was marked on an entry later must be said by a link or an entry of its own."""
        wrong: set[UUID] = set(self._connection.scalars(_SETTLED_UNSAID))
        for statement in _CORRECTIONS:
            wrong.update(self._connection.scalars(statement))
        numbers = select(chain.c.n, chain.c.entry, chain.c.kind).where(
            chain.c.entry.in_(bindparam("wrong", expanding=True))
        )
        rows = self._connection.execute(numbers, {"wrong": sorted(wrong)})
        return [ChainFault(row.n, "link_changed", row.entry, row.kind) for row in rows]

    def _unchained(self) -> list[ChainFault]:
        rows = self._connection.execute(_UNCHAINED)
        return [ChainFault(0, "entry_unchained", row.entry, row.kind) for row in rows]


def _link(row: "Row[tuple[object, ...]]") -> Link:
    return Link(row.n, row.kind, row.entry, row.at, row.commitment, row.hash)
