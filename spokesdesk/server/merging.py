"""What one operation does to one record; no database here (sync.md §1.1, §1.5).

A field is taken when it holds what its typist had seen, or what they typed; never on the word of a version number,
which a portal restored from a backup may have given to something else.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from spokesdesk import wire
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.merge import How, merged, merged_text, same
from spokesdesk.server import conflicts
from spokesdesk.server.records import SEALED, Book, Held
from spokesdesk.server.setting_merging import SettingMerging, merging_of

TextMerge = Callable[[str, str, str], str | None]


@dataclass(slots=True)
class Taken:
    """What an operation did, for its entry in the feed.

    Attributes:
        reason: why it was not taken; "" when it was.
        fields: values after it that are not the ``new`` of its patch.
        before: what merged texts held before it.
    """

    ver: int = 0
    reason: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    conflicts: dict[object, wire.Conflict] = field(default_factory=dict)
    deleted: bool = False
    notice: str = ""
    has_clash: bool = False


def take(book: Book, op: wire.Op, now: datetime, text_merge: TextMerge = merged_text) -> Taken:
    """Do an operation to its record.

    Args:
        book: holds the record, if there is one, and its open conflicts; what changed is noted in it.
        op: of a kind in ``wire.RECORD_KINDS``, its shape checked.
        now: UTC.
        text_merge: merges three texts; one that remembers saves work under the lock.

    Returns:
        What it did; with a ``reason`` nothing was changed.
    """
    return _Taking(book, op, now, text_merge).done()


class _Taking:
    def __init__(self, book: Book, op: wire.Op, now: datetime, text_merge: TextMerge) -> None:
        self.book, self.op, self.now, self.text_merge = book, op, now, text_merge
        self.taken = Taken()
        self.has_changed = False

    def done(self) -> Taken:
        held = self.book.find(self.op.entity, self.op.rec)
        self.taken.reason = self._refusal(held)
        if self.taken.reason:
            return self.taken
        is_new = held is None
        held = held or self.book.make(self.op.entity, self.op.rec)
        ver = held.ver + 1
        self._do(held, ver, is_new=is_new)
        held.ver = ver
        if self.has_changed:
            held.writers[self.op.device.hex] = ver
        self.book.touch(held)
        self.taken.ver, self.taken.deleted = ver, held.deleted
        return self.taken

    def _refusal(self, held: Held | None) -> str:
        op = self.op
        if held is None:
            return "" if op.kind in {"put", "append"} else "record_unknown"
        if op.kind == "append":
            return "" if self._is_same_append(held) else "append_differs"
        if op.kind == "restore" and held.deleted and not held.fields:
            return "trash_emptied"
        if op.kind in {"put", "add", "take", "settle"}:
            for name, change in op.patch.items():
                if held.fver.get(name) == SEALED and not same(held.value(name), change.new):
                    return "append_only"
                is_set = op.kind in {"add", "take"} or change.merges is How.SET
                if is_set and not isinstance(held.value(name) or [], list):
                    return "fields_wrong"
        return ""

    def _is_same_append(self, held: Held) -> bool:
        sealed = {name for name, ver in held.fver.items() if ver == SEALED}
        return sealed == self.op.patch.keys() and all(
            same(_said(name, held.value(name)), _said(name, change.new))
            for name, change in self.op.patch.items()
        )

    def _do(self, held: Held, ver: int, *, is_new: bool) -> None:
        op = self.op
        if op.kind == "delete":
            self._delete(held)
        elif op.kind == "erase":
            self._erase(held, ver)
        elif op.kind == "restore":
            self.has_changed, held.deleted, held.deleted_at = held.deleted, False, None
        elif op.kind == "append":
            if is_new:
                for name, change in op.patch.items():
                    held.fields[name], held.fver[name] = change.new, SEALED
                self.has_changed = True
        else:
            for name, change in op.patch.items():
                self._field(held, ver, name, change, is_new=is_new)
            if held.deleted:
                held.deleted, held.deleted_at, self.has_changed = False, None, True
                self.taken.notice = wire.EDIT_BEATS_DELETE

    def _delete(self, held: Held) -> None:
        if held.deleted:
            return
        if self._holds_unseen(held):
            self.taken.notice = wire.EDIT_BEATS_DELETE
            return
        held.deleted, held.deleted_at, self.has_changed = True, self.now, True

    def _holds_unseen(self, held: Held) -> bool:
        """Say whether somebody edited the record and who deletes it did not know."""
        op = self.op
        if op.patch:
            return any(not same(held.value(name), change.base) for name, change in op.patch.items())
        return any(ver > op.base_ver for device, ver in held.writers.items() if device != op.device.hex)

    def _erase(self, held: Held, ver: int) -> None:
        """Blank fields and what conflicts kept of them; the effect tells the whole record that is left.

        A desk that had not read the earlier changes finds their bodies gone, and needs no more than this one.
        """
        for name, change in self.op.patch.items():
            held.extra.pop(name, None)
            held.sets.pop(name, None)
            held.fields[name] = change.new
            if held.fver.get(name) != SEALED:
                held.fver[name] = ver
            for one in self.book.conflicts_of(held, name):
                blank = replace(one, base=None, current=change.new, mine=None, state="settled")
                self._told(self.book.keep(blank))
        self.taken.fields = held.fields | held.extra
        self.has_changed = True

    def _field(self, held: Held, ver: int, name: str, change: wire.FieldChange, *, is_new: bool) -> None:
        by_parts = merging_of(self.book, held, self.op, name) if self.op.kind in {"put", "settle"} else None
        if by_parts is not None:
            self._parts(held, ver, name, change, by_parts)
        elif self.op.kind == "settle":
            self._settle(held, ver, name, change)
        elif self.op.kind in {"add", "take"}:
            elements = change.new
            joined, left = (elements, []) if self.op.kind == "add" else ([], elements)
            self._elements(held, ver, name, joined, left)
        elif change.merges is How.FOUND and change.base is None and not is_new:
            # Another machine found the same before: what it found stays, fields that it left empty with it.
            self._kept(name, held.value(name), change)
        elif change.merges is How.SET:
            base, new = change.base or [], change.new or []
            old_keys, new_keys = {_key(one) for one in base}, {_key(one) for one in new}
            joined = [one for one in new if _key(one) not in old_keys]
            left = [one for one in base if _key(one) not in new_keys]
            self._elements(held, ver, name, joined, left)
        else:
            self._value(held, ver, name, change)

    def _value(self, held: Held, ver: int, name: str, change: wire.FieldChange) -> None:
        current = held.value(name)
        if not same(change.base, current):
            carried = conflicts.carried_on(self.book, held, self.op, name)
            if carried is not None:
                self._told(carried)
                self._kept(name, current, change)
                self.taken.has_clash |= carried.state == "open"
                return
        found = merged(change.merges, change.base, current, change.new, self.text_merge)
        if found.clash:
            self._told(conflicts.clash(self.book, held, self.op, name, change.base, change.new))
            self.taken.has_clash = True
        elif not same(found.value, current) or (name not in held.fields and name not in held.extra):
            if not same(found.value, change.new):
                self.taken.before[name] = current
            self._set(held, ver, name, found.value)
        self._kept(name, held.value(name), change)

    def _parts(
        self, held: Held, ver: int, name: str, change: wire.FieldChange, merging: SettingMerging
    ) -> None:
        outcome = merging.settled() if self.op.kind == "settle" else merging.taken()
        for one in merging.moved(outcome):
            self._told(one)
        for one in merging.opened(outcome):
            self._told(one)
        self.taken.has_clash |= bool(outcome.in_question)
        self._hold(held, ver, name, outcome.value)
        self._kept(name, outcome.value, change)

    def _settle(self, held: Held, ver: int, name: str, change: wire.FieldChange) -> None:
        """Take a decision: it is one about the values that who decided had seen; other values stay in conflict."""
        seen = wire.seen_of(change)
        current, known = held.value(name), [seen.current, seen.mine, change.new]
        is_late = conflicts.is_decided(self.book, held, name, seen) and not same(current, change.new)
        if not is_late and any(same(current, value) for value in known):
            self._set(held, ver, name, change.new, known)
            return
        for one in conflicts.moved(self.book, held, name, known):
            self._told(one)
        self._told(conflicts.clash(self.book, held, self.op, name, seen.current, change.new))
        self.taken.has_clash = True
        self._kept(name, current, change)

    def _set(self, held: Held, ver: int, name: str, value: object, seen: list[object] | None = None) -> None:
        self._hold(held, ver, name, value)
        for one in conflicts.moved(self.book, held, name, seen):
            self._told(one)

    def _hold(self, held: Held, ver: int, name: str, value: object) -> None:
        where = held.extra if name in held.extra else held.fields
        self.has_changed = self.has_changed or name not in where or not same(where[name], value)
        where[name], held.fver[name] = value, ver

    def _elements(self, held: Held, ver: int, name: str, joined: list[Any], left: list[Any]) -> None:
        """Join and take elements; what another device joined without being seen stays: adding wins."""
        known = held.sets.setdefault(name, {})
        now = {_key(one): one for one in held.value(name) or []}
        for one in joined:
            now.setdefault(_key(one), one)
            known[_key(one)] = [ver, self.op.device.hex]
        for one in left:
            added, device = known.get(_key(one), [0, ""])
            if added <= self.op.base_ver or device == self.op.device.hex:
                now.pop(_key(one), None)
                known.pop(_key(one), None)
        values = [now[key] for key in sorted(now)]
        if not same(values, held.value(name)):
            held.fields[name], held.fver[name], self.has_changed = values, ver, True
        self.taken.fields[name] = values

    def _told(self, one: wire.Conflict) -> None:
        self.taken.conflicts[one.id] = one

    def _kept(self, name: str, value: object, change: wire.FieldChange) -> None:
        if not same(value, change.new):
            self.taken.fields[name] = value


def _key(element: object) -> str:
    return wire.canonical(element).decode()


class TextMerges:
    """Merges of texts made before the lock and looked up under it, or made then when the text has moved meanwhile."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str, str], str | None] = {}

    def __call__(self, base: str, current: str, new: str) -> str | None:
        """Give the merged text, as ``domain.merge.merged_text`` does."""
        key = (base, current, new)
        if key not in self._made:
            self._made[key] = merged_text(base, current, new)
        return self._made[key]

    def prepare(self, book: Book, op: wire.Op) -> None:
        """Merge the texts of an operation with what the record holds at this moment."""
        held = book.find(op.entity, op.rec)
        for name, change in op.patch.items() if held and op.kind == "put" else ():
            current = held.value(name) if held else None
            if change.merges is How.TEXT:
                merged(How.TEXT, change.base, current, change.new, self)


def _said(name: str, value: Any) -> Any:
    """Give what a field of an entry says: a desk that goes on under another id sends its links under that one."""
    if name == wire.LINK and isinstance(value, dict):
        return {part: said for part, said in value.items() if part != "device"}
    return value


def check_shape(op: wire.Op) -> str:
    """Give what is wrong with the patch of an operation for its kind; "" when nothing is."""
    if op.kind in {"put", "append", "add", "take", "settle", "erase"} and not op.patch:
        return "fields_wrong"
    if op.kind == "restore" and op.patch:
        return "fields_wrong"
    for change in op.patch.values():
        if op.kind == "erase" and change.base is not None:
            return "fields_wrong"
        if op.kind in {"add", "take"} and not _is_set(change.new, least=1):
            return "fields_wrong"
        if (
            op.kind == "put"
            and change.merges is How.SET
            and not (_is_set(change.base) and _is_set(change.new))
        ):
            return "fields_wrong"
        if op.kind == "settle":
            try:
                wire.seen_of(change)
            except UserError:
                return "fields_wrong"
    return ""


def _is_set(value: object, least: int = 0) -> bool:
    if value is None:
        return not least
    return isinstance(value, list) and least <= len(value) <= wire.SET_ELEMENTS
