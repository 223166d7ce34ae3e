"""A list of the store as a window or a command reads it: every call in a transaction of its own, or several in one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.paging import Listing, Paged, Source

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Listed(Generic[R]):
    """A ``Source`` over the store.

    Attributes:
        pick: gives the list in a transaction.
        rows: gives the rows of some numbers in a transaction, in their order.
    """

    desk: Desk
    pick: Callable[[Unit], Paged]
    rows: Callable[[Unit, Sequence[int]], Sequence[R]]

    @contextmanager
    def reading(self) -> Iterator[Source[R]]:
        """Give the list in one transaction: a window is opened with one, not with one a call."""
        with self.desk.read() as unit:
            yield _Reading(unit, self.pick(unit), self.rows)

    def open(self) -> Listing:
        """Give what is known at once."""
        with self.reading() as own:
            return own.open()

    def whole(self, listing: Listing) -> Listing:
        """Give all of a list of which only the beginning was known."""
        with self.reading() as own:
            return own.whole(listing)

    def page(self, listing: Listing, first: int, limit: int) -> Sequence[R]:
        """Give up to ``limit`` rows from position ``first`` on."""
        with self.reading() as own:
            return own.page(listing, first, limit)

    def position(self, listing: Listing, record: UUID) -> int:
        """Give where a record is in the list, -1 when it is not in it."""
        with self.reading() as own:
            return own.position(listing, record)


@dataclass(frozen=True, slots=True)
class _Reading(Generic[R]):
    """A ``Source`` in a transaction that is open already."""

    unit: Unit
    listed: Paged
    rows: Callable[[Unit, Sequence[int]], Sequence[R]]

    @contextmanager
    def reading(self) -> Iterator[Source[R]]:
        yield self

    def open(self) -> Listing:
        return self.listed.open()

    def whole(self, listing: Listing) -> Listing:
        return self.listed.whole(listing)

    def page(self, listing: Listing, first: int, limit: int) -> Sequence[R]:
        return self.rows(self.unit, self.listed.numbers(listing, first, limit))

    def position(self, listing: Listing, record: UUID) -> int:
        return self.listed.position(listing, record)
