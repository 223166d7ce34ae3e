"""Reads a list by pages: marks, the numbers of a page, the place of a record; sorted and filtered in SQL."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    Table,
    func,
    literal,
    select,
    tuple_,
    type_coerce,
)

from spokesdesk.services.ports.paging import Key, Listing, Paged
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.spans import has_spans, span_listing

# A short list is known by its numbers; of a longer one only every thousandth place is kept.
SHORT = 50_000
STEP = 1_000
# So much is read before a list is shown for the first time: a page of it, more than a window shows at once.
FIRST = 50
# So many hits of a search are sorted as the list is.
FEW = 1_000
# Of more hits that meet a condition, the latest written are listed.
MOST = 50_000


@dataclass(frozen=True, slots=True)
class Order:
    """How a table is listed.

    Attributes:
        key: whole numbers, the greatest first; the last tells any two rows apart.
        columns: the ORDER BY, in the form that an index serves.
        short: so many rows are known by number; more than usual where no index serves the order.
    """

    table: Table
    key: "tuple[ColumnElement[Any], ...]"
    columns: "tuple[ColumnElement[Any], ...]"
    short: int | None = None

    def after(self, key: Key) -> ColumnElement[bool]:
        """Give the condition of the rows that come after a sort key."""
        return tuple_(*self.key) < tuple_(*(literal(part, Integer) for part in key))

    def before(self, key: Key) -> ColumnElement[bool]:
        """Give the condition of the rows that come before a sort key."""
        return tuple_(*self.key) > tuple_(*(literal(part, Integer) for part in key))


def latest(table: Table, time: "Column[Any]") -> Order:
    """Give the order of most lists: the latest first by a time, then by arrival."""
    return Order(table, (type_coerce(time, Integer), table.c.n), (time.desc(), table.c.n.desc()))


def list_of(
    connection: Connection,
    search: SqlSearch,
    order: Order,
    words: str,
    wanted: Sequence[ColumnElement[bool]] = (),
) -> Paged:
    """Give a list to read by pages.

    Few hits stand in the list's own order; the hits of a common word the latest written first.

    Args:
        words: what the rows hold, in any field; "" for all.
        wanted: further conditions.
    """
    if not words.strip():
        return SqlList(connection, order, wanted)
    query = search.query(words, (order.table.name,))
    if not wanted and search.hits(query, None, FEW, 1):
        return SqlFound(connection, search, order.table, words)
    return SqlShort(connection, order.table, search.numbers(order.table, words, wanted, order.columns, MOST))


class SqlList:
    """A table's rows that meet some conditions, without words to be found.

    Args:
        connection: open; everything is read in its transaction.
        order: table and sort.
        wanted: conditions, all of which hold.
    """

    def __init__(
        self, connection: Connection, order: Order, wanted: Sequence[ColumnElement[bool]] = ()
    ) -> None:
        self._connection, self._order, self._wanted = connection, order, tuple(wanted)

    def open(self) -> Listing:
        """Give what is known at once: all places by the counted weeks, or the first rows."""
        if not self._wanted and has_spans(self._order.table):
            return span_listing(self._connection, self._order.table.name)
        numbers = self._numbers(None, 0, FIRST + 1)
        if len(numbers) <= FIRST:
            return Listing(len(numbers), numbers=numbers)
        return Listing(FIRST, numbers=numbers[:FIRST], is_whole=False)

    def whole(self, listing: Listing) -> Listing:
        """Give all of a list of which only the beginning was known."""
        if listing.is_whole:
            return listing
        short = self._order.short or SHORT
        numbers = self._numbers(None, 0, short + 1)
        if len(numbers) <= short:
            return Listing(len(numbers), numbers=numbers)
        return _marked(self._marks(), self._left)

    def numbers(self, listing: Listing, first: int, limit: int) -> tuple[int, ...]:
        """Give the numbers of up to ``limit`` rows from position ``first`` on."""
        if listing.numbers is not None:
            return listing.numbers[first : first + limit]
        key, skipped = listing.before(first)
        return self._numbers(key, skipped, limit)

    def position(self, listing: Listing, record: UUID) -> int:
        """Give where a record is in the list, -1 when it is not in it."""
        table = self._order.table
        statement = select(table.c.n, *self._order.key).where(table.c.id == record, *self._wanted)
        found = self._connection.execute(statement).first()
        if found is None:
            return -1
        if listing.numbers is not None:
            return _index(listing.numbers, found[0])
        own = tuple(found[1:])
        key, place = listing.around(own)
        return place + self._count(self._order.before(own), *self._from(key))

    def _numbers(self, key: Key | None, skipped: int, limit: int) -> tuple[int, ...]:
        statement = select(self._order.table.c.n).where(*self._wanted, *self._from(key))
        paged = statement.order_by(*self._order.columns).limit(limit).offset(skipped)
        return tuple(self._connection.scalars(paged).all())

    def _marks(self) -> Iterator[Key]:
        """Give the sort key of every thousandth row."""
        key: Key | None = None
        while True:
            statement = select(*self._order.key).select_from(self._order.table)
            statement = statement.where(*self._wanted, *self._from(key))
            stepped = statement.order_by(*self._order.columns).limit(1).offset(STEP - 1)
            row = self._connection.execute(stepped).first()
            if row is None:
                return
            key = tuple(row)
            yield key

    def _left(self, key: Key | None) -> int:
        return self._count(*self._from(key))

    def _from(self, key: Key | None) -> tuple[ColumnElement[bool], ...]:
        return () if key is None else (self._order.after(key),)

    def _count(self, *conditions: ColumnElement[bool]) -> int:
        statement = select(func.count()).select_from(self._order.table)
        return self._connection.scalar(statement.where(*self._wanted, *conditions)) or 0


class SqlFound:
    """A table's rows that hold words, the latest written first: the order in which the index gives them at once.

    Args:
        connection: open; everything is read in its transaction.
        search: finds the words.
        table: its name is the kind of its documents.
        words: as typed.
    """

    def __init__(self, connection: Connection, search: SqlSearch, table: Table, words: str) -> None:
        self._connection, self._search, self._table = connection, search, table
        self._query = search.query(words, (table.name,))

    def open(self) -> Listing:
        """Give the first hits by their rows' numbers: one look into the index serves what is shown first."""
        found = self._search.numbers_found(self._table, self._query, None, 0, FIRST + 1)
        return Listing(min(len(found), FIRST), numbers=found[:FIRST], is_whole=len(found) <= FIRST)

    def whole(self, listing: Listing) -> Listing:
        """Give the number of hits, with marks among them."""
        return listing if listing.is_whole else _marked(self._marks(), self._left)

    def numbers(self, listing: Listing, first: int, limit: int) -> tuple[int, ...]:
        """Give the numbers of up to ``limit`` rows from position ``first`` on."""
        if listing.numbers is not None:
            return listing.numbers[first : first + limit]
        key, skipped = listing.before(first)
        return self._search.numbers_found(self._table, self._query, key[0] if key else None, skipped, limit)

    def position(self, listing: Listing, record: UUID) -> int:
        """Give where a record is among the hits, -1 when it is none of them."""
        document = self._search.document(record)
        if document is None or self._search.hits(self._query, document + 1, 0, 1) != (document,):
            return -1
        key, place = listing.around((document,))
        return place + self._search.count_hits(self._query, document, key[0] if key else None)

    def _hits(self, before: int | None, skipped: int, limit: int) -> tuple[int, ...]:
        return self._search.hits(self._query, before, skipped, limit)

    def _marks(self) -> Iterator[Key]:
        before: int | None = None
        while found := self._hits(before, STEP - 1, 1):
            before = found[0]
            yield (before,)

    def _left(self, key: Key | None) -> int:
        return self._search.count_hits(self._query, -1, key[0] if key else None)


class SqlShort:
    """Rows known by their numbers from the first: what both words and conditions narrow."""

    def __init__(self, connection: Connection, table: Table, numbers: Sequence[int]) -> None:
        self._connection, self._table, self._known = connection, table, tuple(numbers)

    def open(self) -> Listing:
        """Give the numbers."""
        return Listing(len(self._known), numbers=self._known)

    def whole(self, listing: Listing) -> Listing:
        """Give the listing: it is whole."""
        return listing

    def numbers(self, listing: Listing, first: int, limit: int) -> tuple[int, ...]:
        """Give the numbers of up to ``limit`` rows from position ``first`` on."""
        return (listing.numbers or ())[first : first + limit]

    def position(self, listing: Listing, record: UUID) -> int:
        """Give where a record is in the list, -1 when it is not in it."""
        n = self._connection.scalar(select(self._table.c.n).where(self._table.c.id == record))
        return _index(listing.numbers or (), n)


def _index(numbers: Sequence[int], n: int | None) -> int:
    try:
        return numbers.index(n) if n is not None else -1
    except ValueError:
        return -1


def _marked(keys: Iterator[Key], left: Callable[[Key | None], int]) -> Listing:
    """Give a list of a key for every thousandth row and a count of what comes after the last of them."""
    kept = tuple(keys)
    places = tuple(STEP * (at + 1) for at in range(len(kept)))
    return Listing(len(kept) * STEP + left(kept[-1] if kept else None), places, kept)
