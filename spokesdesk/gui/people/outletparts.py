"""What belongs to an outlet, below its fields: offices here, resident reporters, checklists filled."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.checklists import Checklist, Seen
from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.offices import Office
from spokesdesk.domain.people import Journalist
from spokesdesk.domain.text import short_date
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, ElidedLabel, LinkButton, clear_layout, label
from spokesdesk.services import people, press
from spokesdesk.services.ports import Desk


@dataclass(frozen=True, slots=True)
class Parts:
    """What belongs to one outlet."""

    outlet_id: UUID
    offices: tuple[Office, ...]
    residents: tuple[Journalist, ...]
    checklists: tuple[Checklist, ...]


def parts_of(desk: Desk, outlet_id: UUID) -> Parts:
    """Read what belongs to an outlet (blocking)."""
    today = vn_day(desk.now())
    staff = people.journalists(desk, outlet_id)
    residents = tuple(who for who in staff if who.is_resident(today))
    return Parts(outlet_id, press.offices(desk, outlet_id), residents, press.checklists(desk, outlet_id))


class OutletParts(QWidget):
    """The three cards.

    Emits:
        office_asked: ``Office`` to be changed, None for a new one.
        checklist_asked: a new checklist is wanted.
        checklist_shown: ``Checklist`` to be read.
    """

    office_asked = Signal(object)
    checklist_asked = Signal(object)
    checklist_shown = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._outlet_id: UUID | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._cards = {
            "offices": (Card(_("Văn phòng đại diện tại địa phương"), parent=self), QVBoxLayout()),
            "residents": (Card(_("Phóng viên thường trú"), parent=self), QVBoxLayout()),
            "checklists": (Card(_("Phiếu đối chiếu dấu hiệu “báo hóa”"), parent=self), QVBoxLayout()),
        }
        for card, rows in self._cards.values():
            rows.setSpacing(2)
            card.body.addLayout(rows)
            column.addWidget(card)
        self._add_button("offices", Button(_("Thêm văn phòng"), self._new_office, parent=self))
        self._add_button("checklists", Button(_("Lập phiếu mới"), self._new_checklist, parent=self))

    def show_of(self, outlet_id: UUID | None) -> None:
        """Show what belongs to an outlet; nothing for None."""
        self._outlet_id = outlet_id
        desk = self._context.desk()
        self.setVisible(outlet_id is not None)
        if desk is not None and outlet_id is not None:
            work = partial(parts_of, desk, outlet_id)
            self._context.courier.run(work, owner=self, ok=self._show, lane="read")

    def _add_button(self, name: str, button: Button) -> None:
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        self._cards[name][0].body.addLayout(row)

    def _show(self, parts: Parts) -> None:
        if parts.outlet_id != self._outlet_id:
            return
        self._fill(
            "offices", [self._office_row(item) for item in parts.offices], _("Chưa ghi văn phòng nào.")
        )
        self._fill(
            "residents",
            [self._resident_row(who) for who in parts.residents],
            _("Ghi ở trang của từng nhà báo: văn bản cử thường trú và thời gian."),
        )
        self._fill(
            "checklists", [self._checklist_row(item) for item in parts.checklists], _("Chưa lập phiếu nào.")
        )

    def _fill(self, name: str, rows: list[QWidget], nothing: str) -> None:
        _card, column = self._cards[name]
        clear_layout(column)
        for row in rows or [label(nothing, "muted", self, wrap=True)]:
            column.addWidget(row)

    def _office_row(self, item: Office) -> QWidget:
        days = [f"{day:%d/%m/%Y}" if day else "…" for day in (item.from_on, item.until_on)]
        told = " · ".join(part for part in (item.head, item.phone, f"{days[0]} – {days[1]}") if part)
        change = LinkButton(_("Sửa"), partial(self.office_asked.emit, item), self)
        drop = LinkButton(_("Bỏ"), partial(self._drop, item.id), self)
        return _row(self, item.address, told, change, drop)

    def _resident_row(self, who: Journalist) -> QWidget:
        told = " · ".join(
            part
            for part in (
                who.resident_decision,
                short_date(who.resident_from_on) if who.resident_from_on else "",
            )
            if part
        )
        open_it = LinkButton(_("Mở"), partial(self._context.navigate, "journalist", who.id), self)
        return _row(self, who.name, told, open_it)

    def _checklist_row(self, item: Checklist) -> QWidget:
        seen = sum(answer.seen is not Seen.UNCHECKED for answer in item.answers)
        when = f"{to_vn(item.at):%H:%M} {short_date(vn_day(item.at))}"
        told = _("{who} · đã xem {n}/{all} tiêu chí").format(
            who=item.author.name, n=seen, all=len(item.answers)
        )
        look = LinkButton(_("Xem"), partial(self.checklist_shown.emit, item), self)
        return _row(self, when, told, look)

    def _drop(self, office_id: UUID) -> None:
        desk = self._context.desk()
        if desk is not None:
            work = partial(press.drop_office, desk, office_id)
            self._context.courier.run(work, owner=self, ok=self._dropped, lane="write")

    def _dropped(self, result: tuple[Office, Changes]) -> None:
        self._context.toast(
            _("Đã bỏ văn phòng {address}").format(address=result[0].address), self._bring_back
        )
        self._gone = result[0]

    def _bring_back(self) -> None:
        desk = self._context.desk()
        if desk is not None:
            work = partial(press.save_office, desk, self._gone)
            self._context.courier.run(work, owner=self, lane="write")

    def _new_office(self) -> None:
        self.office_asked.emit(None)

    def _new_checklist(self) -> None:
        self.checklist_asked.emit(None)


def _row(parent: QWidget, title: str, told: str, *actions: QWidget) -> QWidget:
    made = QWidget(parent)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 2, 0, 2)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(ElidedLabel(title, "strong", made))
    words.addWidget(ElidedLabel(told, "muted", made))
    row.addLayout(words, 1)
    for action in actions:
        row.addWidget(action)
    return made
