"""Windowed lists: numbers first, rows by page off the GUI thread, late answers to old questions dropped.

``data()`` gives the cached row or None and asks for its page once; a ``Change`` refreshes by id.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.gui.courier import Courier

R = TypeVar("R")
PAGE = 100
KEPT = 4_000
ROW_ROLE = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractListModel, Generic[R]):
    """A list of records known first by number.

    Args:
        courier: fetches on its read lane.
        key: gives a row's record id.
        number: gives a row's number.

    Emits:
        loaded: int, rows in the list after ``load`` or a refresh; selection is to be set again by id.
        arrived: None, a page of rows came.
        failed: DeskError, the list could not be read.
    """

    loaded = Signal(object)
    arrived = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        courier: Courier,
        key: Callable[[R], UUID],
        number: Callable[[R], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._courier, self._key, self._number = courier, key, number
        self._numbers: tuple[int, ...] = ()
        self._rows: OrderedDict[int, R] = OrderedDict()
        self._asked: set[int] = set()
        self._generation = 0
        self._fetch_numbers: Callable[[], Sequence[int]] | None = None
        self._fetch_rows: Callable[[Sequence[int]], Sequence[R]] | None = None

    def load(
        self, numbers: Callable[[], Sequence[int]], rows: Callable[[Sequence[int]], Sequence[R]]
    ) -> None:
        """Show another list; the old one stays until the new numbers are here.

        Args:
            numbers: blocking, gives the numbers in the order they are shown.
            rows: blocking, gives the rows of some numbers, in any order.
        """
        self._fetch_numbers, self._fetch_rows = numbers, rows
        self._generation += 1
        self._courier.run(
            numbers,
            owner=self,
            ok=partial(self._take_numbers, self._generation),
            fail=partial(self._not_read, self._generation),
            lane="read",
        )

    def reload(self) -> None:
        """Ask again for the numbers of the same list; every row is read anew."""
        self._rows.clear()
        if self._fetch_numbers is not None and self._fetch_rows is not None:
            self.load(self._fetch_numbers, self._fetch_rows)

    def refresh(self, changes: Changes, kinds: Sequence[str]) -> bool:
        """Bring the list up to date when something of these kinds was written; tells whether it was."""
        touched = [change.id for change in changes if change.kind in kinds]
        if not touched:
            return False
        if None in touched:
            self._rows.clear()
        else:
            for number in [n for n, row in self._rows.items() if self._key(row) in touched]:
                del self._rows[number]
        if self._fetch_numbers is not None and self._fetch_rows is not None:
            self.load(self._fetch_numbers, self._fetch_rows)
        return True

    def clear(self) -> None:
        """Show nothing, e.g. when the desk is locked."""
        self._generation += 1
        self._fetch_numbers = self._fetch_rows = None
        self._rows.clear()
        self._take_numbers(self._generation, ())

    def row_at(self, position: int) -> R | None:
        """Give a row, None while its page is on the way (which is then asked for)."""
        if not 0 <= position < len(self._numbers):
            return None
        number = self._numbers[position]
        row = self._rows.get(number)
        if row is None:
            self._ask(position // PAGE)
            return None
        self._rows.move_to_end(number)
        return row

    def position_of(self, record_id: UUID) -> int:
        """Give where a record that has been read is in the list, -1 when it is not known."""
        for number, row in self._rows.items():
            if self._key(row) == record_id:
                try:
                    return self._numbers.index(number)
                except ValueError:
                    return -1
        return -1

    def key_of(self, row: R) -> UUID:
        """Give a row's record id."""
        return self._key(row)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Give the length of the list; rows have no children."""
        return 0 if parent.isValid() else len(self._numbers)

    def data(self, index: AnyIndex, role: int = ROW_ROLE) -> Any:
        """Give the row itself for ROW_ROLE; words for people who listen are added by RowList's delegate."""
        return self.row_at(index.row()) if role == ROW_ROLE else None

    def _take_numbers(self, generation: int, numbers: Sequence[int]) -> None:
        if generation != self._generation:
            return
        self.beginResetModel()
        self._numbers = tuple(numbers)
        self._asked.clear()
        self.endResetModel()
        self.loaded.emit(len(self._numbers))

    def _ask(self, page: int) -> None:
        if page in self._asked or self._fetch_rows is None:
            return
        self._asked.add(page)
        numbers = self._numbers[page * PAGE : (page + 1) * PAGE]
        self._courier.run(
            partial(self._fetch_rows, numbers),
            owner=self,
            ok=partial(self._take_rows, self._generation, page),
            fail=partial(self._not_read, self._generation),
            lane="read",
        )

    def _take_rows(self, generation: int, page: int, rows: Sequence[R]) -> None:
        if generation != self._generation:
            return
        for row in rows:
            self._rows[self._number(row)] = row
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)
        # Forgotten, so that a page dropped from the cache can be asked for again.
        self._asked.discard(page)
        last = min((page + 1) * PAGE, len(self._numbers)) - 1
        missing = not rows and last >= page * PAGE
        if missing:
            self._asked.add(page)
        self.dataChanged.emit(self.index(page * PAGE), self.index(last))
        self.arrived.emit(None)

    def _not_read(self, generation: int, error: DeskError) -> None:
        if generation == self._generation:
            self.failed.emit(error)
