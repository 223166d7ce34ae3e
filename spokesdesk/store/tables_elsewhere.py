"""The tables of other places that publish releases, and of the papers' ways there; both stay on this desk."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from spokesdesk.store.columns import UtcTime, UuidBlob, text_column
from spokesdesk.store.tables import metadata

elsewhere = Table(
    "elsewhere",
    metadata,
    Column("id", UuidBlob, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False, unique=True),
    Column("address", Text, nullable=False),
    text_column("account"),
    Column("made_at", UtcTime, nullable=False),
)

delivery = Table(
    "delivery",
    metadata,
    Column("place", UuidBlob, ForeignKey("elsewhere.id"), primary_key=True),
    Column("record", UuidBlob, ForeignKey("paper.id"), primary_key=True),
    Column("title", Text, nullable=False),
    Column("wanted", Text, nullable=False),
    Column("state", Text, nullable=False),
    text_column("reason"),
    text_column("url"),
    text_column("remote"),
    Column("tries", Integer, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Index("ix_delivery_record", "record"),
    Index("ix_delivery_state_changed_at", "state", "changed_at"),
)
