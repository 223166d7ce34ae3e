"""Many rows in one statement: SQLite reads them out of one JSON text, and other threads work meanwhile.

A statement run for each row would hand Python's lock over and back at every row.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import json
from sqlalchemy import Connection

# Execution option: the rows that such a statement writes, for who looks at what is written.
ROWS = "desk_rows"
# Execution option: what is written was looked at before.
LOOKED_AT = "desk_looked_at"
Row = Sequence[Any]
# Fewer are not worth it.
_LEAST = 20


def insert_rows(
    connection: Connection,
    into: str,
    blobs: frozenset[str],
    columns: Sequence[str],
    rows: Sequence[Row],
    end: str,
) -> None:
    """Insert rows in SQLite's own values, in their order.

    Args:
        into: the beginning of the statement, ``INSERT INTO "contact"``.
        blobs: the columns that hold bytes.
        end: what follows the values, as ``ON CONFLICT(id) DO NOTHING``.
    """
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in columns)
    if len(rows) < _LEAST:
        marks = ", ".join("?" * len(columns))
        statement = f"{into}({names}) VALUES ({marks}) {end}"
        connection.exec_driver_sql(statement, [tuple(row) for row in rows])
        return
    values = _values(columns, blobs)
    # Without a WHERE, ON CONFLICT would be taken for the condition of a join.
    statement = f"{into}({names}) SELECT {values} FROM jsonb_each(?) WHERE true {end}"
    connection.exec_driver_sql(statement, (_text(rows),), execution_options={ROWS: rows})


def insert_text(
    connection: Connection,
    into: str,
    blobs: frozenset[str],
    columns: Sequence[str],
    rows: str,
    *,
    place: tuple[str, int] | None = None,
) -> None:
    """Insert rows that were made a text of beforehand, and looked at.

    Args:
        into: the beginning of the statement, ``INSERT INTO "contact"``.
        blobs: the columns that hold bytes; they stand in the rows as hex.
        rows: a JSON list of lists; "" for none.
        place: a column that numbers the rows, and the number before the first of them.
    """
    if not rows:
        return
    values = _values(columns, blobs)
    given: tuple[object, ...] = (rows,)
    if place is not None:
        columns, values, given = (*columns, place[0]), f"{values}, ? + key + 1", (place[1], rows)
    names = ", ".join(f'"{name}"' for name in columns)
    statement = f"{into}({names}) SELECT {values} FROM jsonb_each(?)"
    connection.exec_driver_sql(statement, given, execution_options={LOOKED_AT: True})


def has_between(connection: Connection, table: str, column: str, ids: Sequence[UUID]) -> bool:
    """Say whether a table has any id between the least and the greatest of some.

    Ids are made in the order of time: of a page that is new all are told to be new by one look.

    Args:
        table, column: indexed.
    """
    if not ids:
        return False
    ends = (min(ids).bytes, max(ids).bytes)
    wanted = f'SELECT 1 FROM "{table}" WHERE "{column}" BETWEEN ? AND ? LIMIT 1'
    return connection.exec_driver_sql(wanted, ends).first() is not None


def _values(columns: Sequence[str], blobs: frozenset[str]) -> str:
    return ", ".join(
        f"unhex(value ->> {at})" if name in blobs else f"value ->> {at}" for at, name in enumerate(columns)
    )


def _text(rows: Sequence[Row]) -> str:
    return json.encode([[one.hex() if type(one) is bytes else one for one in row] for row in rows]).decode()
