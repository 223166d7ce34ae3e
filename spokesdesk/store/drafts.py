"""What forms held at the last key, so that nothing typed is lost."""

from uuid import UUID

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from spokesdesk.services.ports import SavedDraft
from spokesdesk.store.tables import draft


class SqlDrafts:
    """The draft table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, saved: SavedDraft) -> None:
        """Keep a form's content, in place of what was kept under the same id."""
        statement = insert(draft).values(
            id=saved.id,
            form=saved.form,
            content=dict(saved.values),
            saved_at=saved.saved_at,
            member_id=saved.member_id,
        )
        newer = {name: statement.excluded[name] for name in ("form", "content", "saved_at", "member_id")}
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=newer))

    def drop(self, draft_id: UUID) -> None:
        """Forget a draft; nothing happens when it is not there."""
        self._connection.execute(delete(draft).where(draft.c.id == draft_id))

    def all(self) -> tuple[SavedDraft, ...]:
        """Give every draft kept, the newest first."""
        rows = self._connection.execute(select(draft).order_by(draft.c.saved_at.desc())).mappings()
        return tuple(
            SavedDraft(row["id"], row["form"], row["content"], row["saved_at"], row["member_id"])
            for row in rows
        )
