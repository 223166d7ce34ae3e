"""The panels that give a request to somebody, move its deadline, or put right what was asked."""

from functools import partial
from typing import Any
from uuid import UUID

from spokesdesk.domain.clock import parse_time
from spokesdesk.domain.journal import QUESTION_LIMIT, QUESTIONS_LIMIT, TOPIC_LIMIT
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member
from spokesdesk.domain.requests import RequestMove
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.questions import numbered, split_questions
from spokesdesk.gui.requests.panels import StepPanel, Work
from spokesdesk.gui.requests.words import Names, moment
from spokesdesk.gui.widgets.fields import ComboBox, LineEdit, TextEdit
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services import people
from spokesdesk.services import requests as service
from spokesdesk.services.ports import Desk
from spokesdesk.services.request_moves import Assign


class AssignPanel(StepPanel):
    """Who answers for it, which unit leads, who shares it."""

    step = RequestMove.ASSIGN
    title = _("Giao yêu cầu")
    button_words = _("Giao")
    said = _("Đã giao yêu cầu.")

    def ask(self) -> None:
        """Ask for a member or a unit."""
        desk, courier, theme = self.context.desk(), self.context.courier, self.context.theme
        given = self.request.assignment
        self._wanted = str(given.owner.id) if given.owner else ""
        first = [(self._wanted, given.owner.name)] if given.owner else []
        self.owner: ComboBox[str] = ComboBox([*first, ("", _("Không giao đích danh"))], self)
        self.add_field(_("Người phụ trách"), self.owner, "owner")
        names = Names(desk) if desk else None
        self.lead_unit = Suggest(courier, theme, names, _("Gõ một phần tên, không cần dấu"), self)
        self.lead_unit.setText(given.lead_unit)
        self.add_field(_("Đơn vị chủ trì"), self.lead_unit, "lead_unit")
        self.shared = LineEdit(_("Ngăn bằng dấu chấm phẩy"), self)
        self.shared.setText("; ".join(given.shared))
        self.add_field(_("Phối hợp"), self.shared, "shared")
        self.remark = LineEdit(_("Không bắt buộc"), self)
        self.add_field(_("Ghi chú"), self.remark, "remark")
        if desk is not None:
            courier.run(partial(people.members, desk), owner=self, ok=self._offer, lane="read")

    def restore(self, values: Any) -> None:
        """Take back what was typed; the member is chosen once the members are known."""
        super().restore(values)
        self._wanted = str(values.get("owner", ""))

    def work(self, desk: Desk) -> Work:
        """Give what writes it."""
        given = Assign(
            UUID(self.owner.value()) if self.owner.value() else None,
            self.lead_unit.text(),
            tuple(self.shared.text().split(";")),
            "",
            self.remark.text(),
        )
        return partial(service.assign, desk, self.request.id, given, self.request.steps[-1].id)

    def _offer(self, members: tuple[Member, ...]) -> None:
        chosen = self._wanted or self.owner.value()
        blocked = self.owner.blockSignals(True)
        named = [(str(member.id), member.name) for member in members]
        self.owner.set_choices([("", _("Không giao đích danh")), *named])
        self.owner.set_value(chosen)
        self.owner.blockSignals(blocked)


class DeadlinePanel(StepPanel):
    """Another date, and why; the rule stays."""

    step = RequestMove.DEADLINE
    title = _("Đổi thời hạn")
    button_words = _("Đổi thời hạn")
    said = _("Đã đổi thời hạn; thời hạn cũ còn trong quá trình xử lý.")

    def ask(self) -> None:
        """Ask until when and why."""
        self.due = LineEdit(_("16:00 hoặc 28/11/2026 16:00"), self)
        if self.request.due and self.request.due.due_at:
            self.due.setText(moment(self.request.due.due_at))
        self.add_field(_("Thời hạn mới"), self.due, "due_at")
        self.reason = TextEdit(rows=2, parent=self)
        self.add_field(_("Lý do đổi"), self.reason, "remark")

    def work(self, desk: Desk) -> Work:
        """Give what writes it."""
        due_at = parse_time(self.due.text(), now=desk.now(), field="due_at")
        seen = self.request.steps[-1].id
        return partial(service.set_deadline, desk, self.request.id, due_at, self.reason.text(), seen)


class AmendPanel(StepPanel):
    """What was asked, put right."""

    step = RequestMove.AMEND
    title = _("Đính chính nội dung hỏi")
    button_words = _("Ghi đính chính")
    said = _("Đã ghi đính chính; nội dung cũ còn trong quá trình xử lý.")

    def ask(self) -> None:
        """Ask for topic and questions."""
        self.topic = LineEdit(parent=self)
        self.topic.setText(self.request.topic)
        LengthWatch(self.add_field(_("Chủ đề"), self.topic, "topic"), TOPIC_LIMIT)
        self.questions = TextEdit(_("Mỗi câu hỏi một dòng, hoặc đánh số 1. 2. 3."), 4, self)
        self.questions.set_text(numbered(self.request.subject.questions))
        field = self.add_field(_("Câu hỏi"), self.questions, "questions")
        LengthWatch(field, QUESTION_LIMIT * QUESTIONS_LIMIT)

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        return super().values() | {"topic": self.topic.text()}

    def work(self, desk: Desk) -> Work:
        """Give what writes it."""
        questions = split_questions(self.questions.text())
        seen = self.request.steps[-1].id
        return partial(service.amend, desk, self.request.id, self.topic.text(), questions, "", seen)
