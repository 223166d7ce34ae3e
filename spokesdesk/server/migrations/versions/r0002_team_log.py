"""Every noun in a journal's log: merged fields, sets, conflicts with their noun, tombstones, revocation by number."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Key records by noun and id; note who wrote what; find an operation by its number on its device."""
    with op.batch_alter_table("record", recreate="auto") as table:
        table.add_column(sa.Column("sets", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("writers", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("deleted_at", sa.DateTime(timezone=True)))
        table.drop_constraint("pk_record", type_="primary")
        table.create_primary_key("pk_record", ["journal", "entity", "id"])
    with op.batch_alter_table("record", recreate="auto") as table:
        table.alter_column("sets", server_default=None)
        table.alter_column("writers", server_default=None)
    with op.batch_alter_table("conflict", recreate="auto") as table:
        # Until now only releases could be in conflict.
        table.add_column(sa.Column("entity", sa.String(40), nullable=False, server_default="paper"))
        table.add_column(sa.Column("actor", sa.String(36), nullable=False, server_default=""))
    with op.batch_alter_table("conflict", recreate="auto") as table:
        table.alter_column("entity", server_default=None)
        table.alter_column("actor", server_default=None)
    op.create_index("ix_change_journal_device_dseq", "change", ["journal", "device", "dseq"])
    op.add_column("device", sa.Column("revoked_dseq", sa.BigInteger()))
    last = sa.text(
        "UPDATE device SET revoked_dseq = (SELECT COALESCE(MAX(change.dseq), 0) FROM change "
        "WHERE change.journal = device.journal AND change.device = device.id) WHERE revoked_at IS NOT NULL"
    )
    op.execute(last)
