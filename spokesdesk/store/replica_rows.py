"""Between rows as SQLite keeps them and values as they travel: the plain form that the chain commits to."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Boolean, Column, Date, Text

from spokesdesk.store.columns import Json, UtcTime, UuidBlob
from spokesdesk.store.replica_tables import Spec, by_entity

Change = Callable[[Any], Any]
# What a malformed value of a record makes of the work on it.
UNREADABLE = (ValueError, TypeError, AttributeError, KeyError)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def _same(value: Any) -> Any:
    return value


def _time_out(value: int) -> str:
    return (_EPOCH + value * _MICROSECOND).isoformat()


def time_in(value: str) -> int:
    """Give a time as SQLite keeps it; raises ValueError or TypeError for what is none."""
    return (datetime.fromisoformat(value) - _EPOCH) // _MICROSECOND


def _day_in(value: str) -> str:
    return date.fromisoformat(value).isoformat()


def _id_out(value: bytes) -> str:
    return str(UUID(bytes=value))


def id_in(value: str) -> bytes:
    """Give an id as SQLite keeps it; raises ValueError or AttributeError for what is none."""
    made = bytes.fromhex(value.replace("-", ""))
    if len(made) != 16:
        raise ValueError("an id is 16 bytes")
    return made


def hex_in(value: str) -> str:
    """Give an id as hex; raises ValueError or AttributeError for what is none."""
    return id_in(value).hex()


def _json_in(value: Any) -> str:
    return msgspec.json.encode(value).decode()


# Out of the row and into it again, by the type of the column; NULL stays NULL.
_WAYS: tuple[tuple[type, Change, Change], ...] = (
    (UtcTime, _time_out, time_in),
    (UuidBlob, _id_out, id_in),
    (Json, msgspec.json.decode, _json_in),
    (Boolean, bool, int),
    (Date, _same, _day_in),
)


def _way(column: "Column[Any]", place: int) -> Change:
    found = next((way for way in _WAYS if isinstance(column.type, way[0])), None)
    return found[place] if found else _same


@cache
def _ways(entity: str, place: int) -> tuple[tuple[str, Change], ...]:
    spec = by_entity()[entity]
    return tuple((name, _way(spec.table.c[name], place)) for name in spec.columns)


@cache
def _ways_in(entity: str, *, as_text: bool) -> tuple[tuple[str, Change, Any], ...]:
    spec = by_entity()[entity]
    return tuple(
        (name, hex_in if as_text and change is id_in else change, _default(spec.table.c[name]))
        for name, change in _ways(entity, 2)
    )


@cache
def wordy_columns(entity: str) -> tuple[tuple[int, str], ...]:
    """Give the columns of a row of ``to_row`` that hold what somebody wrote, each with its place and name."""
    spec = by_entity()[entity]
    types = [spec.table.c[name].type for name in spec.columns]
    return tuple((at, spec.columns[at]) for at, kind in enumerate(types) if isinstance(kind, Json | Text))


def to_wire(spec: Spec, row: Sequence[Any]) -> dict[str, Any]:
    """Give a row's values as they travel.

    Args:
        row: its columns in the order of ``spec.columns``, as SQLite gives them.
    """
    return {
        name: None if value is None else change(value)
        for (name, change), value in zip(_ways(spec.entity, 1), row, strict=True)
    }


def to_row(spec: Spec, values: dict[str, Any], *, as_text: bool = False) -> list[Any]:
    """Give the columns of a row in the order of ``spec.columns``, as SQLite keeps them.

    Args:
        as_text: ids in hex instead.

    Raises:
        ValueError, TypeError, AttributeError: a value is not what its column holds.
    """
    return [
        default if (value := values.get(name)) is None else change(value)
        for name, change, default in _ways_in(spec.entity, as_text=as_text)
    ]


def column_value(spec: Spec, name: str, value: Any) -> Any:
    """Give one value as SQLite keeps it."""
    return None if value is None else _way(spec.table.c[name], 2)(value)


def _default(column: "Column[Any]") -> Any:
    """A column that the other desk does not know yet, or left out: what an older row would hold."""
    if column.nullable:
        return None
    return "" if column.server_default is not None else None


def record_value(column: "Column[Any]", value: Any) -> Any:
    """Give a value that travelled as SQLAlchemy takes it for its column."""
    if value is None:
        return _default(column)
    if isinstance(column.type, UtcTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, UuidBlob):
        return UUID(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value
