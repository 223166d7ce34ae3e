"""Column types: times that cannot lose their zone, ids as 16 bytes, small JSON values."""

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Dialect, ForeignKey, Integer, LargeBinary, Table, Text
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_COMPACT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def micros(value: datetime) -> int:
    """Give the whole microseconds of a time since 1970; ValueError for a naive one."""
    if value.tzinfo is None or value.utcoffset() is None:
        raise ValueError("a time without a zone cannot be kept")
    return (value - _EPOCH) // _MICROSECOND


def time_of(value: int) -> datetime:
    """Give the aware UTC time of whole microseconds since 1970."""
    return _EPOCH + value * _MICROSECOND


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC datetime, kept as whole microseconds since 1970, so that it sorts and loses nothing.

    A naive value is refused: SQLite would drop the offset and nobody could tell which clock was meant.
    """

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Give the microseconds; ValueError for a naive value."""
        return None if value is None else micros(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Give the aware UTC datetime back."""
        return None if value is None else time_of(value)


class UuidBlob(TypeDecorator[UUID]):
    """A UUID as its 16 bytes: UUIDv7 then arrives in key order, which keeps inserts on the same pages."""

    impl = LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> bytes | None:
        """Give the 16 bytes."""
        return None if value is None else value.bytes

    def process_result_value(self, value: Any | None, dialect: Dialect) -> UUID | None:
        """Give the UUID back."""
        return None if value is None else UUID(bytes=bytes(value))


class Json(TypeDecorator[Any]):
    """A small JSON value as UTF-8 text, Vietnamese not escaped; None is SQL NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        """Give the text; ValueError for NaN and infinities, which no other reader takes."""
        if value is None:
            return None
        return _COMPACT.encode(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:
        """Give the value back."""
        return None if value is None else json.loads(value)


@cache
def blob_columns(table: Table) -> frozenset[str]:
    """Give the names of the columns of a table that hold bytes."""
    return frozenset(column.name for column in table.c if isinstance(column.type, UuidBlob | LargeBinary))


def text_column(name: str) -> "Column[str]":
    """Give a text that is empty until something is written."""
    return Column(name, Text, nullable=False, server_default="")


def author_columns() -> tuple["Column[UUID]", "Column[str]"]:
    """Give who wrote a row: the member, and the name as it was then."""
    return (
        Column("author_id", UuidBlob, ForeignKey("member.id"), nullable=False),
        Column("author_name", Text, nullable=False),
    )
