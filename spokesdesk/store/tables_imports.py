"""The tables of imports: what each run did, row by row, so that it can be undone as a whole."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from spokesdesk.store.columns import Json, UtcTime, UuidBlob, author_columns
from spokesdesk.store.tables import metadata

import_run = Table(
    "import_run",
    metadata,
    Column("id", UuidBlob, primary_key=True),
    Column("noun", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_sha256", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    Column("counts", Json, nullable=False),
    Column("kept", Json, nullable=False),
    *author_columns(),
    Index("ix_import_run_started_at", "started_at"),
)

# Dropped when its run is undone; ``before`` and ``after`` are whole rows, for undoing and for seeing later changes.
import_row = Table(
    "import_row",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("run_id", UuidBlob, ForeignKey("import_run.id"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("noun", Text, nullable=False),
    Column("record", UuidBlob, nullable=False),
    Column("act", Text, nullable=False),
    Column("before", Json),
    Column("after", Text, nullable=False),
    Index("ix_import_row_run_id_n", "run_id", "n"),
)

# An entry of the chain: that many rows came from that file, or were taken out again.
import_move = Table(
    "import_move",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("run_id", UuidBlob, ForeignKey("import_run.id"), nullable=False),
    Column("move", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_sha256", Text, nullable=False),
    Column("counts", Json, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    sqlite_autoincrement=True,
)
