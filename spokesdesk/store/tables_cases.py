"""The tables of case files, their evidence and its custody log."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from spokesdesk.store.columns import Json, UtcTime, UuidBlob, author_columns, text_column
from spokesdesk.store.tables import metadata

# What stands here beside contact, time and author is the latest of case_text and case_move, for lists.
case = Table(
    "case",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("contact_id", UuidBlob),
    Column("opened_at", UtcTime, nullable=False),
    *author_columns(),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("happened_at", UtcTime),
    text_column("person"),
    text_column("outlet_name"),
    Column("version", Integer, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    Index("ix_case_state", "state"),
    Index("ix_case_contact_id", "contact_id"),
    Index("ix_case_opened_at_n", "opened_at", "n"),
    sqlite_autoincrement=True,
)

case_text = Table(
    "case_text",
    metadata,
    Column("case_id", UuidBlob, ForeignKey("case.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    # As in paper_text.
    Column("fork", Integer, primary_key=True, server_default="0"),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("happened_at", UtcTime),
    text_column("place"),
    text_column("person"),
    Column("outlet_id", UuidBlob),
    text_column("outlet_name"),
    text_column("marks"),
    text_column("facts"),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
)

case_move = Table(
    "case_move",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("case_id", UuidBlob, ForeignKey("case.id"), nullable=False),
    Column("move", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    text_column("remark"),
    Column("done_at", UtcTime),
    Column("told", Json, nullable=False),
    Column("paper_id", UuidBlob),
    text_column("outcome"),
    Index("ix_case_move_case_id", "case_id"),
    Index("ix_case_move_paper_id", "paper_id"),
    sqlite_autoincrement=True,
)

evidence = Table(
    "evidence",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("case_id", UuidBlob, ForeignKey("case.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    text_column("original_name"),
    Column("file", Json, nullable=False),
    text_column("url"),
    text_column("text"),
    Column("taken_at", UtcTime),
    text_column("taken_by"),
    text_column("note"),
    text_column("card_reason"),
    Column("added_at", UtcTime, nullable=False),
    *author_columns(),
    Index("ix_evidence_case_id", "case_id"),
    sqlite_autoincrement=True,
)

custody = Table(
    "custody",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("case_id", UuidBlob, ForeignKey("case.id"), nullable=False),
    Column("evidence_id", UuidBlob, ForeignKey("evidence.id"), nullable=False),
    Column("act", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    text_column("remark"),
    Index("ix_custody_case_id", "case_id"),
    Index("ix_custody_evidence_id", "evidence_id"),
    sqlite_autoincrement=True,
)
