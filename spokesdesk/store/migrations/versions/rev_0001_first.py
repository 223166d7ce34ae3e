"""The first shape: people, journal, coverage, papers, chain, drafts, search, outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of the first shape."""
    _chain()
    _draft()
    _member()
    _outlet()
    _search_doc()
    _setting()
    _article()
    _journalist()
    _claim()
    _contact()
    _paper()
    _paper_move()
    _paper_text()
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5("
        "kind, fold, content='search_doc', content_rowid='n', tokenize='unicode61', prefix='2 3')"
    )


def _chain() -> None:
    op.create_table(
        "chain",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entry", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_chain")),
    )
    op.create_index("ix_chain_entry", "chain", ["entry"], unique=False)


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.LargeBinary(16), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), server_default="", nullable=False),
        sa.Column("pin_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
    )


def _outlet() -> None:
    op.create_table(
        "outlet",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("governing_body", sa.Text(), server_default="", nullable=False),
        sa.Column("head_title", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("website", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet")),
    )
    op.create_index("ix_outlet_name_fold", "outlet", ["name_fold"], unique=False)


def _search_doc() -> None:
    op.create_table(
        "search_doc",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("fold", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_search_doc")),
        sa.UniqueConstraint("record", name=op.f("uq_search_doc_record")),
        sqlite_autoincrement=True,
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )


def _article() -> None:
    op.create_table(
        "article",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("outlet_id", sa.LargeBinary(16), nullable=False),
        sa.Column("outlet_name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published_at", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("byline", sa.Text(), server_default="", nullable=False),
        sa.Column("section", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("text_sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_article_author_id")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_article_outlet_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_article")),
        sa.UniqueConstraint("id", name=op.f("uq_article_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_article_outlet_id_published_at", "article", ["outlet_id", "published_at"], unique=False
    )
    op.create_index("ix_article_published_at_n", "article", ["published_at", "n"], unique=False)


def _journalist() -> None:
    op.create_table(
        "journalist",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=False),
        sa.Column("outlet_id", sa.LargeBinary(16), nullable=True),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("card_number", sa.Text(), server_default="", nullable=False),
        sa.Column("card_issued_on", sa.Date(), nullable=True),
        sa.Column("card_expires_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_journalist_outlet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journalist")),
    )
    op.create_index("ix_journalist_name_fold", "journalist", ["name_fold"], unique=False)
    op.create_index("ix_journalist_outlet_id", "journalist", ["outlet_id"], unique=False)


def _claim() -> None:
    op.create_table(
        "claim",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("article_id", sa.LargeBinary(16), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), server_default="", nullable=False),
        sa.Column("ground", sa.Text(), server_default="", nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_claim_article_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_claim")),
        sa.UniqueConstraint("id", name=op.f("uq_claim_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_claim_article_id", "claim", ["article_id"], unique=False)


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.Integer(), nullable=False),
        sa.Column("outlet_id", sa.LargeBinary(16), nullable=True),
        sa.Column("outlet_name", sa.Text(), server_default="", nullable=False),
        sa.Column("journalist_id", sa.LargeBinary(16), nullable=True),
        sa.Column("journalist_name", sa.Text(), server_default="", nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("verification", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), server_default="", nullable=False),
        sa.Column("given_form", sa.Text(), nullable=False),
        sa.Column("follow_up", sa.Text(), server_default="", nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("due_at", sa.Integer(), nullable=True),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("attachments", sa.Text(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("corrects", sa.LargeBinary(16), nullable=True),
        sa.Column("corrected_by", sa.LargeBinary(16), nullable=True),
        sa.Column("settled_at", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_contact_author_id")),
        sa.ForeignKeyConstraint(["journalist_id"], ["journalist.id"], name=op.f("fk_contact_journalist_id")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_contact_outlet_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_contact")),
        sa.UniqueConstraint("id", name=op.f("uq_contact_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_due_at", "contact", ["due_at"], unique=False)
    op.create_index("ix_contact_follow_up_on", "contact", ["follow_up_on"], unique=False)
    op.create_index(
        "ix_contact_journalist_id_received_at", "contact", ["journalist_id", "received_at"], unique=False
    )
    op.create_index("ix_contact_outlet_id_received_at", "contact", ["outlet_id", "received_at"], unique=False)
    op.create_index("ix_contact_received_at_n", "contact", ["received_at", "n"], unique=False)


def _paper() -> None:
    op.create_table(
        "paper",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("symbol", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.Integer(), nullable=False),
        sa.Column("series", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("numbered_on", sa.Date(), nullable=True),
        sa.Column("article_id", sa.LargeBinary(16), nullable=True),
        sa.Column("docx", sa.Text(), nullable=True),
        sa.Column("pdf", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_paper_article_id")),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_paper_author_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_paper")),
        sa.UniqueConstraint("id", name=op.f("uq_paper_id")),
        sa.UniqueConstraint("series", "year", "number", name=op.f("uq_paper_series_year_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_paper_article_id", "paper", ["article_id"], unique=False)
    op.create_index("ix_paper_saved_at_n", "paper", ["saved_at", "n"], unique=False)
    op.create_index("ix_paper_state", "paper", ["state"], unique=False)


def _paper_move() -> None:
    op.create_table(
        "paper_move",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("paper_id", sa.LargeBinary(16), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_paper_move_author_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_move_paper_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_paper_move")),
        sa.UniqueConstraint("id", name=op.f("uq_paper_move_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_paper_move_paper_id", "paper_move", ["paper_id"], unique=False)


def _paper_text() -> None:
    op.create_table(
        "paper_text",
        sa.Column("paper_id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_paper_text_author_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_text_paper_id")),
        sa.PrimaryKeyConstraint("paper_id", "version", name=op.f("pk_paper_text")),
        sa.UniqueConstraint("id", name=op.f("uq_paper_text_id")),
    )
