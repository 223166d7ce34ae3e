"""The chain table: entries join it in the transaction that writes them; bodies are checked against it."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Row, Table, insert, select, update

from spokesdesk.domain.chain import SALT_BYTES, ChainFault, Link, commitment, next_link
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
from spokesdesk.store.tables_people import authorisation, authorisation_step, outlet_checklist
from spokesdesk.store.tables_requests import FOLLOWING, day_end, day_end_sent, request, request_step

# Which table holds the body of each kind of entry, and which columns may change after it was written.
BODIES: dict[str, tuple[Table, tuple[str, ...]]] = {
    "contact": (contact, ("n", "corrected_by", "settled_at")),
    "contact_companion": (contact_companion, ("n",)),
    "contact_answer": (contact_answer, ("n",)),
    "article": (article, ("n",)),
    "claim": (claim, ("n",)),
    "paper_text": (paper_text, ()),
    "paper_move": (paper_move, ("n",)),
    "paper_review": (paper_review, ("n",)),
    "paper_signature": (paper_signature, ("n",)),
    "sending": (sending, ("n",)),
    "authorisation": (authorisation, ("n", "corrected_by")),
    "authorisation_step": (authorisation_step, ("n",)),
    "outlet_checklist": (outlet_checklist, ("n",)),
    # Of a case only who opened it, when and from which contact is fixed; the rest is the latest of its entries.
    "case": (
        case,
        ("n", "kind", "title", "state", "happened_at", "person", "outlet_name", "version", "saved_at"),
    ),
    "case_text": (case_text, ()),
    "case_move": (case_move, ("n",)),
    "evidence": (evidence, ("n",)),
    "custody": (custody, ("n",)),
    "request": (request, ("n", *FOLLOWING)),
    "request_step": (request_step, ("n",)),
    "day_end": (day_end, ("n",)),
    "day_end_sent": (day_end_sent, ("n",)),
    "import_move": (import_move, ("n",)),
}
# Columns that came after the first entries of a kind: a NULL in them is left out, so that older entries still verify.
ADDED: dict[str, tuple[str, ...]] = {
    "contact": ("occasion", "answered_by", "givens", "recorded", "follows"),
}


class SqlChain:
    """Joins entries to the chain and verifies them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def join(self, kind: str, entry: UUID, at: datetime, values: Mapping[str, object]) -> Link:
        """Add the link of an entry that is written in this same transaction.

        Args:
            kind: key of BODIES.
            entry: id of the entry.
            at: UTC, when it was written.
            values: the row as written.
        """
        salt = secrets.token_bytes(SALT_BYTES)
        committed = commitment(salt, body(values, BODIES[kind][1], ADDED.get(kind, ())))
        link = next_link(self.head(), kind, entry, at, committed)
        self._connection.execute(
            insert(chain),
            {
                "n": link.n,
                "kind": kind,
                "entry": entry,
                "at": at,
                "commitment": committed,
                "hash": link.hash,
                "salt": salt,
            },
        )
        return link

    def head(self) -> Link | None:
        """Give the last link, None for an empty journal."""
        row = self._connection.execute(select(chain).order_by(chain.c.n.desc()).limit(1)).first()
        return _link(row) if row else None

    def links(self) -> Iterator[Link]:
        """Give all links in order."""
        for row in self._connection.execute(select(chain).order_by(chain.c.n)).yield_per(1000):
            yield _link(row)

    def erase(self, entry: UUID) -> None:
        """Forget the salts of an entry, so that nothing ties its commitment to a text any more."""
        self._connection.execute(update(chain).where(chain.c.entry == entry).values(salt=None))

    def body_faults(self) -> list[ChainFault]:
        """Give the entries whose body is gone or not what was committed; erased ones are in order."""
        found: list[ChainFault] = []
        for kind, (table, apart) in BODIES.items():
            found += self._faults_of(kind, table, apart)
        return found + self._unchained()

    def _faults_of(self, kind: str, table: Table, apart: tuple[str, ...]) -> list[ChainFault]:
        found: list[ChainFault] = []
        own = [column.label(f"own_{column.name}") for column in table.c]
        joined = chain.outerjoin(table, table.c.id == chain.c.entry)
        statement = (
            select(chain, *own).select_from(joined).where(chain.c.kind == kind, chain.c.salt.is_not(None))
        )
        for row in self._connection.execute(statement.order_by(chain.c.n)).yield_per(500).mappings():
            if row["own_id"] is None:
                found.append(ChainFault(row["n"], "body_missing", row["entry"]))
                continue
            values = {column.name: row[f"own_{column.name}"] for column in table.c}
            if commitment(row["salt"], body(values, apart, ADDED.get(kind, ()))) != row["commitment"]:
                found.append(ChainFault(row["n"], "body_changed", row["entry"]))
        return found

    def _unchained(self) -> list[ChainFault]:
        found: list[ChainFault] = []
        for table, _apart in BODIES.values():
            statement = (
                select(table.c.id)
                .select_from(table.outerjoin(chain, chain.c.entry == table.c.id))
                .where(chain.c.n.is_(None))
            )
            found += [
                ChainFault(0, "entry_unchained", entry) for entry in self._connection.scalars(statement)
            ]
        return found


def _link(row: "Row[tuple[object, ...]]") -> Link:
    return Link(row.n, row.kind, row.entry, row.at, row.commitment, row.hash)
