"""Journalists' accounts, questions, ratings, complaints."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the journalists' door."""
    _accounts()
    _questions()
    _complaints()


def _accounts() -> None:
    """Who asks."""
    op.create_table(
        "door_secret",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_secret")),
    )
    op.create_table(
        "journalist",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("outlet", sa.String(length=200), nullable=False),
        sa.Column("card", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("pass_hash", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journalist")),
        sa.UniqueConstraint("email", name=op.f("uq_journalist_email")),
    )
    op.create_index("ix_journalist_state_made_at", "journalist", ["state", "made_at"], unique=False)
    op.create_table(
        "journalist_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("journalist", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["journalist"], ["journalist.id"], name=op.f("fk_journalist_session_journalist")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_journalist_session")),
    )
    op.create_index(
        op.f("ix_journalist_session_journalist"), "journalist_session", ["journalist"], unique=False
    )


def _questions() -> None:
    """What is asked, and what is answered."""
    op.create_table(
        "question",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("journalist", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("thread", sa.Uuid(), nullable=True),
        sa.Column("topic", sa.String(length=250), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_said", sa.String(length=500), nullable=False),
        sa.Column("citation", sa.String(length=500), nullable=False),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("remark", sa.String(length=1000), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rating_kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=op.f("fk_question_journal")),
        sa.ForeignKeyConstraint(["journalist"], ["journalist.id"], name=op.f("fk_question_journalist")),
        sa.PrimaryKeyConstraint("journal", "id", name=op.f("pk_question")),
    )
    op.create_index("ix_question_journal_state", "question", ["journal", "state"], unique=False)
    op.create_index("ix_question_journalist_asked_at", "question", ["journalist", "asked_at"], unique=False)
    op.create_table(
        "door_reply",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("paper", sa.Uuid(), nullable=True),
        sa.Column("meeting", sa.String(length=10), nullable=False),
        sa.Column("meeting_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=op.f("fk_door_reply_journal")),
        sa.PrimaryKeyConstraint("journal", "id", name=op.f("pk_door_reply")),
    )
    op.create_index("ix_door_reply_journal_question", "door_reply", ["journal", "question"], unique=False)


def _complaints() -> None:
    """Complaints about obstruction."""
    op.create_table(
        "complaint",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("journalist", sa.Uuid(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=op.f("fk_complaint_journal")),
        sa.ForeignKeyConstraint(["journalist"], ["journalist.id"], name=op.f("fk_complaint_journalist")),
        sa.PrimaryKeyConstraint("journal", "id", name=op.f("pk_complaint")),
    )
    op.create_index("ix_complaint_journalist", "complaint", ["journalist"], unique=False)
    op.create_index("ix_complaint_made_at", "complaint", ["made_at"], unique=False)
