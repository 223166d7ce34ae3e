"""Requests for information and what became of them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; contacts logged before keep their own clocks and get no request."""
    _request()
    _request_step()
    _day_ends()


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _author() -> tuple["sa.Column[bytes]", "sa.Column[str]"]:
    return (
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
    )


def _keys(table: str, **foreign: str) -> list[sa.schema.SchemaItem]:
    keys: list[sa.schema.SchemaItem] = [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in foreign.items()
    ]
    return [
        *keys,
        sa.PrimaryKeyConstraint("n", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("id", name=op.f(f"uq_{table}_id")),
    ]


def _request() -> None:
    op.create_table(
        "request",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("asker_kind", sa.Text(), nullable=False),
        _text("asker"),
        sa.Column("outlet_id", sa.LargeBinary(16)),
        _text("outlet_name"),
        sa.Column("journalist_id", sa.LargeBinary(16)),
        _text("journalist_name"),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.Integer(), nullable=False),
        _text("event"),
        *_author(),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.LargeBinary(16)),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.LargeBinary(16)),
        _text("owner_name"),
        _text("lead_unit"),
        _text("holder"),
        _text("holder_fold"),
        sa.Column("due_at", sa.Integer()),
        _text("citation"),
        sa.Column("closed_at", sa.Integer()),
        *_keys(
            "request",
            outlet_id="outlet",
            journalist_id="journalist",
            author_id="member",
            contact_id="contact",
            owner_id="member",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_request_state_due_at", "request", ["state", "due_at"], unique=False)
    op.create_index("ix_request_received_at_n", "request", ["received_at", "n"], unique=False)
    op.create_index("ix_request_contact_id", "request", ["contact_id"], unique=False)
    op.create_index("ix_request_outlet_id_state", "request", ["outlet_id", "state"], unique=False)


def _request_step() -> None:
    op.create_table(
        "request_step",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("request_id", sa.LargeBinary(16), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        *_author(),
        _text("remark"),
        sa.Column("paper_id", sa.LargeBinary(16)),
        sa.Column("detail", sa.Text(), nullable=False),
        *_keys("request_step", request_id="request", author_id="member", paper_id="paper"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_request_step_request_id", "request_step", ["request_id"], unique=False)
    op.create_index("ix_request_step_paper_id", "request_step", ["paper_id"], unique=False)


def _day_ends() -> None:
    op.create_table(
        "day_end",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        *_author(),
        sa.Column("items", sa.Text(), nullable=False),
        *_keys("day_end", author_id="member"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "day_end_sent",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("day_end_id", sa.LargeBinary(16), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        *_author(),
        sa.Column("result", sa.Text(), nullable=False),
        _text("detail"),
        *_keys("day_end_sent", day_end_id="day_end", author_id="member"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_day_end_sent_day_end_id", "day_end_sent", ["day_end_id"], unique=False)
