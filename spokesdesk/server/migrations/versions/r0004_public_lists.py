"""What the public reads beside releases: lists that agencies post; releases by month, and what corrects what."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the lists, and to releases their month and what they correct."""
    op.create_table(
        "public_list",
        sa.Column("journal", sa.Uuid(), nullable=False),
        sa.Column("which", sa.String(length=20), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["journal"], ["journal.id"], name=op.f("fk_public_list_journal")),
        sa.PrimaryKeyConstraint("journal", "which", name=op.f("pk_public_list")),
    )
    op.add_column("release", sa.Column("month", sa.String(length=7), nullable=True))
    op.add_column("release", sa.Column("corrects", sa.Uuid(), nullable=True))
    op.create_index("ix_release_state_month", "release", ["state", "month"], unique=False)
    op.create_index("ix_release_journal_corrects", "release", ["journal", "corrects"], unique=False)
    _months()


def _months() -> None:
    """Give releases that are out already their month, by the clock of Vietnam (UTC+7)."""
    columns = (sa.column("journal", sa.Uuid()), sa.column("rec", sa.Uuid()), sa.column("month", sa.String()))
    at = sa.column("published_at", sa.DateTime(timezone=True))
    release = sa.table("release", *columns, at)
    connection = op.get_bind()
    rows = connection.execute(sa.select(*columns[:2], at).where(at.is_not(None))).all()
    for row in rows:
        moment: datetime = row.published_at
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        here = (release.c.journal == row.journal) & (release.c.rec == row.rec)
        month = (moment + timedelta(hours=7)).strftime("%Y-%m")
        connection.execute(sa.update(release).where(here).values(month=month))
