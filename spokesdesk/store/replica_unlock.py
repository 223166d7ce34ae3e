"""Entries that waited for the agency's key: written anew as soon as it is here."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select, update

from spokesdesk import wire
from spokesdesk.domain.errors import UserError
from spokesdesk.store.replica_entries import note, renew_entry
from spokesdesk.store.replica_gather import LINK, REMAINS
from spokesdesk.store.replica_state import LOCKED, PLACED, Replica, write_replicas
from spokesdesk.store.replica_tables import Spec, by_entity
from spokesdesk.store.seals import Seals
from spokesdesk.store.tables_sync import peer_link, replica

Stale = dict[str, dict[UUID, None]]


def unlock(connection: Connection, seals: Seals) -> Stale:
    """Write what can be opened now.

    Returns:
        Which records have to be found and worked out anew, by the table's name.
    """
    stale: defaultdict[str, dict[UUID, None]] = defaultdict(dict)
    if not seals.ring.keys:
        return stale
    opened: list[Replica] = []
    for row in connection.execute(select(replica).where(replica.c.state == LOCKED)).all():
        made = Replica(row.record, row.entity, row.ver, row.fields, PLACED)
        is_left = row.entity == REMAINS
        entity = str(row.fields["noun"]) if is_left else row.entity
        entry = UUID(row.fields["entry"]) if is_left else row.record
        spec = by_entity()[entity]
        values, is_whole = seals.read(
            spec.table, entity, entry, row.fields["values"] if is_left else row.fields
        )
        if is_whole and _is_written(connection, spec, entry, values):
            note(stale, spec, values)
            made.fields = row.fields if is_left else None
            opened.append(made)
    write_replicas(connection, opened)
    return stale


def _is_written(connection: Connection, spec: Spec, entry: UUID, values: dict[str, Any]) -> bool:
    """Write what was opened, unless it bears a mark of secrecy: then the row goes on saying that it waits."""
    try:
        _write(connection, spec, entry, values)
    except UserError as error:
        if error.code != "secret_marked":
            raise
        return False
    return True


def _write(connection: Connection, spec: Spec, entry: UUID, values: dict[str, Any]) -> None:
    names = wire.SEALED_FIELDS[spec.entity]
    renew_entry(connection, spec, entry, {name: values[name] for name in names if name in values})
    link = values.get(LINK)
    if isinstance(link, dict) and link.get(wire.SALT):
        salt = bytes.fromhex(link[wire.SALT])
        connection.execute(update(peer_link).where(peer_link.c.entry == entry).values(salt=salt))


def locked_count(connection: Connection) -> int:
    """Give how many records wait for their key."""
    waiting = select(func.count()).select_from(replica).where(replica.c.state == LOCKED)
    return connection.scalar(waiting) or 0
