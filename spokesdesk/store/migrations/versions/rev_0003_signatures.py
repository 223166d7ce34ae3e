"""Signed files kept with their papers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; papers made before have no signed files."""
    op.create_table(
        "paper_signature",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("paper_id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("adapter", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_paper_signature_author_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_signature_paper_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_paper_signature")),
        sa.UniqueConstraint("id", name=op.f("uq_paper_signature_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_paper_signature_paper_id", "paper_signature", ["paper_id"], unique=False)
