"""Long work with its progress and a way to stop it; the worker only counts, the window looks now and then."""

import threading

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import Button, label

_LOOK_MS = 120


class Pace:
    """How far a piece of work is, told by its worker, and whether it should stop; knows nothing of Qt."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._at = (0, 0)

    def tell(self, done: int, total: int) -> None:
        """Say how many of how many are done."""
        self._at = (done, total)

    def at(self) -> tuple[int, int]:
        """Give what was told last."""
        return self._at

    def stop(self) -> None:
        """Ask the worker to stop."""
        self._stop.set()

    def is_stopped(self) -> bool:
        """Whether the work should stop."""
        return self._stop.is_set()


class PaceBar(QFrame):
    """Shows one piece of work at a time: what, how far, and a button that stops it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pace: Pace | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._words = label("", "muted", self, wrap=True)
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        row.addWidget(self._bar, 1)
        self._button = Button(_("Dừng"), self.stop, parent=self)
        row.addWidget(self._button)
        column.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.hide()

    def begin(self, text: str, *, can_stop: bool = True) -> Pace:
        """Show that work begins; gives the pace that its worker tells."""
        self._pace = Pace()
        self._words.setText(text)
        self._bar.setAccessibleName(text)
        self._bar.setRange(0, 0)
        self._button.setVisible(can_stop)
        self._button.setEnabled(True)
        self._timer.start()
        self.show()
        return self._pace

    def say(self, text: str) -> None:
        """Say anew what is under way, unless it is being stopped."""
        if self._button.isEnabled():
            self._words.setText(text)
            self._bar.setAccessibleName(text)

    def end(self) -> None:
        """The work is over."""
        self._timer.stop()
        self._pace = None
        self.hide()

    def is_running(self) -> bool:
        """Whether something is under way."""
        return self._pace is not None

    @Slot()
    def stop(self) -> None:
        """Ask the worker to stop; the bar stays until it has."""
        if self._pace is not None:
            self._pace.stop()
            self._button.setEnabled(False)
            self._words.setText(_("Đang dừng…"))

    @Slot()
    def _look(self) -> None:
        done, total = self._pace.at() if self._pace else (0, 0)
        if total > 0:
            self._bar.setRange(0, total)
            self._bar.setValue(min(done, total))
