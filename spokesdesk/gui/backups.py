"""Copies of the workspace by themselves: once a day while the program runs, tried out once a week, never in the way."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from spokesdesk.domain.backups import BackupRun
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.pace import Pace
from spokesdesk.gui.statusline import StatusLine
from spokesdesk.services.backups import BackupState
from spokesdesk.services.ports import Desk

# Opening comes first: what is due may wait until the page is read.
SOON_MS = 60_000
OFTEN_MS = 30 * 60_000


class Backups(QObject):
    """Does what is due, and says in the status line when the last good copy is old.

    Emits:
        cautioned: the sentence that a person must read, "" when all is well.
    """

    cautioned = Signal(object)

    def __init__(self, courier: Courier, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._courier, self._status = courier, status
        self._desk: Desk | None = None
        self._pace: Pace | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.do_what_is_due)

    def start(self, desk: Desk, *, is_demo: bool = False) -> None:
        """Begin with this desk; sample data needs no copies."""
        if is_demo:
            return
        self._desk = desk
        self._look()
        self._timer.start(SOON_MS)

    def stop(self) -> None:
        """The desk is locked or closing: a copy under way is given up, the next start makes it."""
        self._desk = None
        self._timer.stop()
        if self._pace is not None:
            self._pace.stop()
        self._say("")

    @Slot(object)
    def on_changed(self, changes: Changes) -> None:
        """A copy was made or tried out, or the plan was changed."""
        if any(change.kind == "backup" for change in changes):
            self._look()

    @Slot()
    def do_what_is_due(self) -> None:
        """Make today's copy and try one out, if that is due."""
        if self._desk is None or self._pace is not None:
            return
        self._pace = pace = Pace()
        work = partial(_daily, self._desk, pace)
        self._courier.run(
            work,
            owner=self,
            ok=self._done,
            fail=self._failed,
            always=self._over,
            lane="long",
            end=pace.stop,
        )

    def _over(self) -> None:
        self._pace = None
        if self._desk is not None:
            self._timer.start(OFTEN_MS)

    def _done(self, done: tuple[tuple[BackupRun, ...], Changes]) -> None:
        if done[0] and all(run.ok for run in done[0]):
            self._status.say(_("Đã sao lưu bàn làm việc."))

    def _failed(self, _error: DeskError) -> None:
        # The desk was closed meanwhile, or the disk is gone: what is old is said anyway.
        self._look()

    def _look(self) -> None:
        if self._desk is not None:
            self._courier.run(
                partial(_state, self._desk), owner=self, ok=self._show, fail=self._hush, lane="read"
            )

    def _hush(self, _error: DeskError) -> None:
        return

    def _show(self, found: tuple[BackupState, str]) -> None:
        if self._desk is not None:
            self._say(found[1])

    def _say(self, caution: str) -> None:
        self._status.set_care(_("Sao lưu cần xem lại") if caution else "", caution)
        self.cautioned.emit(caution)


def _daily(desk: Desk, pace: Pace) -> tuple[tuple[BackupRun, ...], Changes]:
    from spokesdesk.services import backups

    return backups.daily(desk, progress=pace.tell, is_cancelled=pace.is_stopped)


def _state(desk: Desk) -> tuple[BackupState, str]:
    from spokesdesk.services import backups

    found = backups.state(desk, with_place=False)
    return found, backups.caution(found)
