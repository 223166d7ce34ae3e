"""Contacts with several journalists, answers to each question, threads."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.LargeBinary(16)


def upgrade() -> None:
    """Add what a contact can say besides; entries written before say none of it, their columns stay NULL."""
    for name, kind in (
        ("occasion", sa.Text()),
        ("answered_by", sa.Text()),
        ("givens", sa.Text()),
        ("recorded", sa.Boolean()),
        ("follows", _ID),
    ):
        op.add_column("contact", sa.Column(name, kind, nullable=True))
    for name in ("follows", "corrects"):
        some = sa.text(f"{name} IS NOT NULL")
        op.create_index(f"ix_contact_{name}", "contact", [name], unique=False, sqlite_where=some)
    _companions()
    _answers()
    _papers()


def _companions() -> None:
    op.create_table(
        "contact_companion",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("contact_id", _ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("journalist_id", _ID, nullable=True),
        sa.Column("journalist_name", sa.Text(), server_default="", nullable=False),
        sa.Column("outlet_id", _ID, nullable=True),
        sa.Column("outlet_name", sa.Text(), server_default="", nullable=False),
        sa.Column("verification", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_contact_companion_contact_id")),
        sa.ForeignKeyConstraint(
            ["journalist_id"], ["journalist.id"], name=op.f("fk_contact_companion_journalist_id")
        ),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_contact_companion_outlet_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_contact_companion")),
        sa.UniqueConstraint("id", name=op.f("uq_contact_companion_id")),
        sqlite_autoincrement=True,
    )
    for name in ("contact_id", "journalist_id", "outlet_id"):
        op.create_index(f"ix_contact_companion_{name}", "contact_companion", [name], unique=False)


def _answers() -> None:
    op.create_table(
        "contact_answer",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("contact_id", _ID, nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", sa.Integer(), nullable=False),
        sa.Column("given_in", _ID, nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_contact_answer_contact_id")),
        sa.ForeignKeyConstraint(["given_in"], ["contact.id"], name=op.f("fk_contact_answer_given_in")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_contact_answer")),
        sa.UniqueConstraint("id", name=op.f("uq_contact_answer_id")),
        sqlite_autoincrement=True,
    )
    for name in ("contact_id", "given_in"):
        op.create_index(f"ix_contact_answer_{name}", "contact_answer", [name], unique=False)


def _papers() -> None:
    op.create_table(
        "contact_paper",
        sa.Column("contact_id", _ID, nullable=False),
        sa.Column("paper_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_contact_paper_contact_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_contact_paper_paper_id")),
        sa.PrimaryKeyConstraint("contact_id", "paper_id", name=op.f("pk_contact_paper")),
    )
    op.create_index("ix_contact_paper_paper_id", "contact_paper", ["paper_id"], unique=False)
