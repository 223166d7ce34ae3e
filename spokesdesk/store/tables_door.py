"""The table of requests that came through the journalists' door of the portal."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from spokesdesk.store.columns import UtcTime, UuidBlob, text_column
from spokesdesk.store.tables import metadata

# Who asks and what stands with the request; this says which question of the portal it is, and how its answer was rated.
door_request = Table(
    "door_request",
    metadata,
    Column("id", UuidBlob, primary_key=True),
    Column("question", UuidBlob, nullable=False),
    Column("request_id", UuidBlob, ForeignKey("request.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("thread", UuidBlob),
    Column("asked_at", UtcTime, nullable=False),
    Column("wanted_at", UtcTime),
    text_column("level"),
    text_column("remark"),
    Column("rated_at", UtcTime),
    Index("ix_door_request_question", "question"),
    Index("ix_door_request_thread", "thread"),
    Index("ix_door_request_request_id", "request_id"),
)
