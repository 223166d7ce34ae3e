"""What an operation does to a setting of the agency: each of its parts is taken, or is in question, by itself.

A conflict about one part keeps whole values, so that a desk which knows nothing of parts can show and settle it: its
``current`` is what holds, its ``mine`` the same with only that part as the other one has it.
"""

from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from spokesdesk import wire
from spokesdesk.domain.setting_parts import NAME, Parts, Setting, setting_of
from spokesdesk.server.conflicts import conflict_id
from spokesdesk.server.records import Book, Held


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a setting holds from now on, which parts were not taken, and which held already what was typed."""

    value: object
    in_question: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()


def merging_of(book: Book, held: Held, op: wire.Op, field: str) -> "SettingMerging | None":
    """Give what merges a field by its parts; None for one that is merged as one value."""
    change = op.patch[field]
    said = op.patch[NAME].new if NAME in op.patch else None
    setting = setting_of(held.entity, field, held.value(NAME) or said)
    if setting is None:
        return None
    values: list[Any] = [held.value(field), change.new]
    if op.kind == "settle":
        seen = wire.seen_of(change)
        values += [seen.current, seen.mine]
    else:
        values.append(change.base)
    parts = [setting.parts(value) for value in values]
    if any(one is None for one in parts):
        return None
    return SettingMerging(book, held, op, field, setting)


class SettingMerging:
    """One operation on the value of one setting."""

    def __init__(self, book: Book, held: Held, op: wire.Op, field: str, setting: Setting) -> None:
        self._book, self._held, self._op, self._field, self._setting = book, held, op, field, setting
        self._now = self._parts(held.value(field))
        self._new = self._parts(op.patch[field].new)

    def taken(self) -> Outcome:
        """Give what the value becomes by new values that somebody typed."""
        if self._held.value(self._field) is None:
            return Outcome(self._op.patch[self._field].new)
        setting, base = self._setting, self._parts(self._op.patch[self._field].base)
        made, in_question, agreed = dict(self._now), [], []
        for name in setting.changed(base, self._new):
            if setting.is_same(self._now, self._new, name):
                agreed.append(name)
            elif setting.is_same(self._now, base, name):
                made = setting.put(made, name, self._new)
            else:
                in_question.append(name)
        return Outcome(setting.whole(made), tuple(in_question), tuple(agreed))

    def settled(self) -> Outcome:
        """Give what the value becomes by a decision; a part that somebody else decided meanwhile stays in question."""
        setting, seen = self._setting, wire.seen_of(self._op.patch[self._field])
        current, mine = self._parts(seen.current), self._parts(seen.mine)
        made, in_question = dict(self._now), []
        decided = {**dict.fromkeys(setting.differing(current, mine))}
        decided |= dict.fromkeys(setting.differing(current, self._new))
        for name in decided:
            known = any(setting.is_same(self._now, one, name) for one in (current, mine, self._new))
            if known and not self._is_late(name, current, mine):
                made = setting.put(made, name, self._new)
            else:
                in_question.append(name)
        return Outcome(setting.whole(made), tuple(in_question))

    def moved(self, outcome: Outcome) -> list[wire.Conflict]:
        """Bring the open conflicts up to what holds now; those about parts that were decided are settled."""
        changed: list[wire.Conflict] = []
        now = self._parts(outcome.value)
        decided = self._decided(outcome)
        for one in self._book.open_conflicts(self._held, self._field):
            names, mine = self._in_question(one), self._parts(one.mine)
            kept = self._setting.moved(now, names, one.mine)
            is_settled = not self._setting.differing(kept, now) or any(
                self._setting.is_same(mine, values, name)
                for name in names
                for values in decided.get(name, ())
            )
            value = self._setting.whole(kept)
            made = replace(one, current=outcome.value, mine=value, state="settled" if is_settled else "open")
            if made != one:
                changed.append(self._book.keep(made))
        return changed

    def opened(self, outcome: Outcome) -> list[wire.Conflict]:
        """Keep the parts that could not be taken beside what holds, one conflict for each."""
        agreed = [self._carried_on(name, outcome) for name in outcome.agreed]
        asked = [self._carried_on(name, outcome) or self._open(name, outcome) for name in outcome.in_question]
        return [one for one in (*agreed, *asked) if one is not None]

    def _decided(self, outcome: Outcome) -> dict[str, list[Parts]]:
        if self._op.kind != "settle":
            return {}
        seen = wire.seen_of(self._op.patch[self._field])
        values = [self._parts(seen.current), self._parts(seen.mine), self._new]
        names = {name for value in values[1:] for name in self._setting.differing(values[0], value)}
        told: list[Parts] = list(values)
        return {name: told for name in names if name not in outcome.in_question}

    def _carried_on(self, name: str, outcome: Outcome) -> wire.Conflict | None:
        """Give the conflict of the same typist about the same part, with what they typed now."""
        if self._op.kind == "settle":
            return None
        setting, base = self._setting, self._parts(self._op.patch[self._field].base)
        for one in self._book.open_conflicts(self._held, self._field):
            is_theirs = one.device == self._op.device and name in self._in_question(one)
            if is_theirs and setting.is_same(self._parts(one.mine), base, name):
                mine = setting.whole(setting.put(self._parts(outcome.value), name, self._new))
                state = "settled" if name in outcome.agreed else "open"
                return self._book.keep(replace(one, mine=mine, actor=self._op.actor, state=state))
        return None

    def _open(self, name: str, outcome: Outcome) -> wire.Conflict:
        op, setting = self._op, self._setting
        change = op.patch[self._field]
        before = self._parts(wire.seen_of(change).current if op.kind == "settle" else change.base)
        mine = setting.whole(setting.put(self._parts(outcome.value), name, self._new))
        which = conflict_id(op.op_id, f"{self._field}.{name}" if name else self._field)
        made = wire.Conflict(
            id=which,
            entity=self._held.entity,
            rec=self._held.id,
            field=self._field,
            base=setting.base_of(before, name),
            current=outcome.value,
            mine=mine,
            device=op.device,
            actor=op.actor,
            state="open",
        )
        return self._book.keep(made)

    def _is_late(self, name: str, current: Parts, mine: Parts) -> bool:
        """Say whether somebody else decided about a part before this decision came, and in another way."""
        setting = self._setting
        about = [
            one
            for one in self._book.conflicts_of(self._held, self._field)
            if name in self._in_question(one)
            and any(setting.is_same(self._parts(one.mine), value, name) for value in (mine, current))
        ]
        is_decided = bool(about) and all(one.state == "settled" for one in about)
        return is_decided and not setting.is_same(self._now, self._new, name)

    def _in_question(self, one: wire.Conflict) -> list[str]:
        return self._setting.in_question(one.base, one.current, one.mine)

    def _parts(self, value: object) -> dict[str, Any]:
        return self._setting.parts(value) or {}
