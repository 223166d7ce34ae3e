"""Imports of tables: what each did, to be undone as a whole."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _author(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f(f"fk_{table}_author_id")),
    )


def upgrade() -> None:
    """Make the tables; nothing was imported before."""
    op.create_table(
        "import_run",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.Integer(), nullable=True),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        *_author("import_run"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index("ix_import_run_started_at", "import_run", ["started_at"], unique=False)
    op.create_table(
        "import_row",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.LargeBinary(16), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(16), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_import_row_run_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_import_row")),
    )
    op.create_index("ix_import_row_run_id_n", "import_row", ["run_id", "n"], unique=False)
    op.create_table(
        "import_move",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("run_id", sa.LargeBinary(16), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        *_author("import_move"),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_import_move_run_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_import_move")),
        sa.UniqueConstraint("id", name=op.f("uq_import_move_id")),
        sqlite_autoincrement=True,
    )
