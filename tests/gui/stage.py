"""The whole window on a real desk, for tests and for the gallery."""

from dataclasses import dataclass
from typing import NoReturn

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from spokesdesk.gui import app
from spokesdesk.gui.control import Control
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.door import Door
from spokesdesk.gui.screen import Screen
from spokesdesk.gui.session import Session
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.window import Window
from spokesdesk.services.ports import Desk

PATIENCE_MS = 20_000


@dataclass
class Stage:
    """The window and what drives it."""

    window: Window
    session: Session
    control: Control
    courier: Courier

    def show(self, name: str) -> Screen:
        """Go to a screen and wait until everything it asked for has come."""
        self.control.navigate(name)
        settle(self.courier)
        screen = self.control.pages.current()
        assert screen is not None, f"no screen was shown for {name}"
        assert screen.name == name, f"{screen.name} was shown instead of {name}"
        return screen

    def close(self) -> None:
        """Put the window away; the desk belongs to whoever opened it."""
        self.control._rounds.stop()
        self.session._desk = None
        self.window.hide()
        self.window.deleteLater()


def real_door() -> Door:
    """How the product opens workspaces."""
    return app._open_door()


def staged(
    theme: Theme,
    courier: Courier,
    desk: Desk | None = None,
    *,
    first: str = "today",
    size: tuple[int, int] = (1366, 768),
) -> Stage:
    """Show the window; with a desk as if it had just been opened, on its first screen."""
    window = Window(theme)
    window.wake()
    window.resize(QSize(*size))
    session = Session(courier, real_door(), window)
    control = Control(window, session, courier)
    window.show()
    QTest.qWaitForWindowExposed(window)
    if desk is not None:
        control.navigate(first)
        session._take_desk(desk)
    settle(courier)
    return Stage(window, session, control, courier)


def settle(courier: Courier) -> None:
    """Let the event loop turn until no work is under way and everything posted was delivered."""
    deadline = QDeadlineTimer(PATIENCE_MS)
    quiet = 0
    while quiet < 3:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        quiet = quiet + 1 if courier.is_at_rest else 0
        if deadline.hasExpired():
            _too_long()


def _too_long() -> NoReturn:
    raise AssertionError("the window did not come to rest")
