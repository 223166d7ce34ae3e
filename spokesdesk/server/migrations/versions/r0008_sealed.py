"""Keys that seal fields of a journal, as desks hand them on."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep the public keys of each device."""
    for name, length in (("box_key", 64), ("recovery_key", 64), ("box_proof", 128)):
        op.add_column("device", sa.Column(name, sa.String(length)))
