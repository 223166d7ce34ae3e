"""Keys by which notes of the province are believed, and notes that wait for one to be confirmed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, insert, select, update

from spokesdesk.domain.province import FOUND, UNCONFIRMED, NewSender, NoteKind
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.tables_province import inbox, sender_key

_KEY = func.json_extract(inbox.c.proof, "$.key")


class SqlSenders:
    """The table sender_key."""

    def __init__(self, connection: Connection, search: SqlSearch) -> None:
        self._connection, self._search = connection, search

    def pinned(self) -> frozenset[tuple[UUID, str]]:
        """Give the keys (hex) that are believed, each with its sender."""
        rows = self._connection.execute(select(sender_key.c.sender, sender_key.c.key))
        return frozenset((row.sender, row.key) for row in rows)

    def pin(self, keys: Sequence[tuple[UUID, str]], at: datetime, by: str = "") -> None:
        """Believe keys from now on.

        Args:
            by: who confirmed them; "" for those of the first contact.
        """
        rows = [{"sender": sender, "key": key, "at": at, "by": by} for sender, key in keys]
        if rows:
            self._connection.execute(insert(sender_key).prefix_with("OR IGNORE"), rows)

    def waiting(self) -> tuple[NewSender, ...]:
        """Give the keys that wait to be confirmed, the first first."""
        wanted = select(
            inbox.c.sender, func.max(inbox.c.agency), _KEY, func.count(), func.min(inbox.c.arrived_at)
        )
        here = wanted.where(inbox.c.kind == UNCONFIRMED).group_by(inbox.c.sender, _KEY)
        rows = self._connection.execute(here.order_by(func.min(inbox.c.n)))
        return tuple(NewSender(*row) for row in rows)

    def let_in(self) -> int:
        """Take the notes whose key was confirmed, here or on a colleague's desk; give how many those were."""
        known = select(sender_key.c.key).where(
            sender_key.c.sender == inbox.c.sender, sender_key.c.key == _KEY
        )
        rows = self._connection.execute(
            select(inbox).where(inbox.c.kind == UNCONFIRMED, known.exists()).order_by(inbox.c.n)
        ).all()
        for row in rows:
            detail = {name: value for name, value in row.detail.items() if name != "kind"}
            here = update(inbox).prefix_with("OR IGNORE").where(inbox.c.n == row.n)
            self._connection.execute(here.values(kind=row.detail["kind"], detail=detail))
            index(self._search, row.detail["kind"], row)
        return len(rows)


def index(search: SqlSearch, kind: str, note: Any) -> None:
    """Let a received note be found by its words.

    Args:
        note: with its ``item``, ``title``, ``text``, ``agency``, ``by`` and ``at``.
    """
    # A request of the province becomes a request here and is found as one.
    if kind in FOUND and kind != NoteKind.ASK:
        search.put("province", note.item, note.title, f"{note.text} {note.agency} {note.by}", note.at)
