"""The tables of rules and law: packs taken, the agency's own library of instruments, periodic duties done."""

from sqlalchemy import Column, Date, Integer, Table, Text, UniqueConstraint

from spokesdesk.store.columns import Json, UtcTime, UuidBlob, author_columns, text_column
from spokesdesk.store.tables import metadata

# Each pack that was taken, as it came; the latest law and every local one that was not put away are in use.
rule_pack = Table(
    "rule_pack",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Column("dropped_at", UtcTime),
    sqlite_autoincrement=True,
)

# Instruments the agency added itself, or what it added to one of the rule pack (key: that instrument's).
law_entry = Table(
    "law_entry",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    text_column("key"),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("issued_on", Date),
    Column("from_on", Date),
    Column("to_on", Date),
    text_column("text"),
    Column("file", Json),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    sqlite_autoincrement=True,
)

# A periodic duty noted as done for the turn that ends on a day.
duty_mark = Table(
    "duty_mark",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("rule_id", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("done_on", Date, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    UniqueConstraint("rule_id", "due_on"),
    sqlite_autoincrement=True,
)
