"""The clocks of an incident: what is to be done, how long is left, by which law and how sure it is."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.incidents import Incident, IncidentClock, IncidentState
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.remaining import left
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Card, Chip, clear_layout, label
from spokesdesk.services.incident_clocks import ClockChange

_TICK_MS = 30_000


class ClocksCard(Card):
    """Every clock that a moment started, the first due first; the time that is left is said anew every half minute."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Thời hạn phát ngôn"), parent=parent)
        self._context = context
        self._found: Incident | None = None
        self._changes: tuple[ClockChange, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.body.addLayout(self._rows)
        self.startTimer(_TICK_MS, Qt.TimerType.VeryCoarseTimer)

    def show_clocks(self, found: Incident, changes: tuple[ClockChange, ...] = ()) -> None:
        """Show the clocks of an incident, and what the rules in force now would change of them."""
        self._found, self._changes = found, changes
        self.show()
        self._fill()

    def timerEvent(self, _event: object) -> None:
        """A while has passed."""
        if self._found is not None and self.isVisible():
            self._fill()

    def _fill(self) -> None:
        clear_layout(self._rows)
        found = self._found
        if found is None:
            return
        if not found.clocks:
            words = _("Chưa có mốc nào làm phát sinh thời hạn. Ghi một mốc thời gian ở trên để đồng hồ chạy.")
            self._rows.addWidget(label(words, "muted", self, wrap=True))
        running = {id(clock): at for at, clock in enumerate(found.running)}
        for clock in sorted(found.clocks, key=lambda each: running.get(id(each), len(running))):
            self._rows.addWidget(self._row(found, clock))
        for change in self._changes:
            self._rows.addWidget(label(change_words(change), "small", self, wrap=True))

    def _row(self, found: Incident, clock: IncidentClock) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(label(clock.title, "strong", box, wrap=True), 1)
        chip = Chip(parent=box)
        chip.set(*self._state(found, clock))
        top.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        since = _("{limit}; tính từ {trigger}, {at}").format(
            limit=clock.due.wording, trigger=clock.trigger, at=f"{to_vn(clock.trigger_at):%H:%M %d/%m/%Y}"
        )
        column.addWidget(label(since, "", box, wrap=True))
        law = " · ".join(part for part in (clock.due.cited, clock.due.note) if part)
        column.addWidget(label(law, "small", box, wrap=True))
        return box

    def _state(self, found: Incident, clock: IncidentClock) -> tuple[str, str]:
        met_at, due_at = found.answered_at(clock), clock.due.due_at
        if met_at is not None:
            said = f"{to_vn(met_at):%H:%M %d/%m}"
            if due_at is not None and met_at > due_at:
                return _("phát ngôn muộn {at}").format(at=said), "red"
            return _("đã phát ngôn {at}").format(at=said), "green"
        if found.state is IncidentState.CLOSED:
            return _("đã đóng"), "neutral"
        if due_at is None:
            return _("đang chờ"), "amber"
        desk = self._context.desk()
        return left(due_at, desk.now() if desk else datetime.now(UTC))


def change_words(change: ClockChange) -> str:
    """Say what the rules in force now would make of a clock."""
    shown = change.kept or change.now
    after = change.now.due.wording if change.now else _("không còn thời hạn này")
    return _("Bộ quy định hiện dùng sẽ đổi: {title} – {after}. Vụ việc này vẫn giữ thời hạn đã ghi.").format(
        title=shown.title if shown else "", after=after
    )
