"""Files that the portal is known to hold; desks whose changes are carried by hand, and how far each has read."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for what is known of files and of bundles."""
    op.create_table(
        "portal_file",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_portal_file")),
    )
    op.create_table(
        "carried",
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("joined", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("who", name=op.f("pk_carried")),
    )
