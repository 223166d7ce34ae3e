"""The form of a case's facts: a new case, or the next version of an old one; kept while typing."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.cases import FACTS_LIMIT, MARKS_LIMIT, TITLE_LIMIT, Case, CaseDraft, CaseKind
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import parse_time, to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.versionform import VersionForm
from spokesdesk.gui.widgets.basic import Card
from spokesdesk.gui.widgets.fields import ComboBox, Field, LineEdit, TextEdit
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services import cases as service
from spokesdesk.services import people
from spokesdesk.services.ports import Desk, Suggestion

NEW, EDIT = "case:new", "case:edit"


class CaseForm(VersionForm):
    """The facts of a case."""

    noun: ClassVar[str] = "case"
    new_name: ClassVar[str] = NEW
    edit_name: ClassVar[str] = EDIT
    limits: ClassVar[Mapping[str, int]] = {
        "title": TITLE_LIMIT,
        "person": NAME_LIMIT,
        "outlet": NAME_LIMIT,
        "place": NAME_LIMIT,
        "marks": MARKS_LIMIT,
        "facts": FACTS_LIMIT,
    }

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
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

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        chosen = self.outlet.suggestion()
        given = {"kind": self.kind.value().value, "outlet_id": str(chosen.id) if chosen else ""}
        return {**self._typed(), **given}

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

    def title_of(self, record: Case | None) -> str:
        """Say what the form is for."""
        return _("Hồ sơ mới") if record is None else _("Sửa nội dung hồ sơ")

    def values_of(self, record: Case) -> dict[str, object]:
        """Give the form's content for the facts of a case."""
        return _values_of(record.facts)

    def _fill_others(self, values: Mapping[str, object]) -> None:
        self.kind.set_value(CaseKind(str(values.get("kind", CaseKind.HARASSMENT.value))))
        if values.get("outlet_id"):
            self.outlet.take(Suggestion(UUID(str(values["outlet_id"])), self.outlet.text()))

    def _empty(self) -> None:
        self._start(None, _values_of(CaseDraft(CaseKind.HARASSMENT, "")))

    def _build(self) -> None:
        column = self._add_head(_("‹ Vụ việc"), _("Lưu hồ sơ"))
        card = Card(parent=self)
        card.add(self._field(_("Tên vụ việc"), "title"))
        short, wide = FieldGrid(2, 200, card), FieldGrid(3, 180, card)
        kind = self._keep(Field(_("Loại vụ việc"), self.kind, "kind", parent=card))
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
