"""Case files with evidence and its custody log."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _need(name: str, kind: Any) -> "sa.Column[object]":
    return sa.Column(name, kind, nullable=False)


def _record() -> tuple["sa.Column[object]", ...]:
    return _need("n", sa.Integer()), _need("id", sa.LargeBinary(16))


def _author() -> tuple["sa.Column[object]", ...]:
    return _need("author_id", sa.LargeBinary(16)), _need("author_name", sa.Text())


def _keys(table: str, *parents: tuple[str, str]) -> "tuple[sa.Constraint, ...]":
    return (
        *(
            sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, parent in (("author_id", "member"), *parents)
        ),
        sa.UniqueConstraint("id", name=op.f(f"uq_{table}_id")),
    )


def upgrade() -> None:
    """Make the tables; there were no case files before."""
    _cases()
    _texts()
    _moves()
    _evidence()
    _custody()


def _cases() -> None:
    op.create_table(
        "case",
        *_record(),
        sa.Column("contact_id", sa.LargeBinary(16)),
        _need("opened_at", sa.Integer()),
        *_author(),
        _need("kind", sa.Text()),
        _need("title", sa.Text()),
        _need("state", sa.Text()),
        sa.Column("happened_at", sa.Integer()),
        _text("person"),
        _text("outlet_name"),
        _need("version", sa.Integer()),
        _need("saved_at", sa.Integer()),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_case")),
        *_keys("case"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_state", "case", ["state"], unique=False)
    op.create_index("ix_case_contact_id", "case", ["contact_id"], unique=False)
    op.create_index("ix_case_opened_at_n", "case", ["opened_at", "n"], unique=False)


def _texts() -> None:
    op.create_table(
        "case_text",
        _need("case_id", sa.LargeBinary(16)),
        _need("version", sa.Integer()),
        _need("id", sa.LargeBinary(16)),
        _need("kind", sa.Text()),
        _need("title", sa.Text()),
        sa.Column("happened_at", sa.Integer()),
        _text("place"),
        _text("person"),
        sa.Column("outlet_id", sa.LargeBinary(16)),
        _text("outlet_name"),
        _text("marks"),
        _text("facts"),
        _need("at", sa.Integer()),
        *_author(),
        sa.PrimaryKeyConstraint("case_id", "version", name=op.f("pk_case_text")),
        *_keys("case_text", ("case_id", "case")),
    )


def _moves() -> None:
    op.create_table(
        "case_move",
        *_record(),
        _need("case_id", sa.LargeBinary(16)),
        _need("move", sa.Text()),
        _need("target", sa.Text()),
        _need("at", sa.Integer()),
        *_author(),
        _text("remark"),
        sa.Column("done_at", sa.Integer()),
        _need("told", sa.Text()),
        sa.Column("paper_id", sa.LargeBinary(16)),
        _text("outcome"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_case_move")),
        *_keys("case_move", ("case_id", "case")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_move_case_id", "case_move", ["case_id"], unique=False)
    op.create_index("ix_case_move_paper_id", "case_move", ["paper_id"], unique=False)


def _evidence() -> None:
    op.create_table(
        "evidence",
        *_record(),
        _need("case_id", sa.LargeBinary(16)),
        _need("kind", sa.Text()),
        _need("name", sa.Text()),
        _text("original_name"),
        _need("file", sa.Text()),
        _text("url"),
        _text("text"),
        sa.Column("taken_at", sa.Integer()),
        _text("taken_by"),
        _text("note"),
        _text("card_reason"),
        _need("added_at", sa.Integer()),
        *_author(),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_evidence")),
        *_keys("evidence", ("case_id", "case")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_evidence_case_id", "evidence", ["case_id"], unique=False)


def _custody() -> None:
    op.create_table(
        "custody",
        *_record(),
        _need("case_id", sa.LargeBinary(16)),
        _need("evidence_id", sa.LargeBinary(16)),
        _need("act", sa.Text()),
        _need("at", sa.Integer()),
        *_author(),
        _text("remark"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_custody")),
        *_keys("custody", ("case_id", "case"), ("evidence_id", "evidence")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_custody_case_id", "custody", ["case_id"], unique=False)
    op.create_index("ix_custody_evidence_id", "custody", ["evidence_id"], unique=False)
