"""Records that turned out to be one: entries keep the id they were written with, and lookups lead on.

``merged_into`` always names the record that stays, never one that was merged itself.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, Connection, FromClause, Table, func, or_, select


def survivor(table: FromClause) -> ColumnElement[UUID]:
    """Give the id to which a row of the table leads: its own, or that of the record it was merged into."""
    return func.coalesce(table.c.merged_into, table.c.id, type_=table.c.id.type)


def survivor_of(connection: Connection, table: Table, record: UUID) -> UUID:
    """Give the id to which a record leads; an unknown one leads to itself."""
    found: UUID | None = connection.scalar(select(survivor(table)).where(table.c.id == record))
    return found or record


def same_ids(connection: Connection, table: Table, record: UUID) -> list[UUID]:
    """Give every id under which entries of a record may have been written, the asked one's own first."""
    kept = survivor_of(connection, table, record)
    wanted = select(table.c.id).where(or_(table.c.id == kept, table.c.merged_into == kept))
    return [kept, *(found for found in connection.scalars(wanted) if found != kept)]


def is_of(
    connection: Connection, table: Table, column: ColumnElement[UUID], record: UUID
) -> ColumnElement[bool]:
    """Give the condition that a column names this record, under whichever id."""
    ids = same_ids(connection, table, record)
    return column == ids[0] if len(ids) == 1 else column.in_(ids)
