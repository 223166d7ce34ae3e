"""The tables of what passes between province and agencies: notes of this journal, its inbox, what the portal told."""

from sqlalchemy import Column, Date, Index, Integer, Table, Text, UniqueConstraint, text

from spokesdesk.store.columns import Json, UtcTime, UuidBlob, author_columns, text_column
from spokesdesk.store.tables import metadata

# Written here, by whichever desk of the agency; the portal lays it into the inbox of who it is for.
province_note = Table(
    "province_note",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("about", UuidBlob),
    text_column("title"),
    text_column("text"),
    Column("detail", Json, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Index("ix_province_note_about", "about"),
    Index("ix_province_note_kind_at", "kind", "at"),
    sqlite_autoincrement=True,
)

# The inbox as this desk read it. ``proof``: the note as its sender's device signed it, with that device's key.
inbox = Table(
    "inbox",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("item", UuidBlob, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sender", UuidBlob, nullable=False),
    Column("agency", Text, nullable=False),
    Column("about", UuidBlob),
    text_column("title"),
    text_column("text"),
    text_column("by"),
    Column("detail", Json, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("arrived_at", UtcTime, nullable=False),
    Column("proof", Json),
    UniqueConstraint("item", "kind"),
    Index("ix_inbox_about", "about"),
    Index("ix_inbox_kind_at", "kind", "at"),
    sqlite_autoincrement=True,
)

# Keys that notes of the province are believed by: pinned at enrolment, or confirmed by a person of the agency.
sender_key = Table(
    "sender_key",
    metadata,
    Column("sender", UuidBlob, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("at", UtcTime, nullable=False),
    text_column("by"),
)

# One row: how far the inbox was read, and what this workspace is at its portal.
inbox_place = Table(
    "inbox_place",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("mark", Text, nullable=False),
    text_column("role"),
    Column("agencies_at", UtcTime),
    Column("accounts_at", UtcTime),
)

# The agencies at the portal; only the province reads them.
known_agency = Table(
    "known_agency",
    metadata,
    Column("journal", UuidBlob, primary_key=True),
    Column("name", Text, nullable=False),
    Column("seen_at", UtcTime),
    Column("in_time", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    Column("overdue", Integer, nullable=False),
    Column("joined_at", UtcTime),
)

# Complaints of journalists as the portal told them; only the province reads them. ``said``: an answer written here that
# the portal does not have yet.
complaint_seen = Table(
    "complaint_seen",
    metadata,
    Column("id", UuidBlob, primary_key=True),
    Column("journal", UuidBlob, nullable=False),
    Column("agency", Text, nullable=False),
    Column("who", Json, nullable=False),
    Column("happened_on", Date, nullable=False),
    text_column("place"),
    text_column("text"),
    Column("made_at", UtcTime, nullable=False),
    Column("state", Text, nullable=False),
    text_column("answer"),
    text_column("said"),
    Index("ix_complaint_seen_said", "said", sqlite_where=text("said != ''")),
)

# Accounts of journalists as the portal told them last; only the province reads them.
account_seen = Table(
    "account_seen",
    metadata,
    Column("id", UuidBlob, primary_key=True),
    Column("name", Text, nullable=False),
    text_column("outlet"),
    text_column("card"),
    text_column("email"),
    text_column("phone"),
    Column("state", Text, nullable=False),
    text_column("reason"),
    Column("made_at", UtcTime, nullable=False),
    Column("decided_at", UtcTime),
)
