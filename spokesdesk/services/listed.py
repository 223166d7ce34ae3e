"""A list of the store as a window or a command reads it: every call in a transaction of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.paging import Listing, Paged

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

    def open(self) -> Listing:
        """Give what is known at once."""
        with self.desk.read() as unit:
            return self.pick(unit).open()

    def whole(self, listing: Listing) -> Listing:
        """Give all of a list of which only the beginning was known."""
        with self.desk.read() as unit:
            return self.pick(unit).whole(listing)

    def page(self, listing: Listing, first: int, limit: int) -> Sequence[R]:
        """Give up to ``limit`` rows from position ``first`` on."""
        with self.desk.read() as unit:
            return self.rows(unit, self.pick(unit).numbers(listing, first, limit))

    def position(self, listing: Listing, record: UUID) -> int:
        """Give where a record is in the list, -1 when it is not in it."""
        with self.desk.read() as unit:
            return self.pick(unit).position(listing, record)
