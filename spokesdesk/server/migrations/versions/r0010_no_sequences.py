"""The two tables of one row count nothing: their sequences go, for databases that spread a table have them dearly."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop what PostgreSQL made by itself for an integer key; SQLite makes nothing."""
    if op.get_bind().dialect.name == "postgresql":
        for table in ("portal", "door_secret"):
            op.execute(f"ALTER TABLE {table} ALTER COLUMN id DROP DEFAULT")
            op.execute(f"DROP SEQUENCE IF EXISTS {table}_id_seq")
