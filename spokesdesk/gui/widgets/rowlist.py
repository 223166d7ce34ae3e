"""A list of two-line rows, keyboard first: arrows, Enter, and letters that go to the search field."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from spokesdesk.gui.rows import Placed, RowsModel
from spokesdesk.gui.rowsource import Held
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.rowpaint import ROW_HEIGHT, RowCells, RowPainter

__all__ = ["ROW_HEIGHT", "RowCells", "RowList"]


class RowList(QTableView):
    """Shows a RowsModel; ``cells`` turns a row into words.

    A table of one column: a QListView asks the model about every row at each reload, 0.4 s for 50,000 rows.

    Args:
        theme: colours.
        cells: gives the words of one row.
        chip_left: chips stand in a column at the left instead of at the end of the second line.

    Emits:
        current_changed: the row now selected (a record), None for none.
        opened: the row that was opened by Enter or a double click.
        typed: letters typed on the list, for the search field.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    typed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        cells: Callable[[Any], RowCells],
        name: str,
        parent: QWidget | None = None,
        *,
        chip_left: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._look_like_a_list()
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setItemDelegate(RowPainter(theme, cells, self, chip_left=chip_left))
        self.setMinimumHeight(ROW_HEIGHT)
        self._is_quiet = False
        self._wanted: UUID | None = None
        self._told: UUID | None = None
        self.clicked.connect(self._chosen)
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self._repaint)

    def _look_like_a_list(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)

    def set_rows(self, model: RowsModel[Any]) -> None:
        """Show this model."""
        self.setModel(model)
        model.hold(self._held)
        model.opened.connect(self._opened)
        model.placed.connect(self._placed)
        model.arrived.connect(self._arrived)
        self.selectionModel().currentChanged.connect(self._moved)

    def rows(self) -> RowsModel[Any]:
        """Give the model shown."""
        model = self.model()
        assert isinstance(model, RowsModel)
        return model

    def select(self, record_id: UUID | None) -> None:
        """Select a record, as soon as its row is known; None selects nothing."""
        self._wanted = record_id
        if record_id is None:
            self._told = None
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        elif not self._choose_wanted():
            self.rows().find(record_id)

    def current(self) -> Any:
        """Give the selected row, None when there is none or it is still on the way."""
        return self.rows().row_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def select_first(self) -> None:
        """Select the first row if nothing is selected."""
        if not self.currentIndex().isValid() and self.rows().rowCount():
            self.setCurrentIndex(self.rows().index(0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the focus without choosing a row: Qt makes the first one current, which would open it."""
        self._is_quiet = True
        super().focusInEvent(event)
        self._is_quiet = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters go to the search field; the rest moves."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Rows may have come after the focus: Enter then means the first.
            self.select_first()
            self._open(self.currentIndex())
        elif plain and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self.rows().rowCount() - 1
            self.setCurrentIndex(self.rows().index(0 if event.key() == Qt.Key.Key_Home else last))
        elif plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        row = self.rows().row_at(index.row()) if index.isValid() else None
        if row is not None:
            self.opened.emit(row)

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._is_quiet:
            self._tell(self.rows().row_at(current.row()))

    @Slot(QModelIndex)
    def _chosen(self, index: QModelIndex) -> None:
        """A click on the row that the focus alone made current changes nothing for Qt: it is told here."""
        self._tell(self.rows().row_at(index.row()))

    def _tell(self, row: Any) -> None:
        if row is None:
            return
        key = self.rows().key_of(row)
        self._wanted = key
        if key != self._told:
            self._told = key
            self.current_changed.emit(row)

    def _held(self) -> Held:
        top = self.rowAt(0)
        return Held(max(top, 0), self._wanted)

    @Slot(object)
    def _opened(self, held: Held) -> None:
        """Keep what was seen in its place, or begin another list at its top; the selected record stays selected."""
        self.updateGeometries()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + held.moved * ROW_HEIGHT if held.top else 0)
        if held.wanted_at >= 0:
            self._choose(held.wanted_at, scroll=not held.top)

    @Slot(object)
    def _placed(self, placed: Placed) -> None:
        if placed.record != self._wanted or placed.position < 0:
            return
        row = self.rows().row_at(placed.position)
        if row is None:
            # Its page is on the way: chosen when it is here, for the list may have moved meanwhile.
            self.scrollTo(self.rows().index(placed.position))
        elif self.rows().key_of(row) == placed.record:
            self._choose(placed.position)

    @Slot(object)
    def _arrived(self, _nothing: object) -> None:
        if not self.currentIndex().isValid() and self._wanted is not None:
            self._choose_wanted()
        elif self.currentIndex().isValid():
            self._tell(self.rows().row_at(self.currentIndex().row()))

    def _choose_wanted(self) -> bool:
        position = self.rows().position_of(self._wanted) if self._wanted is not None else -1
        if position >= 0:
            self._choose(position)
        return position >= 0

    def _choose(self, position: int, *, scroll: bool = True) -> None:
        self._told = self._told if self._told == self._wanted else None
        self.setAutoScroll(scroll)
        self.setCurrentIndex(self.rows().index(position))
        self.setAutoScroll(True)

    @Slot(object)
    def _repaint(self, _tokens: object) -> None:
        self.viewport().update()
