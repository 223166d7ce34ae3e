"""The frame of the window: rail, top line, page area, status line; light, for it is painted before anything is open.

What happens in it is decided by ``control.Control``, which comes once the first picture is on the screen; what is asked
before that waits here.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui import places
from spokesdesk.gui.rail import Rail
from spokesdesk.gui.statusline import StatusLine
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.topline import TopLine
from spokesdesk.gui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

NARROW_BELOW = 1200
# Qt::StrongFocus, by number: see widgets/labels.py.
_STRONG_FOCUS = 11
SMALLEST = QSize(900, 600)
USUAL = QSize(1366, 768)
# What a desktop puts around a window, at most.
FRAME = QSize(16, 48)

# What a key combination asks for; single letters are left to typing.
SHORTCUTS: tuple[tuple[str, str], ...] = (
    ("Ctrl+K", "palette"),
    ("Ctrl+N", "new:contact"),
    ("Ctrl+F", "search"),
    ("Ctrl+S", "save"),
    ("Ctrl+P", "print"),
    ("Ctrl+,", "go:settings"),
    ("F1", "help"),
    ("F9", "verify"),
    ("F4", "who"),
    ("F2", "case"),
    ("F12", "new:incident"),
    ("Ctrl+Shift+L", "lock"),
)


class Window(QMainWindow):
    """The frame.

    Emits:
        painted: None, once, after the first picture is on the screen.
        closing: None, somebody wants to close; ``finish_close`` ends it.
    """

    painted = Signal(object)
    closing = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setWindowTitle("SpokesDesk")
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self._is_painted = False
        self._may_close = False
        self._obey: Callable[[str], None] | None = None
        self._waiting: list[str] = []
        self._build()

    def is_cramped(self) -> bool:
        """Whether the screen has no room for the usual size with a frame: it is then filled at the first start."""
        room = self.screen().availableSize()
        return room.width() < USUAL.width() + FRAME.width() or room.height() < USUAL.height() + FRAME.height()

    def wake(self) -> None:
        """Finish what the first picture did without: keys and clicks."""
        from PySide6.QtGui import QKeySequence, QShortcut

        self.rail.wake()
        self.setWindowIcon(self.theme.badge())
        keys = list(SHORTCUTS)
        keys += [
            (key, f"go:{place.name}") for n, place in enumerate(places.rail(), 1) if (key := places.key_of(n))
        ]
        for key, command in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(partial(self.ask, command))
        self.rail.asked.connect(self._go)
        self.top.search_asked.connect(self._palette)
        self.top.who_asked.connect(self._who)

    def obey_with(self, obey: Callable[[str], None]) -> None:
        """Say who carries out what is asked; what was asked before is carried out now."""
        self._obey = obey
        waiting, self._waiting = self._waiting, []
        for command in waiting:
            obey(command)

    def ask(self, command: str) -> None:
        """Ask for something, as in SHORTCUTS: ``go:journal``, ``new:contact``, ``palette``."""
        if self._obey is None:
            self._waiting.append(command)
        else:
            self._obey(command)

    def cover(self, page: QWidget) -> None:
        """Show a page over the whole window (first run, unlock)."""
        if self._whole.indexOf(page) < 0:
            self._whole.addWidget(page)
        self._whole.setCurrentWidget(page)

    def uncover(self) -> None:
        """Show the frame again; what covered it goes."""
        self._whole.setCurrentIndex(0)
        while self._whole.count() > 1:
            page = self._whole.widget(1)
            self._whole.removeWidget(page)
            page.deleteLater()

    def uncover_for_typing(self) -> None:
        """Show the frame for a form, although the desk is not open; ``cover_again`` goes back."""
        self._whole.setCurrentIndex(0)

    def cover_again(self) -> None:
        """Go back to the page that covered the frame."""
        self._whole.setCurrentIndex(self._whole.count() - 1)

    @property
    def has_cover(self) -> bool:
        """Whether a page waits to cover the frame again."""
        return self._whole.count() > 1

    @property
    def is_covered(self) -> bool:
        """Whether something covers the frame."""
        return self._whole.currentIndex() > 0

    def finish_close(self) -> None:
        """Everything is put away: close for good."""
        self._may_close = True
        self.close()

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Tell once that the first picture is there."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, partial(self.painted.emit, None))

    def resizeEvent(self, event: "QResizeEvent") -> None:
        """Icons alone on a narrow window."""
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < NARROW_BELOW)

    def closeEvent(self, event: "QCloseEvent") -> None:
        """Close in stages: first what is being written."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit(None)

    def _build(self) -> None:
        self._whole = QStackedWidget(self)
        frame = QFrame(self)
        frame.setProperty("ground", True)
        across = QHBoxLayout(frame)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.rail = Rail(self.theme, places.rail(), places.settings(), frame)
        across.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        self.top = TopLine(self.theme, frame)
        self.stack = QStackedWidget(frame)
        self.notes = QVBoxLayout()
        self.notes.setContentsMargins(24, 0, 24, 0)
        column.addWidget(self.top)
        column.addLayout(self.notes)
        column.addWidget(self.stack, 1)
        across.addLayout(column, 1)
        self.frame = page = QWidget(self)
        down = QVBoxLayout(page)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(frame, 1)
        self.status_line = StatusLine(page)
        down.addWidget(self.status_line)
        self._whole.addWidget(page)
        self.setCentralWidget(self._whole)
        self._first_page()

    def _first_page(self) -> None:
        waiting = QWidget(self.stack)
        column = QVBoxLayout(waiting)
        column.setContentsMargins(24, 12, 24, 24)
        column.addWidget(label(places.rail()[0].title, "page", waiting))
        column.addWidget(label(_("Đang mở bàn làm việc…"), "muted", waiting))
        column.addStretch(1)
        self.stack.addWidget(waiting)
        # The cursor starts nowhere, rather than on the first button of the rail.
        waiting.setProperty("focusPolicy", _STRONG_FOCUS)
        waiting.setFocus()
        self.rail.mark(places.rail()[0].name)

    def _go(self, name: str) -> None:
        self.ask(f"go:{name}")

    def _palette(self, _nothing: object) -> None:
        self.ask("palette")

    def _who(self, _nothing: object) -> None:
        self.ask("who")
