"""Locks the desk when nobody has touched the window for a while."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Slot

from spokesdesk.gui.window import Window

LOOK_MS = 15_000
_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class IdleLock(QObject):
    """Counts the time since the last key or click in the window.

    Args:
        lock: bound method that locks the desk.
        minutes: 0 never locks.
    """

    def __init__(self, window: Window, lock: Callable[[], object], minutes: int) -> None:
        super().__init__(window)
        self._lock, self._limit_ms = lock, minutes * 60_000
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        handle = window.windowHandle()
        if minutes > 0 and handle is not None:
            handle.installEventFilter(self)
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is there."""
        if event.type() in _TOUCHES:
            self._since.restart()
        return super().eventFilter(watched, event)

    @Slot()
    def look(self) -> None:
        """Lock when the time is over."""
        if self._since.elapsed() >= self._limit_ms:
            self._since.restart()
            self._lock()
