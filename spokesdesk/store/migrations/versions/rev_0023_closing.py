"""The step that numbers a paper says the number, so that the chain vouches for it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what was stamped to the steps of papers; steps written before say nothing of it."""
    op.add_column("paper_move", sa.Column("stamped", sa.Text(), nullable=True))
