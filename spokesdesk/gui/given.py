"""Lists that are read whole: a few hundred records at most, shown with the same rows as the long ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject

from spokesdesk.gui.courier import Courier
from spokesdesk.gui.rows import RowsModel

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Given(Generic[R]):
    """A record and its place in the list."""

    n: int
    item: R


class _Reading(Generic[R]):
    """Reads the records once, then gives them by place; used on the read lane only."""

    def __init__(self, fetch: Callable[[], Sequence[R]]) -> None:
        self._fetch = fetch
        self._items: tuple[Given[R], ...] = ()

    def numbers(self) -> Sequence[int]:
        self._items = tuple(Given(n, item) for n, item in enumerate(self._fetch()))
        return range(len(self._items))

    def rows(self, numbers: Sequence[int]) -> Sequence[Given[R]]:
        return [self._items[n] for n in numbers if n < len(self._items)]


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
        """Show what ``fetch`` gives (blocking); what is shown stays until it is here."""
        reading = _Reading(fetch)
        self.load(reading.numbers, reading.rows)

    def _id(self, given: Given[R]) -> UUID:
        return self._id_of(given.item)

    def _take_numbers(self, generation: int, numbers: Sequence[int]) -> None:
        # A place says nothing about which record stands there now.
        if generation == self._generation:
            self._rows.clear()
        super()._take_numbers(generation, numbers)


def _place(given: Given[R]) -> int:
    return given.n
