"""The tables of readings, rounds of a rebuttal, recaptures and their checks."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text

from spokesdesk.store.columns import Json, UtcTime, UuidBlob, author_columns, text_column
from spokesdesk.store.tables import metadata

article_text = Table(
    "article_text",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("article_id", UuidBlob, ForeignKey("article.id"), nullable=False),
    text_column("text"),
    Column("text_sha256", Text, nullable=False),
    Column("snapshot", Json),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Index("ix_article_text_article_id", "article_id"),
    sqlite_autoincrement=True,
)

# ``state`` and ``due_at`` are what the steps say, for lists and for the day's page.
rebuttal_round = Table(
    "rebuttal_round",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("article_id", UuidBlob, ForeignKey("article.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("goes_to", Text, nullable=False),
    text_column("addressee"),
    Column("paper_id", UuidBlob),
    Column("claims", Json, nullable=False),
    Column("asks", Json, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    *author_columns(),
    Column("state", Text, nullable=False),
    Column("due_at", UtcTime),
    Index("ix_rebuttal_round_article_id", "article_id"),
    Index("ix_rebuttal_round_paper_id", "paper_id"),
    Index("ix_rebuttal_round_due_at", "due_at"),
    sqlite_autoincrement=True,
)

round_step = Table(
    "round_step",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("round_id", UuidBlob, ForeignKey("rebuttal_round.id"), nullable=False),
    Column("move", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Column("done_at", UtcTime, nullable=False),
    text_column("remark"),
    Column("dues", Json, nullable=False),
    Column("look_on", Date),
    Column("file", Json),
    text_column("url"),
    Index("ix_round_step_round_id", "round_id"),
    sqlite_autoincrement=True,
)

recapture = Table(
    "recapture",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("article_id", UuidBlob, ForeignKey("article.id"), nullable=False),
    text_column("url"),
    text_column("text"),
    text_column("text_sha256"),
    Column("file", Json),
    Column("gone", Boolean, nullable=False),
    Column("taken_at", UtcTime, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Index("ix_recapture_article_id", "article_id"),
    sqlite_autoincrement=True,
)

recapture_check = Table(
    "recapture_check",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("recapture_id", UuidBlob, ForeignKey("recapture.id"), nullable=False),
    Column("answers", Json, nullable=False),
    text_column("remark"),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Index("ix_recapture_check_recapture_id", "recapture_id"),
    sqlite_autoincrement=True,
)
