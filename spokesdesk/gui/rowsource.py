"""What a windowed list reads, all of it on the read lane: a long source, or a short one known by its numbers."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Generic, TypeVar
from uuid import UUID

from spokesdesk.services.ports.paging import Listing, Source

R = TypeVar("R")
PAGE = 50
# More rows than a window shows at once.
SEEN = 40


@dataclass(frozen=True, slots=True)
class Held:
    """What a view keeps in place.

    Attributes:
        top: position of the first row that is seen.
        wanted: the record that is selected, or is to be as soon as it is there.
        wanted_at: its position, -1 while that is not known.
        moved: by how many rows the list grew (shrank) above the first row that is seen.
    """

    top: int = 0
    wanted: UUID | None = None
    wanted_at: int = -1
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Wants:
    """What is held when a list is read: the view's ``Held`` and the record of its first row, if known."""

    held: Held
    top_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Opened(Generic[R]):
    """A list just read, with the pages that will be seen first."""

    listing: Listing
    pages: dict[int, tuple[R, ...]]
    held: Held


def opened(source: Source[R], wants: Wants) -> Opened[R]:
    """Read a list and the pages that will be seen of it, all in one transaction (blocking)."""
    with source.reading() as own:
        return _opened(own, wants)


def _opened(source: Source[R], wants: Wants) -> Opened[R]:
    listing = source.open()
    held = wants.held
    top = source.position(listing, wants.top_id) if wants.top_id is not None else -1
    at = held.wanted
    wanted_at = source.position(listing, at) if at is not None else -1
    seen = min(held.top if top < 0 else top, max(listing.count - SEEN, 0))
    last = max(min(seen + SEEN, listing.count) - 1, 0)
    pages = range(seen // PAGE, last // PAGE + 1) if listing.count else range(0)
    rows = {page: tuple(source.page(listing, page * PAGE, PAGE)) for page in pages}
    return Opened(listing, rows, replace(held, wanted_at=wanted_at, moved=top - held.top if top >= 0 else 0))


class Numbered(Generic[R]):
    """A short list known by the numbers of its rows.

    Args:
        numbers: gives them in the order they are shown.
        rows: gives the rows of some numbers, in any order.
        key: gives a row's record.
        number: gives a row's number.
    """

    def __init__(
        self,
        numbers: Callable[[], Sequence[int]],
        rows: Callable[[Sequence[int]], Sequence[R]],
        key: Callable[[R], UUID],
        number: Callable[[R], int],
    ) -> None:
        self._numbers, self._rows = numbers, rows
        self._key, self._number = key, number
        self._known: dict[UUID, int] = {}

    @contextmanager
    def reading(self) -> Iterator[Source[R]]:
        """Give the list itself: what it reads opens its own transactions."""
        yield self

    def open(self) -> Listing:
        """Read the numbers."""
        numbers = tuple(self._numbers())
        return Listing(len(numbers), numbers=numbers)

    def whole(self, listing: Listing) -> Listing:
        """Give the listing: it is whole."""
        return listing

    def page(self, listing: Listing, first: int, limit: int) -> Sequence[R]:
        """Read the rows of some numbers."""
        numbers = (listing.numbers or ())[first : first + limit]
        found = {self._number(row): row for row in self._rows(numbers)}
        self._known.update((self._key(row), n) for n, row in found.items())
        return [found[n] for n in numbers if n in found]

    def position(self, listing: Listing, record: UUID) -> int:
        """Give where a record is that has been read before, -1 when it has not."""
        n = self._known.get(record)
        numbers = listing.numbers or ()
        return numbers.index(n) if n in numbers else -1
