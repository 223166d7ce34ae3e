"""Full text over everything: folded words (no accents, đ as d), each entry one document."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    literal,
    select,
    text,
    update,
)

from spokesdesk.domain.text import fold
from spokesdesk.services.ports import Hit
from spokesdesk.store.tables import search_doc

SNIPPET_CHARS = 120
LAST = 2**62
BODY_CHARS = 100_000
WORDS_LIMIT = 16

_INDEX = text("INSERT INTO search_index(rowid, kind, fold) VALUES (:n, :kind, :fold)")
_UNINDEX = text(
    "INSERT INTO search_index(search_index, rowid, kind, fold) VALUES ('delete', :n, :kind, :fold)"
)
# Newest first by rowid: bm25 over a common word costs over a second in a million entries (platform.md §3).
_FIND = text(
    "SELECT d.kind, d.record, d.title, d.body, d.at FROM search_index AS i JOIN search_doc AS d ON d.n = i.rowid "
    "WHERE search_index MATCH :query ORDER BY i.rowid DESC LIMIT :limit"
).columns(search_doc.c.kind, search_doc.c.record, search_doc.c.title, search_doc.c.body, search_doc.c.at)
_HITS = text(
    "SELECT rowid FROM search_index WHERE search_index MATCH :query AND rowid < :before "
    "ORDER BY rowid DESC LIMIT :limit OFFSET :skipped"
).columns(search_doc.c.n)
_COUNT = text(
    "SELECT count(*) FROM search_index WHERE search_index MATCH :query AND rowid > :after AND rowid < :before"
).columns(search_doc.c.n)
_RECORDS = text(
    "SELECT d.record FROM search_index AS i JOIN search_doc AS d ON d.n = i.rowid "
    "WHERE search_index MATCH :query ORDER BY i.rowid DESC LIMIT :limit"
).columns(search_doc.c.record)

# The ids found, to join with the table they are of: parameters ``query`` (see ``query_of``) and ``limit``.
FOUND = _RECORDS.subquery("found")


def query_of(words: str, kinds: Sequence[str] = ()) -> str:
    """Give the FTS5 query for typed words: every word must begin some word; "" when nothing can be searched."""
    parts = "".join(char if char.isalnum() else " " for char in fold(words)).split()[:WORDS_LIMIT]
    if not parts:
        return ""
    # A single letter as a prefix reads most of the index; it must be a whole word.
    terms = " AND ".join(f'"{part}"*' if len(part) > 1 else f'"{part}"' for part in parts)
    if not kinds:
        return f"fold:({terms})"
    return f"kind:({' OR '.join(kinds)}) AND fold:({terms})"


class SqlSearch:
    """The search_doc table and its index."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, kind: str, record: UUID, title: str, body: str, at: datetime) -> None:
        """Make a record findable by the words of its title and body, or renew what was there."""
        flat = " ".join(body.split())[:BODY_CHARS]
        values = {
            "kind": kind,
            "record": record,
            "title": title,
            "body": flat,
            "at": at,
            "fold": fold(f"{title} {flat}"),
        }
        before = self._connection.execute(
            select(search_doc.c.n, search_doc.c.kind, search_doc.c.fold).where(search_doc.c.record == record)
        ).first()
        if before is None:
            made = self._connection.execute(insert(search_doc), values)
            n = made.inserted_primary_key[0] if made.inserted_primary_key else 0
        else:
            n = before.n
            self._connection.execute(_UNINDEX, {"n": n, "kind": before.kind, "fold": before.fold})
            self._connection.execute(update(search_doc).where(search_doc.c.n == n).values(values))
        self._connection.execute(_INDEX, {"n": n, "kind": kind, "fold": values["fold"]})

    def drop(self, record: UUID) -> None:
        """Let a record be found no more."""
        before = self._connection.execute(
            select(search_doc.c.n, search_doc.c.kind, search_doc.c.fold).where(search_doc.c.record == record)
        ).first()
        if before is not None:
            self._connection.execute(_UNINDEX, {"n": before.n, "kind": before.kind, "fold": before.fold})
            self._connection.execute(delete(search_doc).where(search_doc.c.n == before.n))

    def records(self, words: str, kinds: Sequence[str], limit: int) -> list[UUID]:
        """Give the ids found, newest first; for few of them (see ``FOUND`` for many)."""
        query = query_of(words, kinds)
        if not query:
            return []
        return list(self._connection.scalars(_RECORDS, {"query": query, "limit": limit}))

    def query(self, words: str, kinds: Sequence[str] = ()) -> str:
        """Give the FTS5 query for typed words (see ``query_of``)."""
        return query_of(words, kinds)

    def hits(self, query: str, before: int | None, skipped: int, limit: int) -> tuple[int, ...]:
        """Give the numbers of documents found, the latest first.

        Args:
            query: from ``query``; "" finds nothing.
            before: only documents with a smaller number; None for all.
            skipped: so many of them are left out first.
        """
        if not query:
            return ()
        values = {"query": query, "before": before or LAST, "skipped": skipped, "limit": limit}
        return tuple(self._connection.scalars(_HITS, values))

    def count_hits(self, query: str, after: int, before: int | None) -> int:
        """Count the documents found whose number lies between two others."""
        if not query:
            return 0
        values = {"query": query, "after": after, "before": before or LAST}
        return self._connection.scalar(_COUNT, values) or 0

    def records_of(self, documents: Sequence[int]) -> list[UUID]:
        """Give the records of documents, in their order."""
        statement = select(search_doc.c.n, search_doc.c.record).where(
            search_doc.c.n.in_(bindparam("documents", expanding=True))
        )
        found = {row.n: row.record for row in self._connection.execute(statement, {"documents": documents})}
        return [found[n] for n in documents if n in found]

    def document(self, record: UUID) -> int | None:
        """Give the number of a record's document, None when it has none."""
        return self._connection.scalar(select(search_doc.c.n).where(search_doc.c.record == record))

    def numbers(
        self,
        table: Table,
        words: str,
        wanted: Sequence[ColumnElement[bool]],
        order: Sequence[ColumnElement[Any]],
        limit: int,
    ) -> tuple[int, ...]:
        """Give the numbers of a table's rows for a list.

        Args:
            table: contact, article or paper: columns ``n`` and ``id``, its name the kind of its documents.
            words: what the rows hold, in any field; "" for all.
            wanted: further conditions.
            order: how the list is sorted.
            limit: most rows wanted; of more hits the newest are taken.
        """
        statement = select(table.c.n).where(and_(True, *wanted))
        parameters: dict[str, object] = {}
        if words.strip():
            parameters = {"query": query_of(words, (table.name,)), "limit": limit}
            statement = statement.join(FOUND, FOUND.c.record == table.c.id)
            if not parameters["query"]:
                return ()
        ordered = statement.order_by(*order).limit(literal(limit, Integer))
        return tuple(self._connection.scalars(ordered, parameters))

    def find(self, words: str, kinds: Sequence[str] = (), limit: int = 50) -> tuple[Hit, ...]:
        """Give what holds all the words, newest first.

        Args:
            words: as typed, with or without accents; the words may sit in different fields of one entry.
            kinds: contact, paper, article, outlet, journalist; empty for all.
        """
        query = query_of(words, kinds)
        if not query:
            return ()
        rows = self._connection.execute(_FIND, {"query": query, "limit": limit})
        return tuple(Hit(row.kind, row.record, row.title, snippet(row.body, words), row.at) for row in rows)


def snippet(body: str, words: str) -> str:
    """Give the part of a text around the first of the words, at most 120 characters and two marks of omission."""
    folded = fold(body)
    places = [folded.find(part) for part in fold(words).split()]
    # Folding keeps one character a letter in NFC text; where it did not, the beginning is shown instead.
    found = [place for place in places if place >= 0] if len(folded) == len(body) else []
    start = max(0, min(found, default=0) - SNIPPET_CHARS // 4)
    if start:
        start = body.find(" ", start) + 1 or start
    end = start + SNIPPET_CHARS
    return ("…" if start else "") + body[start:end].strip() + ("…" if end < len(body) else "")
