"""The form of a case's facts: a new case, or the next version of an old one; kept while typing."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.cases import FACTS_LIMIT, MARKS_LIMIT, TITLE_LIMIT, Case, CaseDraft, CaseKind
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import parse_time, to_vn
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.domain.words import word
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.recordform import RecordForm
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.widgets.basic import Button, Card, LinkButton, PageHeader, PrimaryButton
from spokesdesk.gui.widgets.fields import ComboBox, Field, LineEdit, TextEdit
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services import cases as service
from spokesdesk.services import people
from spokesdesk.services.ports import Desk, Suggestion

NEW, EDIT = "case:new", "case:edit"
_LIMITS = {
    "title": TITLE_LIMIT,
    "person": NAME_LIMIT,
    "outlet": NAME_LIMIT,
    "place": NAME_LIMIT,
    "marks": MARKS_LIMIT,
    "facts": FACTS_LIMIT,
}


class CaseForm(RecordForm):
    """The facts of a case."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._editing: Case | None = None
        self.kind: ComboBox[CaseKind] = ComboBox([(kind, kind.wording) for kind in CaseKind], self)
        self.outlet = Suggest(context.courier, context.theme, None, _("nếu người này có xưng"), self)
        self.happened = LineEdit(_("14:30 20/11/2026, hoặc để trống"), self)
        self._lines: dict[str, LineEdit] = {
            "title": LineEdit(_("Vụ việc gì, ai: một dòng"), self),
            "happened_at": self.happened,
            "person": LineEdit(parent=self),
            "outlet": self.outlet,
            "place": LineEdit(parent=self),
        }
        self._texts = {
            "marks": TextEdit(_("Số điện thoại, Zalo, biển số xe, hình dáng…"), 2, self),
            "facts": TextEdit(_("Ai, làm gì, nói gì, lúc nào; theo thứ tự"), 8, self),
        }
        self.fields: list[Field] = []
        self._build()
        self.auto = Autosave(context, NEW, self.values, self)
        self.auto.watch(*(field.edit for field in self.fields))

    def desk_ready(self, desk: Desk) -> None:
        """Offer known outlets, and keep what was typed before."""
        self.outlet.fetch_with(partial(people.suggest, desk, "outlet"))
        self.auto.desk_ready(self.has_text)

    def desk_closed(self) -> None:
        """The desk was locked; what was typed stays."""
        self.outlet.fetch_with(None)

    @property
    def has_text(self) -> bool:
        """Whether anything was typed that is not saved."""
        if self._editing is not None:
            return self.values() != _values_of(self._editing.facts)
        return any(text.strip() for text in self._typed().values())

    def begin(self) -> None:
        """Begin a new case with empty fields, unless one is being typed already."""
        if self._editing is not None or not self.has_text:
            self._empty()
        self._lines["title"].setFocus()

    def edit(self, case: Case) -> None:
        """Begin the next version of a case's facts."""
        self._start(case, f"{EDIT}:{case.id}", _values_of(case.facts))
        facts = self._texts["facts"]
        facts.moveCursor(QTextCursor.MoveOperation.End)
        facts.setFocus()

    def restore(self, draft_id: UUID, values: Mapping[str, object], case: Case | None) -> None:
        """Take back what was typed."""
        self._start(case, f"{EDIT}:{case.id}" if case else NEW, values)
        self.auto.resume(draft_id)
        self._lines["title"].setFocus()

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        chosen = self.outlet.suggestion()
        given = {"kind": self.kind.value().value, "outlet_id": str(chosen.id) if chosen else ""}
        return {**self._typed(), **given}

    def _typed(self) -> dict[str, str]:
        lines = {name: edit.text() for name, edit in self._lines.items()}
        return lines | {name: edit.text() for name, edit in self._texts.items()}

    def draft(self) -> CaseDraft:
        """Give the facts as typed; raises UserError naming ``happened_at``."""
        chosen = self.outlet.suggestion()
        typed = self.happened.text().strip()
        desk = self._context.desk()
        return CaseDraft(
            kind=self.kind.value(),
            title=self._lines["title"].text(),
            happened_at=parse_time(typed, now=desk.now() if desk else None, field="happened_at")
            if typed
            else None,
            place=self._lines["place"].text(),
            person=self._lines["person"].text(),
            outlet=self.outlet.text(),
            outlet_id=chosen.id if chosen else None,
            marks=self._texts["marks"].text(),
            facts=self._texts["facts"].text(),
        )

    def writing(self, desk: Desk) -> Callable[[], tuple[Case, Changes]]:
        """Give what writes the case, or its next version."""
        before, draft, draft_id = self._editing, self.draft(), self.auto.draft_id
        if before is None:
            return partial(service.open_case, desk, draft, draft_id)
        return partial(service.save_facts, desk, before.id, draft, before.version, draft_id)

    @Slot()
    def throw_away(self) -> None:
        """Put the form away for good; it can be taken back for a while."""
        dropped, case = self.values(), self._editing
        had_text = self.has_text
        self.auto.discard()
        self._empty()
        if had_text:
            self._context.toast(_("Đã bỏ nội dung đang gõ."), partial(self._take_back, dropped, case))
        self.left.emit()

    def _take_back(self, values: Mapping[str, object], case: Case | None) -> None:
        self._start(case, f"{EDIT}:{case.id}" if case else NEW, values)
        self.auto.touch()
        if case is None:
            self._context.create("case")
        else:
            self._context.navigate("case", case.id)

    def _start(self, case: Case | None, form: str, values: Mapping[str, object]) -> None:
        self._editing = case
        self._head.set_title(_("Sửa nội dung hồ sơ") if case else _("Hồ sơ mới"), case.title if case else "")
        self.auto.set_quiet(True)
        for name, edit in self._lines.items():
            edit.setText(str(values.get(name, "")))
        for name, text in self._texts.items():
            text.set_text(str(values.get(name, "")))
        self.kind.set_value(CaseKind(str(values.get("kind", CaseKind.HARASSMENT.value))))
        if values.get("outlet_id"):
            self.outlet.take(Suggestion(UUID(str(values["outlet_id"])), self.outlet.text()))
        self.auto.set_quiet(False)
        self.auto.start_new(form)
        show_error(self.fields, None)

    def _empty(self) -> None:
        self._start(None, NEW, _values_of(CaseDraft(CaseKind.HARASSMENT, "")))

    def _failed(self, error: DeskError) -> None:
        if not show_error(self.fields, error):
            self._context.status(word(error))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 12)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(LinkButton(_("‹ Vụ việc"), self.left.emit, self))
        self._head = PageHeader(_("Hồ sơ mới"), "", self)
        self._head.add_button(Button(_("Bỏ"), self.throw_away, parent=self))
        self._head.add_button(PrimaryButton(_("Lưu hồ sơ"), self.save, "Ctrl+S", self, bind=False))
        top.addWidget(self._head, 1)
        column.addLayout(top)
        card = Card(parent=self)
        card.add(self._field(_("Tên vụ việc"), "title"))
        short, wide = FieldGrid(2, 200, card), FieldGrid(3, 180, card)
        kind = Field(_("Loại vụ việc"), self.kind, "kind", parent=card)
        self.fields.append(kind)
        short.show_cells([(kind, 1), (self._field(_("Xảy ra lúc"), "happened_at"), 1)])
        wide.show_cells(
            [
                (self._field(_("Người xưng danh"), "person"), 1),
                (self._field(_("Cơ quan báo chí người này xưng"), "outlet"), 1),
                (self._field(_("Nơi xảy ra"), "place"), 1),
            ]
        )
        for part in (short, wide, self._field(_("Đặc điểm nhận biết"), "marks")):
            card.add(part)
        card.add(self._field(_("Diễn biến"), "facts"))
        column.addWidget(scrolled([card], self), 1)

    def _field(self, text: str, name: str) -> Field:
        edit = self._lines[name] if name in self._lines else self._texts[name]
        made = Field(text, edit, name, parent=self)
        self.fields.append(made)
        if name in _LIMITS:
            LengthWatch(made, _LIMITS[name])
        return made


def _values_of(facts: CaseDraft) -> dict[str, object]:
    return {
        "kind": facts.kind.value,
        "title": facts.title,
        "happened_at": _moment(facts.happened_at),
        "person": facts.person,
        "outlet": facts.outlet,
        "place": facts.place,
        "marks": facts.marks,
        "facts": facts.facts,
        "outlet_id": str(facts.outlet_id) if facts.outlet_id else "",
    }


def _moment(at: datetime | None) -> str:
    return f"{to_vn(at):%H:%M:%S %d/%m/%Y}" if at else ""
