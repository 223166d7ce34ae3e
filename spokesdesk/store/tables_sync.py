"""The tables of the way to the portal; empty until this desk is enrolled."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

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
    # It joined by a stick and asks no network.
    Column("by_hand", Boolean, nullable=False, server_default="0"),
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
    # The title without accents, to be found by.
    Column("folded", Text, nullable=False, server_default=""),
    Index("ix_ledger_state_changed_at", "state", "changed_at"),
    Index("ix_ledger_changed_at", "changed_at"),
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
    # Of an operation of another device, given back to a portal that had forgotten it.
    Column("sig", Text, nullable=False, server_default=""),
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

# One row, made by enrolment. While ``marking`` is on, triggers note what is saved; ``filled`` … say how far the
# first filling of this desk from a snapshot has come ("" when it is whole).
replication = Table(
    "replication",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("marking", Boolean, nullable=False),
    Column("filled", Text, nullable=False, server_default=""),
    Column("filled_seq", Integer),
    Column("filled_chain", Text, nullable=False, server_default=""),
    Column("compared_at", UtcTime),
    Column("repaired", Integer, nullable=False),
)

# Rows of shared tables that were saved and are not in the outbox yet, written by triggers in the same transaction.
changed = Table(
    "changed",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("noun", Text, nullable=False),
    Column("key", Text, nullable=False),
    UniqueConstraint("noun", "key"),
)

# Each shared record as the portal last had it. ``fields`` NULL: written once, the row itself is what the portal has.
# ``state``: "" in place, "held" waits for a record it points to, "deleted".
replica = Table(
    "replica",
    metadata,
    Column("record", UuidBlob, primary_key=True),
    Column("entity", Text, nullable=False),
    Column("ver", Integer, nullable=False),
    Column("fields", Json),
    Column("state", Text, nullable=False, server_default=""),
    Index("ix_replica_state", "state", sqlite_where=text("state != ''")),
    Index("ix_replica_key_grant", "entity", sqlite_where=text("entity = 'key-grant'")),
)

# Two people changed the same field of the same record: both values, until somebody settles it.
sync_conflict = Table(
    "sync_conflict",
    metadata,
    Column("id", UuidBlob, primary_key=True),
    Column("record", UuidBlob, nullable=False),
    Column("entity", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("base", Json),
    Column("current", Json),
    Column("mine", Json),
    Column("device", UuidBlob, nullable=False),
    Column("actor", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("settled_at", UtcTime),
    Column("settled_by", Text, nullable=False, server_default=""),
    Index("ix_sync_conflict_record", "record"),
    Index("ix_sync_conflict_state", "state"),
)

# The chains of colleagues' desks, link by link as their entries came with the feed.
peer_link = Table(
    "peer_link",
    metadata,
    Column("device", UuidBlob, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("entry", UuidBlob, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("commitment", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("salt", LargeBinary(32)),
    Index("ix_peer_link_entry", "entry"),
    sqlite_with_rowid=False,
)

# Files that the portal was seen to hold; asked for anew after a day, and when the journal began a new epoch.
portal_file = Table(
    "portal_file",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("epoch", Text, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
)

# The devices of the journal as the portal names them, with the public keys that the agency's keys are handed over to.
key_holder = Table(
    "key_holder",
    metadata,
    Column("device", UuidBlob, primary_key=True),
    Column("name", Text, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("box_key", Text, nullable=False, server_default=""),
    Column("recovery_key", Text, nullable=False, server_default=""),
    Column("box_proof", Text, nullable=False, server_default=""),
    Column("revoked", Boolean, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
)

# Colleagues' desks that do not meet the portal, and how far each has read the feed. ``who``: id of the device;
# ``wants``: files it asks for; ``offers``: files it brought, of which it wants to hear that they arrived.
carried = Table(
    "carried",
    metadata,
    Column("who", Text, primary_key=True),
    Column("epoch", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("chain", Text, nullable=False),
    Column("joined", Text, nullable=False, server_default=""),
    Column("at", UtcTime, nullable=False),
    Column("wants", Json, nullable=False, server_default="[]"),
    Column("offers", Json, nullable=False, server_default="[]"),
)

# Colleagues' operations that came by hand, to be forwarded. ``state``: waiting, sent, refused, arrived (seen in the
# feed of ``epoch`` at ``seq``); ``status``: of a release, where it stands on the public side, as JSON.
carried_op = Table(
    "carried_op",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("op_id", UuidBlob, nullable=False, unique=True),
    Column("device", UuidBlob, nullable=False),
    Column("carrier", UuidBlob, nullable=False),
    Column("record", UuidBlob, nullable=False),
    Column("op", Text, nullable=False),
    Column("sig", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("epoch", Text, nullable=False, server_default=""),
    Column("seq", Integer, nullable=False, server_default="0"),
    Column("status", Text, nullable=False, server_default=""),
    Column("changed_at", UtcTime, nullable=False),
    Index("ix_carried_op_state", "state"),
    sqlite_autoincrement=True,
)
