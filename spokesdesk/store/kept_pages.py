"""Pages kept as they were served, and the sheets of false posts: what an item is proved and answered by."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from spokesdesk.domain.false_posts import FalsePost, FalsePostDraft
from spokesdesk.domain.monitoring import Capture
from spokesdesk.domain.people import Ref
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.rows import RowValues, file_record, file_value
from spokesdesk.store.tables_monitoring import false_post, news, page_capture

_PAGE = ("id", "item_id", "url", "final_url", "status", "title", "text", "text_sha256", "cut", "at")
_SHEET = tuple(FalsePostDraft.__dataclass_fields__)


class SqlKeptPages:
    """The page_capture and false_post tables."""

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection = connection
        self._chain = chain

    def add(self, made: Capture) -> None:
        """Write a page that was kept, and its link."""
        self._touch(made.item_id)
        values: dict[str, Any] = {name: getattr(made, name) for name in _PAGE}
        values |= {
            "file": file_value(made.file),
            "author_id": made.author.id,
            "author_name": made.author.name,
        }
        self._connection.execute(insert(page_capture), values)
        self._chain.join("page_capture", made.id, made.at, values)

    def of(self, item_id: UUID) -> tuple[Capture, ...]:
        """Give the pages kept of an item, the oldest first."""
        statement = select(page_capture).where(page_capture.c.item_id == item_id).order_by(page_capture.c.n)
        return tuple(_capture(row) for row in self._connection.execute(statement).mappings())

    def save_false_post(self, made: FalsePost) -> None:
        """Write a version of the sheet of an item, and its link."""
        self._touch(made.item_id)
        values: dict[str, Any] = {name: getattr(made.draft, name) for name in _SHEET}
        values |= {"id": made.id, "item_id": made.item_id, "at": made.at}
        values |= {"author_id": made.author.id, "author_name": made.author.name}
        self._connection.execute(insert(false_post), values)
        self._chain.join("false_post", made.id, made.at, values)

    def false_post(self, item_id: UUID) -> FalsePost | None:
        """Give the latest sheet of an item, if there is one."""
        statement = select(false_post).where(false_post.c.item_id == item_id)
        row = self._connection.execute(statement.order_by(false_post.c.n.desc()).limit(1)).mappings().first()
        if row is None:
            return None
        draft = FalsePostDraft(**{name: row[name] for name in _SHEET})
        return FalsePost(
            row["id"], row["item_id"], draft, row["at"], Ref(row["author_id"], row["author_name"])
        )

    def _touch(self, item_id: UUID) -> None:
        """What somebody touched is wanted: it stays, and colleagues get it before what names it."""
        self._connection.execute(update(news).where(news.c.id == item_id).values(is_wanted=True))


def _capture(row: RowValues) -> Capture:
    kept = file_record(row["file"])
    assert kept is not None
    author = Ref(row["author_id"], row["author_name"])
    return Capture(file=kept, author=author, **{name: row[name] for name in _PAGE})
