"""The tables of trust: checkpoints of the chain, what was noted as done."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, LargeBinary, Table, Text

from spokesdesk.store.columns import UtcTime, UuidBlob
from spokesdesk.store.tables import metadata

# The head of the chain as each day ended; the sealed head outside the database holds a digest over these rows.
checkpoint = Table(
    "checkpoint",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("day", Date, nullable=False, unique=True),
    Column("link", Integer, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("token", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)

# Each time somebody noted that what was due on a contact is done, or is due again (settled_at empty).
settlement = Table(
    "settlement",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("contact_id", UuidBlob, ForeignKey("contact.id"), nullable=False),
    Column("settled_at", UtcTime),
    Column("author_id", UuidBlob),
    Column("author_name", Text, nullable=False, server_default=""),
    Index("ix_settlement_contact_id", "contact_id"),
    sqlite_autoincrement=True,
)
