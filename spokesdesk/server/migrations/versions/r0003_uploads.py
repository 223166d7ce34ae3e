"""Resumable uploads: how much of a file has come, and whose request may go on with it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of uploads."""
    op.create_table(
        "upload",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("lease", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=op.f("fk_upload_journal")),
        sa.PrimaryKeyConstraint("journal", "id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_journal_sha256"), "upload", ["journal", "sha256"])
