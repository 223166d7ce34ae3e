"""The form of a note: an alert or a request of the province, a difficulty of an agency."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import parse_time
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.journal import TEXT_LIMIT
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.province import TITLE_LIMIT, TO_ALL, TO_PROVINCE, Note, NoteDraft, NoteKind, Severity
from spokesdesk.domain.province_words import severities
from spokesdesk.domain.words import word
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.recordform import RecordForm
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.widgets.basic import Card, LinkButton, PageHeader, PrimaryButton, label
from spokesdesk.gui.widgets.fields import ComboBox, Field, LineEdit, TextEdit
from spokesdesk.services import province
from spokesdesk.services.ports import Desk

NEW = "province:new"
_LIMITS = {"title": TITLE_LIMIT, "text": TEXT_LIMIT}


class NoteForm(RecordForm):
    """A new note."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.kind = NoteKind.DIFFICULTY
        self._wanted_recipient = ""
        self.recipient: ComboBox[str] = ComboBox([(TO_ALL, _("Mọi cơ quan trên cổng"))], self)
        self.severity: ComboBox[Severity] = ComboBox(severities(), self)
        self.rule: ComboBox[str] = ComboBox([("", _("Không tính theo quy định"))], self)
        self.answer_by = LineEdit(_("09:15 hoặc 20/11/2026 09:15; để trống nếu không hẹn"), self)
        self.title_edit, self.text = LineEdit(parent=self), TextEdit("", 12, self)
        self.fields: list[Field] = []
        self._build()
        self.auto = Autosave(context, NEW, self.values, self)
        self.auto.watch(*(field.edit for field in self.fields))

    def desk_ready(self, desk: Desk) -> None:
        """Offer the agencies and events that the desk knows, and keep what was typed before."""
        self.auto.desk_ready(self.has_text)
        self._context.courier.run(partial(_offers, desk), owner=self, ok=self._offer, lane="read")

    def desk_closed(self) -> None:
        """The desk was locked; what was typed stays."""

    @property
    def has_text(self) -> bool:
        """Whether anything was typed."""
        return any(edit.text().strip() for edit in (self.title_edit, self.text, self.answer_by))

    def begin(self) -> None:
        """Begin with empty fields, unless something is typed there already."""
        self.write(self.kind)

    def write(self, kind: NoteKind, recipient: str = "") -> None:
        """Begin a note of a kind; what is typed stays when it is of the same kind.

        Args:
            recipient: journal of the agency it is for; "" to choose.
        """
        if self.has_text and kind is not self.kind:
            self.auto.flush()
        if not self.has_text or kind is not self.kind:
            self._empty()
        self.kind = kind
        if recipient:
            self.recipient.set_value(recipient)
        self._dress()
        self.title_edit.setFocus()

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        return {
            "kind": self.kind.value,
            "title": self.title_edit.text(),
            "text": self.text.toPlainText(),
            "recipient": self.recipient.value(),
            "severity": self.severity.value().value,
            "event": self.rule.value(),
            "answer_by": self.answer_by.text(),
        }

    def restore(self, draft_id: UUID, values: Mapping[str, object]) -> None:
        """Take back what was typed."""
        self.auto.set_quiet(True)
        self.kind = NoteKind(str(values["kind"]))
        self.title_edit.setText(str(values.get("title", "")))
        self.text.set_text(str(values.get("text", "")))
        self.answer_by.setText(str(values.get("answer_by", "")))
        self.severity.set_value(Severity(str(values.get("severity", Severity.NOTICE.value))))
        self._wanted_recipient = str(values.get("recipient", ""))
        self.recipient.set_value(self._wanted_recipient)
        self.rule.set_value(str(values.get("event", "")))
        self._dress()
        self.auto.set_quiet(False)
        self.auto.resume(draft_id)
        self.title_edit.setFocus()

    def draft(self, desk: Desk) -> NoteDraft:
        """Give the note as typed; raises UserError naming the moment that cannot be read."""
        typed = self.answer_by.text().strip()
        is_alert = self.kind is NoteKind.ALERT
        is_down = self.kind is not NoteKind.DIFFICULTY
        return NoteDraft(
            self.kind,
            self.title_edit.text(),
            self.text.text(),
            self.recipient.value() if is_down else TO_PROVINCE,
            self.severity.value() if is_alert else Severity.NOTICE,
            parse_time(typed, now=desk.now(), field="answer_by") if typed and is_down else None,
            self.rule.value() if is_alert else "",
        )

    def writing(self, desk: Desk) -> Callable[[], tuple[Note, Changes]]:
        """Give what writes the note."""
        return partial(province.write, desk, self.draft(desk), self.auto.draft_id)

    def _failed(self, error: DeskError) -> None:
        if not (isinstance(error, UserError) and show_error(self.fields, error)):
            self._context.status(word(error))

    def _empty(self) -> None:
        self.auto.set_quiet(True)
        for edit in (self.title_edit, self.answer_by):
            edit.clear()
        self.text.set_text("")
        self.severity.set_value(Severity.NOTICE)
        self.rule.set_value("")
        self.auto.set_quiet(False)
        self.auto.start_new()
        show_error(self.fields, None)

    def _dress(self) -> None:
        titles = {
            NoteKind.ALERT: _("Cảnh báo người đứng đầu cơ quan"),
            NoteKind.ASK: _("Yêu cầu cung cấp thông tin"),
        }
        notes = {
            NoteKind.ALERT: _(
                "Cơ quan nhận thấy ở trang Hôm nay kèm thời hạn, và xác nhận đã nhận: ai, lúc nào."
            ),
            NoteKind.ASK: _("Cơ quan nhận thành một yêu cầu có thời hạn và căn cứ; trả lời tự về đây."),
        }
        self._header.set_title(titles.get(self.kind, _("Báo cáo khó khăn, vướng mắc với tỉnh")))
        self._note.setText(
            notes.get(
                self.kind, _("Gửi cơ quan quản lý báo chí của tỉnh ở lần đồng bộ tới; trả lời tự về đây.")
            )
        )
        for name, kinds in (
            ("recipient", (NoteKind.ALERT, NoteKind.ASK)),
            ("answer_by", (NoteKind.ALERT, NoteKind.ASK)),
            ("severity", (NoteKind.ALERT,)),
            ("event", (NoteKind.ALERT,)),
        ):
            next(field for field in self.fields if field.name == name).setVisible(self.kind in kinds)

    def _offer(self, offers: tuple[list[tuple[str, str]], list[tuple[str, str]]]) -> None:
        agencies, events = offers
        for combo, first, found in (
            (self.recipient, (TO_ALL, _("Mọi cơ quan trên cổng")), agencies),
            (self.rule, ("", _("Không tính theo quy định")), events),
        ):
            chosen = combo.value()
            blocked = combo.blockSignals(True)
            combo.set_choices([first, *found])
            combo.set_value(self._wanted_recipient or chosen if combo is self.recipient else chosen)
            combo.blockSignals(blocked)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 12)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(LinkButton(_("‹ Danh sách"), self.left.emit, self))
        self._header = PageHeader("", "", self)
        self._header.add_button(PrimaryButton(_("Ghi và gửi"), self.save, "Ctrl+S", self, bind=False))
        top.addWidget(self._header, 1)
        column.addLayout(top)
        card = Card(parent=self)
        self._note = label("", "muted", card, wrap=True)
        card.add(self._note)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._field(_("Nơi nhận"), self.recipient, "recipient"), 2)
        row.addWidget(self._field(_("Mức độ"), self.severity, "severity"), 1)
        card.body.addLayout(row)
        card.add(self._field(_("Việc gì"), self.title_edit, "title"))
        card.add(self._field(_("Nội dung"), self.text, "text"))
        clocks = QHBoxLayout()
        clocks.setSpacing(12)
        clocks.addWidget(self._field(_("Trả lời trước"), self.answer_by, "answer_by"), 1)
        clocks.addWidget(self._field(_("Tính hạn theo quy định"), self.rule, "event"), 1)
        card.body.addLayout(clocks)
        column.addWidget(scrolled([card], self), 1)
        for field in self.fields:
            if field.name in _LIMITS:
                LengthWatch(field, _LIMITS[field.name])
        for before, after in pairwise([field.edit for field in self.fields]):
            QWidget.setTabOrder(before, after)

    def _field(self, text: str, edit: QWidget, name: str) -> Field:
        made = Field(text, edit, name, parent=self)
        self.fields.append(made)
        return made


def _offers(desk: Desk) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Worker: the agencies that may be written to, and the events whose clock an alert may start."""
    agencies = [(str(one.journal), one.name) for one in province.agencies(desk)]
    return agencies, list(province.alert_events(desk))
