"""The tables of trust: checkpoints of the chain, what was noted as done, personal data erased, asked for and opened."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, LargeBinary, Table, Text

from spokesdesk.store.columns import Json, UtcTime, UuidBlob, author_columns
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

# The record of a deletion of personal data (biên bản xóa): never whose name, only how much, why and who did it.
deletion = Table(
    "deletion",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("subject_kind", Text, nullable=False),
    Column("subject", UuidBlob, nullable=False),
    Column("scope", Text, nullable=False),
    Column("ground", Text, nullable=False),
    Column("citation", Text, nullable=False),
    Column("counts", Json, nullable=False),
    Column("hashes", Json, nullable=False),
    Column("files", Json, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Index("ix_deletion_subject", "subject"),
    sqlite_autoincrement=True,
)

# Files of erased data that lie on this desk still: they go as soon as no record here names them.
erased_file = Table(
    "erased_file",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("deletion_id", UuidBlob, primary_key=True),
)

# What each desk, or the portal (id 0), says of the files of a deletion: how many it keeps for other records; 0: none.
deletion_done = Table(
    "deletion_done",
    metadata,
    Column("deletion_id", UuidBlob, ForeignKey("deletion.id"), primary_key=True),
    Column("device", UuidBlob, primary_key=True),
    Column("held", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
)

# Each entry of the chain whose body was erased; what remains of it, if anything, is committed to anew.
erasure = Table(
    "erasure",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("link", Integer, nullable=False),
    Column("entry", UuidBlob, nullable=False),
    Column("committed", Text, nullable=False),
    Column("salt", Text, nullable=False),
    Column("remains", Text, nullable=False),
    Column("deletion_id", UuidBlob),
    Column("at", UtcTime, nullable=False),
    Index("ix_erasure_link", "link"),
    sqlite_autoincrement=True,
)

# What a person asked about their own data, and what was answered: each step an entry of its own.
subject_request = Table(
    "subject_request",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("about", UuidBlob),
    Column("step", Text, nullable=False),
    Column("wish", Text, nullable=False),
    Column("subject", UuidBlob, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("clocks", Json, nullable=False),
    Column("ground", Text, nullable=False, server_default=""),
    *author_columns(),
    Index("ix_subject_request_subject", "subject"),
    sqlite_autoincrement=True,
)

# Who opened whose personal data; names of the people looked at are not repeated here.
access = Table(
    "access",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("member_id", UuidBlob),
    Column("member_name", Text, nullable=False),
    Column("subject_kind", Text, nullable=False),
    Column("subject", UuidBlob),
    Column("act", Text, nullable=False),
    Index("ix_access_subject", "subject"),
    Index("ix_access_at", "at"),
    sqlite_autoincrement=True,
)
