"""The inputs of a new request in the order of the call, and what they hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.clock import parse_time
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import QUESTION_LIMIT, QUESTIONS_LIMIT, TOPIC_LIMIT, Channel
from spokesdesk.domain.journal_words import channels
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT, Member
from spokesdesk.domain.requests import AskerKind, RequestDraft
from spokesdesk.gui.answerclock import AnswerClock
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.nameedit import NameEdit
from spokesdesk.gui.questions import split_questions
from spokesdesk.gui.requests.words import ASKERS, Names, moment
from spokesdesk.gui.saying import sentence
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.fields import ComboBox, Field, LineEdit, TextEdit
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services import people
from spokesdesk.services.ports import Desk, Suggestion

TEXTS = ("received", "asker", "topic", "wanted", "lead_unit", "shared", "holder")


@dataclass(frozen=True, slots=True)
class _Known:
    desk: Desk
    kind: str

    def __call__(self, words: str) -> Sequence[Suggestion]:
        return people.suggest(self.desk, self.kind, words)


class RequestInputs(QWidget):
    """Every input of a new request.

    Emits:
        edited: None, the clock was chosen anew.
    """

    edited = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("plain", True)
        self._desk: Desk | None = None
        courier, theme = context.courier, context.theme
        typed = _("Gõ một phần tên, không cần dấu")
        self.received = LineEdit(_("09:15 hoặc 20/11/2026 09:15"), self)
        self.channel: ComboBox[Channel] = ComboBox(channels(), self)
        self.asker_kind: ComboBox[AskerKind] = ComboBox(ASKERS, self)
        self.journalist = NameEdit(courier, theme, None, typed, self)
        self.outlet = NameEdit(courier, theme, None, typed, self)
        self.asker = LineEdit(_("Văn phòng, sở, ngành, cơ quan quản lý báo chí…"), self)
        self.topic = LineEdit(_("Hỏi về việc gì"), self)
        self.questions = TextEdit(_("Mỗi câu hỏi một dòng, hoặc đánh số 1. 2. 3."), 3, self)
        self.clock = AnswerClock(courier, self)
        self.wanted = LineEdit(_("16:00 hoặc 28/11/2026 16:00; để trống nếu không hẹn"), self)
        self.owner: ComboBox[str] = ComboBox([("", _("Chưa giao"))], self)
        self.lead_unit = Suggest(courier, theme, None, typed, self)
        self.shared = LineEdit(_("Các nơi phối hợp, ngăn bằng dấu chấm phẩy"), self)
        self.holder = Suggest(courier, theme, None, _("Để trống: người phụ trách"), self)
        self._owner = ""
        self._fields: dict[str, Field] = {}
        self._lay_out()
        self.asker_kind.currentIndexChanged.connect(self._kind_changed)
        self.received.textChanged.connect(self._time_changed)
        self.received.editingFinished.connect(self._time_left)
        self.clock.edited.connect(self.edited)
        self.owner.currentIndexChanged.connect(self._owner_chosen)

    def use(self, desk: Desk | None, members: Sequence[Member] = ()) -> None:
        """Work with this desk; None while it is closed."""
        self._desk = desk
        self.journalist.fetch_with(_Known(desk, "journalist") if desk else None)
        self.outlet.fetch_with(_Known(desk, "outlet") if desk else None)
        for edit in (self.lead_unit, self.holder):
            edit.fetch_with(Names(desk) if desk else None)
        if members:
            blocked = self.owner.blockSignals(True)
            self.owner.set_choices(
                [("", _("Chưa giao")), *((str(member.id), member.name) for member in members)]
            )
            self.owner.set_value(self._owner)
            self.owner.blockSignals(blocked)
        self._time_changed()

    def now(self) -> datetime:
        """Give the present moment, UTC."""
        return self._desk.now() if self._desk else datetime.now(UTC)

    def fields(self) -> list[Field]:
        """Give every labelled input, for errors."""
        return [*self._fields.values(), self.clock.field]

    def field(self, name: str) -> Field:
        """Give one labelled input."""
        return self._fields[name]

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        typed: dict[str, object] = {name: getattr(self, name).text() for name in TEXTS}
        chosen = {"journalist": self.journalist, "outlet": self.outlet}
        for name, edit in chosen.items():
            found = edit.suggestion()
            typed |= {name: edit.text(), f"{name}_id": str(found.id) if found else ""}
        return typed | {
            "channel": self.channel.value().value,
            "asker_kind": self.asker_kind.value().value,
            "questions": self.questions.text(),
            "event": self.clock.event_id(),
            "owner": self._owner,
        }

    def fill(self, values: Mapping[str, object]) -> None:
        """Show what was typed before; an empty mapping empties the form."""
        for name in TEXTS:
            getattr(self, name).setText(str(values.get(name, "")))
        if not self.received.text():
            self.received.setText(moment(self.now()))
        for name, edit in (("journalist", self.journalist), ("outlet", self.outlet)):
            edit.setText(str(values.get(name, "")))
            if values.get(f"{name}_id"):
                edit.take(Suggestion(UUID(str(values[f"{name}_id"])), edit.text()))
        self.channel.set_value(Channel(str(values.get("channel", Channel.EMAIL.value))))
        self.asker_kind.set_value(AskerKind(str(values.get("asker_kind", AskerKind.PRESS.value))))
        self.questions.set_text(str(values.get("questions", "")))
        self._owner = str(values.get("owner", ""))
        self.owner.set_value(self._owner)
        self.clock.choose(str(values.get("event", "")))
        for field in self.fields():
            field.set_error("")
        self._kind_changed()

    def has_text(self) -> bool:
        """Whether anything was typed that would be missed."""
        edits = (self.journalist, self.outlet, self.asker, self.topic, self.questions, self.wanted)
        return any(edit.text().strip() for edit in edits)

    def draft(self) -> RequestDraft:
        """Give the request as typed; raises UserError naming a moment that cannot be read."""
        journalist, outlet = self.journalist.suggestion(), self.outlet.suggestion()
        wanted = self.wanted.text().strip()
        return RequestDraft(
            channel=self.channel.value(),
            received_at=parse_time(self.received.text(), now=self.now(), field="received_at"),
            topic=self.topic.text(),
            asker_kind=self.asker_kind.value(),
            asker=self.asker.text(),
            outlet=self.outlet.text(),
            outlet_id=outlet.id if outlet else None,
            journalist=self.journalist.text(),
            journalist_id=journalist.id if journalist else None,
            questions=split_questions(self.questions.text()),
            event=self.clock.event_id(),
            wanted_at=parse_time(wanted, now=self.now(), field="wanted_at") if wanted else None,
            owner_id=UUID(self._owner) if self._owner else None,
            lead_unit=self.lead_unit.text(),
            shared=tuple(self.shared.text().split(";")),
            holder=self.holder.text(),
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(10)
        rows: tuple[tuple[tuple[str, str, QWidget], ...], ...] = (
            (
                ("received_at", _("Tiếp nhận lúc"), self.received),
                ("channel", _("Hình thức"), self.channel),
                ("asker_kind", _("Bên hỏi là"), self.asker_kind),
            ),
            (
                ("journalist", _("Nhà báo"), self.journalist),
                ("outlet", _("Cơ quan báo chí"), self.outlet),
                ("asker", _("Tên cơ quan hỏi"), self.asker),
            ),
            (("topic", _("Chủ đề"), self.topic),),
            (("questions", _("Câu hỏi"), self.questions),),
            (("", "", self.clock), ("wanted_at", _("Bên hỏi cần trước"), self.wanted)),
            (
                ("owner", _("Người phụ trách"), self.owner),
                ("lead_unit", _("Đơn vị chủ trì"), self.lead_unit),
            ),
            (("shared", _("Phối hợp"), self.shared), ("holder", _("Đang chờ ai"), self.holder)),
        )
        for row in rows:
            column.addWidget(self._row(row))
        column.addStretch(1)
        limits = {"journalist": NAME_LIMIT, "outlet": NAME_LIMIT, "asker": NAME_LIMIT, "topic": TOPIC_LIMIT}
        limits |= {"questions": QUESTION_LIMIT * QUESTIONS_LIMIT, "lead_unit": NAME_LIMIT}
        for name, limit in (limits | {"holder": NAME_LIMIT, "shared": 20 * NAME_LIMIT}).items():
            LengthWatch(self._fields[name], limit)

    def _row(self, cells: Sequence[tuple[str, str, QWidget]]) -> QWidget:
        shown: list[tuple[QWidget, int]] = []
        for name, text, edit in cells:
            if name:
                self._fields[name] = Field(text, edit, name, parent=self)
            shown.append((self._fields[name] if name else edit, 1))
        grid = FieldGrid(len(shown), 180, self)
        grid.show_cells(shown)
        return grid

    def _kind_changed(self, _index: int = 0) -> None:
        is_press = self.asker_kind.value() is AskerKind.PRESS
        for name in ("journalist", "outlet"):
            self._fields[name].setVisible(is_press)
        self._fields["asker"].setVisible(not is_press)

    def _owner_chosen(self, _index: int) -> None:
        self._owner = self.owner.value()

    def _received_at(self) -> datetime | None:
        try:
            return parse_time(self.received.text(), now=self.now(), field="received_at")
        except UserError:
            return None

    def _time_changed(self, _text: str = "") -> None:
        at = self._received_at()
        if at is not None:
            self.clock.use(self._desk, at)

    def _time_left(self) -> None:
        """Write the moment out in full once the field is left, or say why it cannot be read."""
        field = self._fields["received_at"]
        try:
            at = parse_time(self.received.text(), now=self.now(), field="received_at")
        except UserError as error:
            field.set_error(sentence(error, field))
            return
        field.set_error("")
        if self.received.text() != moment(at):
            self.received.setText(moment(at))
