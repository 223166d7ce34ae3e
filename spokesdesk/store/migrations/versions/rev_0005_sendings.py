"""Sendings of papers: by e-mail, as an exchange package, over Zalo."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; papers sent before were noted nowhere."""
    op.create_table(
        "sending",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("paper_id", sa.LargeBinary(16), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("message_id", sa.Text(), server_default="", nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_sending_author_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_sending_paper_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_sending")),
        sa.UniqueConstraint("id", name=op.f("uq_sending_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sending_paper_id", "sending", ["paper_id"], unique=False)
