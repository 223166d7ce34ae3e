"""The agency's own days off, on top of the official calendar; deadlines are counted with both."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.saying import sentence, show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, LinkButton, clear_layout, label
from spokesdesk.gui.widgets.fields import DateEdit, Field, LineEdit
from spokesdesk.services.ports import Desk


class HolidaysSection(Section):
    """A list of days; each change is kept at once and can be undone."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._days: dict[date, str] = {}
        self._before: dict[date, str] = {}
        card = Card(_("Ngày nghỉ riêng của cơ quan"), parent=self)
        hint = _("Lịch nghỉ lễ, tết và hoán đổi của Nhà nước đã có sẵn. Chỉ thêm ngày cơ quan nghỉ riêng.")
        card.add(label(hint, "small", card, wrap=True))
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        card.body.addLayout(self._list)
        self._on, self._name = DateEdit("on", card), LineEdit(parent=card)
        self._on_field = Field(_("Ngày"), self._on, "on", parent=card)
        self._name_field = Field(_("Lý do"), self._name, "holidays", parent=card)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._on_field, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._name_field, 5, Qt.AlignmentFlag.AlignTop)
        button = QVBoxLayout()
        button.addSpacing(22)
        button.addWidget(Button(_("Thêm ngày"), self._add, parent=card))
        button.addStretch(1)
        row.addLayout(button)
        card.body.addLayout(row)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self._on.returnPressed.connect(self._day_given)
        self._name.returnPressed.connect(self._add)

    def desk_ready(self, desk: Desk) -> None:
        """Ask for the days."""
        self.context.courier.run(partial(_holidays, desk), owner=self, ok=self._show, lane="read")

    def desk_closed(self) -> None:
        """Show nothing."""
        self._show({})

    def _show(self, days: Mapping[date, str]) -> None:
        self._days = dict(days)
        clear_layout(self._list)
        if not days:
            self._list.addWidget(label(_("Chưa có ngày nghỉ riêng nào."), "muted", self))
        for on in sorted(days):
            self._list.addWidget(self._row(on, days[on]))

    def _row(self, on: date, name: str) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        shown = label(f"{on:%d/%m/%Y}", "strong", box)
        shown.setFixedWidth(92)
        row.addWidget(shown)
        row.addWidget(label(name, "", box), 1)
        remove = LinkButton(_("Bỏ"), partial(self._remove, on), box)
        remove.setAccessibleName(_("Bỏ ngày {on}").format(on=f"{on:%d/%m/%Y}"))
        row.addWidget(remove)
        return box

    @Slot()
    def _day_given(self) -> None:
        if self._day() is not None:
            self._name_field.focus()

    def _day(self) -> date | None:
        """Give the day typed; None, said at its field, when it cannot be read or is missing."""
        try:
            on = self._on.on()
        except UserError as error:
            show_error([self._on_field], error)
            return None
        self._on_field.set_error("" if on else _("Cần một ngày."))
        return on

    @Slot()
    def _add(self) -> None:
        on = self._day()
        if on is not None:
            self._keep({**self._days, on: self._name.text()})

    def _remove(self, on: date) -> None:
        self._keep({day: name for day, name in self._days.items() if day != on})

    def _undo(self) -> None:
        self._keep(self._before)

    def _keep(self, days: Mapping[date, str]) -> None:
        desk = self.context.desk()
        if desk is None:
            return
        self._before = dict(self._days)
        self.context.courier.run(
            partial(_save, desk, dict(days)), owner=self, ok=self._kept, fail=self._refused
        )

    def _kept(self, saved: tuple[dict[date, str], Changes]) -> None:
        self._name_field.set_error("")
        self._on.clear()
        self._name.clear()
        self._show(saved[0])
        self.context.toast(_("Đã lưu ngày nghỉ; thời hạn mới tính theo lịch này."), self._undo)

    def _refused(self, error: DeskError) -> None:
        self._name_field.set_error(sentence(error, self._name_field))


def _holidays(desk: Desk) -> dict[date, str]:
    from spokesdesk.services import calendar

    return calendar.holidays(desk)


def _save(desk: Desk, days: Mapping[date, str]) -> tuple[dict[date, str], Changes]:
    from spokesdesk.services import calendar

    return calendar.save_holidays(desk, days)
