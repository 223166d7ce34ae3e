"""Backups and drills."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)


def upgrade() -> None:
    """Make the table; there was none before."""
    op.create_table(
        "backup_run",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        _text("copy"),
        _text("code"),
        _text("said"),
        _number("links"),
        _text("head"),
        _number("size"),
        _number("files"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_backup_run")),
        sa.UniqueConstraint("id", name=op.f("uq_backup_run_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_backup_run_kind_n", "backup_run", ["kind", "n"])
