"""Fields that only the agency's desks can read."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of the devices that agency keys are handed over to."""
    op.create_table(
        "key_holder",
        sa.Column("device", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("box_key", sa.Text(), server_default="", nullable=False),
        sa.Column("recovery_key", sa.Text(), server_default="", nullable=False),
        sa.Column("box_proof", sa.Text(), server_default="", nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_key_holder")),
    )
