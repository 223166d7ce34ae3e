"""Every noun in a journal's log: field versions, conflicts, tombstones, snapshots."""

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""
