"""What came from the portal becomes rows: base plus what is still unsent, parents first, in the feed's order."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, Table, bindparam, delete, func, select, update

from spokesdesk.domain.text import fold
from spokesdesk.store.replica_gather import AFTER, LINK, REMAINS
from spokesdesk.store.replica_rows import column_value, to_row
from spokesdesk.store.replica_state import (
    HELD,
    PLACED,
    Replica,
    chunks,
    read_replicas,
    read_unsent,
    write_replicas,
)
from spokesdesk.store.replica_tables import SPACE, VERSIONED, Spec, by_entity, children_of, parents_of, specs
from spokesdesk.store.replica_texts import place_for
from spokesdesk.store.tables import chain
from spokesdesk.store.tables_numbers import number_holding
from spokesdesk.store.tables_sync import outbox, peer_link, replica

_FOLDED = {"outlet", "journalist"}


@dataclass(slots=True)
class Landing:
    """What one page of the feed or of a snapshot does to the rows of this desk.

    Attributes:
        replicas: every record touched, as the portal has it now.
        entries: entries in the order of the feed; those of this desk with None for their values.
        gone: records deleted at the portal.
        records: records that may change, to be written anew.
        remains: what is left of entries whose personal data were erased on another desk.
    """

    replicas: dict[UUID, Replica] = field(default_factory=dict)
    entries: dict[str, list[tuple[UUID, dict[str, Any] | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    records: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    gone: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    remains: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))


def land(connection: Connection, landing: Landing) -> dict[str, dict[UUID, None]]:
    """Write the rows of a landing.

    Returns:
        Which records have to be found and worked out anew, by the table's name, in order.
    """
    stale: defaultdict[str, dict[UUID, None]] = defaultdict(dict)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for spec in specs():
        entries = landing.entries.get(spec.entity)
        if entries:
            _Entries(connection, spec, landing, stale).write(entries)
        for remains in landing.remains.get(spec.entity, ()):
            _renew_entry(connection, spec, UUID(remains["entry"]), remains["values"])
            _note(stale, spec, remains["values"])
        if records := landing.records.get(spec.entity):
            _write_records(connection, spec, landing, records, stale)
    write_replicas(connection, [made for made in landing.replicas.values() if made.entity == REMAINS])
    for spec in reversed(specs()):
        if gone := landing.gone.get(spec.entity):
            _remove(connection, spec, gone, stale)
    write_replicas(connection, list(landing.replicas.values()))
    return stale


def held_again(connection: Connection) -> Landing:
    """Give what waited for something it points to, to be tried again; empty where nothing waits."""
    found = Landing()
    for row in connection.execute(select(replica).where(replica.c.state == HELD)):
        spec = by_entity().get(row.entity)
        if spec is None:
            continue
        found.replicas[row.record] = Replica(row.record, row.entity, row.ver, row.fields, PLACED)
        if spec.is_append:
            found.entries[row.entity].append((row.record, row.fields))
        else:
            found.records[row.entity].append(row.record)
    return found


class _Entries:
    """Entries of one table as they come: inserted with a place in the order of the feed, their links beside."""

    def __init__(
        self,
        connection: Connection,
        spec: Spec,
        landing: Landing,
        stale: dict[str, dict[UUID, None]],
    ) -> None:
        self._connection, self._spec, self._landing, self._stale = connection, spec, landing, stale
        self._unsent = _unsent_entries(connection, spec.entity)

    def write(self, entries: Sequence[tuple[UUID, dict[str, Any] | None]]) -> None:
        foreign = [values for _record, values in entries if values is not None]
        if not foreign:
            return
        spec = self._spec
        ready = self._placeable(entries)
        rows, links, place = [], [], _highest(self._connection, spec.table)
        moved: list[tuple[int, bytes]] = []
        for record, values in ready:
            place += 1
            if values is None:
                moved.append((place, record.bytes))
            elif (row := self._row(record, values)) is not None:
                rows.append([*row, place] if spec.is_numbered else row)
                if link := values.get(LINK):
                    links.append(_link_row(record, link))
                _note(self._stale, spec, values)
                if spec.table.name in VERSIONED:
                    self._insert([rows.pop()])
        self._insert(rows)
        if spec.is_numbered:
            moved += [(place + at, one.bytes) for at, one in enumerate(self._unsent, start=1)]
            _run(self._connection, f'UPDATE "{spec.table.name}" SET n = ? WHERE id = ?', moved)
        _keep_links(self._connection, links)
        self._after(foreign)

    def _placeable(
        self, entries: Sequence[tuple[UUID, dict[str, Any] | None]]
    ) -> list[tuple[UUID, dict[str, Any] | None]]:
        held = _without_parents(
            self._connection, self._spec, [(rec, values) for rec, values in entries if values is not None]
        )
        for record, values in entries:
            if record in held:
                made = self._landing.replicas[record]
                made.state, made.fields = HELD, values
            elif values is not None:
                self._landing.replicas[record].fields = None
        return [one for one in entries if one[0] not in held]

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
            owner = UUID(values[VERSIONED[spec.table.name].owner])
            before = UUID(values[AFTER]) if values.get(AFTER) else None
            there = self._connection, spec.table.name, owner, values["version"]
            row.append(place_for(*there, before, set(self._unsent)))
        return row

    def _insert(self, rows: list[list[Any]]) -> None:
        spec = self._spec
        names = [*spec.columns, *spec.blank]
        if spec.table.name in VERSIONED:
            names.append("fork")
        elif spec.is_numbered:
            names.append("n")
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        _run(
            self._connection,
            f'INSERT INTO "{spec.table.name}"({columns}) VALUES ({marks}) ON CONFLICT(id) DO NOTHING',
            rows,
        )

    def _after(self, foreign: Sequence[dict[str, Any]]) -> None:
        if self._spec.entity == "erasure":
            entries = [UUID(values["entry"]) for values in foreign]
            for table in (chain, peer_link):
                for part in chunks(entries):
                    self._connection.execute(update(table).where(table.c.entry.in_(part)).values(salt=None))
        if self._spec.entity == "number-holding":
            for values in foreign:
                link = values.get(LINK) or {}
                of = number_holding.c.id == UUID(values["id"])
                device = UUID(link["device"]) if "device" in link else UUID(int=0)
                self._connection.execute(update(number_holding).where(of).values(device=device))


def _run(connection: Connection, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        connection.exec_driver_sql(statement, [tuple(row) for row in rows])


def _highest(connection: Connection, table: Table) -> int:
    return (connection.scalar(select(func.max(table.c.n))) or 0) if "n" in table.c else 0


def _unsent_entries(connection: Connection, entity: str) -> list[UUID]:
    """Give this desk's entries of a noun that are not in the feed yet, in their order; refused ones stay put."""
    kind = func.json_extract(outbox.c.op, "$.kind")
    noun = func.json_extract(outbox.c.op, "$.entity")
    wanted = select(outbox.c.record).where(noun == entity, kind == "append", outbox.c.state != "quarantined")
    return list(connection.scalars(wanted.order_by(outbox.c.n)))


def _link_row(record: UUID, link: dict[str, Any]) -> list[Any]:
    from datetime import datetime

    from spokesdesk.store.columns import UtcTime

    at = UtcTime().process_bind_param(datetime.fromisoformat(link["at"]), None)  # type: ignore[arg-type]
    salt = bytes.fromhex(link["salt"]) if link["salt"] else None
    made = [UUID(link["device"]).bytes, link["n"], link["kind"], record.bytes, at]
    return [*made, bytes.fromhex(link["commitment"]), bytes.fromhex(link["hash"]), salt]


def _keep_links(connection: Connection, links: Sequence[Sequence[Any]]) -> None:
    _run(connection, "INSERT OR IGNORE INTO peer_link VALUES (?, ?, ?, ?, ?, ?, ?, ?)", links)


def _without_parents(
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


def _write_records(
    connection: Connection,
    spec: Spec,
    landing: Landing,
    records: Sequence[UUID],
    stale: dict[str, dict[UUID, None]],
) -> None:
    unsent = read_unsent(connection, records)
    wanted: list[tuple[UUID, dict[str, Any]]] = []
    for record in dict.fromkeys(records):
        made, waiting = landing.replicas[record], unsent.get(record)
        if waiting is not None and waiting.is_gone:
            continue
        wanted.append((record, (made.fields or {}) | (waiting.values if waiting else {})))
    held = _without_parents(connection, spec, wanted)
    rows = []
    for record, values in wanted:
        if record in held or any(values.get(name) is None for name in spec.key):
            landing.replicas[record].state = HELD
            continue
        try:
            rows.append(to_row(spec, values) + _worked_out(spec, values))
        except (ValueError, TypeError, AttributeError):
            landing.replicas[record].state = HELD
            continue
        _note(stale, spec, values)
    if spec.beside:
        _renew_beside(connection, spec, rows)
    else:
        _upsert(connection, spec, rows)


def _worked_out(spec: Spec, values: dict[str, Any]) -> list[Any]:
    if spec.table.name in _FOLDED:
        return [fold(str(values.get("name") or ""))]
    return list(spec.blank.values())


def _upsert(connection: Connection, spec: Spec, rows: Sequence[Sequence[Any]]) -> None:
    names = [*spec.columns, *spec.blank]
    renewed = [*spec.puts, *(spec.blank if spec.table.name in _FOLDED else ())]
    columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    key = ", ".join(f'"{name}"' for name in spec.key)
    newer = ", ".join(f'"{name}" = excluded."{name}"' for name in renewed)
    _run(
        connection,
        f'INSERT INTO "{spec.table.name}"({columns}) VALUES ({marks}) '
        f"ON CONFLICT({key}) DO {f'UPDATE SET {newer}' if newer else 'NOTHING'}",
        rows,
    )


def _renew_beside(connection: Connection, spec: Spec, rows: Sequence[Sequence[Any]]) -> None:
    if spec.puts:
        newer = ", ".join(f'"{name}" = ?' for name in spec.puts)
        given = [(*row[1 : 1 + len(spec.puts)], row[0]) for row in rows]
        _run(connection, f'UPDATE "{spec.table.name}" SET {newer} WHERE id = ?', given)


def _renew_entry(connection: Connection, spec: Spec, record: UUID, values: dict[str, Any]) -> None:
    """Write an entry anew whose personal data were erased on another desk."""
    given = {name: column_value(spec, name, value) for name, value in values.items() if name in spec.written}
    newer = ", ".join(f'"{name}" = ?' for name in given)
    _run(
        connection, f'UPDATE "{spec.table.name}" SET {newer} WHERE id = ?', [(*given.values(), record.bytes)]
    )


def _remove(
    connection: Connection, spec: Spec, records: Sequence[UUID], stale: dict[str, dict[UUID, None]]
) -> None:
    """Take rows away, but for those that something here still points to."""
    for record in records:
        key = _key_sought(connection, spec, record)
        if key is None or spec.beside or _is_pointed_to(connection, spec, record):
            continue
        remains = uuid5(SPACE, f"{REMAINS}:{record.hex.upper()}")
        if spec.is_append and read_replicas(connection, [remains]):
            continue
        where = " AND ".join(f'"{name}" = ?' for name in spec.key)
        connection.exec_driver_sql(f'DELETE FROM "{spec.table.name}" WHERE {where}', tuple(key))
        stale[f"-{spec.table.name}"][record] = None


def _key_sought(connection: Connection, spec: Spec, record: UUID) -> list[Any] | None:
    if spec.is_append:
        return [record.bytes]
    fields = connection.scalar(select(replica.c.fields).where(replica.c.record == record))
    if not fields or any(fields.get(name) is None for name in spec.key):
        return [record.bytes] if spec.key == ("id",) else None
    return [column_value(spec, name, fields[name]) for name in spec.key]


def _is_pointed_to(connection: Connection, spec: Spec, record: UUID) -> bool:
    return spec.key == ("id",) and any(
        connection.scalar(select(table.c[column]).where(table.c[column] == record).limit(1)) is not None
        for table, column in children_of(spec.table)
    )


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
    "claim": (("article", "article_id"),),
    "authorisation": (("authorisation", "id"), ("authorisation", "corrects")),
    "outlet": (("outlet", "id"),),
    "journalist": (("journalist", "id"),),
    "law_entry": (("law_entry", "id"),),
    "outlet_checklist": (("outlet_checklist", "id"),),
}


def _note(stale: dict[str, dict[UUID, None]], spec: Spec, values: dict[str, Any]) -> None:
    for table, column in _PARTS.get(spec.table.name, ()):
        if value := values.get(column):
            stale[table][UUID(value)] = None


def forget_all(connection: Connection) -> None:
    """Forget what the portal has, before it is asked anew from the beginning."""
    connection.execute(delete(replica))
