"""Tokens are short and renewed; the one that a device had for ever goes."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


# As they were on the day of this revision; ``server/walls.py`` says what for.
_WHOSE = "current_setting('spokesdesk.journal', true)"
_IS_OWN = f"{_WHOSE} = '*' OR CAST(journal AS text) = {_WHOSE}"


def upgrade() -> None:
    """Make the tables of sessions and access tokens; devices sign in anew. On PostgreSQL, raise the second wall."""
    _tables()
    if op.get_bind().dialect.name == "postgresql":
        for table in ("record", "change", "conflict", "blob", "upload"):
            op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
            op.execute(f'CREATE POLICY own_journal ON "{table}" USING ({_IS_OWN}) WITH CHECK ({_IS_OWN})')


def _tables() -> None:
    op.create_table(
        "device_session",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("family", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("asked_again", sa.Boolean(), nullable=False),
        sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name="fk_device_session_journal"),
        sa.PrimaryKeyConstraint("journal", "device", name="pk_device_session"),
    )
    op.create_table(
        "access_token",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name="fk_access_token_journal"),
        sa.PrimaryKeyConstraint("journal", "token_hash", name="pk_access_token"),
    )
    op.create_index("ix_access_token_journal_device", "access_token", ["journal", "device"])
    op.drop_column("device", "token_hash")
    op.create_table(
        "agency_login",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("login", sa.String(60), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name="fk_agency_login_journal"),
        sa.PrimaryKeyConstraint("journal", "login", name="pk_agency_login"),
        sa.UniqueConstraint("login", name="uq_agency_login_login"),
    )
    op.create_table(
        "login_code",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("challenge", sa.String(43), nullable=False),
        sa.Column("redirect", sa.String(200), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name="fk_login_code_journal"),
        sa.PrimaryKeyConstraint("code_hash", name="pk_login_code"),
    )
