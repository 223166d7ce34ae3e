"""Claims with their places, rounds, recaptures, outcomes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_ID = sa.LargeBinary(16)


def _need(name: str, kind: Any) -> "sa.Column[object]":
    return sa.Column(name, kind, nullable=False)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _make(table: str, *columns: "sa.Column[Any]", points_to: str) -> None:
    """Make a table of entries: number, id, the record it belongs to, its own columns, author."""
    op.create_table(
        table,
        _need("n", sa.Integer()),
        _need("id", _ID),
        _need(f"{_column(points_to)}_id", _ID),
        *columns,
        _need("author_id", _ID),
        _need("author_name", sa.Text()),
        sa.PrimaryKeyConstraint("n", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("id", name=op.f(f"uq_{table}_id")),
        sa.ForeignKeyConstraint(
            [f"{_column(points_to)}_id"],
            [f"{points_to}.id"],
            name=op.f(f"fk_{table}_{_column(points_to)}_id"),
        ),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f(f"fk_{table}_author_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(f"ix_{table}_{_column(points_to)}_id", table, [f"{_column(points_to)}_id"], unique=False)


def _column(table: str) -> str:
    return {"rebuttal_round": "round"}.get(table, table)


def upgrade() -> None:
    """Let claims say more and be worded anew; make the tables of what becomes of a rebuttal."""
    for name, kind in (
        ("asks", sa.Text()),
        ("files", sa.Text()),
        ("papers", sa.Text()),
        ("links", sa.Text()),
        ("text_sha256", sa.Text()),
        ("corrects", _ID),
        ("withdrawn", sa.Boolean()),
        ("made_at", sa.Integer()),
        ("made_by", sa.Text()),
        ("corrected_by", _ID),
    ):
        op.add_column("claim", sa.Column(name, kind, nullable=True))
    _make(
        "article_text",
        _text("text"),
        _need("text_sha256", sa.Text()),
        sa.Column("snapshot", sa.Text()),
        _need("at", sa.Integer()),
        points_to="article",
    )
    _rounds()
    _recaptures()


def _rounds() -> None:
    _make(
        "rebuttal_round",
        _need("number", sa.Integer()),
        _need("goes_to", sa.Text()),
        _text("addressee"),
        sa.Column("paper_id", _ID),
        _need("claims", sa.Text()),
        _need("asks", sa.Text()),
        _need("opened_at", sa.Integer()),
        _need("state", sa.Text()),
        sa.Column("due_at", sa.Integer()),
        points_to="article",
    )
    for name in ("paper_id", "due_at"):
        op.create_index(f"ix_rebuttal_round_{name}", "rebuttal_round", [name], unique=False)
    _make(
        "round_step",
        _need("move", sa.Text()),
        _need("at", sa.Integer()),
        _need("done_at", sa.Integer()),
        _text("remark"),
        _need("dues", sa.Text()),
        sa.Column("look_on", sa.Date()),
        sa.Column("file", sa.Text()),
        _text("url"),
        points_to="rebuttal_round",
    )


def _recaptures() -> None:
    _make(
        "recapture",
        _text("url"),
        _text("text"),
        _text("text_sha256"),
        sa.Column("file", sa.Text()),
        _need("gone", sa.Boolean()),
        _need("taken_at", sa.Integer()),
        _need("at", sa.Integer()),
        points_to="article",
    )
    _make(
        "recapture_check",
        _need("answers", sa.Text()),
        _text("remark"),
        _need("at", sa.Integer()),
        points_to="recapture",
    )
