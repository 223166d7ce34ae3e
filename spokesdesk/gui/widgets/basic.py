"""Cards, chips, buttons, labels and the head of a page."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from spokesdesk.gui.theme import ICON_SIZE, Theme
from spokesdesk.gui.widgets.labels import CHIP_WIDTH, Chip, ElidedLabel, label, restyle

__all__ = [
    "CHIP_WIDTH",
    "Button",
    "Card",
    "Chip",
    "ElidedLabel",
    "IconButton",
    "IconLabel",
    "LinkButton",
    "PageHeader",
    "PrimaryButton",
    "clear_layout",
    "label",
    "line",
    "restyle",
]


class Card(QFrame):
    """A white card with a title line; put content into ``body`` (16 px padding).

    Args:
        title: card title, "" for none.
        note: muted text at the right of the title.
    """

    def __init__(self, title: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 14)
        self.body.setSpacing(8)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self._title = label(title, "card", self)
        self._note = label(note, "muted", self)
        self.head.addWidget(self._title)
        self.head.addStretch(1)
        self.head.addWidget(self._note)
        self.body.addLayout(self.head)
        self._title.setVisible(bool(title))
        self.set_note(note)
        self.setAccessibleName(title)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """Change the muted text at the right of the title."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below the others."""
        self.body.addWidget(widget, stretch)


class Button(QPushButton):
    """A button with a word and, when it has one, its shortcut shown beside the word and bound to it.

    Args:
        text: the word.
        run: bound method called on click.
        shortcut: e.g. "Ctrl+S"; shown and active while the button is visible and enabled.
        bind: False only shows the shortcut (the window binds it).
    """

    def __init__(
        self,
        text: str,
        run: Callable[[], object] | None = None,
        shortcut: str = "",
        parent: QWidget | None = None,
        *,
        bind: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self._run = run
        self._shortcut = shortcut
        self._bind = bind
        self.set_text(text)
        self.clicked.connect(self._clicked)

    def set_text(self, text: str) -> None:
        """Change the word; the shortcut stays."""
        shown = text.replace("&", "&&")
        self.setText(f"{shown}   {self._shortcut}" if self._shortcut else shown)
        self.setAccessibleName(text)
        if self._shortcut and self._bind:
            self.setShortcut(QKeySequence(self._shortcut))

    def set_run(self, run: Callable[[], object] | None) -> None:
        """Change what a click does."""
        self._run = run

    @Slot()
    def _clicked(self) -> None:
        if self._run is not None:
            self._run()


class PrimaryButton(Button):
    """The one main action of a page."""

    def __init__(
        self,
        text: str,
        run: Callable[[], object] | None = None,
        shortcut: str = "",
        parent: QWidget | None = None,
        *,
        bind: bool = True,
    ) -> None:
        super().__init__(text, run, shortcut, parent, bind=bind)
        self.setProperty("primary", True)


class LinkButton(Button):
    """A quiet action in the accent colour, without a frame."""

    def __init__(
        self, text: str, run: Callable[[], object] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, run, "", parent)
        self.setProperty("link", True)


class IconButton(QToolButton):
    """A small action shown by its icon; the word is its tool tip and its accessible name."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        text: str,
        run: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._run = theme, icon, run
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._clicked)
        theme.changed.connect(self._tint)
        self._tint(None)

    @Slot(object)
    def _tint(self, _tokens: object) -> None:
        self.setIcon(self._theme.icon(self._icon))

    @Slot()
    def _clicked(self) -> None:
        if self._run is not None:
            self._run()


class IconLabel(QLabel):
    """An icon that follows the palette; decorative, so it has no accessible name."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        token: str = "muted",
        size: int = ICON_SIZE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._token, self._size = theme, icon, token, size
        self.setFixedSize(size, size)
        theme.changed.connect(self._tint)
        self._tint(None)

    @Slot(object)
    def _tint(self, _tokens: object) -> None:
        self.setPixmap(self._theme.pixmap(self._icon, self._token, self._size))


class PageHeader(QWidget):
    """Title and muted subtitle of a page, its actions at the top right; the primary one last."""

    def __init__(
        self, title: str, subtitle: str = "", parent: QWidget | None = None, *, below: bool = False
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        vertical, flat = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        words = QBoxLayout(vertical if below else flat)
        words.setSpacing(0 if below else 10)
        self._title = ElidedLabel(title, "page", self)
        self._subtitle = ElidedLabel(subtitle, "muted", self)
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        words.addWidget(self._title)
        words.addWidget(self._subtitle, 0 if below else 1)
        row.addLayout(words, 1)
        self._row = row
        self.setMinimumHeight(36)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Change both lines."""
        self._title.set_text(title)
        self._subtitle.set_text(subtitle)
        self._title.updateGeometry()

    def add_button(self, button: QWidget) -> None:
        """Put an action right of the others."""
        self._row.addWidget(button)


def line(parent: QWidget | None = None) -> QFrame:
    """Give a one-pixel line across."""
    made = QFrame(parent)
    made.setProperty("line", True)
    made.setFixedHeight(1)
    return made


def clear_layout(layout: QBoxLayout) -> None:
    """Remove and delete every widget of a layout, for a list that is built anew."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        inner = item.layout()
        if isinstance(inner, QBoxLayout):
            clear_layout(inner)
