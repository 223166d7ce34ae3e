"""Reminds of clocks that run: on the desktop and in a note above the page, each step once; watches the clock."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import remaining
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.reminders import ClockMark, Reminder, clock_jump, reached
from spokesdesk.gui.notices import Notices
from spokesdesk.gui.screen import Context
from spokesdesk.gui.telling import Telling
from spokesdesk.services import reminders
from spokesdesk.services.ports import Desk

TICK_MS = 30_000
TOPIC = "incident"
# The mark that a restart is compared with is renewed this often.
_MARK_TICKS = 10


class Reminding(Telling):
    """Looks every half minute; a limit is a moment, so that nothing depends on these looks but when it is told.

    Args:
        place: where notes go.
    """

    def __init__(self, context: Context, notices: Notices, place: QBoxLayout, parent: QWidget) -> None:
        super().__init__(context, notices, place, parent, TOPIC, "incident")
        self._mark: ClockMark | None = None
        self._ticks = 0
        # All that is kept of a locked desk: when clocks end, and until when that was looked at.
        self._ends: tuple[datetime, ...] = ()
        self._looked_at: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.look)

    def start(self, desk: Desk) -> None:
        """Begin with this desk: what was missed is told now."""
        self._desk, self._mark, self._ticks = desk, None, 0
        self._timer.start()
        self.look()
        self._see_who_waits()

    def stop(self) -> None:
        """The desk is locked: nothing of it is shown any more, but the desktop still tells that a clock runs out."""
        self._desk, self._looked_at = None, datetime.now(UTC)
        self._keep(())

    def on_changed(self, changes: Changes) -> None:
        """An incident was written: a clock may run now, or stand still."""
        if any(change.kind == "incident" for change in changes):
            self._ask()
            self._see_who_waits()

    @Slot()
    def look(self) -> None:
        """Ask what is to be told, and whether the machine's clock was set since the last look."""
        desk = self._desk
        if desk is None:
            self.look_locked(datetime.now(UTC))
            return
        now = ClockMark(desk.now().timestamp(), desk.steady())
        if self._ticks % _MARK_TICKS == 0 or (self._mark is not None and clock_jump(self._mark, now)):
            work = partial(reminders.watch_clock, desk)
            self._context.courier.run(work, owner=self, ok=self._say_jump, fail=self._say_fault)
        self._mark, self._ticks = now, self._ticks + 1
        self._ask()

    def look_locked(self, now: datetime) -> None:
        """Tell of the steps that were reached since the last look, from the moments alone."""
        if self._looked_at is not None and now > self._looked_at:
            found = reached(self._ends, self._looked_at, now)
            self._looked_at = now
            if found:
                self._notices.tell(_("Vụ việc đột xuất"), outside_words(found, now), TOPIC)

    def _ask(self) -> None:
        if self._desk is not None:
            work = partial(reminders.pending, self._desk)
            self._context.courier.run(work, owner=self, ok=self._claim, fail=self._say_fault, lane="read")

    def _claim(self, found: Sequence[Reminder]) -> None:
        if found and self._desk is not None:
            work = partial(reminders.tell, self._desk, found)
            self._context.courier.run(work, owner=self, ok=self._tell, fail=self._say_fault)

    def _tell(self, found: Sequence[Reminder]) -> None:
        desk = self._desk
        if desk is None:
            return
        now = desk.now()
        for each in reversed(found):
            self._note(each, now)
        if found:
            ends = [each.steps[-1].due_at for each in found]
            self._notices.tell(_("Vụ việc đột xuất"), outside_words(ends, now), TOPIC)

    def _note(self, reminder: Reminder, now: datetime) -> None:
        is_late = reminder.steps[-1].due_at <= now
        text = f"{reminder.title} – {reminder.words(now)}"
        self._put(reminder.incident_id, text, "red" if is_late else "amber", _("Mở vụ việc"))

    def _see_who_waits(self) -> None:
        """Know when clocks end, and take the notes of incidents away that were spoken on or closed."""
        if self._desk is not None:
            work = partial(reminders.running, self._desk)
            self._context.courier.run(
                work, owner=self, ok=self._keep_notes, fail=self._say_fault, lane="read"
            )

    def _keep_notes(self, running: Mapping[UUID, tuple[datetime, ...]]) -> None:
        self._ends = tuple(end for ends in running.values() for end in ends)
        self._keep(running)

    def _say_jump(self, text: str) -> None:
        if text:
            self._context.warn(self, text)


def outside_words(ends: Sequence[datetime], now: datetime) -> str:
    """Say on the desktop how many clocks run out, and how long the first has left; no name, whoever stands by."""
    left = remaining(min(ends), now).wording
    if len(ends) == 1:
        return _("Một vụ việc {left} để phát ngôn. Mở SpokesDesk để xem.").format(left=left)
    return _("{n} vụ việc sắp đến hạn phát ngôn, sớm nhất {left}. Mở SpokesDesk để xem.").format(
        n=len(ends), left=left
    )
