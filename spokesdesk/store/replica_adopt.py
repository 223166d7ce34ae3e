"""What waits on another desk, taken over: its operations become this desk's own, their rows are here at once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import Connection, select

from spokesdesk import wire
from spokesdesk.store.replica_gather import REMAINS, Found
from spokesdesk.store.replica_state import chunks, read_replicas
from spokesdesk.store.replica_tables import SPACE, by_entity
from spokesdesk.store.tables_sync import feed_log, outbox


def unsent(connection: Connection) -> tuple[list[wire.Op], int]:
    """Give the operations of this desk that wait, in their order, and how many are none of shared records.

    What was given back to a restored portal for its authors is theirs, and left out.
    """
    rows = connection.execute(select(outbox.c.op).where(outbox.c.sig == "").order_by(outbox.c.n))
    ops = [wire.decode(text, wire.Op) for (text,) in rows]
    shared = [op for op in ops if _is_shared(op.entity)]
    return shared, sum(op.entity != wire.KEY_GRANT for op in ops) - len(shared)


def fresh(connection: Connection, ops: Sequence[wire.Op]) -> list[wire.Op]:
    """Give the operations that are new here: their entries are not known yet, nor were they taken over before."""
    wanted = [op for op in ops if _is_shared(op.entity)]
    known = read_replicas(connection, [op.rec for op in wanted if op.kind == "append"])
    done: set[UUID] = set()
    for part in chunks(adopted_id(op) for op in wanted):
        for table in (outbox, feed_log):
            done.update(connection.scalars(select(table.c.op_id).where(table.c.op_id.in_(part))))
    for part in chunks(op.op_id for op in wanted):
        done.update(connection.scalars(select(feed_log.c.op_id).where(feed_log.c.op_id.in_(part))))
    return [
        op
        for op in wanted
        if adopted_id(op) not in done
        and op.op_id not in done
        and not (op.kind == "append" and op.rec in known)
    ]


def found_of(op: wire.Op) -> Found:
    """Give an operation as a change of this desk's own; who did it stays."""
    return Found(op.entity, op.rec, op.kind, op.base_ver, op.patch, op.actor, "")


def effect_of(op: wire.Op, ver: int, at: datetime) -> wire.Effect:
    """Give what the operation does to the row here before the portal has seen it.

    Args:
        ver: the record's version as this desk knows it.
    """
    return wire.Effect(op, "", "applied", ver, at.isoformat(), deleted=op.kind == "delete")


def adopted_id(op: wire.Op) -> UUID:
    """Give the id under which an operation is taken over: the same whenever its file comes again."""
    return uuid5(SPACE, f"adopted:{op.op_id}")


def _is_shared(entity: str) -> bool:
    return entity in by_entity() or entity == REMAINS
