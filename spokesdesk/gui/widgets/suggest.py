"""A line edit that offers names while typing: popup only, never inline; the cursor stays in the field.

The popup is a child of the same window and takes no focus, so Vietnamese typing tools of both kinds keep
working (an item view with a focus of its own would switch the input method off).
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import ngettext
from spokesdesk.domain.text import fold
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.fields import LineEdit
from spokesdesk.gui.widgets.offered import Offered, OfferedList, OfferPainter
from spokesdesk.services.ports import Suggestion

PAUSE_MS = 150
SHOWN = 8
ROW_HEIGHT = 32

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
        self._popup: OfferedList | None = None
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
        self._by_hand = False
        self._show(
            [
                Offered(
                    name.name, "", name.hint, name, f"{name.name}, {name.hint}" if name.hint else name.name
                )
                for name in names[:SHOWN]
            ]
        )

    def _show(self, rows: Sequence[Offered]) -> None:
        popup, count = self._made_popup(), len(rows)
        popup.offer(rows)
        popup.setGeometry(self._place(count * ROW_HEIGHT + 2))
        popup.show()
        popup.raise_()
        # An item view that is shown switches the input method off where it can: on again.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.setAccessibleDescription(ngettext("{n} gợi ý", "{n} gợi ý", count).format(n=count))

    def _made_popup(self) -> OfferedList:
        if self._popup is None or self._popup.parent() is not self.window():
            popup = OfferedList(_NamePainter, self._theme, self.window())
            popup.setProperty("popup", True)
            popup.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
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
            self._popup.step(by)
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
        if self._popup is not None:
            self.take(self._popup.value_at(index))

    def _take_current(self) -> None:
        name = self._current()
        if name is not None:
            self.take(name)

    def _current(self) -> Suggestion | None:
        name = self._popup.current() if self._popup is not None else None
        return name if isinstance(name, Suggestion) else None

    def _hide(self) -> None:
        self._pause.stop()
        if self._popup is not None:
            self._popup.hide()
        self.setAccessibleDescription("")


class _NamePainter(OfferPainter):
    """Draws a name, and what tells it from others where there is room for it."""

    height, beside, weight = ROW_HEIGHT, 10, 400

    def draw(self, painter: QPainter, row: Offered, box: QRect) -> None:
        """Write the name and its hint on one line."""
        used = self.write(painter, row.title, box, "text", self._plain)
        room = box.adjusted(used + 12, 0, 0, 0)
        if row.right and room.width() > 24:
            self.write(painter, row.right, room, "muted", self._small, Qt.AlignmentFlag.AlignRight)
