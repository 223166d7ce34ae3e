"""Alerts, requests between agencies, difficulties reported up: notes of this journal, and its inbox."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def upgrade() -> None:
    """Make the tables."""
    _notes()
    _inbox()
    op.create_table(
        "inbox_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        _text("role"),
        sa.Column("agencies_at", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_place")),
    )
    op.create_table(
        "known_agency",
        sa.Column("journal", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("in_time", "late", "overdue")),
        sa.Column("joined_at", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("journal", name=op.f("pk_known_agency")),
    )
    _complaints()


def _notes() -> None:
    op.create_table(
        "province_note",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("about", sa.LargeBinary(16), nullable=True),
        _text("title"),
        _text("text"),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_province_note_author_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_province_note")),
        sa.UniqueConstraint("id", name=op.f("uq_province_note_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_province_note_about", "province_note", ["about"])
    op.create_index("ix_province_note_kind_at", "province_note", ["kind", "at"])


def _complaints() -> None:
    op.create_table(
        "complaint_seen",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("journal", sa.LargeBinary(16), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        _text("place"),
        _text("text"),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _text("answer"),
        _text("said"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_seen")),
    )
    said = sa.text("said != ''")
    op.create_index("ix_complaint_seen_said", "complaint_seen", ["said"], sqlite_where=said)


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("item", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sender", sa.LargeBinary(16), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("about", sa.LargeBinary(16), nullable=True),
        _text("title"),
        _text("text"),
        _text("by"),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.Integer(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_inbox")),
        sa.UniqueConstraint("item", "kind", name=op.f("uq_inbox_item_kind")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_about", "inbox", ["about"])
    op.create_index("ix_inbox_kind_at", "inbox", ["kind", "at"])
