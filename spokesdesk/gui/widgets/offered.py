"""What is found for a text, listed below its field: chosen with keys, while the cursor stays in the field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from spokesdesk.gui.theme import Theme

ROW_HEIGHT = 46
_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Offered:
    """A row.

    Attributes:
        detail: below the title.
        right: what stands at the right.
        value: what is taken with it.
        said: what a screen reader says.
    """

    title: str
    detail: str
    right: str
    value: Any
    said: str


class OfferPainter(QStyledItemDelegate):
    """Draws a row: title, detail below it, what stands at the right."""

    height, beside, weight = ROW_HEIGHT, 12, 500

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plain, self._small = theme.font(13, self.weight), theme.font(12)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Give the height of a row."""
        return QSize(80, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        painter.save()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("tint"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("hover"))
        self.draw(painter, index.data(_ROLE), rect.adjusted(self.beside, 0, -self.beside, 0))
        painter.restore()

    def draw(self, painter: QPainter, row: Offered, box: QRect) -> None:
        """Write the words of a row."""
        used = self.write(painter, row.right, box, "muted", self._small, Qt.AlignmentFlag.AlignRight)
        box.setRight(box.right() - used - 12)
        if row.detail:
            upper = QRect(box.left(), box.top() + 3, box.width(), 22)
            lower = QRect(box.left(), box.top() + 22, box.width(), 20)
            self.write(painter, row.title, upper, "text", self._plain)
            self.write(painter, row.detail, lower, "muted", self._small)
        else:
            self.write(painter, row.title, box, "text", self._plain)

    def write(
        self,
        painter: QPainter,
        text: str,
        box: QRect,
        token: str,
        font: QFont,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> int:
        """Write one line, cut where the box ends; gives its width."""
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
        return painter.fontMetrics().horizontalAdvance(shown)


class OfferedList(QListView):
    """The rows; it takes no focus."""

    def __init__(self, painter: type[OfferPainter], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(painter(theme, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def offer(self, rows: Sequence[Offered]) -> None:
        """List these rows; the first one is chosen."""
        self._rows.clear()
        for row in rows:
            item = QStandardItem(row.title)
            item.setData(row, _ROLE)
            item.setAccessibleText(row.said)
            self._rows.appendRow(item)
        if rows:
            self.setCurrentIndex(self._rows.index(0, 0))

    def values(self) -> list[Any]:
        """Give what can be taken now."""
        return [self._rows.item(at).data(_ROLE).value for at in range(self._rows.rowCount())]

    def current(self) -> Any:
        """Give what is chosen, None when nothing is."""
        return self.value_at(self.currentIndex())

    def value_at(self, index: QModelIndex) -> Any:
        """Give what is taken with a row, None where there is none."""
        row = index.data(_ROLE)
        return row.value if isinstance(row, Offered) else None

    def step(self, by: int) -> None:
        """Choose the row so many below; after the last comes the first."""
        row = (self.currentIndex().row() + by) % max(self._rows.rowCount(), 1)
        self.setCurrentIndex(self._rows.index(row, 0))
