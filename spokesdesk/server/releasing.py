"""Releases and withdrawals in the log: what was released never changes under its readers."""

from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from spokesdesk import wire
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.merge import same
from spokesdesk.server import conflicts, publish
from spokesdesk.server.merging import Taken
from spokesdesk.server.records import Book


def check(op: wire.Op) -> str:
    """Give what is wrong with a release or withdrawal; "" when nothing is."""
    if op.kind == "withdraw":
        return "" if set(op.patch) == {"withdrawn_at"} else "fields_wrong"
    try:
        publish.check(wire.fields_of(op.patch))
    except UserError:
        return "fields_wrong"
    return ""


def take(connection: Connection, book: Book, op: wire.Op, now: datetime) -> Taken:
    """Release or withdraw a paper, in the log and in what the public will see."""
    held = book.find(op.entity, op.rec)
    if op.kind == "release":
        return _release(connection, book, op, now)
    if held is None:
        return Taken(reason="record_unknown")
    held.ver += 1
    held.fields["withdrawn_at"] = now.isoformat()
    held.fver["withdrawn_at"] = held.ver
    book.touch(held)
    publish.withdraw(connection, op.journal, op.rec, now)
    return Taken(held.ver, fields={"withdrawn_at": now.isoformat()})


def _release(connection: Connection, book: Book, op: wire.Op, now: datetime) -> Taken:
    held = book.find(op.entity, op.rec)
    if held is None:
        held = book.make(op.entity, op.rec)
        known = set(wire.ReleaseFields.__struct_fields__)
        values: dict[str, Any] = {name: change.new for name, change in op.patch.items()}
        held.ver, held.fver = 1, dict.fromkeys(values, 1)
        held.fields = {name: value for name, value in values.items() if name in known}
        held.extra = {name: value for name, value in values.items() if name not in known}
        publish.project(connection, op.journal, op.rec, wire.fields_of(op.patch), now)
        return Taken(held.ver)
    held.ver += 1
    book.touch(held)
    taken = Taken(held.ver)
    for name, change in op.patch.items():
        if not same(held.value(name), change.new):  # the other version is kept whole beside what was released
            kept = conflicts.clash(book, held, op, name, change.base, change.new)
            taken.conflicts[kept.id] = kept
            taken.fields[name] = held.value(name)
            taken.has_clash = True
    return taken
