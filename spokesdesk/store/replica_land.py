"""What came from the portal becomes rows: base plus what is still unsent, parents first, in the feed's order."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, select, update

from spokesdesk.domain.text import fold
from spokesdesk.store.replica_entries import (
    Entries,
    Landing,
    renew_entries,
    run,
    set_aside,
    without_parents,
)
from spokesdesk.store.replica_gather import REMAINS
from spokesdesk.store.replica_parts import Stale, note
from spokesdesk.store.replica_remains import remains_of
from spokesdesk.store.replica_rows import column_value, to_row
from spokesdesk.store.replica_state import (
    ASIDE,
    HELD,
    LOCKED,
    MARKED,
    PLACED,
    Replica,
    in_state,
    read_replicas,
    read_unsent,
    write_replicas,
)
from spokesdesk.store.replica_tables import Spec, by_entity, children_of, specs
from spokesdesk.store.seals import Seals
from spokesdesk.store.tables_sync import replica

_FOLDED = {"outlet", "journalist"}


def land(connection: Connection, landing: Landing, seals: Seals) -> Stale:
    """Write the rows of a landing.

    Returns:
        Which records have to be found and worked out anew, by the table's name, in order.
    """
    stale: Stale = defaultdict(dict)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for spec in specs():
        entries = landing.entries.get(spec.entity)
        if entries:
            Entries(connection, spec, landing, stale, seals).write(entries)
        for remains in landing.remains.get(spec.entity, ()):
            _write_remains(connection, spec, landing, remains, seals)
            note(stale, spec, remains["values"])
        if records := landing.records.get(spec.entity):
            _write_records(connection, spec, landing, records, stale)
    write_replicas(connection, [made for made in landing.replicas.values() if made.entity == REMAINS])
    for spec in reversed(specs()):
        if gone := landing.gone.get(spec.entity):
            _remove(connection, spec, gone, stale)
    write_replicas(connection, list(landing.replicas.values()))
    return stale


def _write_remains(
    connection: Connection, spec: Spec, landing: Landing, remains: dict[str, Any], seals: Seals
) -> None:
    entry = UUID(remains["entry"])
    left, is_whole = seals.read(spec.table, spec.entity, entry, remains["values"])
    if not is_whole and (made := landing.replicas.get(remains_of(entry))) is not None:
        made.state = LOCKED
    renew_entries(connection, spec, [(entry, left)])


def held_again(connection: Connection, *, aside: bool = False) -> Landing:
    """Give what waited for something it points to, to be tried again; empty where nothing waits.

    Args:
        aside: what was set aside instead.
    """
    found = Landing()
    wanted = HELD if not aside else ASIDE
    for row in connection.execute(select(replica).where(in_state(wanted))):
        spec = by_entity().get(row.entity)
        if spec is None:
            continue
        found.replicas[row.record] = Replica(row.record, row.entity, row.ver, row.fields, PLACED)
        if spec.is_append:
            found.entries[row.entity].append((row.record, row.fields))
        else:
            found.records[row.entity].append(row.record)
    return found


def _write_records(
    connection: Connection,
    spec: Spec,
    landing: Landing,
    records: Sequence[UUID],
    stale: Stale,
) -> None:
    unsent = read_unsent(connection, records)
    wanted: list[tuple[UUID, dict[str, Any]]] = []
    for record in dict.fromkeys(records):
        made, waiting = landing.replicas[record], unsent.get(record)
        if waiting is not None and waiting.is_gone:
            continue
        wanted.append((record, (made.fields or {}) | (waiting.values if waiting else {})))
    held = without_parents(connection, spec, wanted)
    rows: list[tuple[UUID, list[Any]]] = []
    for record, values in wanted:
        if record in held or any(values.get(name) is None for name in spec.key):
            landing.replicas[record].state = HELD
            continue
        try:
            rows.append((record, to_row(spec, values) + _worked_out(spec, values)))
        except (ValueError, TypeError, AttributeError):
            landing.replicas[record].state = HELD
            continue
        note(stale, spec, values)
    write = _renew_beside if spec.beside else _upsert
    set_aside(landing, rows, lambda part: write(connection, spec, part))


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
    run(
        connection,
        f'INSERT INTO "{spec.table.name}"({columns}) VALUES ({marks}) '
        f"ON CONFLICT({key}) DO {f'UPDATE SET {newer}' if newer else 'NOTHING'}",
        rows,
    )


def _renew_beside(connection: Connection, spec: Spec, rows: Sequence[Sequence[Any]]) -> None:
    if spec.puts:
        newer = ", ".join(f'"{name}" = ?' for name in spec.puts)
        given = [(*row[1 : 1 + len(spec.puts)], row[0]) for row in rows]
        run(connection, f'UPDATE "{spec.table.name}" SET {newer} WHERE id = ?', given)


def _remove(connection: Connection, spec: Spec, records: Sequence[UUID], stale: Stale) -> None:
    """Take rows away, but for those that something here still points to."""
    for record in records:
        key = _key_sought(connection, spec, record)
        if key is None or spec.beside or _is_pointed_to(connection, spec, record):
            continue
        if spec.is_append and read_replicas(connection, [remains_of(record)]):
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


def forget_all(connection: Connection) -> None:
    """Forget what the portal has, before it is asked anew from the beginning.

    What still waits for its key is kept, but the portal has not told of it yet: its version is 0.
    """
    connection.execute(delete(replica).where(replica.c.state.not_in([LOCKED, MARKED])))
    connection.execute(update(replica).values(ver=0))
