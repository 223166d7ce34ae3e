"""Seals the head of the journal as soon as nobody writes any more, so that hardly an entry can be cut off unseen."""

from PySide6.QtCore import QObject, QTimer, Slot

from spokesdesk.domain.changes import Changes
from spokesdesk.gui.courier import Courier
from spokesdesk.services.ports import Desk

SOON_MS = 500


class Sealing(QObject):
    """Waits for the end of a burst of writing; a desk that closes seals by itself."""

    def __init__(self, courier: Courier, parent: QObject) -> None:
        super().__init__(parent)
        self._courier = courier
        self._desk: Desk | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SOON_MS)
        self._timer.timeout.connect(self._seal)
        courier.changed.connect(self._on_changed)

    def start(self, desk: Desk) -> None:
        """Begin with this desk."""
        self._desk = desk

    def stop(self) -> None:
        """The desk is locked or closing."""
        self._desk = None
        self._timer.stop()

    @Slot(object)
    def _on_changed(self, _changes: Changes) -> None:
        # Not begun anew by every change: a long import is sealed on its way, too.
        if self._desk is not None and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _seal(self) -> None:
        if self._desk is not None:
            self._courier.run(self._desk.heads.flush, owner=self, lane="work")
