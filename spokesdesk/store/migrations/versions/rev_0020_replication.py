"""Copies of records as the portal last had them, what changed since, conflicts, colleagues' chains."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for what several desks share; of two texts of one version the later one stands beside the first."""
    _copies()
    _conflicts()
    _peers()
    _forks()
    op.add_column("outbox", _text("sig"))
    op.add_column("number_holding", sa.Column("device", sa.LargeBinary(16)))


def _copies() -> None:
    op.create_table(
        "replication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("marking", sa.Boolean(), nullable=False),
        sa.Column("filled", sa.Text(), server_default="", nullable=False),
        sa.Column("filled_seq", sa.Integer()),
        sa.Column("filled_chain", sa.Text(), server_default="", nullable=False),
        sa.Column("compared_at", sa.Integer()),
        sa.Column("repaired", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replication")),
    )
    op.create_table(
        "changed",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_changed")),
        sa.UniqueConstraint("noun", "key", name=op.f("uq_changed_noun_key")),
    )
    op.create_table(
        "replica",
        sa.Column("record", sa.LargeBinary(16), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("ver", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("record", name=op.f("pk_replica")),
    )
    op.create_index("ix_replica_state", "replica", ["state"], sqlite_where=sa.text("state != ''"))


def _conflicts() -> None:
    op.create_table(
        "sync_conflict",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("record", sa.LargeBinary(16), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("base", sa.Text()),
        sa.Column("current", sa.Text()),
        sa.Column("mine", sa.Text()),
        sa.Column("device", sa.LargeBinary(16), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.Integer()),
        sa.Column("settled_by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_conflict")),
    )
    op.create_index("ix_sync_conflict_record", "sync_conflict", ["record"])
    op.create_index("ix_sync_conflict_state", "sync_conflict", ["state"])


def _peers() -> None:
    op.create_table(
        "peer_link",
        sa.Column("device", sa.LargeBinary(16), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entry", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(32), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("salt", sa.LargeBinary(32)),
        sa.PrimaryKeyConstraint("device", "n", name=op.f("pk_peer_link")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_peer_link_entry", "peer_link", ["entry"])


def _forks() -> None:
    """Let two desks save a text of the same version: SQLite changes a primary key only in a new table."""
    _anew("paper_text", "paper", [_need("letter", sa.Text()), _need("sha256", sa.Text())])
    facts = [_need("kind", sa.Text()), _need("title", sa.Text()), sa.Column("happened_at", sa.Integer())]
    facts += [_text("place"), _text("person"), sa.Column("outlet_id", sa.LargeBinary(16))]
    _anew("case_text", "case", [*facts, *map(_text, ("outlet_name", "marks", "facts"))])
    facts = [_need("title", sa.Text())]
    facts += [
        sa.Column(name, sa.Integer()) for name in ("happened_at", "received_at", "impact_at", "asked_at")
    ]
    facts += [_need("scope", sa.Text()), _text("place"), _text("lead"), _need("participants", sa.Text())]
    _anew("incident_text", "incident", [*facts, _text("facts"), _need("clocks", sa.Text())])


def _anew(table: str, owner: str, own: list[sa.Column[Any]]) -> None:
    columns = [
        f"{owner}_id",
        "version",
        "id",
        *(column.name for column in own),
        "at",
        "author_id",
        "author_name",
    ]
    op.rename_table(table, f"{table}_before")
    op.create_table(
        table,
        _need(f"{owner}_id", sa.LargeBinary(16)),
        _need("version", sa.Integer()),
        sa.Column("fork", sa.Integer(), server_default="0", nullable=False),
        _need("id", sa.LargeBinary(16)),
        *own,
        _need("at", sa.Integer()),
        _need("author_id", sa.LargeBinary(16)),
        _need("author_name", sa.Text()),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f(f"fk_{table}_author_id")),
        sa.ForeignKeyConstraint([f"{owner}_id"], [f"{owner}.id"], name=op.f(f"fk_{table}_{owner}_id")),
        sa.PrimaryKeyConstraint(f"{owner}_id", "version", "fork", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("id", name=op.f(f"uq_{table}_id")),
    )
    names = ", ".join(f'"{name}"' for name in columns)
    op.execute(f"INSERT INTO {table}({names}) SELECT {names} FROM {table}_before")
    op.execute(f"DROP TABLE {table}_before")


def _need(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)
