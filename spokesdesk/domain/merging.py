"""Making one record of two: whose value each field takes, and how it is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NOTE_LIMIT, Journalist, Outlet, OutletKind, Ref

R = TypeVar("R", bound=Journalist | Outlet)
# What the kinds of records that can be merged are called.
KIND_WORDS: dict[str, str] = {"journalist": _("nhà báo"), "outlet": _("cơ quan báo chí")}
LONG_TEXTS = frozenset({"note", "remit", "channels"})
# The plain form in which a record's values are kept with the merge.
Values = Mapping[str, Any]


class Take(StrEnum):
    """Whose value a field takes."""

    KEPT = "kept"  # của mục giữ lại
    OTHER = "other"  # của mục được gộp vào
    BOTH = "both"  # cả hai, chỉ với ô nhiều dòng


@dataclass(frozen=True, slots=True)
class Merge:
    """One merge: entries keep the id they were written with, ``merged`` leads to ``kept``.

    Attributes:
        kind: journalist or outlet.
        kept: the record that stays; ``merged`` the one that became part of it.
        before: values of the kept one before the merge, ``after`` those after it.
        followers: records merged into ``merged`` earlier; they follow it.
        at: UTC.
        undone_at: UTC, when it was taken back; None while it holds.
    """

    id: UUID
    kind: str
    kept: Ref
    merged: Ref
    before: Values
    after: Values
    at: datetime
    by: Ref
    followers: tuple[UUID, ...] = ()
    undone_at: datetime | None = None
    undone_by: str = ""


def fields_of(record: Journalist | Outlet) -> tuple[str, ...]:
    """Give the names of the fields that a person may choose between."""
    return tuple(field.name for field in fields(record) if field.name != "id")


def usual_take(name: str, kept: object, other: object) -> Take:
    """Give whose value is proposed: the kept one's unless it is empty; long texts that differ are joined."""
    if _is_empty(other):
        return Take.KEPT
    if _is_empty(kept):
        return Take.OTHER
    return Take.BOTH if name in LONG_TEXTS and kept != other else Take.KEPT


def merged(kept: R, other: R, takes: Mapping[str, Take]) -> R:
    """Give the record that two become.

    Args:
        kept: the one whose id stays.
        other: the one that becomes part of it.
        takes: field → whose value; a field left out takes the usual one.

    Raises:
        UserError: ``merge_field`` for a field that does not exist; ``merge_same``.
    """
    if kept.id == other.id:
        raise UserError("merge_same", field="other")
    names = fields_of(kept)
    unknown = next((name for name in takes if name not in names), None)
    if unknown is not None:
        raise UserError("merge_field", field="take", name=unknown, known=", ".join(names))
    new = {
        name: _taken(
            name,
            getattr(kept, name),
            getattr(other, name),
            takes.get(name) or usual_take(name, getattr(kept, name), getattr(other, name)),
        )
        for name in names
    }
    return replace(kept, **new)


def _taken(name: str, kept: Any, other: Any, take: Take) -> Any:
    if take is Take.BOTH and name in LONG_TEXTS and kept != other:
        return "\n".join(text for text in (kept, other) if text)[:NOTE_LIMIT]
    return other if take is Take.OTHER else kept


def _is_empty(value: object) -> bool:
    return value in (None, "", OutletKind.OTHER)


def values_of(record: Journalist | Outlet) -> dict[str, Any]:
    """Give a record's values in plain form: days as ISO 8601, the outlet as id and name."""
    return {name: _plain(getattr(record, name)) for name in fields_of(record)}


def taken_back(now: R, merge: Merge) -> R:
    """Give the kept record as it was before a merge; what somebody changed since stays.

    Args:
        now: the kept record as it is.
        merge: the merge to take back.
    """
    names = set(fields_of(now))
    old = {
        name: _record_value(name, merge.before[name])
        for name, value in merge.after.items()
        if name in names and merge.before[name] != value and _plain(getattr(now, name)) == value
    }
    return replace(now, **old)


def _plain(value: object) -> Any:
    match value:
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case Ref():
            return {"id": str(value.id), "name": value.name}
    return value


def _record_value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name.endswith("_on"):
        return date.fromisoformat(str(value))
    if name == "kind":
        return OutletKind(str(value))
    if name == "outlet":
        return Ref(UUID(str(value["id"])), str(value["name"]))
    return value
