"""Rounds with the portal by themselves: after a release, now and then, and never in anybody's way."""

import random
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.courier import Courier, Job
from spokesdesk.gui.statusline import StatusLine
from spokesdesk.services.ports import Desk, SyncState

if TYPE_CHECKING:
    from spokesdesk.services.sync import SyncReport

SOON_MS = 2_000
# Files are asked about after a round that brought or sent something, and after so many that did not.
FILES_EVERY = 10
# While a desk is filled for the first time, lists are read anew after so many records.
FILLED = 2_000
# A round with nothing to say is a question of some hundred bytes.
OFTEN_MS = 60_000


class Rounds(QObject):
    """Keeps the status line's chip true and sends what waits."""

    def __init__(self, courier: Courier, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._courier, self._status = courier, status
        self._desk: Desk | None = None
        self._state: SyncState | None = None
        self._is_offline = False
        self._is_under_way = False
        self._is_moving = False
        self._idle = -1
        self._failures = 0
        self._told = 0, ""
        self._round_at: datetime | None = None
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._round)

    def start(self, desk: Desk) -> None:
        """Begin with this desk."""
        self._desk = desk
        self._ask_state()
        self._timer.start(SOON_MS)

    def stop(self) -> None:
        """The desk is locked or closing."""
        self._desk, self._state = None, None
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._status.set_portal("", "neutral")

    @Slot(object)
    def on_changed(self, changes: Changes) -> None:
        """Something was written that may concern the portal."""
        if self._desk is None:
            return
        kinds = {change.kind for change in changes}
        if kinds:
            self._ask_state()
        if kinds - {"sync"}:
            # Whatever was saved: colleagues wait for it. A burst of savings makes one round.
            self._timer.start(SOON_MS)

    def _ask_state(self) -> None:
        if self._desk is not None:
            self._courier.run(
                partial(_state, self._desk), owner=self, ok=self._show, fail=self._no_state, lane="read"
            )

    def _show(self, state: SyncState) -> None:
        self._state = state
        if state.last_round_at != self._round_at:
            # Also a round that somebody asked for on the page of the portal.
            self._round_at, self._is_offline = state.last_round_at, bool(state.fault)
            self._failures = self._failures if state.fault else 0
        last = f"{to_vn(state.last_round_at):%H:%M}" if state.last_round_at else ""
        chip, tone = chip_of(state, offline=self._is_offline)
        # A round that failed was only tried.
        said = _("Thử lần cuối {time}") if self._is_offline else _("Đồng bộ lần cuối {time}")
        if state.by_hand:
            last = f"{to_vn(state.last_round_at):%H:%M %d/%m}" if state.last_round_at else ""
            said = _("Nhận thẻ lần cuối {time}")
        self._status.set_portal(chip, tone, said.format(time=last) if last else "")

    def _no_state(self, _error: DeskError) -> None:
        self._status.set_portal("", "neutral")

    @Slot()
    def _round(self) -> None:
        if self._desk is None or self._is_under_way:
            return
        self._wait()
        if self._state is None or not self._state.portal or self._state.by_hand:
            self._move_files()
            return
        self._is_under_way = True
        self._courier.run(
            partial(_run_round, self._desk),
            owner=self,
            ok=self._done,
            fail=self._not_done,
            always=self._ended,
            lane="net",
        )

    def _ended(self) -> None:
        self._is_under_way = False

    def _done(self, answer: "tuple[SyncReport, Changes]") -> None:
        # Offline is a calm state: the chip says what waits, nothing is asked.
        report, _changes = answer
        self._count(failed=bool(report.fault))
        self._told = report.door_at, report.members
        if report.fault is None and report.state.filling:
            self._timer.start(0)
        elif report.fault is None:
            self._idle = 0 if report.sent or report.received or report.echoed else self._idle + 1
            if self._idle % FILES_EVERY == 0:
                self._move_files()
            self._listen()

    def _move_files(self) -> None:
        """Send and fetch files, and bring releases to other places, beside the rounds."""
        if self._desk is not None and not self._is_moving:
            self._is_moving = True
            self._courier.run(
                partial(_files_and_places, self._desk),
                owner=self,
                fail=self._not_moved,
                always=self._moved,
                lane="files",
            )

    def _moved(self) -> None:
        self._is_moving = False

    def _not_moved(self, _error: DeskError) -> None:
        """The next round tries again; the page of the portal says what waits."""

    def _not_done(self, _error: DeskError) -> None:
        self._count(failed=True)

    def _count(self, *, failed: bool) -> None:
        self._is_offline = failed
        self._failures = self._failures + 1 if failed else 0
        self._wait()
        self._ask_state()

    def _listen(self) -> None:
        """Wait for news after a round that went well; offline nothing is asked."""
        if self._desk is None or self._job is not None:
            return
        from spokesdesk.services.sync import Ear

        ear = Ear(self._desk, *self._told)
        self._job = self._courier.run(
            ear.listen,
            owner=self,
            ok=self._heard,
            fail=self._not_heard,
            always=self._no_ear,
            lane="wait",
            end=ear.hang_up,
        )

    def _no_ear(self) -> None:
        self._job = None

    def _heard(self, has_news: bool) -> None:
        if self._desk is None:
            return
        if has_news:
            # The round listens again when it went well.
            self._timer.start(0)
        else:
            self._listen()

    def _not_heard(self, _error: DeskError) -> None:
        """The next round, in a minute at most, finds out what is the matter."""

    def _wait(self) -> None:
        """Come back later and later while the portal cannot be reached; desks do not come back all at once."""
        wait_ms = OFTEN_MS
        if self._failures:
            from spokesdesk.services.sync import next_wait

            wait_ms = round(next_wait(self._failures, random.random()).total_seconds() * 1000)
        self._timer.start(wait_ms)


def chip_of(state: SyncState, *, offline: bool) -> tuple[str, str]:
    """Give the words and the tone of the portal's chip."""
    if not state.portal:
        return "", "neutral"
    trouble = _trouble(state)
    if state.by_hand:
        return _by_hand(state, trouble)
    if trouble:
        return _("{trouble} · ngoại tuyến").format(trouble=trouble) if offline else trouble, "amber"
    if offline:
        waiting = _("Ngoại tuyến · {n} chờ gửi").format(n=state.unsent) if state.unsent else _("Ngoại tuyến")
        return waiting, "amber"
    if state.filling:
        return _("Đang nhận sổ chung"), "teal"
    if state.unsent:
        return _("{n} chờ gửi").format(n=state.unsent), "teal"
    if state.sent:
        return _("{n} đã gửi, chờ đăng").format(n=state.sent), "teal"
    return (_("{n} đã đăng").format(n=state.published) if state.published else _("Đã kết nối cổng")), "green"


def _by_hand(state: SyncState, trouble: str) -> tuple[str, str]:
    """Nothing is late on a desk that goes by stick: what waits is only counted."""
    if trouble or state.fault:
        return trouble or _("Mang tay · cần xem lại"), "amber"
    if state.unsent:
        return _("Mang tay · {n} chưa vào sổ chung").format(n=state.unsent), "teal"
    return _("Mang tay"), "green"


def _trouble(state: SyncState) -> str:
    if state.quarantined or state.refused:
        return _("{n} mục cổng chưa nhận").format(n=state.quarantined + state.refused)
    return _("{n} chỗ sửa khác nhau").format(n=state.conflicts) if state.conflicts else ""


def _state(desk: Desk) -> SyncState:
    from spokesdesk.services import sync

    return sync.state(desk)


def _run_round(desk: Desk) -> "tuple[SyncReport, Changes]":
    from spokesdesk.services import sync

    return sync.run_round(desk, _some)


def _some(filled: int) -> bool:
    return filled < FILLED


def _files_and_places(desk: Desk) -> Changes:
    from spokesdesk.services import sync

    files: Changes = ()
    state = sync.state(desk)
    if state.portal and not state.by_hand:
        _moved, files = sync.exchange_files(desk)
    _delivered, places = sync.deliver(desk)
    return (*files, *places)
