"""A desk that joined its agency's journal by a stick, and asks no network."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Desks that are enrolled so far asked the portal themselves."""
    op.add_column("enrolled", sa.Column("by_hand", sa.Boolean(), server_default="0", nullable=False))
