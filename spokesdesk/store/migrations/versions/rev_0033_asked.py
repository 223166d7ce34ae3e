"""Requests that name the note of the province which they are."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A request written down before bears the note's own id and names none: it is an entry, and stays as it is."""
    op.add_column("request", sa.Column("note_id", sa.LargeBinary(16)))
    op.create_index("ix_request_note_id", "request", ["note_id"])
