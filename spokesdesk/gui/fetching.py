"""Fetches the press by itself: while the window is open and on a network that costs nothing; one quiet line says so."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Slot

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.statusline import StatusLine
from spokesdesk.services.ports import Desk

if TYPE_CHECKING:
    from spokesdesk.services.monitoring_sources import FetchReport

# Announced by a screen whose person wants the news now.
FETCH_NOW: Changes = (Change("news_fetch"),)
FIRST_MS = 8_000
LOOK_MS = 60_000
# Between two sources other work of the network gets its turn.
BETWEEN_MS = 500
_UNREACHABLE = "web_unreachable"
_IN_A_ROW = 2


class FetchRounds(QObject):
    """Looks every minute which sources are due and fetches them one by one."""

    def __init__(self, courier: Courier, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._courier, self._status = courier, status
        self._desk: Desk | None = None
        self._every = timedelta()
        self._waiting: list[UUID] = []
        self._is_under_way = False
        self._matched = self._unreachable = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def start(self, desk: Desk) -> None:
        """Begin with this desk."""
        self._desk = desk
        self._waiting.clear()
        self._timer.start(FIRST_MS)

    def stop(self) -> None:
        """The desk is locked or closing."""
        self._desk = None
        self._waiting.clear()
        self._timer.stop()

    @Slot(object)
    def on_changed(self, changes: Changes) -> None:
        """Somebody wants the news now."""
        if self._desk is not None and any(change.kind == "news_fetch" for change in changes):
            self._unreachable = 0
            self._courier.run(partial(_all, self._desk), owner=self, ok=self._begin, lane="read")

    @Slot()
    def _look(self) -> None:
        if self._desk is None or self._is_under_way:
            return
        if self._waiting:
            self._fetch()
            return
        self._timer.start(LOOK_MS)
        self._courier.run(partial(_due, self._desk), owner=self, ok=self._found, lane="read")

    def _found(self, found: tuple[tuple[UUID, ...], int]) -> None:
        due, minutes = found
        self._every = timedelta(minutes=minutes)
        if due and minutes and may_fetch():
            self._begin((due, minutes))

    def _begin(self, found: tuple[tuple[UUID, ...], int]) -> None:
        wanted, minutes = found
        self._every = timedelta(minutes=minutes or 15)
        self._waiting = list(wanted)
        self._matched = 0
        if wanted:
            self._status.say(_("Đang lấy tin từ {n} nguồn…").format(n=len(wanted)))
            self._fetch()

    def _fetch(self) -> None:
        if self._desk is None or not self._waiting or self._is_under_way:
            return
        self._is_under_way = True
        run = partial(_fetched, self._desk, self._waiting.pop(0), self._every)
        self._courier.run(run, owner=self, ok=self._came, always=self._ended, lane="net")

    def _ended(self) -> None:
        self._is_under_way = False
        self._timer.start(BETWEEN_MS if self._waiting else LOOK_MS)

    def _came(self, answer: "tuple[FetchReport, Changes]") -> None:
        report, _changes = answer
        self._matched += report.matched
        offline = report.source.fault == _UNREACHABLE
        self._unreachable = self._unreachable + 1 if offline else 0
        if self._unreachable >= _IN_A_ROW:
            # Not the sources: this machine has no network. The rest keeps its turn.
            self._waiting.clear()
            self._status.say(_("Không có mạng; tin sẽ được lấy sau."))
        elif not self._waiting:
            said = _("Có {n} tin mới khớp chủ đề theo dõi.").format(n=self._matched)
            self._status.say(said if self._matched else _("Đã lấy tin; không có tin mới khớp chủ đề."))


def may_fetch() -> bool:
    """Tell whether the network is there and costs nothing, as far as the system says; a silent system is trusted."""
    from PySide6.QtNetwork import QNetworkInformation

    # Said to be there always; where no part of the system knows the network, it is None.
    found: QNetworkInformation | None = QNetworkInformation.instance()
    if found is None and QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
        found = QNetworkInformation.instance()
    if found is None:
        return True
    return found.reachability() != QNetworkInformation.Reachability.Disconnected and not found.isMetered()


def _due(desk: Desk) -> tuple[tuple[UUID, ...], int]:
    from spokesdesk.services import monitoring_sources as service

    return tuple(one.id for one in service.due(desk)), service.every(desk)


def _all(desk: Desk) -> tuple[tuple[UUID, ...], int]:
    from spokesdesk.services import monitoring_sources as service

    return tuple(one.id for one in service.sources(desk) if one.is_active), service.every(desk)


def _fetched(desk: Desk, source_id: UUID, every: timedelta) -> "tuple[FetchReport, Changes]":
    from spokesdesk.services import monitoring_sources as service

    return service.fetch(desk, source_id, every)
