"""The tables of the way to the portal; empty until this desk is enrolled."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from spokesdesk.store.columns import Json, UtcTime, UuidBlob
from spokesdesk.store.tables import metadata

# One row, made by enrolment: where this desk belongs, how far it has read the feed, its count of operations.
enrolled = Table(
    "enrolled",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("portal", Text, nullable=False),
    Column("journal", UuidBlob, nullable=False),
    Column("device", UuidBlob, nullable=False),
    Column("agency", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("chain", Text, nullable=False),
    Column("dseq", Integer, nullable=False),
    Column("enrolled_at", UtcTime, nullable=False),
    Column("last_round_at", UtcTime),
    Column("fault", Text, nullable=False, server_default=""),
)

# What a person sees of each record's way: queued, sent, published, quarantined.
ledger = Table(
    "ledger",
    metadata,
    Column("record", UuidBlob, primary_key=True),
    Column("entity", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("url", Text, nullable=False, server_default=""),
    Column("files", Json, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Index("ix_ledger_state_changed_at", "state", "changed_at"),
)

# Operations not yet seen in the feed; the signature is made anew at each sending and is always the same.
outbox = Table(
    "outbox",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("op_id", UuidBlob, nullable=False, unique=True),
    Column("record", UuidBlob, ForeignKey("ledger.record"), nullable=False),
    Column("op", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("queued_at", UtcTime, nullable=False),
    Index("ix_outbox_record", "record"),
    sqlite_autoincrement=True,
)

# The feed as it was read, own and colleagues' entries: gives back what a restored portal has forgotten.
feed_log = Table(
    "feed_log",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("op_id", UuidBlob, nullable=False),
    Column("commitment", Text, nullable=False),
    Column("chain", Text, nullable=False),
    Column("salt", Text),
    Column("effect", Text),
)
