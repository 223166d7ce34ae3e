"""What is known of a journalist or an outlet, as inputs and as a record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import parse_date
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT, NOTE_LIMIT, Journalist, Outlet, OutletKind, Ref
from spokesdesk.domain.text import clean_line, fold
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.people.book import outlet_kinds
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.fields import ComboBox, DateEdit, Field, LineEdit, TextEdit
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services import people
from spokesdesk.services.ports import Desk

Texts = Mapping[str, object]
_DAYS = ("card_issued_on", "card_expires_on")


def labels() -> dict[str, str]:
    """Give the label of every input."""
    return {
        "name": _("Họ và tên"),
        "outlet": _("Cơ quan báo chí"),
        "phone": _("Điện thoại"),
        "email": _("Thư điện tử"),
        "card_number": _("Số thẻ nhà báo"),
        "card_issued_on": _("Ngày cấp thẻ"),
        "card_expires_on": _("Hết hạn (in trên thẻ)"),
        "kind": _("Loại hình"),
        "governing_body": _("Cơ quan chủ quản"),
        "head_title": _("Chức danh người đứng đầu"),
        "address": _("Địa chỉ"),
        "website": _("Trang thông tin điện tử"),
        "note": _("Ghi chú"),
    }


@dataclass(frozen=True, slots=True)
class Shape:
    """Which inputs a kind of record has: name and columns taken of two."""

    kind: str
    title: str
    inputs: tuple[tuple[str, int], ...]


def shapes() -> dict[str, Shape]:
    """Give the inputs of journalists and of outlets."""
    journalist = (("name", 1), ("outlet", 1), ("phone", 1), ("email", 1), ("card_number", 2))
    outlet = (("name", 2), ("kind", 1), ("governing_body", 1), ("head_title", 1), ("phone", 1), ("email", 1))
    return {
        "journalist": Shape(
            "journalist",
            _("Nhà báo mới"),
            (*journalist, ("card_issued_on", 1), ("card_expires_on", 1), ("note", 2)),
        ),
        "outlet": Shape(
            "outlet", _("Cơ quan báo chí mới"), (*outlet, ("website", 1), ("address", 2), ("note", 2))
        ),
    }


class Inputs(QWidget):
    """The inputs of one kind of record."""

    def __init__(self, context: Context, shape: Shape, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shape = shape
        self._context = context
        named = labels() | ({"name": _("Tên cơ quan báo chí")} if shape.kind == "outlet" else {})
        self._fields = {
            name: Field(named[name], self._edit(name), name, parent=self) for name, _span in shape.inputs
        }
        grid = FieldGrid(2, 170, self)
        grid.show_cells([(self._fields[name], span) for name, span in shape.inputs])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(grid)
        for name, field in self._fields.items():
            if name not in _DAYS and isinstance(field.edit, LineEdit):
                LengthWatch(field, NAME_LIMIT)
        LengthWatch(self._fields["note"], NOTE_LIMIT)

    def use(self, desk: Desk | None) -> None:
        """Offer the outlets this desk knows."""
        if "outlet" in self._fields:
            edit = self._fields["outlet"].edit
            assert isinstance(edit, Suggest)
            edit.fetch_with(partial(people.suggest, desk, "outlet") if desk else None)

    def fields(self) -> tuple[Field, ...]:
        """Give the labelled inputs, for errors."""
        return tuple(self._fields.values())

    def texts(self) -> dict[str, object]:
        """Give what the inputs hold, JSON-able."""
        return {name: self._text(field.edit) for name, field in self._fields.items()}

    def fill(self, texts: Texts) -> None:
        """Show these texts; errors of what was shown before go."""
        for name, field in self._fields.items():
            field.set_error("")
            text = str(texts.get(name, "") or "")
            match field.edit:
                case QLineEdit():
                    field.edit.setText(text)
                case TextEdit():
                    field.edit.set_text(text)
                case QComboBox():
                    _choose(field.edit, text)

    def _edit(self, name: str) -> QWidget:
        match name:
            case "outlet":
                return Suggest(self._context.courier, self._context.theme, None, _("Gõ một phần tên"), self)
            case "kind":
                return ComboBox(outlet_kinds(), self)
            case "note":
                return TextEdit("", 3, self)
            case "head_title":
                return LineEdit(_("Tổng Biên tập"), self)
        return DateEdit(name, self) if name in _DAYS else LineEdit(parent=self)

    def _text(self, edit: QWidget) -> str:
        match edit:
            case QLineEdit():
                return edit.text()
            case TextEdit():
                return edit.text()
            case ComboBox():
                return str(edit.value().value)
        return ""


def _choose(edit: QComboBox, value: str) -> None:
    if isinstance(edit, ComboBox):
        edit.set_value(OutletKind(value) if value in list(OutletKind) else OutletKind.OTHER)


def texts_of(record: Journalist | Outlet) -> dict[str, object]:
    """Give the inputs that show a record."""
    if isinstance(record, Outlet):
        names = [name for name, _span in shapes()["outlet"].inputs]
        return {name: str(getattr(record, name)) for name in names}
    return {
        "name": record.name,
        "outlet": record.outlet.name if record.outlet else "",
        "phone": record.phone,
        "email": record.email,
        "card_number": record.card_number,
        "card_issued_on": f"{record.card_issued_on:%d/%m/%Y}" if record.card_issued_on else "",
        "card_expires_on": f"{record.card_expires_on:%d/%m/%Y}" if record.card_expires_on else "",
        "note": record.note,
    }


Saved = tuple[Journalist | Outlet, Changes]


def saving(desk: Desk, kind: str, record_id: UUID | None, texts: Texts) -> Callable[[], Saved]:
    """Give the blocking work that keeps what was typed; it raises UserError naming the input."""
    work = _save_outlet if kind == "outlet" else _save_journalist
    return partial(work, desk, record_id, {name: str(text) for name, text in texts.items()})


def _save_outlet(desk: Desk, record_id: UUID | None, texts: Mapping[str, str]) -> Saved:
    plain = {name: text for name, text in texts.items() if name != "kind"}
    record = Outlet(id=record_id or desk.new_id(), kind=OutletKind(texts["kind"]), **plain)
    return people.save_outlet(desk, record)


def _save_journalist(desk: Desk, record_id: UUID | None, texts: Mapping[str, str]) -> Saved:
    days = {name: parse_date(texts[name], field=name) if texts[name].strip() else None for name in _DAYS}
    plain = {name: text for name, text in texts.items() if name not in ("outlet", *_DAYS)}
    clean_line(texts["name"], field="name", limit=NAME_LIMIT, required=True)
    outlet, made = _outlet_named(desk, texts["outlet"])
    record = Journalist(record_id or desk.new_id(), outlet=outlet, **plain, **days)  # type: ignore[arg-type]
    saved, changes = people.save_journalist(desk, record)
    return saved, (*changes, *made)


def _outlet_named(desk: Desk, name: str) -> tuple[Ref | None, Changes]:
    """Give the outlet of that name, writing down one that is not known yet; raises UserError when several match."""
    clean = clean_line(name, field="outlet", limit=NAME_LIMIT)
    if not clean:
        return None, ()
    known = [outlet for outlet in people.outlets(desk) if fold(outlet.name) == fold(clean)]
    exact = [outlet for outlet in known if outlet.name.casefold() == clean.casefold()] or known
    if len(exact) > 1:
        listed = "; ".join(f"{outlet.name} – {outlet.governing_body}" for outlet in exact)
        raise UserError("outlet_ambiguous", field="outlet", name=clean, found=listed)
    if exact:
        return exact[0].ref, ()
    made, _changes = people.save_outlet(desk, Outlet(desk.new_id(), clean))
    return made.ref, (Change("outlet", made.id),)
