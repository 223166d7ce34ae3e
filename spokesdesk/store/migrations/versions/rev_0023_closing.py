"""The step that numbers a paper says the number, so that the chain vouches for it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

LISTED = (
    "(closed_at IS NULL)",
    "coalesce(closed_at, 0)",
    "(due_at IS NOT NULL)",
    "(-coalesce(due_at, 0))",
    "(-received_at)",
    "(-n)",
)


def upgrade() -> None:
    """Add what was stamped to the steps of papers; steps written before say nothing of it."""
    op.add_column("paper_move", sa.Column("stamped", sa.Text(), nullable=True))
    # Lists of any length are opened from an index that serves their order.
    op.drop_index("ix_paper_state", table_name="paper")
    op.create_index("ix_paper_state_saved_at_n", "paper", ["state", "saved_at", "n"], unique=False)
    op.create_index("ix_request_listed", "request", [sa.text(part) for part in LISTED], unique=False)
