"""The agency's own places to report to (police of the ward, the province's hotline), beside the program's table."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.routing import LOCAL, Place, PlaceKind, Trust
from spokesdesk.domain.text import short_date
from spokesdesk.domain.words import word
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Button, Card, Chip, LinkButton, clear_layout, label
from spokesdesk.gui.widgets.fields import CheckBox, ComboBox, Field, LineEdit
from spokesdesk.services.ports import Desk

_KINDS = (PlaceKind.POLICE, PlaceKind.HOTLINE, PlaceKind.PRESS_AUTHORITY, PlaceKind.OTHER)


class PlacesSection(Section):
    """A list of places; each change is kept at once and can be undone."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._places: tuple[Place, ...] = ()
        self._before: tuple[Place, ...] = ()
        card = Card(_("Nơi báo vụ việc của địa phương"), parent=self)
        hint = _(
            "Thêm công an phường, xã, đường dây nóng của tỉnh. Danh sách chung của chương trình vẫn hiện bên dưới các "
            "dòng này ở trang Vụ việc. Chỉ quản trị viên thêm, bỏ được."
        )
        card.add(label(hint, "small", card, wrap=True))
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        card.body.addLayout(self._list)
        self._kind: ComboBox[PlaceKind] = ComboBox([(kind, kind.wording) for kind in _KINDS], card)
        self._edits = {name: LineEdit(parent=card) for name in ("place_name", "phone", "email", "note")}
        self._letter = CheckBox(_("Gửi công văn tới nơi này"), card)
        self._checked = CheckBox(_("Tôi đã gọi thử, số đúng"), card)
        self._fields = [
            Field(_("Loại"), self._kind, "kind", parent=card),
            Field(_("Tên nơi báo"), self._edits["place_name"], "place_name", parent=card),
            Field(_("Điện thoại"), self._edits["phone"], "phone", parent=card),
            Field(_("Thư điện tử"), self._edits["email"], "email", parent=card),
            Field(_("Ghi chú"), self._edits["note"], "note", parent=card),
        ]
        short, wide = FieldGrid(2, 180, card), FieldGrid(3, 170, card)
        short.show_cells([(field, 1) for field in self._fields[:2]])
        wide.show_cells([(field, 1) for field in self._fields[2:]])
        card.add(short)
        card.add(wide)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._letter)
        row.addWidget(self._checked)
        row.addStretch(1)
        row.addWidget(Button(_("Thêm nơi báo"), self._add, parent=card))
        card.body.addLayout(row)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self._show(())

    def desk_ready(self, desk: Desk) -> None:
        """Ask for the places."""
        self.context.courier.run(partial(_places, desk), owner=self, ok=self._show, lane="read")

    def desk_closed(self) -> None:
        """Show nothing."""
        self._show(())

    def _show(self, places: Sequence[Place]) -> None:
        self._places = tuple(places)
        clear_layout(self._list)
        if not places:
            self._list.addWidget(label(_("Chưa có nơi báo riêng nào."), "muted", self))
        for place in places:
            self._list.addWidget(self._row(place))

    def _row(self, place: Place) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(place.name, "strong", box, wrap=True))
        said = " · ".join(part for part in (place.kind.wording, place.phone, place.email, place.note) if part)
        words.addWidget(label(said, "small", box, wrap=True))
        row.addLayout(words, 1)
        is_sure = place.trust is Trust.VERIFIED
        seen = _("đã gọi thử {day}").format(day=short_date(place.seen_on)) if place.seen_on else ""
        row.addWidget(
            Chip(seen if is_sure else place.trust.wording, "green" if is_sure else "amber", parent=box)
        )
        if not is_sure:
            row.addWidget(LinkButton(_("Đã gọi thử"), partial(self._verified, place), box))
        remove = LinkButton(_("Bỏ"), partial(self._remove, place), box)
        remove.setAccessibleName(_("Bỏ {name}").format(name=place.name))
        row.addWidget(remove)
        return box

    @Slot()
    def _add(self) -> None:
        commit_typing()
        desk = self.context.desk()
        if desk is None:
            return
        typed = {name: edit.text() for name, edit in self._edits.items()}
        is_sure = self._checked.isChecked()
        made = Place(
            id=f"{LOCAL}-{uuid4().hex[:8]}",
            kind=self._kind.value(),
            name=typed["place_name"],
            addressee=typed["place_name"] if self._letter.isChecked() else "",
            phone=typed["phone"],
            email=typed["email"],
            trust=Trust.VERIFIED if is_sure else Trust.UNVERIFIED,
            seen_on=vn_day(desk.now()) if is_sure else None,
            note=typed["note"],
        )
        self._keep((*self._places, made))

    def _verified(self, place: Place) -> None:
        desk = self.context.desk()
        if desk is not None:
            sure = replace(place, trust=Trust.VERIFIED, seen_on=vn_day(desk.now()))
            self._keep(tuple(sure if one.id == place.id else one for one in self._places))

    def _remove(self, place: Place) -> None:
        self._keep(tuple(one for one in self._places if one.id != place.id))

    def _undo(self) -> None:
        self._keep(self._before)

    def _keep(self, places: tuple[Place, ...]) -> None:
        desk = self.context.desk()
        if desk is None:
            return
        self._before = self._places
        self.context.courier.run(partial(_save, desk, places), owner=self, ok=self._kept, fail=self._refused)

    def _kept(self, saved: tuple[tuple[Place, ...], Changes]) -> None:
        show_error(self._fields, None)
        for edit in self._edits.values():
            edit.clear()
        self._letter.setChecked(False)
        self._checked.setChecked(False)
        self._show(saved[0])
        self.context.toast(_("Đã lưu nơi báo."), self._undo)

    def _refused(self, error: DeskError) -> None:
        if not show_error(self._fields, error):
            self.context.status(word(error))


def _places(desk: Desk) -> tuple[Place, ...]:
    from spokesdesk.services import routing

    return routing.local_places(desk)


def _save(desk: Desk, places: tuple[Place, ...]) -> tuple[tuple[Place, ...], Changes]:
    from spokesdesk.services import routing

    return routing.save_local_places(desk, places)
