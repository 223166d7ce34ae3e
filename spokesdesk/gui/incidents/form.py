"""The form of an incident: a title is enough; the moments show which clocks they start before anything is saved."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import parse_time, to_vn
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.incidents import FACTS_LIMIT, TITLE_LIMIT, Incident, IncidentDraft, IncidentScope
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.domain.words import word
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.incidents.clocks import ClocksCard
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.recordform import RecordForm
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.widgets.basic import Button, Card, LinkButton, PageHeader, PrimaryButton
from spokesdesk.gui.widgets.fields import ComboBox, Field, LineEdit, TextEdit
from spokesdesk.services import incidents as service
from spokesdesk.services.ports import Desk

NEW, EDIT = "incident:new", "incident:edit"
STAMPS = ("happened_at", "received_at", "impact_at", "asked_at")
_LIMITS = {"title": TITLE_LIMIT, "place": NAME_LIMIT, "lead": NAME_LIMIT, "facts": FACTS_LIMIT}
_PAUSE_MS = 400


class IncidentForm(RecordForm):
    """What is known of an incident."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._editing: Incident | None = None
        self._received = ""
        hint = _("14:30 hoặc 14:30 20/11/2026")
        self._lines = {
            "title": LineEdit(_("Vụ việc gì, ở đâu: một dòng"), self),
            **{name: LineEdit(hint, self) for name in STAMPS},
            "place": LineEdit(parent=self),
            "lead": LineEdit(_("để trống nếu cơ quan mình chủ trì"), self),
        }
        self._texts = {
            "participants": TextEdit(_("mỗi dòng một cơ quan"), 2, self),
            "facts": TextEdit(_("Điều đã biết chắc, theo thứ tự; điều chưa rõ ghi là chưa rõ"), 6, self),
        }
        self.scope: ComboBox[IncidentScope] = ComboBox([(one, one.wording) for one in IncidentScope], self)
        self.fields: list[Field] = []
        self.clocks = ClocksCard(context, self)
        self._build()
        self.auto = Autosave(context, NEW, self.values, self)
        self.auto.watch(*(field.edit for field in self.fields))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look_at_clocks)
        for name in STAMPS:
            self._lines[name].textChanged.connect(self._pause.start)
        self.scope.currentIndexChanged.connect(self._pause.start)

    def desk_ready(self, desk: Desk) -> None:
        """Keep what was typed before."""
        self.auto.desk_ready(self.has_text)

    def desk_closed(self) -> None:
        """The desk was locked; what was typed stays."""
        self.clocks.hide()

    @property
    def has_text(self) -> bool:
        """Whether anything was typed that is not saved; the moment filled in by itself is not typing."""
        if self._editing is not None:
            return self.values() != values_of(self._editing.facts)
        typed = self._typed()
        typed.pop("received_at") if typed["received_at"] == self._received else None
        return any(text.strip() for text in typed.values())

    def begin(self) -> None:
        """Begin a new incident that was taken in just now, unless one is being typed already."""
        if self._editing is not None or not self.has_text:
            self._empty()
        self._lines["title"].setFocus()

    def edit(self, incident: Incident) -> None:
        """Begin the next version of what is known."""
        self._start(incident, values_of(incident.facts))
        facts = self._texts["facts"]
        facts.moveCursor(QTextCursor.MoveOperation.End)
        facts.setFocus()

    def restore(self, draft_id: UUID, values: Mapping[str, object], incident: Incident | None) -> None:
        """Take back what was typed."""
        self._start(incident, values)
        self.auto.resume(draft_id)
        self._lines["title"].setFocus()

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        return {**self._typed(), "scope": self.scope.value().value}

    def draft(self) -> IncidentDraft:
        """Give what is known as typed; raises UserError naming the moment that cannot be read."""
        desk = self._context.desk()
        now = desk.now() if desk else None
        moments: dict[str, datetime | None] = {}
        for name in STAMPS:
            typed = self._lines[name].text().strip()
            moments[name] = parse_time(typed, now=now, field=name) if typed else None
        return IncidentDraft(
            title=self._lines["title"].text(),
            scope=self.scope.value(),
            place=self._lines["place"].text(),
            lead=self._lines["lead"].text(),
            participants=tuple(self._texts["participants"].text().split("\n")),
            facts=self._texts["facts"].text(),
            **moments,
        )

    def writing(self, desk: Desk) -> Callable[[], tuple[Incident, Changes]]:
        """Give what writes the incident, or its next version."""
        before, draft, draft_id = self._editing, self.draft(), self.auto.draft_id
        if before is None:
            return partial(service.open_incident, desk, draft, draft_id)
        return partial(service.save_facts, desk, before.id, draft, before.version, draft_id)

    @Slot()
    def look_at_clocks(self) -> None:
        """Show the clocks that the moments typed would start; what cannot be read yet shows none."""
        desk = self._context.desk()
        if desk is None or desk.actor is None:
            return
        try:
            draft = self.draft()
        except UserError:
            self.clocks.hide()
            return
        self._context.courier.run(
            partial(service.preview, desk, draft),
            owner=self,
            ok=self._show_clocks,
            fail=self._no_clocks,
            lane="read",
        )

    @Slot()
    def throw_away(self) -> None:
        """Put the form away for good; it can be taken back for a while."""
        dropped, incident = self.values(), self._editing
        had_text = self.has_text
        self.auto.discard()
        self._empty()
        if had_text:
            self._context.toast(_("Đã bỏ nội dung đang gõ."), partial(self._take_back, dropped, incident))
        self.left.emit()

    def _typed(self) -> dict[str, str]:
        lines = {name: edit.text() for name, edit in self._lines.items()}
        return lines | {name: edit.text() for name, edit in self._texts.items()}

    def _take_back(self, values: Mapping[str, object], incident: Incident | None) -> None:
        self._start(incident, values)
        self.auto.touch()
        if incident is None:
            self._context.create("incident")
        else:
            self._context.navigate("incident", incident.id)

    def _show_clocks(self, found: Incident) -> None:
        self.clocks.show_clocks(found)

    def _no_clocks(self, _error: DeskError) -> None:
        self.clocks.hide()

    def _start(self, incident: Incident | None, values: Mapping[str, object]) -> None:
        self._editing = incident
        title = _("Sửa, bổ sung vụ việc") if incident else _("Vụ việc mới")
        self._head.set_title(title, incident.title if incident else "")
        self.auto.set_quiet(True)
        for name, edit in self._lines.items():
            edit.setText(str(values.get(name, "")))
        for name, text in self._texts.items():
            text.set_text(str(values.get(name, "")))
        self.scope.set_value(IncidentScope(str(values.get("scope", IncidentScope.OWN.value))))
        self.auto.set_quiet(False)
        self.auto.start_new(f"{EDIT}:{incident.id}" if incident else NEW)
        show_error(self.fields, None)
        self.look_at_clocks()

    def _empty(self) -> None:
        desk = self._context.desk()
        now = desk.now() if desk else datetime.now().astimezone()
        self._received = moment_text(now)
        self._start(None, values_of(IncidentDraft("")) | {"received_at": self._received})

    def _failed(self, error: DeskError) -> None:
        if not show_error(self.fields, error):
            self._context.status(word(error))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 12)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(LinkButton(_("‹ Vụ việc đột xuất"), self.left.emit, self))
        self._head = PageHeader(_("Vụ việc mới"), "", self)
        self._head.add_button(Button(_("Bỏ"), self.throw_away, parent=self))
        self._head.add_button(PrimaryButton(_("Lưu vụ việc"), self.save, "Ctrl+S", self, bind=False))
        top.addWidget(self._head, 1)
        column.addLayout(top)
        card = Card(parent=self)
        card.add(self._field(_("Tên vụ việc"), "title"))
        moments, wide = FieldGrid(4, 170, card), FieldGrid(3, 180, card)
        moments.show_cells(
            [
                (self._field(_("Xảy ra lúc"), "happened_at"), 1),
                (self._field(_("Cơ quan tiếp nhận, xử lý lúc"), "received_at"), 1),
                (self._field(_("Xác định có tác động lúc"), "impact_at"), 1),
                (self._field(_("Báo chí, quản lý báo chí hỏi lúc"), "asked_at"), 1),
            ]
        )
        scope = Field(_("Phạm vi"), self.scope, "scope", parent=card)
        self.fields.append(scope)
        wide.show_cells(
            [
                (scope, 1),
                (self._field(_("Nơi xảy ra"), "place"), 1),
                (self._field(_("Cơ quan chủ trì"), "lead"), 1),
            ]
        )
        for part in (moments, wide, self._field(_("Cơ quan phối hợp"), "participants")):
            card.add(part)
        card.add(self._field(_("Diễn biến"), "facts"))
        self.clocks.hide()
        column.addWidget(scrolled([card, self.clocks], self), 1)

    def _field(self, text: str, name: str) -> Field:
        edit = self._lines[name] if name in self._lines else self._texts[name]
        made = Field(text, edit, name, parent=self)
        self.fields.append(made)
        if name in _LIMITS:
            LengthWatch(made, _LIMITS[name])
        return made


def values_of(facts: IncidentDraft) -> dict[str, object]:
    """Give the form's content for what is known."""
    return {
        "title": facts.title,
        **{name: moment_text(getattr(facts, name)) for name in STAMPS},
        "place": facts.place,
        "lead": facts.lead,
        "participants": "\n".join(facts.participants),
        "facts": facts.facts,
        "scope": facts.scope.value,
    }


def moment_text(at: datetime | None) -> str:
    """Give a moment as the form shows it and reads it back, to the second; "" for none."""
    return f"{to_vn(at):%H:%M:%S %d/%m/%Y}" if at else ""
