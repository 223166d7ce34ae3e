"""Entries that came from the portal: inserted with a place in the order of the feed, their links beside."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, func, select, update

from spokesdesk import wire
from spokesdesk.domain.errors import UserError
from spokesdesk.store.erased_files import note_erased
from spokesdesk.store.replica_gather import AFTER, LINK
from spokesdesk.store.replica_rows import column_value, to_row
from spokesdesk.store.replica_state import ASIDE, HELD, LOCKED, Replica, chunks
from spokesdesk.store.replica_tables import VERSIONED, Spec, parents_of
from spokesdesk.store.replica_texts import place_for
from spokesdesk.store.seals import Seals
from spokesdesk.store.tables import chain
from spokesdesk.store.tables_numbers import number_holding
from spokesdesk.store.tables_sync import outbox, peer_link, replica


@dataclass(slots=True)
class Landing:
    """What one page of the feed or of a snapshot does to the rows of this desk.

    Attributes:
        replicas: every record touched, as the portal has it now.
        entries: entries in the order of the feed; those of this desk with None for their values.
        gone: records deleted at the portal.
        records: records that may change, to be written anew.
        remains: what is left of entries whose personal data were erased on another desk.
        own_texts: texts of versions of this desk's own that the feed tells of, as they travel.
    """

    replicas: dict[UUID, Replica] = field(default_factory=dict)
    entries: dict[str, list[tuple[UUID, dict[str, Any] | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    records: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    gone: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    remains: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    own_texts: dict[UUID, dict[str, Any]] = field(default_factory=dict)

    def add_entry(self, spec: Spec, record: UUID, values: dict[str, Any], *, is_own: bool) -> None:
        """Add an entry that the feed tells of: one of this desk's own is here, but a text's place may be another."""
        self.entries[spec.entity].append((record, None if is_own else values))
        if is_own and spec.table.name in VERSIONED:
            self.own_texts[record] = values


class Entries:
    """Entries of one table as they come: inserted with a place in the order of the feed, their links beside."""

    def __init__(
        self,
        connection: Connection,
        spec: Spec,
        landing: Landing,
        stale: dict[str, dict[UUID, None]],
        seals: Seals,
    ) -> None:
        self._connection, self._spec, self._landing, self._stale = connection, spec, landing, stale
        self._seals = seals
        self._unsent = _unsent_entries(connection, spec.entity, landing)
        self._placed: set[UUID] = set()
        self._whole: dict[UUID, dict[str, Any]] = {}

    def write(self, entries: Sequence[tuple[UUID, dict[str, Any] | None]]) -> None:
        foreign = [values for _record, values in entries if values is not None]
        if not foreign:
            for record, _values in entries:
                self._place_own(record)
            return
        spec = self._spec
        ready = self._opened(self._placeable(entries))
        rows: list[tuple[UUID, list[Any]]] = []
        links, place = [], _highest(self._connection, spec.table)
        moved: list[tuple[int, bytes]] = []
        for record, values in ready:
            place += 1
            if values is None:
                moved.append((place, record.bytes))
                self._place_own(record)
            elif (row := self._row(record, values)) is not None:
                rows.append((record, [*row, place] if spec.is_numbered else row))
                if link := values.get(LINK):
                    links.append(_link_row(record, link))
                note(self._stale, spec, values)
                if spec.table.name in VERSIONED:
                    set_aside(self._landing, [rows.pop()], self._insert)
                    self._placed.add(record)
        set_aside(self._landing, rows, self._insert)
        self._keep_aside()
        if spec.is_numbered:
            moved += [(place + at, one.bytes) for at, one in enumerate(self._unsent, start=1)]
            run(self._connection, f'UPDATE "{spec.table.name}" SET n = ? WHERE id = ?', moved)
        _keep_links(self._connection, links)
        self._after(foreign)

    def _keep_aside(self) -> None:
        """An entry that was set aside is no row here: what it says is kept as the portal has it."""
        for record, values in self._whole.items():
            made = self._landing.replicas[record]
            if made.state == ASIDE:
                made.fields = values

    def _placeable(
        self, entries: Sequence[tuple[UUID, dict[str, Any] | None]]
    ) -> list[tuple[UUID, dict[str, Any] | None]]:
        held = without_parents(
            self._connection, self._spec, [(rec, values) for rec, values in entries if values is not None]
        )
        for record, values in entries:
            if record in held:
                made = self._landing.replicas[record]
                made.state, made.fields = HELD, values
            elif values is not None:
                self._whole[record] = values
                self._landing.replicas[record].fields = None
        return [one for one in entries if one[0] not in held]

    def _opened(
        self, entries: Sequence[tuple[UUID, dict[str, Any] | None]]
    ) -> list[tuple[UUID, dict[str, Any] | None]]:
        """Give the entries with their sealed fields opened; those whose key is not here are kept as they came, too."""
        if self._spec.entity not in wire.SEALED_FIELDS:
            return list(entries)
        found: list[tuple[UUID, dict[str, Any] | None]] = []
        for record, values in entries:
            if values is None:
                found.append((record, None))
                continue
            opened, is_whole = self._seals.read(self._spec.table, self._spec.entity, record, values)
            made = self._landing.replicas[record]
            if not is_whole or made.state == LOCKED:
                made.state, made.fields = LOCKED, values
            found.append((record, opened))
        return found

    def _row(self, record: UUID, values: dict[str, Any]) -> list[Any] | None:
        spec = self._spec
        try:
            row = to_row(spec, values)
        except (ValueError, TypeError, AttributeError, KeyError):
            made = self._landing.replicas[record]
            made.state, made.fields = HELD, values
            return None
        row += spec.blank.values()
        if spec.table.name in VERSIONED:
            # Inserted one by one: where the next one of the same version goes depends on it.
            before = UUID(values[AFTER]) if values.get(AFTER) else None
            row.append(place_for(self._connection, spec.table.name, record, values, before, self._placed))
        return row

    def _place_own(self, record: UUID) -> None:
        """A text of this desk's own may stand now though it was set aside: a restored portal heard of it first."""
        table, values = self._spec.table, self._landing.own_texts.get(record)
        had = self._connection.scalar(select(table.c.fork).where(table.c.id == record)) if values else None
        if values and had is not None:
            before = UUID(values[AFTER]) if values.get(AFTER) else None
            fork = place_for(self._connection, table.name, record, values, before, self._placed)
            if fork != had:
                self._connection.execute(update(table).where(table.c.id == record).values(fork=fork))
                note(self._stale, self._spec, values)
        self._placed.add(record)

    def _insert(self, rows: Sequence[Sequence[Any]]) -> None:
        spec = self._spec
        names = [*spec.columns, *spec.blank]
        if spec.table.name in VERSIONED:
            names.append("fork")
        elif spec.is_numbered:
            names.append("n")
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        again = "DO NOTHING"
        if spec.table.name in VERSIONED:
            again = "DO UPDATE SET fork = excluded.fork"
        elif (
            spec.entity in wire.IN_ORDER
        ):  # read anew, from a portal that was restored: in the order that holds now
            again = "DO UPDATE SET n = excluded.n"
        run(
            self._connection,
            f'INSERT INTO "{spec.table.name}"({columns}) VALUES ({marks}) ON CONFLICT(id) {again}',
            rows,
        )

    def _after(self, foreign: Sequence[dict[str, Any]]) -> None:
        if self._spec.entity == "erasure":
            entries = [UUID(values["entry"]) for values in foreign]
            for table in (chain, peer_link):
                for part in chunks(entries):
                    self._connection.execute(update(table).where(table.c.entry.in_(part)).values(salt=None))
        if self._spec.entity == wire.DELETION:
            for values in foreign:
                note_erased(self._connection, UUID(values["id"]), values["files"])
        if self._spec.entity == "number-holding":
            for values in foreign:
                link = values.get(LINK) or {}
                of = number_holding.c.id == UUID(values["id"])
                device = UUID(link["device"]) if "device" in link else UUID(int=0)
                self._connection.execute(update(number_holding).where(of).values(device=device))


def set_aside(
    landing: Landing, rows: Sequence[tuple[UUID, list[Any]]], write: Callable[[Sequence[list[Any]]], None]
) -> None:
    """Write rows; those that bear a mark of secrecy are set aside, and the others written all the same.

    The gate looks at a statement with all its rows before the first of them is written. What is set aside is kept
    only as what the portal has: no list and no search shows it.
    """
    try:
        write([row for _record, row in rows])
    except UserError as error:
        if error.code != "secret_marked":
            raise
        for record, row in rows:
            try:
                write([row])
            except UserError as fault:
                if fault.code != "secret_marked":
                    raise
                landing.replicas[record].state = ASIDE


def run(connection: Connection, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement for each of some rows, in SQLite's own values."""
    if rows:
        connection.exec_driver_sql(statement, [tuple(row) for row in rows])


def _highest(connection: Connection, table: Table) -> int:
    return (connection.scalar(select(func.max(table.c.n))) or 0) if "n" in table.c else 0


def _unsent_entries(connection: Connection, entity: str, landing: Landing) -> list[UUID]:
    """Give this desk's entries of a noun that are not in the feed yet, in their order; refused ones stay put.

    What is given back to a restored portal waits, too, though a colleague may have given it back before.
    """
    kind = func.json_extract(outbox.c.op, "$.kind")
    noun = func.json_extract(outbox.c.op, "$.entity")
    wanted = select(outbox.c.record).where(noun == entity, kind == "append", outbox.c.state != "quarantined")
    found = list(connection.scalars(wanted.order_by(outbox.c.n)))
    told = set(landing.replicas)
    for part in chunks(found):
        told.update(connection.scalars(select(replica.c.record).where(replica.c.record.in_(part))))
    return [record for record in found if record not in told]


def _link_row(record: UUID, link: dict[str, Any]) -> list[Any]:
    from datetime import datetime

    from spokesdesk.store.columns import UtcTime

    at = UtcTime().process_bind_param(datetime.fromisoformat(link["at"]), None)  # type: ignore[arg-type]
    salt = bytes.fromhex(link["salt"]) if link["salt"] else None
    made = [UUID(link["device"]).bytes, link["n"], link["kind"], record.bytes, at]
    return [*made, bytes.fromhex(link["commitment"]), bytes.fromhex(link["hash"]), salt]


def _keep_links(connection: Connection, links: Sequence[Sequence[Any]]) -> None:
    run(connection, "INSERT OR IGNORE INTO peer_link VALUES (?, ?, ?, ?, ?, ?, ?, ?)", links)


def without_parents(
    connection: Connection, spec: Spec, rows: Iterable[tuple[UUID, dict[str, Any]]]
) -> set[UUID]:
    """Give the records that point to something that is not here."""
    held: set[UUID] = set()
    found = list(rows)
    for column, parent in parents_of(spec.table):
        wanted: dict[UUID, list[UUID]] = defaultdict(list)
        for record, values in found:
            if values.get(column):
                wanted[UUID(values[column])].append(record)
        there = _there(connection, parent, wanted)
        own = {record for record, _values in found} if parent is spec.table else set()
        for target, records in wanted.items():
            if target not in there and target not in own:
                held.update(records)
    return held


def _there(connection: Connection, table: Table, ids: Iterable[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for part in chunks(ids):
        among = table.c.id.in_(bindparam("ids", expanding=True))
        found.update(connection.scalars(select(table.c.id).where(among), {"ids": part}))
    return found


def renew_entry(connection: Connection, spec: Spec, record: UUID, values: dict[str, Any]) -> None:
    """Write columns of an entry anew: data erased on another desk, or sealed ones whose key has come."""
    given = {name: column_value(spec, name, value) for name, value in values.items() if name in spec.written}
    if not given:
        return
    newer = ", ".join(f'"{name}" = ?' for name in given)
    run(connection, f'UPDATE "{spec.table.name}" SET {newer} WHERE id = ?', [(*given.values(), record.bytes)])


# Which record an entry is a part of: (its table, the column that names it).
_PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "contact": (("contact", "id"), ("contact", "corrects")),
    "contact_companion": (("contact", "contact_id"),),
    "contact_answer": (("contact", "contact_id"), ("contact", "given_in")),
    "settlement": (("contact", "contact_id"),),
    "request": (("request", "id"),),
    "request_step": (("request", "request_id"),),
    "case": (("case", "id"),),
    "case_text": (("case", "case_id"),),
    "case_move": (("case", "case_id"),),
    "evidence": (("case", "case_id"),),
    "rebuttal_round": (("rebuttal_round", "id"),),
    "round_step": (("rebuttal_round", "round_id"),),
    "incident": (("incident", "id"),),
    "incident_text": (("incident", "incident_id"),),
    "incident_step": (("incident", "incident_id"),),
    "paper": (("paper", "id"),),
    "paper_text": (("paper", "paper_id"),),
    "paper_move": (("paper", "paper_id"),),
    "article": (("article", "id"),),
    "news": (("news", "id"), ("news", "same_as")),
    "triage_step": (("news", "item_id"),),
    "claim": (("article", "article_id"),),
    "authorisation": (("authorisation", "id"), ("authorisation", "corrects")),
    "outlet": (("outlet", "id"),),
    "journalist": (("journalist", "id"),),
    "law_entry": (("law_entry", "id"),),
    "province_note": (("province_note", "id"),),
    "outlet_checklist": (("outlet_checklist", "id"),),
}


def note(stale: dict[str, dict[UUID, None]], spec: Spec, values: dict[str, Any]) -> None:
    """Note which records are to be worked out anew because of a row."""
    for table, column in _PARTS.get(spec.table.name, ()):
        if value := values.get(column):
            stale[table][UUID(value)] = None
