"""First schema: journals and their logs, devices and codes, files, releases."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    _attempt()
    _journal()
    _portal()
    _blob()
    _change()
    _conflict()
    _device()
    _enrol_code()
    _record()
    _release()


def _attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("bucket", sa.String(length=64), nullable=False),
        sa.Column("slot", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bucket", "slot", name=op.f("pk_attempt")),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency", sa.String(length=200), nullable=False),
        sa.Column("epoch", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.Column("quota", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("agency", name=op.f("uq_journal_agency")),
    )


def _portal() -> None:
    op.create_table(
        "portal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal")),
    )


def _blob() -> None:
    op.create_table(
        "blob",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=op.f("fk_blob_journal")),
        sa.PrimaryKeyConstraint("journal", "sha256", name=op.f("pk_blob")),
    )


def _change() -> None:
    op.create_table(
        "change",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("sig", sa.String(length=128), nullable=False),
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("dseq", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("rec", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("effect", sa.Text(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=op.f("fk_change_journal")),
        sa.PrimaryKeyConstraint("journal", "seq", name=op.f("pk_change")),
        sa.UniqueConstraint("journal", "op_id", name=op.f("uq_change_journal_op_id")),
    )
    op.create_index(op.f("ix_change_journal_rec"), "change", ["journal", "rec"], unique=False)


def _conflict() -> None:
    op.create_table(
        "conflict",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rec", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("base", sa.JSON(), nullable=True),
        sa.Column("current", sa.JSON(), nullable=True),
        sa.Column("mine", sa.JSON(), nullable=True),
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=op.f("fk_conflict_journal")),
        sa.PrimaryKeyConstraint("journal", "id", name=op.f("pk_conflict")),
    )
    op.create_index(op.f("ix_conflict_journal_rec"), "conflict", ["journal", "rec"], unique=False)


def _device() -> None:
    op.create_table(
        "device",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_seq", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=op.f("fk_device_journal")),
        sa.PrimaryKeyConstraint("journal", "id", name=op.f("pk_device")),
    )


def _enrol_code() -> None:
    op.create_table(
        "enrol_code",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=op.f("fk_enrol_code_journal")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_enrol_code")),
    )


def _record() -> None:
    op.create_table(
        "record",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("ver", sa.BigInteger(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("fver", sa.JSON(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=op.f("fk_record_journal")),
        sa.PrimaryKeyConstraint("journal", "id", name=op.f("pk_record")),
    )


def _release() -> None:
    op.create_table(
        "release",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("rec", sa.Uuid(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("symbol", sa.String(length=30), nullable=False),
        sa.Column("agency", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("date_on", sa.Date(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("docx_sha256", sa.String(length=64), nullable=False),
        sa.Column("docx_name", sa.String(length=120), nullable=False),
        sa.Column("docx_size", sa.BigInteger(), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_name", sa.String(length=120), nullable=False),
        sa.Column("pdf_size", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=op.f("fk_release_journal")),
        sa.PrimaryKeyConstraint("journal", "rec", name=op.f("pk_release")),
        sa.UniqueConstraint("public_id", name=op.f("uq_release_public_id")),
    )
    op.create_index("ix_release_state_published_at", "release", ["state", "published_at"], unique=False)
