"""Fields of a program to come (sync.md F23): kept as they came, handed on whole, and written when they are known."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from spokesdesk import wire
from spokesdesk.store.migrations import SCHEMA
from spokesdesk.store.replica_state import (
    FULLER,
    LOCKED,
    LOST,
    MARKED,
    PLACED,
    Replica,
    chunks,
    read_replicas,
    write_replicas,
)
from spokesdesk.store.replica_tables import Spec, by_entity
from spokesdesk.store.tables import setting
from spokesdesk.store.tables_sync import replica

_AFTER = "_after"
_KNOWN = "fields_known"


def strange(spec: Spec, fields: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give those of a record's fields, as they travel, that this program does not know."""
    if not fields or fields.keys() <= _known(spec.entity):
        return {}
    known = _known(spec.entity)
    return {name: value for name, value in fields.items() if name not in known}


@cache
def _known(entity: str) -> frozenset[str]:
    spec = by_entity()[entity]
    return frozenset({*spec.columns, *spec.read, wire.LINK, _AFTER})


def lose(connection: Connection, spec: Spec | None, records: Iterable[UUID]) -> None:
    """Forget that the portal has some records; what only their fields there say is kept until it is sent again."""
    for part in chunks(records):
        kept: set[UUID] = set()
        if spec is not None:
            known = read_replicas(connection, part)
            kept = {record for record, one in known.items() if strange(spec, one.fields)}
        of_part = replica.c.record.in_(part)
        connection.execute(update(replica).where(replica.c.record.in_(kept)).values(ver=0, state=LOST))
        connection.execute(delete(replica).where(of_part, replica.c.record.not_in(kept)))


def stand(made: Replica, op: wire.Op, spec: Spec) -> None:
    """Note that a record stands here, or goes on standing with what is kept of it as it came."""
    if op.kind == "erase" and spec.is_append:
        made.state, made.fields = PLACED, None
    elif made.state not in {LOCKED, FULLER, MARKED}:
        made.state = FULLER if made.state == LOST and spec.is_append else PLACED


def known_since(connection: Connection) -> list[Replica]:
    """Give the entries with strange fields when this program is another one than that which kept them; else none."""
    seen = connection.scalar(select(setting.c.value).where(setting.c.name == _KNOWN))
    if seen == SCHEMA:
        return []
    made = insert(setting).values(name=_KNOWN, value=SCHEMA)
    connection.execute(
        made.on_conflict_do_update(index_elements=["name"], set_={"value": made.excluded.value})
    )
    rows = connection.execute(select(replica).where(replica.c.state == FULLER)).all()
    return [Replica(row.record, row.entity, row.ver, row.fields, FULLER) for row in rows]


def settle(connection: Connection, found: Iterable[Replica]) -> None:
    """Let go of what was kept of entries whose fields are all known, and stand in their rows, by now."""
    done = []
    for made in found:
        spec = by_entity().get(made.entity)
        if spec is not None and not strange(spec, made.fields):
            done.append(Replica(made.record, made.entity, made.ver, None, PLACED))
    write_replicas(connection, done)
