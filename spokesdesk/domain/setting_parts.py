"""A setting of the agency that two desks changed: merged part by part, as a record is field by field. Pure.

On the wire a setting is one value under one name, so desks of any version read it; only who merges looks inside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from spokesdesk.domain.merge import same

ENTITY, FIELD, NAME = "setting", "value", "name"
_ID = "id"
_MISSING = object()
Parts = Mapping[str, Any]


class Shape(StrEnum):
    """What a setting's value is made of."""

    WHOLE = "whole"  # một giá trị
    FIELDS = "fields"  # các mục cố định: mục không nói tới thì giữ nguyên
    KEYS = "keys"  # bảng tra: mục không còn là mục đã xóa
    ROWS = "rows"  # danh sách dòng, mỗi dòng có mã riêng


# ``number_series`` stays whole: its mode and its table were chosen together.
_SHAPES = {
    "agency": Shape.FIELDS,
    "case_places": Shape.ROWS,
    "holidays": Shape.KEYS,
    "privacy_retention": Shape.KEYS,
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, and how its values fall into parts and come together again."""

    shape: Shape

    def parts(self, value: object) -> dict[str, Any] | None:
        """Give the parts of a value by name, none for a value that was never said; None for one of another shape."""
        if self.shape is Shape.WHOLE:
            return {"": value}
        if value is None:
            return {}
        if self.shape is not Shape.ROWS:
            return dict(value) if isinstance(value, dict) else None
        if not isinstance(value, list) or not all(isinstance(row, dict) and row.get(_ID) for row in value):
            return None
        return {str(row[_ID]): row for row in value}

    def whole(self, parts: Parts) -> object:
        """Give the value that has these parts."""
        if self.shape is Shape.WHOLE:
            return parts[""]
        return list(parts.values()) if self.shape is Shape.ROWS else dict(parts)

    def base_of(self, parts: Parts, name: str) -> object:
        """Give what a part was before, as a value of one part: whoever reads it knows which one is in question."""
        empty: object = {_ID: name} if self.shape is Shape.ROWS else ""
        return self.whole({name: parts.get(name, empty if self.shape is not Shape.WHOLE else None)})

    def is_same(self, one: Parts, other: Parts, name: str) -> bool:
        """Say whether two values agree in a part; a field that was never said is an empty one."""
        mine, theirs = one.get(name, _MISSING), other.get(name, _MISSING)
        if self.shape in {Shape.FIELDS, Shape.WHOLE} and _is_empty(mine) and _is_empty(theirs):
            return True
        return mine is theirs if _MISSING in (mine, theirs) else same(mine, theirs)

    def differing(self, one: Parts, other: Parts) -> list[str]:
        """Give the parts in which two values differ."""
        return [name for name in {**one, **other} if not self.is_same(one, other, name)]

    def changed(self, base: Parts, new: Parts) -> list[str]:
        """Give the parts that somebody changed; a field that a program does not know of is not changed by it."""
        found = self.differing(base, new)
        return [name for name in found if name in new] if self.shape is Shape.FIELDS else found

    def put(self, into: Parts, name: str, source: Parts) -> dict[str, Any]:
        """Give parts in which one is as in others: there with its value, or not there."""
        made = dict(into)
        if name in source:
            made[name] = source[name]
        else:
            made.pop(name, None)
        return made

    def in_question(self, base: object, current: object, mine: object) -> list[str]:
        """Give the parts that a conflict is about; one of a portal before this one may be about several."""
        before = self.parts(base)
        if before is not None and len(before) == 1:
            return list(before)
        return self.differing(self.parts(current) or {}, self.parts(mine) or {})

    def moved(self, now: Parts, names: Sequence[str], mine: object) -> dict[str, Any]:
        """Give what a conflict keeps beside a value that has moved: that value, in the parts in question theirs."""
        kept, theirs = dict(now), self.parts(mine) or {}
        for name in names:
            kept = self.put(kept, name, theirs)
        return kept


def setting_of(entity: str, field: str, name: object) -> Setting | None:
    """Give how a field of a shared record is merged by parts; None for one that is no setting's value.

    Args:
        name: what the record's own name is.
    """
    if (entity, field) != (ENTITY, FIELD):
        return None
    return Setting(_SHAPES.get(str(name), Shape.WHOLE))


def _is_empty(value: object) -> bool:
    return value is _MISSING or value is None or value in ("", [], {})
