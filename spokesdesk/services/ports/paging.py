"""Long lists: how many rows there are, and marks from which any page of them is read at once.

A list of a million rows is never read whole, not even its numbers: between two marks lie so few rows that any place
is reached by one step from the mark before it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

R_co = TypeVar("R_co", covariant=True)
Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """What is known of a list before its rows are read.

    Attributes:
        count: rows in the list; as many as are known so far while ``is_whole`` is false.
        places: position of each mark, ascending.
        keys: for each mark, the sort key that all rows from its position on lie after.
        numbers: the rows by number, for a short list; it then has no marks.
        is_whole: false while only the beginning is known.
    """

    count: int
    places: tuple[int, ...] = ()
    keys: tuple[Key, ...] = ()
    numbers: tuple[int, ...] | None = None
    is_whole: bool = True

    def before(self, position: int) -> tuple[Key | None, int]:
        """Give the key of the last mark at or before a position (None: the beginning) and the rows between."""
        at = bisect_right(self.places, position) - 1
        return (None, position) if at < 0 else (self.keys[at], position - self.places[at])

    def around(self, key: Key) -> tuple[Key | None, int]:
        """Give the last mark that lies before a row with this sort key (descending order), and its position."""
        at = bisect_left(self.keys, tuple(-part for part in key), key=_negative) - 1
        return (None, 0) if at < 0 else (self.keys[at], self.places[at])


class Paged(Protocol):
    """A list in one transaction of the store; see ``Source`` for what each gives."""

    def open(self) -> Listing: ...
    def whole(self, listing: Listing) -> Listing: ...
    def numbers(self, listing: Listing, first: int, limit: int) -> tuple[int, ...]: ...
    def position(self, listing: Listing, record: UUID) -> int: ...


class Source(Protocol[R_co]):
    """A list of records; all of it blocks, none of it belongs on the thread of the window."""

    def reading(self) -> AbstractContextManager["Source[R_co]"]:
        """Give the same list in one unchanging state, for as long as it is open."""
        ...

    def open(self) -> Listing:
        """Give what is known at once."""
        ...

    def whole(self, listing: Listing) -> Listing:
        """Give all of a list of which only the beginning was known."""
        ...

    def page(self, listing: Listing, first: int, limit: int) -> Sequence[R_co]:
        """Give up to ``limit`` rows from position ``first`` on, in order."""
        ...

    def position(self, listing: Listing, record: UUID) -> int:
        """Give where a record is in the list, -1 when it is not in it."""
        ...


def _negative(key: Key) -> Key:
    return tuple(-part for part in key)
