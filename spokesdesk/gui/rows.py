"""Windowed lists: the length first, rows by page off the GUI thread, late answers to old questions dropped.

``row_at`` gives a row whose page is here, or None and asks for its page; what is looked at now is read first, and
pages nobody looks at any more are not read. A list of a million rows costs no more than one of a thousand.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.gui.courier import Courier, Job
from spokesdesk.gui.rowsource import PAGE, Held, Numbered, Opened, Wants, opened
from spokesdesk.services.ports.paging import Listing, Source

R = TypeVar("R")
KEPT = 3_000
BEGINNING = 1_000
AFTER_PAINT_MS = 40
"""A view is told of the beginning alone before its first paint: making room for a million rows takes it some ms."""
QUEUE = 4
AHEAD = PAGE // 4
ROW_ROLE = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a record is in the list, -1 when it is not in it."""

    record: UUID
    position: int


class RowsModel(QAbstractListModel, Generic[R]):
    """A list of records known first by its length.

    Args:
        courier: fetches on its read lane.
        key: gives a row's record id.
        number: gives a row's number.

    Emits:
        opened: Held, another list, or the same one read again, is here: what was held, at its new places.
        loaded: int, rows in the list after ``opened``, and again when all of a long search has been counted.
        arrived: None, a page of rows came.
        placed: Placed, the answer to ``find``.
        failed: DeskError, the list could not be read.
    """

    opened = Signal(object)
    loaded = Signal(object)
    arrived = Signal(object)
    placed = Signal(object)
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
        self._hold: Callable[[], Held] = Held
        self._source: Source[R] | None = None
        self._shown: Source[R] | None = None
        self._listing = Listing(0, numbers=())
        self._told = 0
        self._pages: OrderedDict[int, tuple[R, ...]] = OrderedDict()
        self._queue: list[int] = []
        self._missed: set[int] = set()
        self._lost: set[int] = set()
        self._flying: int | None = None
        self._loading: Job | None = None
        self._reading: Job | None = None
        self._generation = 0

    def hold(self, held: Callable[[], Held]) -> None:
        """Let a view say what is to stay in its place when the list is read again."""
        self._hold = held

    def load(
        self, numbers: Callable[[], Sequence[int]], rows: Callable[[Sequence[int]], Sequence[R]]
    ) -> None:
        """Show another short list; the old one stays until the new one is here.

        Args:
            numbers: blocking, gives the numbers in the order they are shown.
            rows: blocking, gives the rows of some numbers, in any order.
        """
        self.use(Numbered(numbers, rows, self._key, self._number))

    def use(self, source: Source[R], *, is_same: bool = False) -> None:
        """Show another list, of any length; the old one stays until the new one is here.

        Args:
            source: reads it.
            is_same: what is shown of it stays in its place; else it is shown from its beginning.
        """
        self._source = source
        held = self._hold()
        self._open(held if is_same else Held(wanted=held.wanted))

    def reload(self) -> None:
        """Read the same list anew; what is looked at stays in its place."""
        if self._source is not None:
            self._open(self._hold())

    def refresh(self, changes: Changes, kinds: Sequence[str]) -> bool:
        """Bring the list up to date when something of these kinds was written; tells whether it was."""
        touched = any(change.kind in kinds for change in changes)
        if touched:
            self.reload()
        return touched

    def clear(self) -> None:
        """Show nothing, e.g. when the desk is locked."""
        self._generation += 1
        self._source = None
        self._drop(self._loading)
        self._take(self._generation, None, Opened(Listing(0, numbers=()), {}, Held()))

    def find(self, record_id: UUID) -> None:
        """Ask where a record is; ``placed`` tells."""
        if self._shown is None:
            return
        self._courier.run(
            partial(self._shown.position, self._listing, record_id),
            owner=self,
            ok=partial(self._take_place, self._listing, record_id),
            fail=partial(self._not_read, self._generation),
            lane="read",
        )

    @property
    def is_whole(self) -> bool:
        """Whether the length of the list is known, and not only its beginning."""
        return self._listing.is_whole

    def row_at(self, position: int) -> R | None:
        """Give a row, None while its page is on the way (which is then asked for)."""
        if not 0 <= position < self._listing.count:
            return None
        page, at = divmod(position, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._missed.add(page)
            self._ask(page)
            return None
        self._pages.move_to_end(page)
        if at < AHEAD or at >= PAGE - AHEAD:
            self._ask_ahead(page - 1 if at < AHEAD else page + 1)
        return rows[at] if at < len(rows) else None

    def position_of(self, record_id: UUID) -> int:
        """Give where a record that has been read is in the list, -1 when it is not known (see ``find``)."""
        for page, rows in self._pages.items():
            for at, row in enumerate(rows):
                if self._key(row) == record_id:
                    return page * PAGE + at
        return -1

    def key_of(self, row: R) -> UUID:
        """Give a row's record id."""
        return self._key(row)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Give the length of the list; rows have no children."""
        return 0 if parent.isValid() else self._told

    def data(self, index: AnyIndex, role: int = ROW_ROLE) -> Any:
        """Give the row itself for ROW_ROLE; words for people who listen are added by RowList's delegate."""
        return self.row_at(index.row()) if role == ROW_ROLE else None

    def _open(self, held: Held) -> None:
        assert self._source is not None
        self._generation += 1
        self._drop(self._loading)
        self._loading = self._courier.run(
            partial(opened, self._source, Wants(held, self._id_at(held.top))),
            owner=self,
            ok=partial(self._take, self._generation, self._source),
            fail=partial(self._not_read, self._generation),
            lane="read",
        )

    def _id_at(self, position: int) -> UUID | None:
        page, at = divmod(position, PAGE)
        rows = self._pages.get(page, ())
        return self._key(rows[at]) if position and at < len(rows) else None

    def _take(self, generation: int, source: Source[R] | None, found: Opened[R]) -> None:
        if generation != self._generation:
            return
        self._drop(self._reading)
        for kept in (self._queue, self._missed, self._lost):
            kept.clear()
        self._flying = self._loading = self._reading = None
        self.beginResetModel()
        self._shown, self._listing = source, found.listing
        self._pages = OrderedDict(found.pages)
        self._told = self._told_at_first(found)
        self.endResetModel()
        self.opened.emit(found.held)
        self.loaded.emit(found.listing.count)
        QTimer.singleShot(AFTER_PAINT_MS, self, self._tell_all)
        if source is not None and not found.listing.is_whole:
            self._loading = self._courier.run(
                partial(source.whole, found.listing),
                owner=self,
                ok=partial(self._take_whole, found.listing),
                fail=partial(self._not_read, generation),
                lane="read",
            )

    def _told_at_first(self, found: Opened[R]) -> int:
        count, held = found.listing.count, found.held
        stays = self._told > BEGINNING or held.top or held.wanted_at >= BEGINNING
        return count if stays else min(count, BEGINNING)

    @Slot()
    def _tell_all(self) -> None:
        if self._told < self._listing.count:
            self.beginInsertRows(QModelIndex(), self._told, self._listing.count - 1)
            self._told = self._listing.count
            self.endInsertRows()

    def _take_whole(self, before: Listing, whole: Listing) -> None:
        if before is not self._listing:
            return
        if whole.count < before.count:
            self.reload()
            return
        self._listing = whole
        self._tell_all()
        self.loaded.emit(whole.count)

    def _ask_ahead(self, page: int) -> None:
        if page >= 0 and page not in self._pages and page * PAGE < self._listing.count:
            self._ask(page, is_ahead=True)

    def _ask(self, page: int, *, is_ahead: bool = False) -> None:
        if page == self._flying or page in self._queue or page in self._lost:
            return
        self._queue.insert(len(self._queue) if is_ahead else 0, page)
        self._missed.difference_update(self._queue[QUEUE:])
        del self._queue[QUEUE:]
        self._read_next()

    def _read_next(self) -> None:
        if self._flying is not None or not self._queue or self._shown is None:
            return
        page = self._flying = self._queue.pop(0)
        self._reading = self._courier.run(
            partial(self._shown.page, self._listing, page * PAGE, PAGE),
            owner=self,
            ok=partial(self._take_page, self._listing, page),
            fail=partial(self._page_not_read, self._listing, page),
            lane="read",
        )

    def _take_page(self, listing: Listing, page: int, rows: Sequence[R]) -> None:
        if page != self._flying or not self._is_shown(listing):
            return
        self._flying = None
        self._pages[page] = tuple(rows)
        while len(self._pages) * PAGE > KEPT:
            self._pages.popitem(last=False)
        if not rows:
            self._lost.add(page)
        self._read_next()
        if page in self._missed:
            # A page read ahead is not seen yet: telling of it would paint the whole view for nothing.
            self._missed.discard(page)
            last = min((page + 1) * PAGE, self._told) - 1
            self.dataChanged.emit(self.index(page * PAGE), self.index(last))
        self.arrived.emit(None)

    def _is_shown(self, listing: Listing) -> bool:
        """Tell whether rows read by a listing belong to what is shown: its beginning is the same when it grows."""
        return listing is self._listing or (self._listing.is_whole and not listing.is_whole)

    def _page_not_read(self, listing: Listing, page: int, error: DeskError) -> None:
        if page == self._flying and self._is_shown(listing):
            self._flying = None
            self._lost.add(page)
            self._read_next()
            self.failed.emit(error)

    def _take_place(self, listing: Listing, record_id: UUID, position: int) -> None:
        if self._is_shown(listing):
            self._tell_all()
            self.placed.emit(Placed(record_id, position))

    def _not_read(self, generation: int, error: DeskError) -> None:
        if generation == self._generation:
            self.failed.emit(error)

    def _drop(self, job: Job | None) -> None:
        if job is not None:
            job.cancel()
