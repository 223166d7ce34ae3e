"""What the public reads beside releases: spokespeople, reporters, answering times."""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""
