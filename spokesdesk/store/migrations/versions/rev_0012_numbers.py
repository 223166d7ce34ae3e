"""Who holds a number series; leased blocks; a number typed twice is kept, flagged and settled."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; numbers are no longer unique by themselves, a plain index finds the twins."""
    _drop_unique_number()
    op.create_index("ix_paper_series_year_number", "paper", ["series", "year", "number"], unique=False)
    op.create_table(
        "number_holding",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("other_code", sa.Text(), nullable=False),
        sa.Column("other_name", sa.Text(), nullable=False),
        sa.Column("token", sa.LargeBinary(16), nullable=False),
        sa.Column("span", sa.Text(), nullable=True),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("lent", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_number_holding_author_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_number_holding")),
        sa.UniqueConstraint("id", name=op.f("uq_number_holding_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_number_holding_series", "number_holding", ["series"], unique=False)


def _drop_unique_number() -> None:
    """Remake the table of papers as it stands, without the one constraint (sqlite.org/lang_altertable.html, 7)."""
    connection = op.get_bind()
    found = connection.exec_driver_sql(
        "SELECT type, sql FROM sqlite_master WHERE tbl_name = 'paper' AND sql IS NOT NULL ORDER BY type DESC"
    ).all()
    made = re.sub(
        r",\s*CONSTRAINT uq_paper_series_year_number UNIQUE \(series, year, number\)", "", found[0].sql
    )
    made = re.sub(r'^CREATE TABLE "?paper"?', "CREATE TABLE paper_new", made)
    connection.exec_driver_sql(made)
    connection.exec_driver_sql("INSERT INTO paper_new SELECT * FROM paper")
    connection.exec_driver_sql("DROP TABLE paper")
    connection.exec_driver_sql("ALTER TABLE paper_new RENAME TO paper")
    for kind, sql in found[1:]:
        if kind == "index":
            connection.exec_driver_sql(sql)
