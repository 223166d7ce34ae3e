"""The tables of watching the press: sources, subjects, items found, their triage, pages kept, sheets of false posts."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, text

from spokesdesk.store.columns import Json, UtcTime, UuidBlob, author_columns, text_column
from spokesdesk.store.tables import metadata

news_source = Table(
    "news_source",
    metadata,
    Column("id", UuidBlob, primary_key=True),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("outlet_id", UuidBlob, ForeignKey("outlet.id")),
    text_column("outlet_name"),
    Column("is_active", Boolean, nullable=False),
    text_column("etag"),
    text_column("modified"),
    Column("checked_at", UtcTime),
    Column("ok_at", UtcTime),
    Column("next_at", UtcTime),
    Column("failures", Integer, nullable=False),
    text_column("fault"),
    text_column("fault_detail"),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
)

watch_subject = Table(
    "watch_subject",
    metadata,
    Column("id", UuidBlob, primary_key=True),
    Column("name", Text, nullable=False),
    Column("phrases", Json, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
)

# Found by a machine, thousands a day: no entry of the journal. What a person says of one is (triage_step).
news = Table(
    "news",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("where", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("published_at", UtcTime, nullable=False),
    Column("found_at", UtcTime, nullable=False),
    text_column("url"),
    text_column("byline"),
    text_column("text"),
    Column("outlet_id", UuidBlob, ForeignKey("outlet.id")),
    # No foreign key: a source that is taken out leaves what it brought.
    Column("source_id", UuidBlob),
    Column("subjects", Json, nullable=False),
    Column("is_wanted", Boolean, nullable=False),
    Column("files", Json, nullable=False),
    Column("state", Text, nullable=False),
    text_column("verdict"),
    text_column("assignee"),
    text_column("assignee_fold"),
    text_column("done"),
    Column("same_as", UuidBlob),
    Column("copies", Integer, nullable=False),
    Column("article_id", UuidBlob, ForeignKey("article.id")),
    text_column("url_key"),
    text_column("title_key"),
    Index("ix_news_published_at_n", "published_at", "n"),
    Index("ix_news_url_key", "url_key", sqlite_where=text("url_key != ''")),
    Index("ix_news_title_key", "title_key"),
    Index("ix_news_outlet_id", "outlet_id"),
    Index("ix_news_article_id", "article_id", sqlite_where=text("article_id IS NOT NULL")),
    Index("ix_news_same_as", "same_as", sqlite_where=text("same_as IS NOT NULL")),
    # The queue: what nobody has looked at, and what is being seen to.
    Index("ix_news_queue", "state", "is_wanted", "published_at", "n", sqlite_where=text("same_as IS NULL")),
    sqlite_autoincrement=True,
)

# The smallest hashes of a text's shingles, by which texts that repeat each other are found.
news_mark = Table(
    "news_mark",
    metadata,
    Column("mark", Integer, primary_key=True),
    Column("item_n", Integer, ForeignKey("news.n"), primary_key=True),
    Index("ix_news_mark_item_n", "item_n"),
    sqlite_with_rowid=False,
)

triage_step = Table(
    "triage_step",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("item_id", UuidBlob, ForeignKey("news.id"), nullable=False),
    Column("move", Text, nullable=False),
    Column("state", Text, nullable=False),
    text_column("verdict"),
    text_column("assignee"),
    text_column("done"),
    Column("item_sha256", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Index("ix_triage_step_item_id", "item_id"),
    sqlite_autoincrement=True,
)

page_capture = Table(
    "page_capture",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("item_id", UuidBlob, ForeignKey("news.id"), nullable=False),
    Column("url", Text, nullable=False),
    Column("final_url", Text, nullable=False),
    Column("status", Integer, nullable=False),
    text_column("title"),
    text_column("text"),
    text_column("text_sha256"),
    text_column("cut"),
    Column("file", Json, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Index("ix_page_capture_item_id", "item_id"),
    sqlite_autoincrement=True,
)

false_post = Table(
    "false_post",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("item_id", UuidBlob, ForeignKey("news.id"), nullable=False),
    text_column("network"),
    text_column("poster"),
    text_column("post"),
    text_column("fact"),
    text_column("proof"),
    text_column("published"),
    Column("published_on", Date),
    text_column("reported"),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Index("ix_false_post_item_id", "item_id"),
    sqlite_autoincrement=True,
)
