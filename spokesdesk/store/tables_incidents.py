"""The tables of incidents: what is known by version, what was done, and which reminders were told."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from spokesdesk.store.columns import Json, UtcTime, UuidBlob, author_columns, text_column
from spokesdesk.store.tables import metadata

# What stands here beside id, time and author is the latest of incident_text and incident_step, for lists.
incident = Table(
    "incident",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("opened_at", UtcTime, nullable=False),
    *author_columns(),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("scope", Text, nullable=False),
    text_column("lead"),
    Column("began_at", UtcTime, nullable=False),
    Column("due_at", UtcTime),
    text_column("citation"),
    Column("version", Integer, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    Index("ix_incident_state_due_at", "state", "due_at"),
    Index("ix_incident_began_at", "began_at"),
    sqlite_autoincrement=True,
)

# The columns of ``incident`` that follow its entries; the entries themselves are in the chain.
FOLLOWING = ("title", "state", "scope", "lead", "began_at", "due_at", "citation", "version", "saved_at")

incident_text = Table(
    "incident_text",
    metadata,
    Column("incident_id", UuidBlob, ForeignKey("incident.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    # As in paper_text.
    Column("fork", Integer, primary_key=True, server_default="0"),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("happened_at", UtcTime),
    Column("received_at", UtcTime),
    Column("impact_at", UtcTime),
    Column("asked_at", UtcTime),
    Column("scope", Text, nullable=False),
    text_column("place"),
    text_column("lead"),
    Column("participants", Json, nullable=False),
    text_column("facts"),
    Column("clocks", Json, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
)

incident_step = Table(
    "incident_step",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("incident_id", UuidBlob, ForeignKey("incident.id"), nullable=False),
    Column("move", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    text_column("remark"),
    Column("done_at", UtcTime),
    Column("told", Json, nullable=False),
    Column("paper_id", UuidBlob, ForeignKey("paper.id")),
    Column("detail", Json, nullable=False),
    Index("ix_incident_step_incident_id", "incident_id"),
    Index("ix_incident_step_paper_id", "paper_id"),
    sqlite_autoincrement=True,
)

# Which reminders this desk told, so that each is told once; nobody answers for them, so they are not in the chain.
incident_reminder = Table(
    "incident_reminder",
    metadata,
    Column("incident_id", UuidBlob, ForeignKey("incident.id"), primary_key=True),
    Column("rule_id", Text, primary_key=True),
    Column("due_at", UtcTime, primary_key=True),
    Column("hours", Integer, primary_key=True),
    Column("told_at", UtcTime, nullable=False),
)
