"""Papers that correct another, papers with a deadline, and flagged approvals looked at afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table; papers made before correct nothing and nothing was looked at."""
    op.add_column("paper", sa.Column("corrects", sa.LargeBinary(16), nullable=True))
    op.add_column("paper", sa.Column("due_at", sa.Integer(), nullable=True))
    op.create_index("ix_paper_corrects", "paper", ["corrects"], unique=False)
    op.create_table(
        "paper_review",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("move_id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_paper_review_author_id")),
        sa.ForeignKeyConstraint(["move_id"], ["paper_move.id"], name=op.f("fk_paper_review_move_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_paper_review")),
        sa.UniqueConstraint("id", name=op.f("uq_paper_review_id")),
        sa.UniqueConstraint("move_id", name=op.f("uq_paper_review_move_id")),
        sqlite_autoincrement=True,
    )
