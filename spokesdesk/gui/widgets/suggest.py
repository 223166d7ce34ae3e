"""A line edit that offers names while typing: popup only, never inline; the cursor stays in the field.

The popup is a child of the same window and takes no focus, so Vietnamese typing tools of both kinds keep
working (an item view with a focus of its own would switch the input method off).
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import ngettext
from spokesdesk.domain.text import fold
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.fields import LineEdit
from spokesdesk.services.ports import Suggestion

PAUSE_MS = 150
SHOWN = 8
ITEM_HEIGHT = 32
_ROLE = Qt.ItemDataRole.UserRole

Fetch = Callable[[str], Sequence[Suggestion]]


class Suggest(LineEdit):
    """A name that is known already, or a new one.

    Args:
        courier: asks for names on the read lane.
        theme: colours of the popup.
        fetch: blocking, gives names for what was typed (without accents too); None offers nothing yet.

    Emits:
        chosen: the ``Suggestion`` taken from the popup.
    """

    chosen = Signal(object)

    def __init__(
        self,
        courier: Courier,
        theme: Theme,
        fetch: Fetch | None = None,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder, parent)
        self._courier, self._theme, self._fetch = courier, theme, fetch
        self._taken: Suggestion | None = None
        self._asked = 0
        self._by_hand = False
        self._names = QStandardItemModel(self)
        self._popup: QListView | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._edited)

    def fetch_with(self, fetch: Fetch | None) -> None:
        """Change where names come from."""
        self._fetch = fetch

    def suggestion(self) -> Suggestion | None:
        """Give the known name that was taken, while the text still is that name."""
        return self._taken if self._taken is not None and self._taken.name == self.text() else None

    def take(self, suggestion: Suggestion) -> None:
        """Put a known name into the field."""
        self._taken = suggestion
        self._asked += 1
        self._pause.stop()
        self.setText(suggestion.name)
        self._hide()
        self.chosen.emit(suggestion)

    @property
    def is_offering(self) -> bool:
        """Whether the popup is open."""
        return self._popup is not None and self._popup.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the popup, Enter and Tab take a name, Esc closes it; everything else is typing."""
        if self.is_offering and self._popup_key(event):
            event.accept()
            return
        if event.key() == Qt.Key.Key_Down and not self.is_offering:
            self._ask()
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Take the offered name before Tab goes on."""
        if self.is_offering and forward:
            self._take_by_tab()
        self._hide()
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the popup."""
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._hide()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Close the popup with the page."""
        self._hide()
        super().hideEvent(event)

    @Slot(str)
    def _edited(self, _text: str) -> None:
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        self._asked += 1
        words = self.text().strip()
        if self._fetch is None or not self.hasFocus():
            self._hide()
            return
        self._courier.run(
            partial(self._fetch, words),
            owner=self,
            ok=partial(self._offer, self._asked),
            fail=self._nothing,
            lane="read",
        )

    def _nothing(self, _error: DeskError) -> None:
        self._hide()

    def _offer(self, asked: int, names: Sequence[Suggestion]) -> None:
        if asked != self._asked:
            return
        same = len(names) == 1 and self._taken == names[0] and names[0].name == self.text()
        if not names or same or not self.hasFocus():
            self._hide()
            return
        self._names.clear()
        for name in names[:SHOWN]:
            item = QStandardItem(name.name)
            item.setData(name, _ROLE)
            item.setAccessibleText(f"{name.name}, {name.hint}" if name.hint else name.name)
            self._names.appendRow(item)
        self._by_hand = False
        self._show(len(names[:SHOWN]))

    def _show(self, count: int) -> None:
        popup = self._made_popup()
        popup.setCurrentIndex(self._names.index(0, 0))
        popup.setGeometry(self._place(count * ITEM_HEIGHT + 2))
        popup.show()
        popup.raise_()
        # An item view that is shown switches the input method off where it can: on again.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.setAccessibleDescription(ngettext("{n} gợi ý", "{n} gợi ý", count).format(n=count))

    def _made_popup(self) -> QListView:
        if self._popup is None or self._popup.parent() is not self.window():
            popup = QListView(self.window())
            popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            popup.setProperty("popup", True)
            popup.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
            popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            popup.setUniformItemSizes(True)
            popup.setMouseTracking(True)
            popup.setModel(self._names)
            # The names go with the popup: a field that is taken out of a form would leave it without any.
            self._names.setParent(popup)
            popup.setItemDelegate(_NamePainter(self._theme, popup))
            popup.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
            popup.setAccessibleName(self.accessibleName())
            popup.clicked.connect(self._clicked)
            self.destroyed.connect(popup.deleteLater)
            self._popup = popup
        return self._popup

    def _place(self, height: int) -> QRect:
        window = self.window()
        below = self.mapTo(window, QPoint(0, self.height() + 2))
        if below.y() + height > window.height():
            above = self.mapTo(window, QPoint(0, -2)).y() - height
            if above >= 0:
                return QRect(below.x(), above, self.width(), height)
        return QRect(below.x(), below.y(), self.width(), min(height, window.height() - below.y()))

    def _popup_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_current()
        elif key == Qt.Key.Key_Escape:
            self._hide()
        else:
            return False
        return True

    def _move(self, by: int) -> None:
        if self._popup is not None:
            row = (self._popup.currentIndex().row() + by) % max(self._names.rowCount(), 1)
            self._popup.setCurrentIndex(self._names.index(row, 0))
            self._by_hand = True

    def _take_by_tab(self) -> None:
        """Tab takes a name that was looked for; a name written out with its accents is kept as typed."""
        typed = self.text().strip()
        name = self._current()
        if name is None or not typed:
            return
        if self._by_hand or typed.isascii() or fold(name.name) == fold(typed):
            self.take(name)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        name = index.data(_ROLE)
        if isinstance(name, Suggestion):
            self.take(name)

    def _take_current(self) -> None:
        name = self._current()
        if name is not None:
            self.take(name)

    def _current(self) -> Suggestion | None:
        name = self._popup.currentIndex().data(_ROLE) if self._popup is not None else None
        return name if isinstance(name, Suggestion) else None

    def _hide(self) -> None:
        self._pause.stop()
        if self._popup is not None:
            self._popup.hide()
        self.setAccessibleDescription("")


class _NamePainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plain, self._small = theme.font(13), theme.font(12)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, ITEM_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("tint"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("hover"))
        name = index.data(_ROLE)
        box = rect.adjusted(10, 0, -10, 0)
        centre = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setFont(self._plain)
        painter.setPen(self._theme.color("text"))
        shown = painter.fontMetrics().elidedText(name.name, Qt.TextElideMode.ElideRight, box.width())
        used = painter.fontMetrics().horizontalAdvance(shown)
        painter.drawText(box, int(centre | Qt.AlignmentFlag.AlignLeft), shown)
        painter.setFont(self._small)
        painter.setPen(self._theme.color("muted"))
        room = box.adjusted(used + 12, 0, 0, 0)
        if name.hint and room.width() > 24:
            hint = painter.fontMetrics().elidedText(name.hint, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(centre | Qt.AlignmentFlag.AlignRight), hint)
        painter.restore()
