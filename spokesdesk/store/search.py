"""Full text over everything: folded words (no accents, đ as d), each entry one document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from spokesdesk.services.ports import Hit
from spokesdesk.store.bulk import has_between, insert_rows, insert_text
from spokesdesk.store.columns import micros
from spokesdesk.store.search_query import folded, query_of, query_of_pairs, snippet
from spokesdesk.store.tables import search_doc

LAST = 2**62
BODY_CHARS = 100_000

_PUT = insert(search_doc).on_conflict_do_nothing(index_elements=["record"]).returning(search_doc.c.n)
_DOC_COLUMNS = ("kind", "record", "title", "body", "at", "fold")
_INTO, _BLOBS = "INSERT INTO search_doc", frozenset({"record"})
_INDEX_NEW = "INSERT INTO search_index(rowid, fold) SELECT n, fold FROM search_doc WHERE n > ?"
# Numbers are never given again, not even those of documents that are gone.
_LAST = text("SELECT seq FROM sqlite_sequence WHERE name = 'search_doc'").columns(search_doc.c.n)
_BEFORE = select(search_doc.c.n, search_doc.c.fold).where(search_doc.c.record == bindparam("known"))
_RENEW = update(search_doc).where(search_doc.c.record == bindparam("known"))
_KNOWN = select(search_doc).where(search_doc.c.record.in_(bindparam("ids", expanding=True)))
_INDEX = text("INSERT INTO search_index(rowid, fold) VALUES (:n, :fold)")
_UNINDEX = text("INSERT INTO search_index(search_index, rowid, fold) VALUES ('delete', :n, :fold)")
# Newest first by rowid: ranking a common word costs over a second in a million entries (platform.md §3).
_FIND = text(
    "SELECT d.kind, d.record, d.title, d.body, d.at, d.fold FROM search_index AS i "
    "JOIN search_doc AS d ON d.n = i.rowid WHERE search_index MATCH :query ORDER BY i.rowid DESC LIMIT :limit"
).columns(*(search_doc.c[name] for name in ("kind", "record", "title", "body", "at", "fold")))
_HITS = text(
    "SELECT rowid AS n FROM search_index WHERE search_index MATCH :query AND rowid < :before "
    "ORDER BY rowid DESC LIMIT :limit OFFSET :skipped"
).columns(search_doc.c.n)
_COUNT = text(
    "SELECT count(*) FROM search_index WHERE search_index MATCH :query AND rowid > :after AND rowid < :before"
).columns(search_doc.c.n)
_RECORDS = text(
    "SELECT d.record FROM search_index AS i JOIN search_doc AS d ON d.n = i.rowid "
    "WHERE search_index MATCH :query ORDER BY i.rowid DESC LIMIT :limit"
).columns(search_doc.c.record)
_DOCUMENT = select(search_doc.c.n).where(search_doc.c.record == bindparam("known"))

# The ids found, to join with the table they are of: parameters ``query`` (see ``query_of``) and ``limit``.
FOUND = _RECORDS.subquery("found")


def words_of(kind: str, title: str, body: str) -> tuple[str, str]:
    """Give the text of a document as it is kept, and what is indexed of it."""
    flat = " ".join(body.split())[:BODY_CHARS]
    return flat, folded(kind, title, flat)


@dataclass(frozen=True, slots=True)
class Text:
    """The words by which a record is found.

    Attributes:
        fold: what is indexed, where it was worked out before.
    """

    kind: str
    record: UUID
    title: str
    body: str
    at: datetime
    fold: str = ""

    def folded(self) -> "Text":
        """Give the same with all worked out that can be."""
        if self.fold:
            return self
        flat, fold = words_of(self.kind, self.title, self.body)
        return replace(self, body=flat, fold=fold)

    def values(self) -> dict[str, object]:
        """Give the columns of its document."""
        made = self.folded()
        return {name: getattr(made, name) for name in _DOC_COLUMNS}

    def row(self) -> tuple[object, ...]:
        """Give the same as SQLite keeps it."""
        made = self.folded()
        return made.kind, made.record.bytes, made.title, made.body, micros(made.at), made.fold


@cache
def _numbers_of(table: Table) -> "Select[tuple[int]]":
    """Give the statement of ``numbers_found``, made once: making it costs as much as running it."""
    return (
        select(table.c.n)
        .join(search_doc, search_doc.c.record == table.c.id)
        .where(search_doc.c.n.in_(select(_HITS.subquery("hits").c.n)))
        .order_by(search_doc.c.n.desc())
    )


def _differs(row: Row[Any], values: Mapping[str, object]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


class SqlSearch:
    """The search_doc table and its index."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, kind: str, record: UUID, title: str, body: str, at: datetime) -> None:
        """Make a record findable by the words of its title and body, or renew what was there."""
        values = Text(kind, record, title, body, at).values()
        # Most entries are written once: looking for an older text first would cost as much as writing.
        n = self._connection.scalar(_PUT, values)
        if n is None:
            n = self._unindexed(record)
            self._connection.execute(_RENEW, values | {"known": record})
        self._connection.execute(_INDEX, {"n": n, "fold": values["fold"]})

    def put_new(self, texts: Sequence[Text]) -> None:
        """Make many records findable that were not before, in their order."""
        last = self._last()
        rows = [(last + at, *made.row()) for at, made in enumerate(texts, start=1)]
        insert_rows(self._connection, _INTO, _BLOBS, ("n", *_DOC_COLUMNS), rows, "")
        self._connection.exec_driver_sql(_INDEX_NEW, (last,))

    def put_text(self, texts: str) -> None:
        """Do the same for what was made a text of beforehand.

        Args:
            texts: a JSON list of ``Text.row``s, their ids in hex.
        """
        last = self._last()
        insert_text(self._connection, _INTO, _BLOBS, _DOC_COLUMNS, texts, place=("n", last))
        self._connection.exec_driver_sql(_INDEX_NEW, (last,))

    def _last(self) -> int:
        return self._connection.scalar(_LAST) or 0

    def put_all(self, texts: Sequence[Text]) -> None:
        """Make many records findable, or renew what was there; what says the same is left as it is."""
        known: dict[UUID, Row[Any]] = {}
        is_new = not has_between(self._connection, "search_doc", "record", [made.record for made in texts])
        for at in range(0, 0 if is_new else len(texts), 500):
            part = {"ids": [made.record for made in texts[at : at + 500]]}
            known |= {row.record: row for row in self._connection.execute(_KNOWN, part)}
        if fresh := [made for made in texts if made.record not in known]:
            self.put_new(fresh)
        newer = [
            (known[made.record], values)
            for made in texts
            if made.record in known and _differs(known[made.record], values := made.values())
        ]
        if newer:
            self._renew(newer)

    def _renew(self, newer: Sequence[tuple[Row[Any], dict[str, object]]]) -> None:
        """Write documents anew that are there, each with what is to stand in it."""
        self._connection.execute(_UNINDEX, [{"n": row.n, "fold": row.fold} for row, _values in newer])
        self._connection.execute(_RENEW, [values | {"known": values["record"]} for _row, values in newer])
        self._connection.execute(_INDEX, [{"n": row.n, "fold": values["fold"]} for row, values in newer])

    def drop(self, record: UUID) -> None:
        """Let a record be found no more."""
        n = self._unindexed(record)
        if n is not None:
            self._connection.execute(delete(search_doc).where(search_doc.c.n == n))

    def records(self, words: str, kinds: Sequence[str], limit: int) -> list[UUID]:
        """Give the ids found, newest first; for few of them (see ``FOUND`` for many)."""
        return self.records_by(query_of(words, kinds), limit)

    def alike(
        self, pairs: Sequence[tuple[str, str]], kinds: Sequence[str] = (), limit: int = 50
    ) -> tuple[Hit, ...]:
        """Give what holds both words of any of some pairs, newest first, without a part of its text."""
        query = query_of_pairs(pairs, kinds)
        if not query:
            return ()
        rows = self._connection.execute(_FIND, {"query": query, "limit": limit}).all()
        return tuple(Hit(row.kind, row.record, row.title, "", row.at) for row in rows)

    def records_by(self, query: str, limit: int) -> list[UUID]:
        """Give the ids that a query of ``search_query`` finds, newest first."""
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
        return tuple(self._connection.scalars(_HITS, values).all())

    def count_hits(self, query: str, after: int, before: int | None) -> int:
        """Count the documents found whose number lies between two others."""
        if not query:
            return 0
        values = {"query": query, "after": after, "before": before or LAST}
        return self._connection.scalar(_COUNT, values) or 0

    def numbers_found(
        self, table: Table, query: str, before: int | None, skipped: int, limit: int
    ) -> tuple[int, ...]:
        """Give the numbers of a table's rows whose documents ``hits`` would give, in that order."""
        if not query:
            return ()
        values = {"query": query, "before": before or LAST, "skipped": skipped, "limit": limit}
        return tuple(self._connection.scalars(_numbers_of(table), values))

    def document(self, record: UUID) -> int | None:
        """Give the number of a record's document, None when it has none."""
        return self._connection.scalar(_DOCUMENT, {"known": record})

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
        rows = self._connection.execute(_FIND, {"query": query, "limit": limit}).all()
        return tuple(
            Hit(row.kind, row.record, row.title, snippet(row.body, row.fold, words), row.at) for row in rows
        )

    def _unindexed(self, record: UUID) -> int | None:
        before = self._connection.execute(_BEFORE, {"known": record}).first()
        if before is None:
            return None
        self._connection.execute(_UNINDEX, {"n": before.n, "fold": before.fold})
        return int(before.n)
