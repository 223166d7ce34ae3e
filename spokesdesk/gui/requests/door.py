"""What the page of a request shows of the portal's door for journalists: the wish, what went back, the rating."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.door import KINDS, LEVELS, WAYS, WORDS, DoorLevel
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.requests import RequestMove
from spokesdesk.gui.requests.words import moment
from spokesdesk.gui.widgets.basic import Card, Chip, LinkButton, clear_layout, label
from spokesdesk.services.door import DoorSeen

# What the journalist learns of a step, and what not.
GOES_OUT: dict[RequestMove, str] = {
    RequestMove.ANSWER: _("Câu trả lời này được gửi cho nhà báo qua cổng."),
    RequestMove.REFUSE: _("Căn cứ và lý do được gửi cho nhà báo qua cổng."),
    RequestMove.REFER: _("Nhà báo được báo nơi chuyển đến qua cổng; lý do thì không."),
    RequestMove.WITHDRAW: _("Nhà báo được báo qua cổng là câu hỏi đã khép; lý do thì không."),
    RequestMove.REOPEN: _("Nhà báo được báo qua cổng là câu hỏi mở lại; lý do thì không."),
    RequestMove.DEADLINE: _(
        "Nhà báo thấy hạn mới qua cổng; lý do thì không. Trang “Ai trả lời đúng hạn” vẫn tính theo hạn đầu."
    ),
}
_TONES = {DoorLevel.GOOD: "green", DoorLevel.FAIR: "amber", DoorLevel.POOR: "red"}


class DoorCard(Card):
    """The way back to the journalist; hidden for a request that came another way.

    Emits:
        wanted: UUID of another request of the thread.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Qua cổng dành cho nhà báo"), parent=parent)
        self._rating = Chip(parent=self)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.add(self._rating)
        self.body.addLayout(self._lines)
        self.hide()

    def show_door(self, seen: DoorSeen | None) -> None:
        """Show what is known; None hides it."""
        clear_layout(self._lines)
        self.setVisible(seen is not None)
        self._rating.setVisible(seen is not None and seen.door.level is not None)
        if seen is None:
            return
        door = seen.door
        if door.level is not None:
            said = _("Nhà báo đánh giá: {level}").format(level=LEVELS[door.level])
            self._rating.set(said, _TONES[door.level])
        self._say(f"{KINDS[door.kind]} · {moment(door.asked_at)}")
        if door.remark:
            self._say(f"“{door.remark}”")
        if door.wanted_at is not None:
            self._say(_("Mong muốn: {moment}").format(moment=moment(door.wanted_at)))
        for step, state, reason in seen.sent:
            way = WAYS.get(state, reason or state)
            self._lines.addWidget(
                label(f"{WORDS[step.move]} {moment(step.at)}: {way}", "small", self, wrap=True)
            )
        for other, topic in seen.others:
            row = QHBoxLayout()
            row.addWidget(LinkButton(topic, partial(self._want, other), self))
            row.addStretch(1)
            self._lines.addLayout(row)

    def _say(self, text: str) -> None:
        self._lines.addWidget(label(text, "", self, wrap=True))

    def _want(self, other: UUID) -> None:
        self.wanted.emit(other)
