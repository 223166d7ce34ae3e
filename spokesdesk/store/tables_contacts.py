"""The tables beside ``contact``: who else came, answers to its questions, papers drawn up of it.

Companions and answers are entries of the chain like the contact they belong to; they are never updated in place.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from spokesdesk.store.columns import Json, UtcTime, UuidBlob
from spokesdesk.store.tables import metadata

contact_companion = Table(
    "contact_companion",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("contact_id", UuidBlob, ForeignKey("contact.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("journalist_id", UuidBlob, ForeignKey("journalist.id")),
    Column("journalist_name", Text, nullable=False, server_default=""),
    Column("outlet_id", UuidBlob, ForeignKey("outlet.id")),
    Column("outlet_name", Text, nullable=False, server_default=""),
    Column("verification", Json, nullable=False),
    Index("ix_contact_companion_contact_id", "contact_id"),
    Index("ix_contact_companion_journalist_id", "journalist_id"),
    Index("ix_contact_companion_outlet_id", "outlet_id"),
    sqlite_autoincrement=True,
)

contact_answer = Table(
    "contact_answer",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("contact_id", UuidBlob, ForeignKey("contact.id"), nullable=False),
    Column("question", Integer, nullable=False),
    Column("asked", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("answered_by", Text, nullable=False, server_default=""),
    Column("answered_at", UtcTime, nullable=False),
    # The entry with which the answer was written down: the same one, or one that follows it up.
    Column("given_in", UuidBlob, ForeignKey("contact.id"), nullable=False),
    Index("ix_contact_answer_contact_id", "contact_id"),
    Index("ix_contact_answer_given_in", "given_in"),
    sqlite_autoincrement=True,
)

contact_paper = Table(
    "contact_paper",
    metadata,
    Column("contact_id", UuidBlob, ForeignKey("contact.id"), primary_key=True),
    Column("paper_id", UuidBlob, ForeignKey("paper.id"), primary_key=True),
    Index("ix_contact_paper_paper_id", "paper_id"),
)
