"""One key for one purpose: sticks are sealed to the keys that desks publish; keys by which the province is believed."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move what was known of desks into the one table of devices, and pin the keys that wrote to this agency so far."""
    # Without a signature of its own a key is only a colleague's word: no agency key is handed over to it.
    op.execute(
        "INSERT INTO key_holder(device, name, public_key, box_key, revoked, seen_at) "
        "SELECT device, name, signing, sealing, 0, 0 FROM carry_key WHERE true "
        "ON CONFLICT(device) DO UPDATE SET box_key = excluded.box_key "
        "WHERE key_holder.box_key = '' AND key_holder.public_key = excluded.public_key"
    )
    op.drop_table("carry_key")
    op.execute("DELETE FROM changed WHERE noun = 'carry_key'")
    op.create_table(
        "sender_key",
        sa.Column("sender", sa.LargeBinary(16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("sender", "key", name=op.f("pk_sender_key")),
    )
    op.execute(
        "INSERT INTO sender_key(sender, key, at) "
        "SELECT sender, json_extract(proof, '$.key'), min(arrived_at) FROM inbox "
        "WHERE proof IS NOT NULL AND EXISTS (SELECT 1 FROM inbox_place WHERE role = 'agency') GROUP BY 1, 2"
    )
