"""Library of instruments, packs of rules, periodic duties."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def _need(name: str, kind: Any) -> "sa.Column[object]":
    return sa.Column(name, kind, nullable=False)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _author() -> tuple["sa.Column[object]", ...]:
    return _need("author_id", sa.LargeBinary(16)), _need("author_name", sa.Text())


def _by(table: str) -> "sa.Constraint":
    return sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f(f"fk_{table}_author_id"))


def upgrade() -> None:
    """Make the tables; there were none before."""
    _packs()
    _entries()
    _marks()


def _packs() -> None:
    op.create_table(
        "rule_pack",
        _need("n", sa.Integer()),
        _need("id", sa.LargeBinary(16)),
        _need("kind", sa.Text()),
        _need("name", sa.Text()),
        _need("version", sa.Text()),
        _need("content", sa.Text()),
        _need("at", sa.Integer()),
        *_author(),
        sa.Column("dropped_at", sa.Integer()),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_rule_pack")),
        sa.UniqueConstraint("id", name=op.f("uq_rule_pack_id")),
        _by("rule_pack"),
        sqlite_autoincrement=True,
    )


def _entries() -> None:
    op.create_table(
        "law_entry",
        _need("n", sa.Integer()),
        _need("id", sa.LargeBinary(16)),
        _text("key"),
        _need("name", sa.Text()),
        _need("title", sa.Text()),
        *(sa.Column(name, sa.Date()) for name in ("issued_on", "from_on", "to_on")),
        _text("text"),
        sa.Column("file", sa.Text()),
        _need("at", sa.Integer()),
        *_author(),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_law_entry")),
        sa.UniqueConstraint("id", name=op.f("uq_law_entry_id")),
        _by("law_entry"),
        sqlite_autoincrement=True,
    )


def _marks() -> None:
    op.create_table(
        "duty_mark",
        _need("n", sa.Integer()),
        _need("rule_id", sa.Text()),
        _need("due_on", sa.Date()),
        _need("done_on", sa.Date()),
        _need("at", sa.Integer()),
        *_author(),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_duty_mark")),
        sa.UniqueConstraint("rule_id", "due_on", name=op.f("uq_duty_mark_rule_id_due_on")),
        _by("duty_mark"),
        sqlite_autoincrement=True,
    )
