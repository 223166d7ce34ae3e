"""Entries that came from the portal: inserted with a place in the order of the feed, their links beside."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from msgspec.json import encode
from sqlalchemy import Connection, Table, func, select, update

from spokesdesk import wire
from spokesdesk.domain.errors import UserError
from spokesdesk.store.bulk import insert_rows, insert_text
from spokesdesk.store.columns import blob_columns
from spokesdesk.store.erased_files import note_erased
from spokesdesk.store.replica_gather import AFTER, LINK
from spokesdesk.store.replica_parts import Stale, note, sealed_part
from spokesdesk.store.replica_ready import link_row
from spokesdesk.store.replica_rows import UNREADABLE, column_value, id_in, to_row
from spokesdesk.store.replica_state import ASIDE, FULLER, HELD, LOCKED, Replica, chunks
from spokesdesk.store.replica_strange import strange
from spokesdesk.store.replica_tables import VERSIONED, Spec, parents_of
from spokesdesk.store.replica_texts import place_for
from spokesdesk.store.seals import Seals
from spokesdesk.store.tables import chain
from spokesdesk.store.tables_numbers import number_holding
from spokesdesk.store.tables_sync import outbox, peer_link, replica

_MOVE = 'UPDATE "{table}" SET n = ? WHERE id = ?'


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
        stale: Stale,
        seals: Seals,
    ) -> None:
        self._connection, self._spec, self._landing, self._stale = connection, spec, landing, stale
        self._seals = seals
        self._unsent = unsent_entries(connection, spec.entity, landing.replicas)
        self._placed: set[UUID] = set()
        self._whole: dict[UUID, dict[str, Any]] = {}
        self._links: list[Sequence[Any]] = []

    def write(self, entries: Sequence[tuple[UUID, dict[str, Any] | None]]) -> None:
        foreign = [values for _record, values in entries if values is not None]
        if not foreign:
            for record, _values in entries:
                self._place_own(record)
            return
        spec = self._spec
        ready = self._opened(self._placeable(entries))
        rows: list[tuple[UUID, list[Any]]] = []
        place = highest(self._connection, spec.table)
        moved: list[tuple[int, bytes]] = []
        for record, values in ready:
            place += 1
            if values is None:
                moved.append((place, record.bytes))
                self._place_own(record)
            elif (row := self._row(record, values)) is not None:
                rows.append((record, [*row, place] if spec.is_numbered else row))
                note(self._stale, spec, values, record)
                if spec.table.name in VERSIONED:
                    set_aside(self._landing, [rows.pop()], self._insert)
                    self._placed.add(record)
        set_aside(self._landing, rows, self._insert)
        self._keep_aside()
        if spec.is_numbered:
            run(self._connection, _MOVE.format(table=spec.table.name), moved)
            put_behind(self._connection, spec, self._unsent, place)
        if self._links:
            keep_links(self._connection, encode(self._links).decode())
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
                made = self._landing.replicas[record]
                is_fuller = bool(strange(self._spec, values))
                made.fields = values if is_fuller else None
                made.state = FULLER if is_fuller and made.state != LOCKED else made.state
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
                kept = values if strange(self._spec, values) else sealed_part(self._spec, values)
                made.state, made.fields = LOCKED, kept
            found.append((record, opened))
        return found

    def _row(self, record: UUID, values: dict[str, Any]) -> list[Any] | None:
        """Give the columns of an entry, and keep its link; None where they cannot be read: then it waits."""
        spec, said = self._spec, values.get(LINK)
        try:
            row = [*to_row(spec, values), *spec.blank.values()]
            link = link_row(record.hex, said) if said else None
        except UNREADABLE:
            made = self._landing.replicas[record]
            made.state, made.fields = HELD, values
            return None
        if link is not None:
            self._links.append(link)
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
        again = "DO NOTHING"
        if spec.table.name in VERSIONED:
            again = "DO UPDATE SET fork = excluded.fork"
        elif (
            spec.entity in wire.IN_ORDER
        ):  # read anew, from a portal that was restored: in the order that holds now
            again = "DO UPDATE SET n = excluded.n"
        into, blobs = f'INSERT INTO "{spec.table.name}"', blob_columns(spec.table)
        insert_rows(self._connection, into, blobs, names, rows, f"ON CONFLICT(id) {again}")

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


def highest(connection: Connection, table: Table) -> int:
    """Give the last place in the order of a table; 0 where it is empty, or its rows have none."""
    return (connection.scalar(select(func.max(table.c.n))) or 0) if "n" in table.c else 0


def unsent_entries(connection: Connection, entity: str, told: Collection[UUID] = ()) -> list[UUID]:
    """Give this desk's entries of a noun that are not in the feed yet, in their order; refused ones stay put.

    What is given back to a restored portal waits, too, though a colleague may have given it back before.

    Args:
        told: entries that the feed tells of just now.
    """
    if connection.scalar(select(outbox.c.n).limit(1)) is None:
        return []
    kind = func.json_extract(outbox.c.op, "$.kind")
    noun = func.json_extract(outbox.c.op, "$.entity")
    wanted = select(outbox.c.record).where(noun == entity, kind == "append", outbox.c.state != "quarantined")
    found = list(connection.scalars(wanted.order_by(outbox.c.n)))
    known = set(told)
    for part in chunks(found):
        known.update(connection.scalars(select(replica.c.record).where(replica.c.record.in_(part))))
    return [record for record in found if record not in known]


def put_behind(connection: Connection, spec: Spec, entries: Iterable[UUID], place: int) -> None:
    """Give entries that are not in the feed yet the places after those that are."""
    moved = [(at, record.bytes) for at, record in enumerate(entries, start=place + 1)]
    run(connection, _MOVE.format(table=spec.table.name), moved)


def keep_links(connection: Connection, links: str) -> None:
    """Keep links of colleagues' chains: a JSON list of what ``link_row`` gives, or ""."""
    columns = tuple(column.name for column in peer_link.c)
    insert_text(connection, "INSERT OR IGNORE INTO peer_link", blob_columns(peer_link), columns, links)


def without_parents(
    connection: Connection, spec: Spec, rows: Sequence[tuple[UUID, dict[str, Any]]]
) -> set[UUID]:
    """Give the records that point to something that is not here."""
    held: set[UUID] = set()
    for column, parent in parents_of(spec.table):
        named = {value for _record, values in rows if isinstance(value := values.get(column), str) and value}
        missing = named - _there(connection, parent, named)
        if missing and parent is spec.table:
            missing.difference_update(str(record) for record, _values in rows)
        if missing:
            held.update(record for record, values in rows if str(values.get(column)) in missing)
    return held


def _there(connection: Connection, table: Table, named: Iterable[str]) -> set[str]:
    """Give which of some ids, as they travel, have a row."""
    found: set[str] = set()
    for part in chunks(named):
        ids = {value: made for value in part if (made := _id_or_none(value)) is not None}
        marks = ", ".join("?" * len(ids))
        wanted = f'SELECT id FROM "{table.name}" WHERE id IN ({marks})'
        rows = {row[0] for row in connection.exec_driver_sql(wanted, tuple(ids.values()))}
        found.update(value for value, made in ids.items() if made in rows)
    return found


def _id_or_none(value: str) -> bytes | None:
    try:
        return id_in(value)
    except (ValueError, AttributeError):
        return None


def renew_entries(
    connection: Connection, spec: Spec, entries: Iterable[tuple[UUID, Mapping[str, Any]]]
) -> None:
    """Write columns of entries anew: data erased on another desk, or sealed ones whose key has come."""
    given = [
        (
            record,
            {name: column_value(spec, name, value) for name, value in values.items() if name in spec.written},
        )
        for record, values in entries
    ]
    for names, alike in groupby(given, lambda one: tuple(one[1])):
        if names:
            newer = ", ".join(f'"{name}" = ?' for name in names)
            rows = [(*values.values(), record.bytes) for record, values in alike]
            run(connection, f'UPDATE "{spec.table.name}" SET {newer} WHERE id = ?', rows)
