"""Operations that came by hand, and the keys by which desks of one agency seal sticks for each other."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def _text(name: str, default: str | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default=default, nullable=False)


def upgrade() -> None:
    """Make both tables, and remember what the ledger is found by and which files desks ask for."""
    op.create_table(
        "carried_op",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.LargeBinary(16), nullable=False),
        sa.Column("device", sa.LargeBinary(16), nullable=False),
        sa.Column("carrier", sa.LargeBinary(16), nullable=False),
        sa.Column("record", sa.LargeBinary(16), nullable=False),
        _text("op"),
        _text("sig"),
        sa.Column("tries", sa.Integer(), nullable=False),
        _text("state"),
        _text("reason", ""),
        _text("epoch", ""),
        sa.Column("seq", sa.Integer(), server_default="0", nullable=False),
        _text("status", ""),
        sa.Column("changed_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_carried_op")),
        sa.UniqueConstraint("op_id", name=op.f("uq_carried_op_op_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_carried_op_state", "carried_op", ["state"])
    op.create_table(
        "carry_key",
        sa.Column("device", sa.LargeBinary(16), nullable=False),
        _text("signing"),
        _text("sealing"),
        _text("name"),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_carry_key")),
    )
    op.add_column("ledger", _text("folded", ""))
    op.create_index("ix_ledger_changed_at", "ledger", ["changed_at"])
    op.add_column("carried", _text("wants", "[]"))
    op.add_column("carried", _text("offers", "[]"))
