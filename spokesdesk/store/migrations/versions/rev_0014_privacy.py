"""Checkpoints of the chain, what was noted as done, and personal data: erased, asked for, opened."""

import hashlib
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_ID = sa.LargeBinary(16)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    """Make the tables; entries noted as done before get their links now."""
    _make_checkpoints()
    _make_settlements()
    _make_deletions()
    _make_erasures()
    _make_subject_requests()
    _make_access()
    _chain_what_was_settled()


def _make_checkpoints() -> None:
    op.create_table(
        "checkpoint",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("link", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_checkpoint")),
        sa.UniqueConstraint("day", name=op.f("uq_checkpoint_day")),
        sqlite_autoincrement=True,
    )


def _make_settlements() -> None:
    op.create_table(
        "settlement",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("contact_id", sa.LargeBinary(16), nullable=False),
        sa.Column("settled_at", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(16), nullable=True),
        sa.Column("author_name", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_settlement_contact_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_settlement")),
        sa.UniqueConstraint("id", name=op.f("uq_settlement_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_settlement_contact_id", "settlement", ["contact_id"], unique=False)


def _author() -> tuple[Any, ...]:
    return (
        sa.Column("author_id", _ID, nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
    )


def _make_deletions() -> None:
    op.create_table(
        "deletion",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject", _ID, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("hashes", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        *_author(),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_deletion_author_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_deletion")),
        sa.UniqueConstraint("id", name=op.f("uq_deletion_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deletion_subject", "deletion", ["subject"], unique=False)


def _make_erasures() -> None:
    op.create_table(
        "erasure",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("link", sa.Integer(), nullable=False),
        sa.Column("entry", _ID, nullable=False),
        sa.Column("committed", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("remains", sa.Text(), nullable=False),
        sa.Column("deletion_id", _ID, nullable=True),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_erasure")),
        sa.UniqueConstraint("id", name=op.f("uq_erasure_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_erasure_link", "erasure", ["link"], unique=False)


def _make_subject_requests() -> None:
    op.create_table(
        "subject_request",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("about", _ID, nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("subject", _ID, nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("clocks", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), server_default="", nullable=False),
        *_author(),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_subject_request_author_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_subject_request")),
        sa.UniqueConstraint("id", name=op.f("uq_subject_request_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subject_request_subject", "subject_request", ["subject"], unique=False)


def _make_access() -> None:
    op.create_table(
        "access",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("member_id", _ID, nullable=True),
        sa.Column("member_name", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject", _ID, nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_access")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_access_subject", "access", ["subject"], unique=False)
    op.create_index("ix_access_at", "access", ["at"], unique=False)


def _chain_what_was_settled() -> None:
    connection = op.get_bind()
    last = connection.execute(sa.text("SELECT n, hash FROM chain ORDER BY n DESC LIMIT 1")).first()
    n, before = (last.n, bytes(last.hash)) if last else (0, bytes(32))
    settled = sa.text("SELECT id, settled_at FROM contact WHERE settled_at IS NOT NULL ORDER BY settled_at")
    for row in connection.execute(settled).all():
        n += 1
        before = _join(connection, n, before, bytes(row.id), row.settled_at)


def _join(connection: Any, n: int, before: bytes, contact_id: bytes, settled_at: int) -> bytes:
    at = (_EPOCH + timedelta(microseconds=settled_at)).isoformat()
    made = uuid4()
    said = {
        "id": str(made),
        "contact_id": str(UUID(bytes=contact_id)),
        "settled_at": at,
        "author_id": None,
        "author_name": "",
    }
    connection.execute(
        sa.text("INSERT INTO settlement(id, contact_id, settled_at) VALUES (:id, :contact, :at)"),
        {"id": made.bytes, "contact": contact_id, "at": settled_at},
    )
    salt = secrets.token_bytes(32)
    plain = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    committed = hashlib.sha256(salt + plain).digest()
    head = f"{n}|settlement|{made}|{at}|".encode()
    linked = hashlib.sha256(before + head + committed).digest()
    connection.execute(
        sa.text(
            "INSERT INTO chain(n, kind, entry, at, commitment, hash, salt)"
            " VALUES (:n, 'settlement', :entry, :at, :committed, :linked, :salt)"
        ),
        {
            "n": n,
            "entry": made.bytes,
            "at": settled_at,
            "committed": committed,
            "linked": linked,
            "salt": salt,
        },
    )
    return linked
