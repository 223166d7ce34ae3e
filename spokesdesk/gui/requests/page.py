"""One request: what is asked and the step being taken at the left, people, earlier answers and history at the right."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.requests import Request, RequestMove
from spokesdesk.gui.recordpage import RecordPage
from spokesdesk.gui.requests.answering import AnswerPanel
from spokesdesk.gui.requests.cards import AskedCard, PeopleCard, SaidCard, StepsCard, chip_of
from spokesdesk.gui.requests.door import DoorCard
from spokesdesk.gui.requests.moving import RequestMoving
from spokesdesk.gui.said import SaidSheet
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import beside, scrolled
from spokesdesk.gui.widgets.basic import Button, Chip, PrimaryButton
from spokesdesk.services import door, said_before
from spokesdesk.services import requests as service
from spokesdesk.services.door import DoorSeen
from spokesdesk.services.ports import Desk, SavedDraft
from spokesdesk.services.said_before import Said

_TICK_MS = 30_000
# The steps in the order of how often they are needed; the answer is the page's own button.
OTHERS: tuple[tuple[RequestMove, str], ...] = (
    (RequestMove.ASSIGN, _("Giao…")),
    (RequestMove.HOLD, _("Đang chờ…")),
    (RequestMove.DEADLINE, _("Đổi hạn…")),
    (RequestMove.REFUSE, _("Từ chối…")),
    (RequestMove.REFER, _("Chuyển…")),
    (RequestMove.WITHDRAW, _("Rút…")),
    (RequestMove.AMEND, _("Đính chính…")),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A request, what was answered earlier, and what is known of it at the journalists' door."""

    request: Request
    said: tuple[Request, ...]
    door: DoorSeen | None


class RequestPage(RecordPage):
    """The page of one request."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._is_new = True
        self.request: Request | None = None
        self.moving = RequestMoving(context, self)
        self.question, self.people = AskedCard(self), PeopleCard(self)
        self.steps, self.said = StepsCard(self), SaidCard(self)
        self.door = DoorCard(self)
        self._chip = Chip(parent=self)
        self.answer = PrimaryButton(_("Trả lời…"), self._answer, parent=self)
        self.reopen = PrimaryButton(_("Mở lại…"), self._reopen, parent=self)
        self.others = {move: Button(text, partial(self.ask, move), parent=self) for move, text in OTHERS}
        self._build()
        self.moving.moved.connect(self._moved)
        self.moving.outdated.connect(self._outdated)
        self.moving.asked.connect(self._panel_changed)
        self.question.contact_wanted.connect(self._open_contact)
        self.question.paper_wanted.connect(self._open_paper)
        self.said.wanted.connect(self._open_other)
        self.door.wanted.connect(self.open)
        self.said.taken.connect(self._take_text)
        self.back_sheet: SaidSheet | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()

    @property
    def record_id(self) -> UUID | None:
        """The request shown."""
        return self.request.id if self.request is not None else None

    def open(self, record_id: UUID, move: RequestMove | None = None, draft: SavedDraft | None = None) -> None:
        """Show a request.

        Args:
            record_id: which one.
            move: the step whose panel is opened at once.
            draft: what was typed there.
        """
        desk = self._context.desk()
        if desk is None:
            return
        if self.record_id != record_id:
            self.moving.put_away()
            self.said.show_found(())
            self._is_new = True
        self._read(partial(_shown, desk, record_id), partial(self._take, move, draft), self._failed)

    def refresh(self) -> None:
        """The request was written to."""
        if self.request is not None:
            self.open(self.request.id)

    def forget(self) -> None:
        """The desk is locked: show nothing of it; what was typed is in its draft."""
        self.moving.forget()
        self.door.show_door(None)
        self.moving.door = None
        self.request = None

    def ask(self, move: RequestMove) -> None:
        """Open the panel of a step."""
        if self.request is not None:
            self.moving.ask(move, self.request)
            self.side.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list; an open panel keeps what was typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_F6:
            self.look_back()
        else:
            super().keyPressEvent(event)

    def possible(self) -> tuple[tuple[RequestMove, str], ...]:
        """Give the steps that can be taken now, with their words."""
        if self.request is None:
            return ()
        if not self.request.is_open:
            return ((RequestMove.REOPEN, _("Mở lại…")),)
        return ((RequestMove.ANSWER, _("Trả lời…")), *OTHERS)

    def _take(self, move: RequestMove | None, draft: SavedDraft | None, shown: Shown) -> None:
        self.moving.door = shown.door
        self._show(shown.request)
        self.said.show_found(shown.said)
        self.door.show_door(shown.door)
        if self._is_new:
            self._is_new = False
            self._context.looked("request", shown.request.id, "opened")
            self._begin(shown.request)
        if move is not None and any(move is possible for possible, _words in self.possible()):
            self.moving.ask(move, shown.request, draft)

    def _begin(self, request: Request) -> None:
        """Another request is shown: from its top, the keys on what is most likely done next."""
        for side in (self.side, self.right):
            side.verticalScrollBar().setValue(0)
        (self.answer if request.is_open else self.reopen).setFocus()

    def _show(self, request: Request) -> None:
        self.request = request
        if self.moving.panel is not None and self.moving.panel.request.id == request.id:
            # Whoever goes on after a change of somebody else's has seen it: it stands on the page now.
            self.moving.panel.request = request
        self._title.set_text(request.topic)
        self._about.set_text(request.who)
        self.people.show_request(request)
        self.steps.show_request(request)
        self.answer.setVisible(request.is_open)
        self.reopen.setVisible(not request.is_open)
        for button in self.others.values():
            button.setVisible(request.is_open)
        self._show_time()

    @Slot()
    def _show_time(self) -> None:
        desk = self._context.desk()
        if desk is not None and self.request is not None:
            self._chip.set(*chip_of(self.request, desk.now()))
            self.question.show_request(self.request, desk.now())

    def _moved(self, request: Request) -> None:
        if self.request is not None and request.id == self.request.id:
            self._show(request)
            (self.answer if request.is_open else self.reopen).setFocus()

    def _outdated(self, _nothing: object) -> None:
        self.refresh()

    def _panel_changed(self, move: RequestMove | None) -> None:
        self.said.set_answering(move is RequestMove.ANSWER)
        if move is None and self.isVisible() and self.request is not None:
            # Else the keys would go to whatever comes next in the window, which is the rail.
            (self.answer if self.request.is_open else self.reopen).setFocus()

    def _answer(self) -> None:
        self.ask(RequestMove.ANSWER)

    def _reopen(self) -> None:
        self.ask(RequestMove.REOPEN)

    def _open_contact(self, _nothing: object) -> None:
        if self.request is not None and self.request.subject.contact_id is not None:
            self._context.navigate("contact", self.request.subject.contact_id)

    def _open_paper(self, _nothing: object) -> None:
        closing = self.request.closing if self.request else None
        if closing is not None and closing.paper_id is not None:
            self._context.navigate("paper", closing.paper_id)

    @Slot()
    def look_back(self) -> None:
        """Show what papers and answers said earlier on the matter, and numbers that differ from what is typed."""
        desk, request = self._context.desk(), self.request
        if desk is None or request is None:
            return
        panel = self.moving.panel if isinstance(self.moving.panel, AnswerPanel) else None
        ask = partial(
            said_before.of_text,
            desk,
            " ".join((request.topic, *request.subject.questions)),
            panel.text.toPlainText() if panel else "",
            outlets=(request.outlet.id,) if request.outlet else (),
            besides=request.id,
        )
        self.back_sheet = SaidSheet(self._context, ask, self.window(), takes=panel is not None)
        self.back_sheet.taken.connect(self._take_said)
        self.back_sheet.wanted.connect(self._open_said)
        self.back_sheet.open()

    @Slot(object)
    def _take_said(self, said: Said) -> None:
        self._take_text(said.text)

    @Slot(str, object)
    def _open_said(self, kind: str, record: UUID) -> None:
        self._context.navigate(kind, record)

    def _open_other(self, request: Request) -> None:
        self.open(request.id)

    def _take_text(self, text: str) -> None:
        if isinstance(self.moving.panel, AnswerPanel):
            self.moving.panel.insert(text)

    def _build(self) -> None:
        column = self._add_head(_("‹ Yêu cầu"), self._chip, self.answer, self.reopen)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in self.others.values():
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.side = scrolled((self.moving.place, self.question), self)
        self.right = scrolled((self.people, self.door, self.said, self.steps), self)
        column.addWidget(beside(self.side, self.right, self), 1)


def _shown(desk: Desk, request_id: UUID) -> Shown:
    """Worker: the request, and what was answered earlier on the same matter."""
    request = service.request(desk, request_id)
    said = service.said_before(
        desk,
        request.topic,
        request.subject.questions,
        request.outlet.id if request.outlet else None,
        apart_from=request.id,
    )
    return Shown(request, said, door.seen(desk, request_id))
