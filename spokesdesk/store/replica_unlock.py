"""Entries that waited for the agency's key: written anew when it is here, so many at a time."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Integer, Row, func, literal_column, select

from spokesdesk import wire
from spokesdesk.domain.errors import UserError
from spokesdesk.store.replica_entries import renew_entries, run
from spokesdesk.store.replica_gather import LINK, REMAINS
from spokesdesk.store.replica_parts import Stale, note
from spokesdesk.store.replica_state import FULLER, LOCKED, MARKED, PLACED, Replica, in_state, write_replicas
from spokesdesk.store.replica_strange import settle, strange
from spokesdesk.store.replica_tables import Spec, by_entity
from spokesdesk.store.seals import Seals
from spokesdesk.store.tables_sync import replica

Opened = tuple[UUID, dict[str, Any]]
# So few that whoever types beside gets a turn to save at once.
AT_ONCE = 500
_PLACE = literal_column("replica.rowid", Integer)


def unlock(connection: Connection, seals: Seals, after: int, state: str = LOCKED) -> tuple[Stale, int | None]:
    """Write what can be opened now of the records that wait, in the order in which they came.

    What then shows a mark of secrecy is set aside. What was left of an entry whose personal data were erased came
    after the entry: in that order it holds.

    Args:
        after: where the call before ended; 0 for the first.
        state: of what is looked at; what was set aside before may be taken now.

    Returns:
        Which records have to be found and worked out anew, by the table's name; where this call ended, None at the
        end of all.
    """
    stale: Stale = defaultdict(dict)
    rows = _waiting(connection, after, state) if seals.ring.keys else []
    opened: dict[str, list[tuple[Replica, Opened]]] = defaultdict(list)
    for row in rows:
        made = Replica(row.record, row.entity, row.ver, row.fields, PLACED)
        is_left = row.entity == REMAINS
        spec = by_entity()[str(row.fields["noun"]) if is_left else row.entity]
        entry = UUID(row.fields["entry"]) if is_left else row.record
        given = row.fields["values"] if is_left else row.fields
        values, is_whole = seals.read(spec.table, spec.entity, entry, given)
        if is_whole:
            opened[spec.entity].append((made, (entry, values)))
    for entity, found in opened.items():
        _write(connection, by_entity()[entity], found, stale)
    return stale, rows[-1].place if len(rows) == AT_ONCE else None


def _waiting(connection: Connection, after: int, state: str) -> Sequence[Row[Any]]:
    wanted = select(replica, _PLACE.label("place")).where(in_state(state), after < _PLACE)
    return connection.execute(wanted.order_by(_PLACE).limit(AT_ONCE)).all()


def _write(connection: Connection, spec: Spec, found: Sequence[tuple[Replica, Opened]], stale: Stale) -> None:
    """Write what was opened, but for what bears a mark of secrecy: its row goes on saying nothing."""
    try:
        _renew(connection, spec, [opened for _made, opened in found])
    except UserError as error:
        if error.code != "secret_marked":
            raise
        if len(found) > 1:
            for one in found:
                _write(connection, spec, [one], stale)
            return
        made, _opened = found[0]
        made.state = MARKED
        write_replicas(connection, [made])
        return
    for made, (_entry, values) in found:
        note(stale, spec, values)
        if made.entity != REMAINS:
            made.state = FULLER if strange(spec, values) else PLACED
            made.fields = made.fields if made.state == FULLER else None
    write_replicas(connection, [made for made, _opened in found])


def _renew(connection: Connection, spec: Spec, opened: Sequence[Opened]) -> None:
    names = wire.SEALED_FIELDS[spec.entity]
    renew_entries(
        connection,
        spec,
        [(entry, {name: values[name] for name in names if name in values}) for entry, values in opened],
    )
    salts = [
        (bytes.fromhex(link[wire.SALT]), entry.bytes)
        for entry, values in opened
        if isinstance(link := values.get(LINK), dict) and link.get(wire.SALT)
    ]
    run(connection, "UPDATE peer_link SET salt = ? WHERE entry = ?", salts)


def catch_up(connection: Connection, seals: Seals, found: Sequence[Replica]) -> Stale:
    """Write the fields of entries that came before this program knew them.

    Args:
        found: as ``known_since`` gives them.

    Returns:
        Which records have to be found and worked out anew, by the table's name.
    """
    stale: Stale = defaultdict(dict)
    for made in found:
        spec = by_entity().get(made.entity)
        if spec is None or made.fields is None:
            continue
        values, _is_whole = seals.read(spec.table, made.entity, made.record, made.fields)
        renew_entries(connection, spec, [(made.record, values)])
        note(stale, spec, values)
    settle(connection, found)
    return stale


def locked_count(connection: Connection) -> int:
    """Give how many records wait for their key."""
    waiting = select(func.count()).select_from(replica).where(in_state(LOCKED))
    return connection.scalar(waiting) or 0
