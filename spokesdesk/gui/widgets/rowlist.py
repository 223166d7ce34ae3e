"""A list of two-line rows, keyboard first: arrows, Enter, and letters that go to the search field."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from spokesdesk.gui.rows import ROW_ROLE, Placed, RowsModel
from spokesdesk.gui.rowsource import Held
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.tokens import TONES
from spokesdesk.gui.widgets.basic import CHIP_WIDTH

ROW_HEIGHT = 58
PAD = 14
CHIP_HEIGHT = 20


@dataclass(frozen=True, slots=True)
class RowCells:
    """What a row shows: ``title`` (600) · ``note`` (muted), ``right`` at the end; below: detail, chip.

    Attributes:
        detail: second line: where it stands, or what it is about.
        chip: short state; "" for none.
        tone: of the chip: red, amber, green, teal, neutral.
        quiet: the second line is muted (where it stands) rather than plain (what it is about).
    """

    title: str
    note: str = ""
    right: str = ""
    detail: str = ""
    chip: str = ""
    tone: str = "neutral"
    quiet: bool = False


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
        self.setItemDelegate(_RowPainter(theme, cells, self, chip_left=chip_left))
        self.setMinimumHeight(ROW_HEIGHT)
        self._is_quiet = False
        self._wanted: UUID | None = None
        self._told: UUID | None = None
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


class _RowPainter(QStyledItemDelegate):
    def __init__(
        self, theme: Theme, cells: Callable[[Any], RowCells], parent: QWidget, *, chip_left: bool
    ) -> None:
        super().__init__(parent)
        self._theme, self._cells, self._chip_left = theme, cells, chip_left
        self._strong, self._plain = theme.font(13, 600), theme.font(13)
        self._small, self._chip = theme.font(12), theme.font(12, 500)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, ROW_HEIGHT)

    def displayText(self, value: Any, locale: Any) -> str:
        return "" if value is None else str(value)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        rect = option.rect  # type: ignore[attr-defined]
        self._ground(painter, option, rect)
        row = index.data(ROW_ROLE)
        box = rect.adjusted(PAD, 0, -PAD, 0)
        if row is None:
            self._waiting(painter, box)
        else:
            self._words(painter, self._cells(row), box)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
        state = option.state  # type: ignore[attr-defined]
        theme = self._theme
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("tint"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _waiting(self, painter: QPainter, box: QRect) -> None:
        color = self._theme.color("neutral_tint")
        painter.fillRect(QRect(box.left(), box.top() + 15, box.width() // 3, 9), color)
        painter.fillRect(QRect(box.left(), box.top() + 36, box.width() // 2, 9), color)

    def _words(self, painter: QPainter, cells: RowCells, box: QRect) -> None:
        first = QRect(box.left(), box.top() + 7, box.width(), 22)
        second = QRect(box.left(), box.top() + 29, box.width(), 22)
        if cells.chip and self._chip_left:
            chip = QRect(box.left(), box.center().y() - CHIP_HEIGHT // 2, CHIP_WIDTH, CHIP_HEIGHT)
            self._paint_chip(painter, cells, chip)
            first.setLeft(chip.right() + 12)
            second.setLeft(chip.right() + 12)
        elif cells.chip:
            painter.setFont(self._chip)
            width = painter.fontMetrics().horizontalAdvance(cells.chip) + 20
            chip = QRect(box.right() - width + 1, second.top() + 1, width, CHIP_HEIGHT)
            self._paint_chip(painter, cells, chip)
            second.setRight(chip.left() - 10)
        if cells.right:
            width = self._text(painter, cells.right, first, "muted", self._small, end=True)
            first.setRight(first.right() - width - 10)
        used = self._text(painter, cells.title, first, "text", self._strong)
        if cells.note:
            first.setLeft(first.left() + used + 8)
            self._text(painter, f"· {cells.note}", first, "muted", self._plain)
        quiet = cells.quiet
        self._text(
            painter, cells.detail, second, "muted" if quiet else "text", self._small if quiet else self._plain
        )

    def _text(
        self, painter: QPainter, text: str, box: QRect, token: str, font: Any, *, end: bool = False
    ) -> int:
        if box.width() < 12:
            return 0
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        side = Qt.AlignmentFlag.AlignRight if end else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
        return metrics.horizontalAdvance(shown)

    def _paint_chip(self, painter: QPainter, cells: RowCells, box: QRect) -> None:
        text, ground = TONES[cells.tone]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(ground))
        painter.drawRoundedRect(box, CHIP_HEIGHT / 2, CHIP_HEIGHT / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(self._theme.color(text))
        painter.setFont(self._chip)
        shown = painter.fontMetrics().elidedText(cells.chip, Qt.TextElideMode.ElideRight, box.width() - 12)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine), shown)
