"""Packs of rules: looked at before they are taken, taken, put away; what is open keeps the limit it was given."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import ConflictError, DeskError, UserError
from spokesdesk.domain.library import TakenPack
from spokesdesk.domain.people import Role
from spokesdesk.domain.rules import Rule, RulePack
from spokesdesk.domain.rules.packs import PackHead, PackKind, is_newer
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.rulepacks import Shelf
from spokesdesk.services.rulepack_items import OpenItem, open_items

__all__ = ["OpenItem", "PackLook", "laid", "look", "packs", "put_away", "take"]


@dataclass(frozen=True, slots=True)
class PackLook:
    """What taking a pack would mean.

    Attributes:
        head: what it says of itself.
        added: rules that are new or changed.
        gone: ids of rules that would no longer be there.
        open_items: what is open and would get another limit, were it opened under the pack.
    """

    head: PackHead
    added: tuple[Rule, ...]
    gone: tuple[str, ...]
    open_items: tuple[OpenItem, ...]


def laid(shelf: Shelf, unit: Unit) -> None:
    """Use the packs a workspace has taken; called when it is opened.

    A pack that no longer fits a newer program is left out, so that the workspace opens all the same.
    """
    shelf.use(_with(shelf, _fitting(shelf, unit)))


def packs(desk: Desk) -> tuple[TakenPack, ...]:
    """Give the packs in use, the law first; one that a later one replaced is not in use."""
    with desk.read() as unit:
        law, local = _in_use(unit.library.packs())
    return (*((law,) if law and is_newer(law.version, "0") else ()), *local)


def look(desk: Desk, file: Path) -> PackLook:
    """Say what a pack would change, without taking it.

    Raises:
        UserError, AccessError, ConflictError: it cannot be taken, and why.
    """
    data = _bytes(file)
    head = desk.shelf.head(file.name, data)
    with desk.read() as unit:
        new = _with(desk.shelf, (*_fitting(desk.shelf, unit), _as_taken(desk, head, data)))
        before = desk.rules
        added = tuple(rule for key, rule in new.rules.items() if before.rules.get(key) != rule)
        gone = tuple(key for key in before.rules if key not in new.rules)
        items = open_items(desk, unit, before, new)
    return PackLook(head, added, gone, items)


def take(desk: Desk, file: Path) -> tuple[TakenPack, Changes]:
    """Take a pack; from now on limits are reckoned by it, what is open keeps its own.

    Raises:
        AccessError: not an admin, or not signed by the publisher.
        UserError: the file is wrong.
        ConflictError: an older or the same version was taken before.
    """
    desk.member.require(Role.ADMIN)
    data = _bytes(file)
    made = _as_taken(desk, desk.shelf.head(file.name, data), data)
    with desk.write() as unit:
        before = _fitting(desk.shelf, unit)
        new = _with(desk.shelf, (*before, made))
        _require_later(made, before)
        unit.library.add_pack(made)
    desk.shelf.use(new)
    return made, (Change("rules"),)


def put_away(desk: Desk, pack_id: UUID, *, again: bool = False) -> tuple[RulePack, Changes]:
    """Stop using a pack, or use it again; an admin's work. What is open keeps its limits."""
    desk.member.require(Role.ADMIN)
    with desk.write() as unit:
        if all(pack.id != pack_id for pack in unit.library.packs()):
            raise UserError("record_missing", field="id", id=pack_id)
        unit.library.put_away(pack_id, None if again else desk.now())
        new = _with(desk.shelf, _fitting(desk.shelf, unit))
    desk.shelf.use(new)
    return new, (Change("rules"),)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise UserError("pack_unreadable", field="file", file=file.name) from wrong


def _as_taken(desk: Desk, head: PackHead, data: bytes) -> TakenPack:
    content = data.decode("utf-8-sig")
    author = desk.member.ref
    return TakenPack(desk.new_id(), head.kind.value, head.name, head.version, content, desk.now(), author)


def _require_later(made: TakenPack, before: tuple[TakenPack, ...]) -> None:
    law, local = _in_use(before)
    same = law if made.kind == PackKind.LAW else next((one for one in local if one.name == made.name), None)
    if same is not None and not is_newer(made.version, same.version):
        raise ConflictError("pack_older", field="file", version=made.version, present=same.version)


def _in_use(taken: tuple[TakenPack, ...]) -> tuple[TakenPack | None, tuple[TakenPack, ...]]:
    used = [pack for pack in taken if pack.dropped_at is None]
    laws = [pack for pack in used if pack.kind == PackKind.LAW]
    local = {pack.name: pack for pack in used if pack.kind == PackKind.LOCAL}
    return (laws[-1] if laws else None), tuple(local.values())


def _with(shelf: Shelf, taken: tuple[TakenPack, ...]) -> RulePack:
    law, local = _in_use(taken)
    return shelf.laid(law.content.encode() if law else None, [pack.content.encode() for pack in local])


def _fitting(shelf: Shelf, unit: Unit) -> tuple[TakenPack, ...]:
    """Give the packs taken so far that fit this program and each other."""
    used: tuple[TakenPack, ...] = ()
    for pack in unit.library.packs():
        try:
            _with(shelf, (*used, pack))
        except DeskError:
            continue
        used = (*used, pack)
    return used
