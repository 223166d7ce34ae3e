"""Lists that page: the rows of each week are counted, and what is due or open is found by an index of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SPAN = "({row}received_at + 62899200000000000) / 604800000000"


def upgrade() -> None:
    """Count the contacts there are by weeks, and index words anew; from now on the database does the counting."""
    _count_weeks()
    _index_anew()
    _index_what_is_open()


def _count_weeks() -> None:
    op.create_table(
        "list_span",
        sa.Column("list", sa.Text(), nullable=False),
        sa.Column("span", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("list", "span", name=op.f("pk_list_span")),
        sqlite_with_rowid=False,
    )
    op.execute(
        f"INSERT INTO list_span(list, span, n) SELECT 'contact', {SPAN.format(row='')}, count(*) "
        "FROM contact GROUP BY 2"
    )
    op.execute(
        "CREATE TRIGGER contact_span_in AFTER INSERT ON contact BEGIN "
        f"INSERT INTO list_span(list, span, n) VALUES ('contact', {SPAN.format(row='NEW.')}, 1) "
        "ON CONFLICT(list, span) DO UPDATE SET n = n + 1; END"
    )
    op.execute(
        "CREATE TRIGGER contact_span_out AFTER DELETE ON contact BEGIN "
        f"UPDATE list_span SET n = n - 1 WHERE list = 'contact' AND span = {SPAN.format(row='OLD.')}; END"
    )


def _index_anew() -> None:
    """Mark the kind by a word of its own: an index that keeps no places is a quarter as large, and as fast at it."""
    op.execute("DROP TABLE search_index")
    op.execute("UPDATE search_doc SET fold = char(57344) || kind || ' ' || fold")
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5(fold, content='search_doc', content_rowid='n', "
        "tokenize='unicode61', detail=none, columnsize=0, prefix='2 3 4 5 6')"
    )
    op.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')")


def _index_what_is_open() -> None:
    for name in ("ix_contact_due_at", "ix_contact_follow_up_on", "ix_contact_received_at_n"):
        op.drop_index(name, "contact")
    columns = ["received_at", "n", "corrected_by"]
    op.create_index("ix_contact_received_at_n_corrected_by", "contact", columns, unique=False)
    for column in ("due_at", "follow_up_on"):
        condition = f"{column} IS NOT NULL AND settled_at IS NULL AND corrected_by IS NULL"
        op.create_index(
            f"ix_contact_open_{column}", "contact", [column], unique=False, sqlite_where=sa.text(condition)
        )
