"""Sources, items found, captures, triage."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _need(name: str, kind: Any) -> "sa.Column[object]":
    return sa.Column(name, kind, nullable=False)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _author() -> tuple["sa.Column[object]", ...]:
    return _need("author_id", sa.LargeBinary(16)), _need("author_name", sa.Text())


def _key(table: str, column: str, other: str) -> "sa.Constraint":
    return sa.ForeignKeyConstraint([column], [other], name=op.f(f"fk_{table}_{column}"))


def _by(table: str) -> "sa.Constraint":
    return _key(table, "author_id", "member.id")


def upgrade() -> None:
    """Make the tables; there were none before."""
    _watched()
    _items()
    _marks()
    _steps()
    _captures()
    _false_posts()


def _watched() -> None:
    op.create_table(
        "news_source",
        _need("id", sa.LargeBinary(16)),
        _need("name", sa.Text()),
        _need("url", sa.Text()),
        sa.Column("outlet_id", sa.LargeBinary(16)),
        _text("outlet_name"),
        _need("is_active", sa.Boolean()),
        _text("etag"),
        _text("modified"),
        *(sa.Column(name, sa.Integer()) for name in ("checked_at", "ok_at", "next_at")),
        _need("failures", sa.Integer()),
        _text("fault"),
        _text("fault_detail"),
        _need("at", sa.Integer()),
        *_author(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_source")),
        _key("news_source", "outlet_id", "outlet.id"),
        _by("news_source"),
    )
    op.create_table(
        "watch_subject",
        _need("id", sa.LargeBinary(16)),
        _need("name", sa.Text()),
        _need("phrases", sa.Text()),
        _need("is_active", sa.Boolean()),
        _need("at", sa.Integer()),
        *_author(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_subject")),
        _by("watch_subject"),
    )


def _items() -> None:
    op.create_table(
        "news",
        _need("n", sa.Integer()),
        _need("id", sa.LargeBinary(16)),
        _need("where", sa.Text()),
        _need("title", sa.Text()),
        _need("published_at", sa.Integer()),
        _need("found_at", sa.Integer()),
        *(_text(name) for name in ("url", "byline", "text")),
        sa.Column("outlet_id", sa.LargeBinary(16)),
        sa.Column("source_id", sa.LargeBinary(16)),
        _need("subjects", sa.Text()),
        _need("is_wanted", sa.Boolean()),
        _need("files", sa.Text()),
        _need("state", sa.Text()),
        *(_text(name) for name in ("verdict", "assignee", "assignee_fold", "done")),
        sa.Column("same_as", sa.LargeBinary(16)),
        _need("copies", sa.Integer()),
        sa.Column("article_id", sa.LargeBinary(16)),
        _text("url_key"),
        _text("title_key"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_news")),
        sa.UniqueConstraint("id", name=op.f("uq_news_id")),
        _key("news", "outlet_id", "outlet.id"),
        _key("news", "article_id", "article.id"),
        sqlite_autoincrement=True,
    )
    for name, columns, where in (
        ("published_at_n", ["published_at", "n"], None),
        ("url_key", ["url_key"], "url_key != ''"),
        ("title_key", ["title_key"], None),
        ("outlet_id", ["outlet_id"], None),
        ("article_id", ["article_id"], "article_id IS NOT NULL"),
        ("same_as", ["same_as"], "same_as IS NOT NULL"),
        ("queue", ["state", "is_wanted", "published_at", "n"], "same_as IS NULL"),
    ):
        part = sa.text(where) if where else None
        op.create_index(f"ix_news_{name}", "news", columns, sqlite_where=part)


def _marks() -> None:
    op.create_table(
        "news_mark",
        _need("mark", sa.Integer()),
        _need("item_n", sa.Integer()),
        sa.PrimaryKeyConstraint("mark", "item_n", name=op.f("pk_news_mark")),
        _key("news_mark", "item_n", "news.n"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_news_mark_item_n", "news_mark", ["item_n"])


def _steps() -> None:
    op.create_table(
        "triage_step",
        _need("n", sa.Integer()),
        _need("id", sa.LargeBinary(16)),
        _need("item_id", sa.LargeBinary(16)),
        _need("move", sa.Text()),
        _need("state", sa.Text()),
        *(_text(name) for name in ("verdict", "assignee", "done")),
        _need("item_sha256", sa.Text()),
        _need("at", sa.Integer()),
        *_author(),
        *_of_item("triage_step"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_triage_step_item_id", "triage_step", ["item_id"])


def _captures() -> None:
    op.create_table(
        "page_capture",
        _need("n", sa.Integer()),
        _need("id", sa.LargeBinary(16)),
        _need("item_id", sa.LargeBinary(16)),
        _need("url", sa.Text()),
        _need("final_url", sa.Text()),
        _need("status", sa.Integer()),
        *(_text(name) for name in ("title", "text", "text_sha256", "cut")),
        _need("file", sa.Text()),
        _need("at", sa.Integer()),
        *_author(),
        *_of_item("page_capture"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_page_capture_item_id", "page_capture", ["item_id"])


def _false_posts() -> None:
    op.create_table(
        "false_post",
        _need("n", sa.Integer()),
        _need("id", sa.LargeBinary(16)),
        _need("item_id", sa.LargeBinary(16)),
        *(_text(name) for name in ("network", "poster", "post", "fact", "proof", "published")),
        sa.Column("published_on", sa.Date()),
        _text("reported"),
        _need("at", sa.Integer()),
        *_author(),
        *_of_item("false_post"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_false_post_item_id", "false_post", ["item_id"])


def _of_item(table: str) -> tuple["sa.Constraint", ...]:
    return (
        sa.PrimaryKeyConstraint("n", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("id", name=op.f(f"uq_{table}_id")),
        _key(table, "item_id", "news.id"),
        _by(table),
    )
