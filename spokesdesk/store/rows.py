"""Between rows and records: the plain form of a row that the chain commits to, and small records inside columns."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, select

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Attachment, FileKind

# Columns by name; what each holds is known from tables.py, which mypy cannot follow through a mapping.
RowValues = Mapping[Any, Any]
_PLAIN = frozenset({str, int, bool, float, type(None)})


def plain(value: object) -> object:
    """Give the JSON form of a column's value, the same before it is written and after it is read."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, frozenset)):
        return [plain(item) for item in value]
    return value


def body(
    row: Mapping[str, object], apart: Iterable[str] = ("n",), added: Iterable[str] = ()
) -> dict[str, object]:
    """Give what the chain commits to for a row.

    Args:
        row: every column.
        apart: columns left out: the number and what may change later.
        added: columns younger than the first entries, left out while they are NULL.
    """
    left_out = frozenset(apart) | {name for name in added if row.get(name) is None}
    return {key: plain(value) for key, value in row.items() if key not in left_out}


def file_value(attachment: Attachment | None) -> dict[str, object] | None:
    """Give an attachment as a JSON column keeps it."""
    if attachment is None:
        return None
    value = asdict(attachment)
    return value if attachment.kind else {key: item for key, item in value.items() if key != "kind"}


def file_record(value: RowValues | None) -> Attachment | None:
    """Give the attachment that a JSON column keeps."""
    if value is None:
        return None
    kind = FileKind(value.get("kind", ""))
    return Attachment(str(value["sha256"]), str(value["name"]), int(value["size"]), kind)


def one(connection: Connection, table: Table, record: UUID) -> RowValues:
    """Give the row of a record by id; raises UserError("record_missing") when there is none."""
    row = connection.execute(select(table).where(table.c.id == record)).mappings().first()
    if row is None:
        raise UserError("record_missing", field="id", id=record)
    return dict(row)


def numbered(connection: Connection, table: Table, numbers: Iterable[int]) -> list[RowValues]:
    """Give the rows of these numbers, in the order of the numbers; a missing one is left out."""
    wanted = list(numbers)
    statement = select(table).where(table.c.n.in_(bindparam("numbers", expanding=True)))
    found = {row["n"]: dict(row) for row in connection.execute(statement, {"numbers": wanted}).mappings()}
    return [found[n] for n in wanted if n in found]
