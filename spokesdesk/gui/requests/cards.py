"""What stands on the page of a request: the question, its deadline and people, its steps, what was said before."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.clock import remaining
from spokesdesk.domain.journal_words import given_forms
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.request_moves import told
from spokesdesk.domain.requests import Request
from spokesdesk.gui.dueline import DueLine
from spokesdesk.gui.questions import numbered
from spokesdesk.gui.requests.words import STATES, moment
from spokesdesk.gui.widgets.basic import Button, Card, LinkButton, clear_layout, label, line


class AskedCard(Card):
    """What is asked, and how it ended.

    Emits:
        contact_wanted: None, the entry of the journal in which it came.
        paper_wanted: None, the letter or paper that ended it.
    """

    contact_wanted = Signal(object)
    paper_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Nội dung hỏi"), parent=parent)
        self._questions = label("", "", self, wrap=True)
        self._due = DueLine(self)
        self._note = label("", "muted", self, wrap=True)
        self._end = label("", "", self, wrap=True)
        self._line = line(self)
        row = QHBoxLayout()
        self._contact = LinkButton(_("Mở mục trong sổ tiếp xúc"), self._want_contact, self)
        self._paper = Button(_("Mở văn bản"), self._want_paper, parent=self)
        row.addWidget(self._paper)
        row.addStretch(1)
        row.addWidget(self._contact)
        for part in (self._questions, self._due, self._note, self._line, self._end):
            self.add(part)
        self.body.addLayout(row)

    def show_request(self, request: Request, now: datetime) -> None:
        """Show a request."""
        asked = numbered(request.subject.questions)
        self._questions.setText(asked or _("Không ghi câu hỏi riêng; xem chủ đề ở trên."))
        self._due.show_due(request.due if request.is_open else None, now)
        note = _note_of(request)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        end = _end_of(request)
        self._end.setText(end)
        for part in (self._end, self._line):
            part.setVisible(bool(end))
        closing = request.closing
        self._paper.setVisible(bool(closing and closing.paper_id))
        self._contact.setVisible(request.subject.contact_id is not None)

    def _want_contact(self) -> None:
        self.contact_wanted.emit(None)

    def _want_paper(self) -> None:
        self.paper_wanted.emit(None)


class PeopleCard(Card):
    """Who asks, who has it, who it waits on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Người xử lý"), parent=parent)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addLayout(self._lines)

    def show_request(self, request: Request) -> None:
        """Show a request's people."""
        clear_layout(self._lines)
        given = request.assignment
        rows = [
            (_("Đang chờ"), (request.holder or _("chưa ghi")) if request.is_open else ""),
            (_("Người phụ trách"), given.owner.name if given.owner else ""),
            (_("Đơn vị chủ trì"), given.lead_unit),
            (_("Phối hợp"), "; ".join(given.shared)),
            (_("Tiếp nhận"), moment(request.received_at)),
            (_("Ghi vào sổ"), f"{moment(request.entered_at)} · {request.author.name}"),
        ]
        for name, text in rows:
            if text:
                self._lines.addWidget(_pair(name, text, self))


class StepsCard(Card):
    """Every step with who, when and why; the latest first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Quá trình xử lý"), parent=parent)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.body.addLayout(self._lines)

    def show_request(self, request: Request) -> None:
        """Show a request's steps."""
        clear_layout(self._lines)
        for step in reversed(request.steps):
            self._lines.addWidget(label(told(step), "", self, wrap=True))
            self._lines.addWidget(label(f"{moment(step.at)} · {step.by.name}", "small", self))


class SaidCard(Card):
    """What was answered earlier on the same matter or to the same outlet.

    Emits:
        wanted: ``Request`` to be opened.
        taken: str, an earlier answer that goes into the one being written.
    """

    wanted = Signal(object)
    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Lần trước đã nói gì"), parent=parent)
        self._found: tuple[Request, ...] = ()
        self._is_answering = False
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.body.addLayout(self._lines)
        self.show_found(())

    def show_found(self, found: Sequence[Request]) -> None:
        """Show these, the closest first."""
        self._found = tuple(found)
        self._rebuild()

    def set_answering(self, is_answering: bool) -> None:
        """While an answer is written, an earlier one can be taken into it."""
        if is_answering != self._is_answering:
            self._is_answering = is_answering
            self._rebuild()

    def _rebuild(self) -> None:
        clear_layout(self._lines)
        if not self._found:
            nothing = _("Chưa từng trả lời việc tương tự.")
            self._lines.addWidget(label(nothing, "muted", self, wrap=True))
        for request in self._found:
            self._add(request)

    def _add(self, request: Request) -> None:
        closing = request.closing
        answer = closing.answer if closing else None
        if closing is None or answer is None:
            return
        self._lines.addWidget(label(request.topic, "strong", self, wrap=True))
        self._lines.addWidget(label(f"{moment(closing.at)} · {request.who}", "small", self, wrap=True))
        text = answer.text or _("Trả lời bằng văn bản.")
        self._lines.addWidget(label(text if len(text) <= 400 else f"{text[:400]}…", "", self, wrap=True))
        row = QHBoxLayout()
        row.addWidget(LinkButton(_("Mở"), partial(self.wanted.emit, request), self))
        if self._is_answering and answer.text:
            row.addWidget(LinkButton(_("Lấy vào câu trả lời"), partial(self.taken.emit, answer.text), self))
        row.addStretch(1)
        self._lines.addLayout(row)


def chip_of(request: Request, now: datetime) -> tuple[str, str]:
    """Give the short words of where a request is, and their tone: an open one late is red."""
    words, tone = STATES[request.state]
    due_at = request.due.due_at if request.is_open and request.due else None
    is_late = due_at is not None and remaining(due_at, now).overdue
    return words, "red" if is_late else tone


def _note_of(request: Request) -> str:
    """Say what should be known of a deadline, and of a closed request whether it was kept."""
    due = request.due
    if due is None:
        return ""
    if request.is_open:
        doubt = _("Lịch nghỉ trong khoảng này chưa chắc chắn, ngày có thể đổi.")
        return " ".join(part for part in (due.note, doubt if due.calendar_uncertain else "") if part)
    closing = request.closing
    if closing is None or due.due_at is None:
        return ""
    ended_at = closing.answer.given_at if closing.answer else closing.at
    kept = _("Khép đúng hạn") if ended_at <= due.due_at else _("Khép sau hạn")
    return " · ".join(part for part in (kept, due.wording, due.cited) if part)


def _end_of(request: Request) -> str:
    closing = request.closing
    if closing is None:
        return ""
    lines = [told(closing)]
    if closing.answer is not None:
        form = dict(given_forms())[closing.answer.form]
        how = _("{form}, cho {to}, lúc {at}").format(
            form=form, to=closing.answer.given_to, at=moment(closing.answer.given_at)
        )
        lines = [part for part in (closing.answer.text, how) if part]
    if closing.ground is not None:
        lines = [f"{told(closing)}", closing.ground.text]
    return "\n".join(lines)


def _pair(name: str, text: str, parent: QWidget) -> QWidget:
    pair = QWidget(parent)
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    left = label(name, "small", pair)
    left.setFixedWidth(110)
    row.addWidget(left)
    row.addWidget(label(text, "", pair, wrap=True), 1)
    return pair
