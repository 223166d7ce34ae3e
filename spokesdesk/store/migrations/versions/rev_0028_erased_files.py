"""Files of erased data: which are still to go from this desk, and which place has let go of them."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables; what colleagues erased before is still to go here."""
    op.create_table(
        "erased_file",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("deletion_id", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "deletion_id", name=op.f("pk_erased_file")),
    )
    op.create_table(
        "deletion_done",
        sa.Column("deletion_id", sa.LargeBinary(16), nullable=False),
        sa.Column("device", sa.LargeBinary(16), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["deletion_id"], ["deletion.id"], name=op.f("fk_deletion_done_deletion_id")),
        sa.PrimaryKeyConstraint("deletion_id", "device", name=op.f("pk_deletion_done")),
    )
    op.execute(
        "INSERT OR IGNORE INTO erased_file(sha256, deletion_id) "
        "SELECT named.value, deletion.id FROM deletion, json_each(deletion.files) AS named"
    )
