"""Other places that publish releases, and the papers' ways there."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "elsewhere",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        _text("account"),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elsewhere")),
        sa.UniqueConstraint("name", name=op.f("uq_elsewhere_name")),
    )
    op.create_table(
        "delivery",
        sa.Column("place", sa.LargeBinary(16), nullable=False),
        sa.Column("record", sa.LargeBinary(16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _text("reason"),
        _text("url"),
        _text("remote"),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["place"], ["elsewhere.id"], name=op.f("fk_delivery_place")),
        sa.ForeignKeyConstraint(["record"], ["paper.id"], name=op.f("fk_delivery_record")),
        sa.PrimaryKeyConstraint("place", "record", name=op.f("pk_delivery")),
    )
    op.create_index("ix_delivery_record", "delivery", ["record"])
    op.create_index("ix_delivery_state_changed_at", "delivery", ["state", "changed_at"])
