"""The table of backups: every copy that was made or tried out, and every one that could not be."""

from sqlalchemy import Column, Index, Integer, Table, Text

from spokesdesk.store.columns import UtcTime, UuidBlob, text_column
from spokesdesk.store.tables import metadata

backup_run = Table(
    "backup_run",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("place", Text, nullable=False),
    text_column("copy"),
    text_column("code"),
    text_column("said"),
    Column("links", Integer, nullable=False, server_default="0"),
    text_column("head"),
    Column("size", Integer, nullable=False, server_default="0"),
    Column("files", Integer, nullable=False, server_default="0"),
    Index("ix_backup_run_kind_n", "kind", "n"),
    sqlite_autoincrement=True,
)
