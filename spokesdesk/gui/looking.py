"""Notes who opened whose personal data, behind the page: on a lane of its own, several looks in one write."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Slot

from spokesdesk.domain.errors import DeskError
from spokesdesk.gui.courier import Courier, Lane
from spokesdesk.services.ports import Desk

PAUSE_MS = 1_000
# Going back and forth over a list is one look.
_AGAIN = timedelta(minutes=1)
Look = tuple[datetime, str, UUID, str]


class Looking(QObject):
    """Collects looks for a moment, then hands them over.

    Args:
        desk: gives the open desk.
    """

    def __init__(self, courier: Courier, desk: Callable[[], Desk | None], parent: QObject) -> None:
        super().__init__(parent)
        self._courier, self._desk = courier, desk
        self._waiting: list[Look] = []
        self._seen: dict[tuple[UUID, str, UUID, str], datetime] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._hand_over)

    def looked(self, kind: str, record: UUID, act: str) -> None:
        """Somebody looks at a record of a kind."""
        desk = self._desk()
        if desk is None or desk.actor is None:
            return
        at, key = desk.now(), (desk.actor.id, kind, record, act)
        before = self._seen.get(key)
        if before is not None and timedelta(0) <= at - before < _AGAIN:
            return
        self._seen[key] = at
        self._waiting.append((at, kind, record, act))
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Hand over what was seen before the desk closes: in order with what else is written."""
        self._run("write")

    @Slot()
    def _hand_over(self) -> None:
        self._run("log")

    def _run(self, lane: Lane) -> None:
        self._timer.stop()
        desk, waiting = self._desk(), self._waiting
        if desk is None or desk.actor is None or not waiting:
            return
        self._waiting = []
        self._courier.run(
            partial(_note, desk, waiting), owner=self, fail=partial(self._again, waiting), lane=lane
        )

    def _again(self, waiting: list[Look], _error: DeskError) -> None:
        """The database was busy or the disk full: the looks wait for the next ones."""
        self._waiting = [*waiting, *self._waiting]


def _note(desk: Desk, waiting: list[Look]) -> None:
    from spokesdesk.services import privacy

    privacy.note_all(desk, waiting)
