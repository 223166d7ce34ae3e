"""Cards beside a case: where it is reported, with the mark of what is not verified, and the law a report names."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.routing import LOCAL, Offence, Trust
from spokesdesk.domain.text import short_date
from spokesdesk.gui.widgets.basic import Card, Chip, LinkButton, clear_layout, label, line
from spokesdesk.gui.widgets.fields import CheckBox
from spokesdesk.services.routing import Route


class PlacesCard(Card):
    """Where the case is reported; the ticked ones are addressed by the letter and proposed as told.

    Emits:
        local_wanted: the agency's own rows are to be edited.
    """

    local_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Nơi báo"), parent=parent)
        self._ticks: list[tuple[Route, CheckBox]] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)
        hint = _("Ô được chọn: nơi nhận công văn và nơi ghi khi đã báo.")
        self.add(label(hint, "small", self, wrap=True))
        self.body.addWidget(
            LinkButton(_("Thêm nơi báo của địa phương…"), self.local_wanted.emit, self),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )

    def show_routes(self, routes: Sequence[Route]) -> None:
        """Show these places; what was ticked stays ticked."""
        before = {route.place.id: tick.isChecked() for route, tick in self._ticks}
        clear_layout(self._rows)
        self._ticks = []
        for at, route in enumerate(routes):
            if at:
                self._rows.addWidget(line(self))
            self._rows.addWidget(self._row(route, before.get(route.place.id, bool(route.addressee))))

    def chosen(self) -> tuple[Route, ...]:
        """Give the places that are ticked."""
        return tuple(route for route, tick in self._ticks if tick.isChecked())

    def _row(self, route: Route, ticked: bool) -> QWidget:
        place = route.place
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        top = QHBoxLayout()
        top.setSpacing(8)
        tick = CheckBox("", box)
        tick.setAccessibleName(route.name)
        tick.setChecked(ticked)
        self._ticks.append((route, tick))
        top.addWidget(tick)
        top.addWidget(label(route.name, "strong", box, wrap=True), 1)
        tone = "amber" if place.trust is Trust.UNVERIFIED else "neutral"
        top.addWidget(Chip(place.trust.wording, tone, parent=box))
        column.addLayout(top)
        for text in _about(route):
            said = label(text, "small", box, wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said.setContentsMargins(26, 0, 0, 0)
            column.addWidget(said)
        return box


def _about(route: Route) -> list[str]:
    place = route.place
    reach = " · ".join(part for part in (place.phone, place.email) if part)
    seen = ""
    if place.seen_on is not None:
        seen = _("số thấy ngày {day}").format(day=short_date(place.seen_on))
    lines = [" · ".join(part for part in (reach, seen if reach else "") if part)]
    before = _("Thay cho {name}.").format(name=place.predecessor) if place.predecessor else ""
    source = _("cơ quan tự khai") if place.source == LOCAL else place.source
    said = (place.note, before, _("Nguồn: {source}.").format(source=source))
    lines.append(" ".join(part for part in said if part))
    return [text for text in lines if text]


class LawCard(Card):
    """What the law in force on the day of the incident says, each with its doubt."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Căn cứ nêu trong công văn"), parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)

    def show_law(self, law: Sequence[Offence]) -> None:
        """Show these places of the law."""
        clear_layout(self._rows)
        for one in law:
            self._rows.addWidget(self._row(one))

    def _row(self, one: Offence) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(label(one.text, "strong", box, wrap=True), 1)
        top.addWidget(Chip("" if one.is_sure else _("chưa xác minh"), "amber", parent=box))
        column.addLayout(top)
        column.addWidget(label(one.citation, "cite", box, wrap=True))
        if one.fine is not None:
            fine = _("Phạt tiền {least} đến {most} triệu đồng").format(least=one.fine[0], most=one.fine[1])
            text = "; ".join(part for part in (fine, one.also) if part)
            column.addWidget(label(text, "small", box, wrap=True))
        if one.doubt:
            doubt = one.doubt[:1].upper() + one.doubt[1:]
            column.addWidget(label(f"{doubt}.", "small", box, wrap=True))
        return box
