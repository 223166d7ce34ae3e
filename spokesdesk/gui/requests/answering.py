"""The panels that close a request with an answer or a refusal."""

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot

from spokesdesk.domain.clock import parse_time
from spokesdesk.domain.door import MEETINGS, DoorKind, Meeting, checked_meeting
from spokesdesk.domain.journal import TEXT_LIMIT, GivenForm
from spokesdesk.domain.journal_words import given_forms
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import PaperRow, PaperState
from spokesdesk.domain.requests import GivenAnswer, RequestMove
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.requests.panels import StepPanel, Work
from spokesdesk.gui.requests.words import doubt, moment
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.fields import ComboBox, Field, LineEdit, TextEdit
from spokesdesk.services import papers
from spokesdesk.services import requests as service
from spokesdesk.services.door import MeetingSaid
from spokesdesk.services.ports import Desk

_PAPERS = 50


class AnswerPanel(StepPanel):
    """What was answered, how, to whom, when."""

    step = RequestMove.ANSWER
    title = _("Trả lời yêu cầu")
    button_words = _("Khép: đã trả lời")
    said = _("Đã khép yêu cầu: đã trả lời.")

    def ask(self) -> None:
        """Ask for the answer as it was given."""
        desk = self.context.desk()
        self.text = TextEdit(_("Nội dung đã trả lời; để trống nếu văn bản dưới đây nói đủ"), 6, self)
        field = self.add_field(_("Câu trả lời"), self.text, "answer")
        LengthWatch(field, TEXT_LIMIT)
        self.paper: ComboBox[str] = ComboBox([("", _("Không dùng văn bản"))], self)
        self._wanted_paper = ""
        forms = [
            (form.value, _("Chọn hình thức…") if form is GivenForm.NONE else words)
            for form, words in given_forms()
        ]
        self.form: ComboBox[str] = ComboBox(forms, self)
        self.given_to = LineEdit(parent=self)
        self.given_to.setText(self.request.who)
        self.given_at = LineEdit(_("09:15 hoặc 20/11/2026 09:15"), self)
        if desk is not None:
            self.given_at.setText(moment(desk.now()))
            self.context.courier.run(partial(_released, desk), owner=self, ok=self._offer, lane="read")
        cells = (
            Field(_("Hình thức"), self.form, "given_form", parent=self),
            Field(_("Trả lời lúc"), self.given_at, "given_at", parent=self),
            Field(_("Trả lời cho"), self.given_to, "given_to", parent=self),
            Field(_("Văn bản đã phát hành"), self.paper, "paper", parent=self),
        )
        self.fields += cells
        grid = FieldGrid(2, 170, self)
        grid.show_cells([(cell, 1) for cell in cells])
        self.add(grid)
        self._ask_meeting()

    def _ask_meeting(self) -> None:
        """Of an appointment through the journalists' door: whether it is taken, and when."""
        self.meeting: ComboBox[str] | None = None
        if self.door is None:
            return
        self.form.set_value(GivenForm.PORTAL.value)
        if self.door.door.kind is not DoorKind.APPOINTMENT:
            return
        chosen = [(one.value, words) for one, words in MEETINGS.items()]
        self.meeting = ComboBox([("", _("Chọn trả lời cho lịch hẹn…")), *chosen], self)
        self.meeting_at = LineEdit(_("09:15 hoặc 20/11/2026 09:15"), self)
        if self.door.door.wanted_at is not None:
            self.meeting_at.setText(moment(self.door.door.wanted_at))
        cells = (
            Field(_("Lịch hẹn"), self.meeting, "meeting", parent=self),
            Field(_("Giờ hẹn"), self.meeting_at, "meeting_at", parent=self),
        )
        self.fields += cells
        grid = FieldGrid(2, 170, self)
        grid.show_cells([(cell, 1) for cell in cells])
        self.add(grid)

    def restore(self, values: Any) -> None:
        """Take back what was typed; the paper is chosen once the released ones are known."""
        super().restore(values)
        self._wanted_paper = str(values.get("paper", ""))

    def insert(self, text: str) -> None:
        """Put what was answered another time into the answer, where the cursor is."""
        self.text.insertPlainText(text)
        self.text.setFocus()

    def work(self, desk: Desk) -> Work:
        """Give what writes the answer."""
        given = GivenAnswer(
            self.text.text(),
            GivenForm(self.form.value()),
            self.given_to.text(),
            parse_time(self.given_at.text(), now=desk.now(), field="given_at"),
            UUID(self.paper.value()) if self.paper.value() else None,
        )
        meeting = self._meeting(desk)
        return partial(
            service.answer, desk, self.request.id, given, "", self.request.steps[-1].id, meeting=meeting
        )

    def _meeting(self, desk: Desk) -> MeetingSaid | None:
        if self.meeting is None:
            return None
        chosen = Meeting(self.meeting.value()) if self.meeting.value() else None
        at = None
        if chosen is not Meeting.DECLINE and self.meeting_at.text().strip():
            at = parse_time(self.meeting_at.text(), now=desk.now(), field="meeting_at")
        checked_meeting(chosen, at, desk.now())
        return MeetingSaid(chosen, at) if chosen else None

    def _offer(self, rows: tuple[PaperRow, ...]) -> None:
        chosen = self._wanted_paper or self.paper.value()
        named = [(str(row.id), f"{row.number or ''}/{row.symbol}  {row.title}") for row in rows]
        blocked = self.paper.blockSignals(True)
        self.paper.set_choices([("", _("Không dùng văn bản")), *named])
        self.paper.set_value(chosen)
        self.paper.blockSignals(blocked)


class RefusePanel(StepPanel):
    """The ground in force today, and why it holds here."""

    step = RequestMove.REFUSE
    title = _("Từ chối theo căn cứ luật định")
    button_words = _("Từ chối và soạn công văn")
    said = _("Đã từ chối; công văn nêu lý do đã được soạn.")

    def ask(self) -> None:
        """Ask for the ground and the reason."""
        desk = self.context.desk()
        self._grounds = {ground.id: ground for ground in service.grounds(desk)} if desk else {}
        self.say(_("Ngoài các căn cứ này không có quyền từ chối; người phát ngôn phải nêu rõ lý do."))
        named = [(key, f"{ground.citation.text}") for key, ground in self._grounds.items()]
        self.ground: ComboBox[str] = ComboBox([("", _("Chọn căn cứ…")), *named], self)
        self.add_field(_("Căn cứ từ chối"), self.ground, "ground")
        self._text = label("", "muted", self, wrap=True)
        self.add(self._text)
        self.reason = TextEdit(_("Vì sao căn cứ này đúng với yêu cầu này"), 3, self)
        self.add_field(_("Lý do (ghi vào công văn)"), self.reason, "remark")
        self.ground.currentIndexChanged.connect(self._chosen)
        self._chosen()

    def work(self, desk: Desk) -> Work:
        """Give what writes the refusal and drafts its letter."""
        seen = self.request.steps[-1].id
        return partial(service.refuse, desk, self.request.id, self.ground.value(), self.reason.text(), seen)

    @Slot()
    def _chosen(self, _index: int = 0) -> None:
        ground = self._grounds.get(self.ground.value())
        said = ""
        if ground is not None:
            said = " · ".join(part for part in (ground.text, doubt(ground.confidence.value)) if part)
        self._text.setText(said)
        self._text.setVisible(bool(said))


def _released(desk: Desk) -> tuple[PaperRow, ...]:
    """Worker: the papers released last."""
    states = (PaperState.RELEASED, PaperState.CORRECTED)
    return papers.paper_rows(desk, papers.paper_numbers(desk, states=states)[:_PAPERS])
