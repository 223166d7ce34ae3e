"""The table of what happened to number series: held, handed over, lent; entries are never changed."""

from sqlalchemy import Column, Index, Integer, Table, Text

from spokesdesk.store.columns import Json, UtcTime, UuidBlob, author_columns
from spokesdesk.store.tables import metadata

number_holding = Table(
    "number_holding",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("series", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("other_code", Text, nullable=False),
    Column("other_name", Text, nullable=False),
    Column("token", UuidBlob, nullable=False),
    Column("span", Json),
    Column("given", Json, nullable=False),
    Column("lent", Json, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    # Whose series it is about: NULL for this desk's, else the desk whose entry came with the feed.
    Column("device", UuidBlob),
    Index("ix_number_holding_series", "series"),
    sqlite_autoincrement=True,
)
