"""Keys that were handed over are found among the journal's records without reading all of these."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each round looks for them."""
    op.create_index(
        "ix_replica_key_grant", "replica", ["entity"], sqlite_where=sa.text("entity = 'key-grant'")
    )
