"""Incidents: clocks, statements, agreements."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def _need(name: str, kind: Any) -> "sa.Column[object]":
    return sa.Column(name, kind, nullable=False)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _author() -> tuple["sa.Column[object]", ...]:
    return _need("author_id", sa.LargeBinary(16)), _need("author_name", sa.Text())


def _to(table: str, column: str, other: str) -> "sa.Constraint":
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Make the tables, of which there were none before, and the indexes that the first page reads requests by."""
    _incidents()
    _texts()
    _steps()
    _reminders()
    _first_page()


def _incidents() -> None:
    op.create_table(
        "incident",
        _need("n", sa.Integer()),
        _need("id", sa.LargeBinary(16)),
        _need("opened_at", sa.Integer()),
        *_author(),
        *(_need(name, sa.Text()) for name in ("title", "state", "scope")),
        _text("lead"),
        _need("began_at", sa.Integer()),
        sa.Column("due_at", sa.Integer()),
        _text("citation"),
        _need("version", sa.Integer()),
        _need("saved_at", sa.Integer()),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_incident")),
        sa.UniqueConstraint("id", name=op.f("uq_incident_id")),
        _to("incident", "author_id", "member"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_incident_state_due_at", "incident", ["state", "due_at"], unique=False)
    op.create_index("ix_incident_began_at", "incident", ["began_at"], unique=False)


def _texts() -> None:
    stamps = ("happened_at", "received_at", "impact_at", "asked_at")
    op.create_table(
        "incident_text",
        _need("incident_id", sa.LargeBinary(16)),
        _need("version", sa.Integer()),
        _need("id", sa.LargeBinary(16)),
        _need("title", sa.Text()),
        *(sa.Column(name, sa.Integer()) for name in stamps),
        _need("scope", sa.Text()),
        _text("place"),
        _text("lead"),
        _need("participants", sa.Text()),
        _text("facts"),
        _need("clocks", sa.Text()),
        _need("at", sa.Integer()),
        *_author(),
        sa.PrimaryKeyConstraint("incident_id", "version", name=op.f("pk_incident_text")),
        sa.UniqueConstraint("id", name=op.f("uq_incident_text_id")),
        _to("incident_text", "incident_id", "incident"),
        _to("incident_text", "author_id", "member"),
    )


def _steps() -> None:
    op.create_table(
        "incident_step",
        _need("n", sa.Integer()),
        _need("id", sa.LargeBinary(16)),
        _need("incident_id", sa.LargeBinary(16)),
        _need("move", sa.Text()),
        _need("target", sa.Text()),
        _need("at", sa.Integer()),
        *_author(),
        _text("remark"),
        sa.Column("done_at", sa.Integer()),
        _need("told", sa.Text()),
        sa.Column("paper_id", sa.LargeBinary(16)),
        _need("detail", sa.Text()),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_incident_step")),
        sa.UniqueConstraint("id", name=op.f("uq_incident_step_id")),
        _to("incident_step", "incident_id", "incident"),
        _to("incident_step", "author_id", "member"),
        _to("incident_step", "paper_id", "paper"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_incident_step_incident_id", "incident_step", ["incident_id"], unique=False)
    op.create_index("ix_incident_step_paper_id", "incident_step", ["paper_id"], unique=False)


def _reminders() -> None:
    op.create_table(
        "incident_reminder",
        _need("incident_id", sa.LargeBinary(16)),
        _need("rule_id", sa.Text()),
        _need("due_at", sa.Integer()),
        _need("hours", sa.Integer()),
        _need("told_at", sa.Integer()),
        sa.PrimaryKeyConstraint(
            "incident_id", "rule_id", "due_at", "hours", name=op.f("pk_incident_reminder")
        ),
        _to("incident_reminder", "incident_id", "incident"),
    )


def _first_page() -> None:
    op.create_index("ix_request_owner_id_state", "request", ["owner_id", "state"], unique=False)
    op.create_index("ix_request_holder_fold_state", "request", ["holder_fold", "state"], unique=False)
