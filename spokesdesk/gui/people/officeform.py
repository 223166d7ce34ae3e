"""An outlet's representative office as a form."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import parse_date
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.offices import Office
from spokesdesk.gui.people.entry import EntryForm
from spokesdesk.gui.people.forms import Shape
from spokesdesk.gui.screen import Context
from spokesdesk.services import drafts, people, press
from spokesdesk.services.ports import Desk

_TEXTS = ("address", "head", "phone", "email", "decision", "note")


def shape() -> Shape:
    """Give the inputs."""
    parts = (
        ("", (("address", 2), ("head", 1), ("phone", 1), ("email", 1), ("decision", 1))),
        ("", (("from_on", 1), ("until_on", 1), ("note", 2))),
    )
    named = (
        ("phone", _("Điện thoại văn phòng")),
        ("email", _("Thư điện tử văn phòng")),
        ("from_on", _("Hoạt động từ ngày")),
    )
    hints = (("phone", _("Số này có trong danh sách công bố; không ghi số riêng của ai.")),)
    return Shape("office", _("Văn phòng đại diện"), parts, (), named, hints)


class OfficeForm(EntryForm):
    """The form."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, shape(), keep, parent)

    def begin_new(self, outlet_id: UUID, name: str) -> None:
        """Show empty inputs for an office of this outlet."""
        self.begin(self.shape.title, {"outlet": str(outlet_id), "name": name}, {})

    def begin_change(self, office: Office) -> None:
        """Show an office to be changed."""
        about = {"outlet": str(office.outlet.id), "name": office.outlet.name, "id": str(office.id)}
        self.begin(self.shape.title, about, _texts_of(office))


def _texts_of(office: Office) -> dict[str, object]:
    days = {name: getattr(office, name) for name in ("from_on", "until_on")}
    return {name: getattr(office, name) for name in _TEXTS} | {
        name: f"{day:%d/%m/%Y}" if isinstance(day, date) else "" for name, day in days.items()
    }


def keep(
    desk: Desk, about: Mapping[str, str], texts: Mapping[str, str], draft_id: UUID | None
) -> tuple[Office, Changes]:
    """Write down what was typed (blocking); raises UserError naming the input."""
    days: dict[str, Any] = {
        name: parse_date(texts[name], field=name) if texts[name].strip() else None
        for name in ("from_on", "until_on")
    }
    plain: dict[str, Any] = {name: texts[name] for name in _TEXTS}
    office = Office(
        id=UUID(about["id"]) if about.get("id") else desk.new_id(),
        outlet=people.outlet(desk, UUID(about["outlet"])).ref,
        **plain,
        **days,
    )
    saved = press.save_office(desk, office)
    if draft_id is not None:
        drafts.drop(desk, draft_id)
    return saved
