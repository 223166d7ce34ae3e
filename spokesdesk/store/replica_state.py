"""What the portal last had of each shared record, and what of this desk is still on its way there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from msgspec import json
from sqlalchemy import ColumnElement, Connection, and_, bindparam, select, text

from spokesdesk import wire
from spokesdesk.store.bulk import insert_rows, insert_text
from spokesdesk.store.tables_sync import outbox, replica

T = TypeVar("T")
CHUNK = 500
# LOCKED: in place, but with sealed fields that wait for their key; ``fields`` keeps them as they came.
HELD, DELETED, PLACED, LOCKED, ASIDE = "held", "deleted", "", "locked", "aside"
# FULLER: an entry in place, with fields of a program to come; ``fields`` keeps it as it came. LOST: a record with such
# fields that the portal has lost: ``fields`` is what it is sent from again.
FULLER, LOST = "fuller", "lost"
# MARKED: in place, but what its key opened bears a mark of secrecy and is written nowhere; ``fields`` keeps it sealed.
MARKED = "marked"


@dataclass(slots=True)
class Replica:
    """One record as the portal last had it; ``fields`` None: written once, the row here is the same."""

    record: UUID
    entity: str
    ver: int
    fields: dict[str, Any] | None
    state: str = PLACED


@dataclass(slots=True)
class Unsent:
    """What of one record is not in the feed yet: values over the portal's, and whether the row is to be gone."""

    values: dict[str, Any] = field(default_factory=dict)
    is_made: bool = False
    is_gone: bool = False


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Give the items in lists of at most ``size``."""
    part: list[T] = []
    for item in items:
        part.append(item)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


_READ = select(replica).where(replica.c.record.in_(bindparam("records", expanding=True)))
# The space says to ``database`` that these are copies.
_INTO, _BLOBS = "INSERT INTO replica ", frozenset({"record"})
_COLUMNS = ("record", "entity", "ver", "fields", "state")
_RENEWED = "ON CONFLICT(record) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in _COLUMNS[1:]
)
_UNSENT = (
    select(outbox.c.record, outbox.c.op)
    .where(outbox.c.record.in_(bindparam("records", expanding=True)))
    .order_by(outbox.c.n)
)


def read_replicas(connection: Connection, records: Iterable[UUID]) -> dict[UUID, Replica]:
    """Give the records that the portal is known to have, by id."""
    found: dict[UUID, Replica] = {}
    for part in chunks(dict.fromkeys(records)):
        for row in connection.execute(_READ, {"records": part}):
            found[row.record] = Replica(row.record, row.entity, row.ver, row.fields, row.state)
    return found


def write_replicas(connection: Connection, replicas: Sequence[Replica]) -> None:
    """Keep what the portal has."""
    rows = [
        (
            made.record.bytes,
            made.entity,
            made.ver,
            None if made.fields is None else json.encode(made.fields).decode(),
            made.state,
        )
        for made in replicas
    ]
    insert_rows(connection, _INTO, _BLOBS, _COLUMNS, rows, _RENEWED)


def write_replica_text(connection: Connection, rows: str) -> None:
    """Keep what the portal has of records that were not known: a JSON list of the columns of each, the id in hex."""
    insert_text(connection, _INTO, _BLOBS, _COLUMNS, rows)


def in_state(*states: str) -> ColumnElement[bool]:
    """Give the condition for records in states that are not PLACED, so that the index of these few is used.

    SQLite takes a partial index only where the statement says the words of its condition.
    """
    return and_(text("replica.state != ''"), replica.c.state.in_(states))


def read_unsent(connection: Connection, records: Iterable[UUID]) -> dict[UUID, Unsent]:
    """Give what waits in the outbox for some records, quarantined operations too: it stays what was typed here."""
    found: defaultdict[UUID, Unsent] = defaultdict(Unsent)
    if connection.scalar(select(outbox.c.n).limit(1)) is None:
        return {}
    for part in chunks(dict.fromkeys(records)):
        for record, op in connection.execute(_UNSENT, {"records": part}):
            _overlay(found[record], wire.decode(op, wire.Op))
    return dict(found)


def _overlay(unsent: Unsent, op: wire.Op) -> None:
    unsent.is_gone = op.kind == "delete"
    unsent.is_made = not unsent.is_gone
    if op.kind in {"put", "settle", "erase"}:
        unsent.values |= {name: change.new for name, change in op.patch.items()}
