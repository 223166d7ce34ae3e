"""The tables of requests for information, of their steps, and of the lists of the end of the day."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text, text

from spokesdesk.store.columns import Json, UtcTime, UuidBlob, author_columns, text_column
from spokesdesk.store.tables import metadata

# The order of the list, the greatest first: what is open, of what is closed the latest; what is due first, then the
# rest as it came. The index serves it only where a statement says it in these very words.
LISTED = (
    "(closed_at IS NULL)",
    "coalesce(closed_at, 0)",
    "(due_at IS NOT NULL)",
    "(-coalesce(due_at, 0))",
    "(-received_at)",
    "(-n)",
)

# What never changes of a request, and after it, as its steps have left it, what lists are sorted and filtered by.
request = Table(
    "request",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("asker_kind", Text, nullable=False),
    text_column("asker"),
    Column("outlet_id", UuidBlob, ForeignKey("outlet.id")),
    text_column("outlet_name"),
    Column("journalist_id", UuidBlob, ForeignKey("journalist.id")),
    text_column("journalist_name"),
    Column("channel", Text, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("entered_at", UtcTime, nullable=False),
    text_column("event"),
    *author_columns(),
    # The note of the province that it is; NULL for others, and for those that bear the note's own id.
    Column("note_id", UuidBlob),
    Column("topic", Text, nullable=False),
    Column("contact_id", UuidBlob, ForeignKey("contact.id")),
    Column("state", Text, nullable=False),
    Column("owner_id", UuidBlob, ForeignKey("member.id")),
    text_column("owner_name"),
    text_column("lead_unit"),
    text_column("holder"),
    text_column("holder_fold"),
    Column("due_at", UtcTime),
    text_column("citation"),
    Column("closed_at", UtcTime),
    Index("ix_request_state_due_at", "state", "due_at"),
    Index("ix_request_owner_id_state", "owner_id", "state"),
    Index("ix_request_holder_fold_state", "holder_fold", "state"),
    Index("ix_request_received_at_n", "received_at", "n"),
    Index("ix_request_contact_id", "contact_id"),
    Index("ix_request_note_id", "note_id"),
    Index("ix_request_outlet_id_state", "outlet_id", "state"),
    Index("ix_request_listed", *map(text, LISTED)),
    sqlite_autoincrement=True,
)

# The columns of ``request`` that follow its steps; the steps themselves are in the chain.
FOLLOWING = (
    "topic",
    "contact_id",
    "state",
    "owner_id",
    "owner_name",
    "lead_unit",
    "holder",
    "holder_fold",
    "due_at",
    "citation",
    "closed_at",
)

request_step = Table(
    "request_step",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("request_id", UuidBlob, ForeignKey("request.id"), nullable=False),
    Column("move", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    text_column("remark"),
    Column("paper_id", UuidBlob, ForeignKey("paper.id")),
    Column("detail", Json, nullable=False),
    Index("ix_request_step_request_id", "request_id"),
    Index("ix_request_step_paper_id", "paper_id"),
    sqlite_autoincrement=True,
)

day_end = Table(
    "day_end",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("on", Date, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Column("items", Json, nullable=False),
    sqlite_autoincrement=True,
)

day_end_sent = Table(
    "day_end_sent",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("day_end_id", UuidBlob, ForeignKey("day_end.id"), nullable=False),
    Column("way", Text, nullable=False),
    Column("recipients", Json, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Column("result", Text, nullable=False),
    text_column("detail"),
    Index("ix_day_end_sent_day_end_id", "day_end_id"),
    sqlite_autoincrement=True,
)
