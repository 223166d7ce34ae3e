"""Accounts of journalists, as the portal told the province; notes between province and agencies are found by words."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, note when it was told last, and index the notes that there are."""
    op.create_table(
        "account_seen",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), server_default="", nullable=False),
        sa.Column("card", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_seen")),
    )
    op.add_column("inbox_place", sa.Column("accounts_at", sa.Integer(), nullable=True))
    _index_notes()


def _index_notes() -> None:
    """Index what says something; a request that came is found as the request that it became."""
    connection = op.get_bind()
    own = sa.text(
        "SELECT id, title, text || ' ' || author_name, at FROM province_note "
        "WHERE kind IN ('alert', 'ask', 'answer', 'difficulty', 'rebuttal') ORDER BY at"
    )
    came = sa.text(
        "SELECT item, title, text || ' ' || agency || ' ' || \"by\", at FROM inbox "
        "WHERE kind IN ('alert', 'answer', 'difficulty', 'rebuttal') ORDER BY at"
    )
    put = sa.text(
        "INSERT INTO search_doc(kind, record, title, body, at, fold) "
        "VALUES ('province', :record, :title, :body, :at, :fold) ON CONFLICT DO NOTHING RETURNING n"
    )
    index = sa.text("INSERT INTO search_index(rowid, fold) VALUES (:n, :fold)")
    for record, title, body, at in [*connection.execute(own), *connection.execute(came)]:
        flat = " ".join(body.split())
        fold = f"\ue000province {_folded(f'{title} {flat}')}"
        values = {"record": record, "title": title, "body": flat, "at": at, "fold": fold}
        n = connection.execute(put, values).scalar()
        if n is not None:
            connection.execute(index, {"n": n, "fold": fold})


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower())
    bare = "".join("d" if char == "đ" else char for char in plain if not unicodedata.combining(char))
    return " ".join(bare.split())
