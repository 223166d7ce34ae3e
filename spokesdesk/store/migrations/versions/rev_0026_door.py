"""Questions from the portal's journalists."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "door_request",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("question", sa.LargeBinary(16), nullable=False),
        sa.Column("request_id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("thread", sa.LargeBinary(16), nullable=True),
        sa.Column("asked_at", sa.Integer(), nullable=False),
        sa.Column("wanted_at", sa.Integer(), nullable=True),
        sa.Column("level", sa.Text(), server_default="", nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("rated_at", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_door_request_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_request")),
    )
    op.create_index("ix_door_request_question", "door_request", ["question"])
    op.create_index("ix_door_request_thread", "door_request", ["thread"])
    op.create_index("ix_door_request_request_id", "door_request", ["request_id"])
