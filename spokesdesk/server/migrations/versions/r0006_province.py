"""Inboxes of journals, and which journal is the province's: alerts, requests to agencies, difficulties."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and an empty inbox for every journal."""
    op.create_table(
        "journal_role",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=op.f("fk_journal_role_journal")),
        sa.PrimaryKeyConstraint("journal", name=op.f("pk_journal_role")),
    )
    op.create_table(
        "mailbox",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=op.f("fk_mailbox_journal")),
        sa.PrimaryKeyConstraint("journal", name=op.f("pk_mailbox")),
    )
    op.create_table(
        "mail",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sender", sa.Uuid(), nullable=False),
        sa.Column("agency", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed", sa.Uuid(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=op.f("fk_mail_journal")),
        sa.PrimaryKeyConstraint("journal", "n", name=op.f("pk_mail")),
        sa.UniqueConstraint("journal", "id", "kind", name=op.f("uq_mail_journal_id_kind")),
    )
    op.create_index("ix_mail_sender_id", "mail", ["sender", "id"], unique=False)
    op.add_column("journal", sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True))
    _inboxes()


def _inboxes() -> None:
    connection = op.get_bind()
    journal = sa.table("journal", sa.column("id", sa.Uuid()))
    mailbox = sa.table(
        "mailbox",
        sa.column("journal", sa.Uuid()),
        sa.column("n", sa.BigInteger()),
        sa.column("mark", sa.String()),
    )
    for owner in connection.execute(sa.select(journal.c.id)).scalars().all():
        connection.execute(sa.insert(mailbox).values(journal=owner, n=0, mark="0" * 64))
