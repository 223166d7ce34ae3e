"""The schema of the workspace's database; imported only inside store.

Entries of the journal (contact, article, claim, paper_text, paper_move, paper_signature) are never updated in place:
what may change of them later (settled_at, corrected_by) is outside the body that the chain commits to.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

from spokesdesk.store.columns import Json, UtcTime, UuidBlob, author_columns, text_column

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


member = Table(
    "member",
    metadata,
    Column("id", UuidBlob, primary_key=True),
    Column("name", Text, nullable=False),
    Column("roles", Json, nullable=False),
    text_column("post"),
    text_column("pin_hash"),
    Column("active", Boolean, nullable=False),
)

setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Json, nullable=False),
)

outlet = Table(
    "outlet",
    metadata,
    Column("id", UuidBlob, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_fold", Text, nullable=False),
    Column("kind", Text, nullable=False),
    text_column("governing_body"),
    text_column("head_title"),
    text_column("address"),
    text_column("phone"),
    text_column("email"),
    text_column("website"),
    text_column("note"),
    text_column("licence_number"),
    Column("licence_on", Date),
    text_column("licence_by"),
    text_column("remit"),
    text_column("periodicity"),
    text_column("head_name"),
    text_column("channels"),
    Column("merged_into", UuidBlob),
    Index("ix_outlet_name_fold", "name_fold"),
    Index("ix_outlet_merged_into", "merged_into"),
)

journalist = Table(
    "journalist",
    metadata,
    Column("id", UuidBlob, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_fold", Text, nullable=False),
    Column("outlet_id", UuidBlob, ForeignKey("outlet.id")),
    text_column("phone"),
    text_column("email"),
    text_column("card_number"),
    Column("card_issued_on", Date),
    Column("card_expires_on", Date),
    text_column("note"),
    text_column("zalo"),
    text_column("resident_decision"),
    Column("resident_from_on", Date),
    Column("resident_until_on", Date),
    Column("merged_into", UuidBlob),
    Index("ix_journalist_name_fold", "name_fold"),
    Index("ix_journalist_merged_into", "merged_into"),
    Index("ix_journalist_outlet_id", "outlet_id"),
)

_OPEN = "settled_at IS NULL AND corrected_by IS NULL"

contact = Table(
    "contact",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("channel", Text, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("entered_at", UtcTime, nullable=False),
    Column("outlet_id", UuidBlob, ForeignKey("outlet.id")),
    text_column("outlet_name"),
    Column("journalist_id", UuidBlob, ForeignKey("journalist.id")),
    text_column("journalist_name"),
    Column("topic", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("verification", Json, nullable=False),
    Column("questions", Json, nullable=False),
    text_column("given"),
    Column("given_form", Text, nullable=False),
    text_column("follow_up"),
    Column("follow_up_on", Date),
    Column("due_at", UtcTime),
    Column("due", Json),
    Column("attachments", Json, nullable=False),
    *author_columns(),
    Column("corrects", UuidBlob),
    Column("corrected_by", UuidBlob),
    Column("settled_at", UtcTime),
    # NULL in entries older than these columns; the chain leaves a NULL among them out of the body.
    Column("occasion", Text),
    Column("answered_by", Text),
    Column("givens", Json),
    Column("recorded", Boolean),
    Column("follows", UuidBlob),
    Index("ix_contact_follows", "follows", sqlite_where=text("follows IS NOT NULL")),
    Index("ix_contact_corrects", "corrects", sqlite_where=text("corrects IS NOT NULL")),
    Index("ix_contact_received_at_n_corrected_by", "received_at", "n", "corrected_by"),
    Index("ix_contact_outlet_id_received_at", "outlet_id", "received_at"),
    Index("ix_contact_journalist_id_received_at", "journalist_id", "received_at"),
    # Only what is open: of a million contacts a handful, and writing the rest down pays nothing for them.
    Index("ix_contact_open_due_at", "due_at", sqlite_where=text(f"due_at IS NOT NULL AND {_OPEN}")),
    Index(
        "ix_contact_open_follow_up_on",
        "follow_up_on",
        sqlite_where=text(f"follow_up_on IS NOT NULL AND {_OPEN}"),
    ),
    sqlite_autoincrement=True,
)

article = Table(
    "article",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("outlet_id", UuidBlob, ForeignKey("outlet.id"), nullable=False),
    Column("outlet_name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("published_at", UtcTime, nullable=False),
    Column("found_at", UtcTime, nullable=False),
    text_column("url"),
    text_column("byline"),
    text_column("section"),
    text_column("text"),
    text_column("text_sha256"),
    Column("snapshot", Json),
    *author_columns(),
    Index("ix_article_published_at_n", "published_at", "n"),
    Index("ix_article_outlet_id_published_at", "outlet_id", "published_at"),
    sqlite_autoincrement=True,
)

claim = Table(
    "claim",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("article_id", UuidBlob, ForeignKey("article.id"), nullable=False),
    Column("quote", Text, nullable=False),
    Column("fact", Text, nullable=False),
    text_column("proof"),
    text_column("ground"),
    Column("verdict", Text, nullable=False),
    Column("start", Integer),
    Column("asks", Json),
    Column("files", Json),
    Column("papers", Json),
    Column("links", Json),
    Column("text_sha256", Text),
    Column("corrects", UuidBlob),
    Column("withdrawn", Boolean),
    Column("made_at", UtcTime),
    Column("made_by", Text),
    Column("corrected_by", UuidBlob),
    Index("ix_claim_article_id", "article_id"),
    sqlite_autoincrement=True,
)

paper = Table(
    "paper",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    text_column("subject"),
    text_column("symbol"),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    *author_columns(),
    Column("created_at", UtcTime, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    Column("series", Text),
    Column("year", Integer),
    Column("number", Integer),
    Column("numbered_on", Date),
    Column("article_id", UuidBlob, ForeignKey("article.id")),
    Column("docx", Json),
    Column("pdf", Json),
    Column("corrects", UuidBlob),
    Column("due_at", UtcTime),
    Index("ix_paper_series_year_number", "series", "year", "number"),
    Index("ix_paper_state_saved_at_n", "state", "saved_at", "n"),
    Index("ix_paper_article_id", "article_id"),
    Index("ix_paper_saved_at_n", "saved_at", "n"),
    Index("ix_paper_corrects", "corrects"),
    sqlite_autoincrement=True,
)

paper_text = Table(
    "paper_text",
    metadata,
    Column("paper_id", UuidBlob, ForeignKey("paper.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    # 0; of two texts that two desks saved as the same version the later one is set aside with a number of its own.
    Column("fork", Integer, primary_key=True, server_default="0"),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("letter", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
)

paper_move = Table(
    "paper_move",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("paper_id", UuidBlob, ForeignKey("paper.id"), nullable=False),
    Column("move", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Column("version", Integer, nullable=False),
    Column("text_sha256", Text, nullable=False),
    text_column("remark"),
    Column("is_flagged", Boolean, nullable=False),
    # Number, date, series and files of the paper as this step gave them.
    Column("stamped", Json),
    Index("ix_paper_move_paper_id", "paper_id"),
    sqlite_autoincrement=True,
)

paper_review = Table(
    "paper_review",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("move_id", UuidBlob, ForeignKey("paper_move.id"), nullable=False, unique=True),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    text_column("remark"),
    sqlite_autoincrement=True,
)

paper_signature = Table(
    "paper_signature",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("paper_id", UuidBlob, ForeignKey("paper.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("signer", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("adapter", Text, nullable=False),
    Column("file", Json, nullable=False),
    Column("verdict", Json, nullable=False),
    *author_columns(),
    Index("ix_paper_signature_paper_id", "paper_id"),
    sqlite_autoincrement=True,
)

sending = Table(
    "sending",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("paper_id", UuidBlob, ForeignKey("paper.id"), nullable=False),
    Column("way", Text, nullable=False),
    Column("recipients", Json, nullable=False),
    text_column("subject"),
    text_column("message_id"),
    Column("files", Json, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Column("result", Text, nullable=False),
    text_column("detail"),
    Index("ix_sending_paper_id", "paper_id"),
    sqlite_autoincrement=True,
)

chain = Table(
    "chain",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("entry", UuidBlob, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("commitment", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    # Apart from the link on purpose: erasing an entry erases its salt, and the link still verifies.
    Column("salt", LargeBinary(32)),
    Index("ix_chain_entry", "entry"),
)

draft = Table(
    "draft",
    metadata,
    Column("id", UuidBlob, primary_key=True),
    Column("form", Text, nullable=False),
    Column("content", Json, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    Column("member_id", UuidBlob),
)

search_doc = Table(
    "search_doc",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("record", UuidBlob, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("fold", Text, nullable=False),
    sqlite_autoincrement=True,
)

# Folded by domain.text.fold before it gets here: unicode61 never folds đ (platform.md §3). No places are kept, for no
# phrase is ever looked for; beginnings of two to six letters are, so that typing never reads a range of words.
SEARCH_INDEX = (
    "CREATE VIRTUAL TABLE search_index USING fts5(fold, content='search_doc', content_rowid='n', "
    "tokenize='unicode61', detail=none, columnsize=0, prefix='2 3 4 5 6')"
)
