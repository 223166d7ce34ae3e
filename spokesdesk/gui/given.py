"""Lists that are read whole: a few hundred records at most, shown with the same rows as the long ones."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject

from spokesdesk.gui.courier import Courier
from spokesdesk.gui.rows import RowsModel
from spokesdesk.services.ports.paging import Listing, Source

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Given(Generic[R]):
    """A record and its place in the list."""

    n: int
    item: R


class _Reading(Generic[R]):
    """Reads the records once, then gives them by place; used on the read lane only."""

    def __init__(self, fetch: Callable[[], Sequence[R]], key: Callable[[R], UUID]) -> None:
        self._fetch, self._key = fetch, key
        self._items: tuple[Given[R], ...] = ()

    @contextmanager
    def reading(self) -> Iterator[Source[Given[R]]]:
        yield self

    def open(self) -> Listing:
        self._items = tuple(Given(n, item) for n, item in enumerate(self._fetch()))
        return Listing(len(self._items))

    def whole(self, listing: Listing) -> Listing:
        return listing

    def page(self, listing: Listing, first: int, limit: int) -> Sequence[Given[R]]:
        return self._items[first : first + limit]

    def position(self, listing: Listing, record: UUID) -> int:
        return next((given.n for given in self._items if self._key(given.item) == record), -1)


class GivenModel(RowsModel[Given[R]]):
    """A list whose records are fetched together.

    Args:
        courier: fetches on its read lane.
        key: gives a record's id.
    """

    def __init__(self, courier: Courier, key: Callable[[R], UUID], parent: QObject | None = None) -> None:
        super().__init__(courier, self._id, _place, parent)
        self._id_of = key

    def show(self, fetch: Callable[[], Sequence[R]]) -> None:
        """Show what ``fetch`` gives (blocking); what is shown stays, and stays in its place, until it is here."""
        self.use(_Reading(fetch, self._id_of), is_same=True)

    def _id(self, given: Given[R]) -> UUID:
        return self._id_of(given.item)


def _place(given: Given[R]) -> int:
    return given.n
