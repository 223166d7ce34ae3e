"""Conflicts of a field: opened, carried on by the same typist, moved along with the field, settled (sync.md §1.5)."""

import hashlib
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from spokesdesk import wire
from spokesdesk.domain.merge import same
from spokesdesk.server.records import Book, Held


def conflict_id(op_id: UUID, name: str) -> UUID:
    """Give the id of the conflict that an operation opens on a field.

    Made from the operation, so that it is the same again when clients donate to a restored portal what it forgot.
    """
    digest = hashlib.sha256(b"conflict:" + op_id.bytes + name.encode()).digest()
    return UUID(bytes=digest[:16], version=5)


def clash(book: Book, held: Held, op: wire.Op, name: str, base: object, mine: object) -> wire.Conflict:
    """Keep a value that cannot be taken beside the one that the field holds."""
    return book.keep(
        wire.Conflict(
            conflict_id(op.op_id, name),
            held.entity,
            held.id,
            name,
            base,
            held.value(name),
            mine,
            op.device,
            op.actor,
            "open",
        )
    )


def is_decided(book: Book, held: Held, name: str, seen: wire.Seen) -> bool:
    """Say whether somebody else has decided the conflict that was seen, before this decision came."""
    about = [
        one
        for one in book.conflicts_of(held, name)
        if any(same(one.mine, value) for value in (seen.mine, seen.current))
    ]
    return bool(about) and all(one.state == "settled" for one in about)


def carried_on(book: Book, held: Held, op: wire.Op, name: str) -> wire.Conflict | None:
    """Give the conflict whose kept value the same device now changes further; None when it changes what holds.

    The same typist who goes on typing has one conflict, not one for each save.
    """
    change = op.patch[name]
    for one in book.open_conflicts(held, name):
        if one.device == op.device and same(one.mine, change.base):
            state = "settled" if same(change.new, held.value(name)) else "open"
            return book.keep(replace(one, mine=change.new, actor=op.actor, state=state))
    return None


def moved(book: Book, held: Held, name: str, seen: list[Any] | None = None) -> list[wire.Conflict]:
    """Bring a field's open conflicts up to what it holds now.

    Args:
        book: records and conflicts under the lock.
        held: the record, already changed.
        name: the field.
        seen: values that somebody who decided had before their eyes: conflicts about them are settled.

    Returns:
        The conflicts that changed.
    """
    changed: list[wire.Conflict] = []
    current = held.value(name)
    for one in book.open_conflicts(held, name):
        is_settled = same(one.mine, current) or any(same(one.mine, value) for value in seen or [])
        now = replace(one, current=current, state="settled" if is_settled else "open")
        if now != one:
            changed.append(book.keep(now))
    return changed
