"""The form of an incident: a title is enough; the moments show which clocks they start before anything is saved."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import parse_time, to_vn
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.incidents import FACTS_LIMIT, TITLE_LIMIT, Incident, IncidentDraft, IncidentScope
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.incidents.clocks import ClocksCard
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.versionform import VersionForm
from spokesdesk.gui.widgets.basic import Card
from spokesdesk.gui.widgets.fields import ComboBox, Field, LineEdit, TextEdit
from spokesdesk.services import incidents as service
from spokesdesk.services.ports import Desk

NEW, EDIT = "incident:new", "incident:edit"
STAMPS = ("happened_at", "received_at", "impact_at", "asked_at")
_PAUSE_MS = 400


class IncidentForm(VersionForm):
    """What is known of an incident."""

    noun: ClassVar[str] = "incident"
    new_name: ClassVar[str] = NEW
    edit_name: ClassVar[str] = EDIT
    limits: ClassVar[Mapping[str, int]] = {
        "title": TITLE_LIMIT,
        "place": NAME_LIMIT,
        "lead": NAME_LIMIT,
        "facts": FACTS_LIMIT,
    }

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
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
            return super().has_text
        typed = self._typed()
        typed.pop("received_at") if typed["received_at"] == self._received else None
        return any(text.strip() for text in typed.values())

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

    def _show_clocks(self, found: Incident) -> None:
        self.clocks.show_clocks(found)

    def _no_clocks(self, _error: DeskError) -> None:
        self.clocks.hide()

    def title_of(self, record: Incident | None) -> str:
        """Say what the form is for."""
        return _("Vụ việc mới") if record is None else _("Sửa, bổ sung vụ việc")

    def values_of(self, record: Incident) -> dict[str, object]:
        """Give the form's content for what is known of an incident."""
        return values_of(record.facts)

    def _fill_others(self, values: Mapping[str, object]) -> None:
        self.scope.set_value(IncidentScope(str(values.get("scope", IncidentScope.OWN.value))))

    def _start(self, record: Incident | None, values: Mapping[str, object]) -> None:
        super()._start(record, values)
        self.look_at_clocks()

    def _empty(self) -> None:
        desk = self._context.desk()
        now = desk.now() if desk else datetime.now().astimezone()
        self._received = moment_text(now)
        self._start(None, values_of(IncidentDraft("")) | {"received_at": self._received})

    def _build(self) -> None:
        column = self._add_head(_("‹ Vụ việc đột xuất"), _("Lưu vụ việc"))
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
        scope = self._keep(Field(_("Phạm vi"), self.scope, "scope", parent=card))
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
