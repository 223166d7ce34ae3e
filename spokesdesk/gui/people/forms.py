"""What is written of somebody or something, as inputs: a shape says which, the inputs hold the texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT, NOTE_LIMIT
from spokesdesk.domain.spokespeople import SCOPE_LIMIT
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.people.kinds import outlet_kinds
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.fields import ComboBox, DateEdit, Field, LineEdit, TextEdit
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services import people
from spokesdesk.services.ports import Desk

Texts = Mapping[str, object]
DAYS = frozenset(
    [
        "card_issued_on",
        "card_expires_on",
        "resident_from_on",
        "resident_until_on",
        "licence_on",
        "from_on",
        "until_on",
    ]
)
LONG = {"note": 3, "remit": 3, "channels": 2, "scope": 2}
_LIMITS = {"scope": SCOPE_LIMIT}


def labels() -> dict[str, str]:
    """Give the label of every input."""
    return {
        "name": _("Họ và tên"),
        "outlet": _("Cơ quan báo chí"),
        "phone": _("Điện thoại"),
        "zalo": _("Zalo"),
        "email": _("Thư điện tử"),
        "card_number": _("Số thẻ nhà báo"),
        "card_issued_on": _("Ngày cấp thẻ"),
        "card_expires_on": _("Hết hạn (in trên thẻ)"),
        "resident_decision": _("Văn bản cử thường trú"),
        "resident_from_on": _("Thường trú từ ngày"),
        "resident_until_on": _("Đến hết ngày"),
        "kind": _("Loại hình"),
        "governing_body": _("Cơ quan chủ quản"),
        "head_title": _("Chức danh người đứng đầu"),
        "head_name": _("Họ tên người đứng đầu"),
        "periodicity": _("Kỳ hạn xuất bản"),
        "licence_number": _("Số giấy phép"),
        "licence_on": _("Ngày cấp phép"),
        "licence_by": _("Cơ quan cấp phép"),
        "remit": _("Tôn chỉ, mục đích"),
        "channels": _("Kênh trên mạng xã hội (mỗi dòng một kênh)"),
        "address": _("Địa chỉ"),
        "website": _("Trang thông tin điện tử"),
        "head": _("Trưởng văn phòng đại diện"),
        "decision": _("Văn bản thành lập"),
        "from_on": _("Từ ngày"),
        "until_on": _("Đến hết ngày"),
        "post": _("Chức vụ"),
        "decision_number": _("Số quyết định, giấy ủy quyền"),
        "decided_at": _("Lúc ký (giờ, ngày)"),
        "issuing_body": _("Cơ quan ban hành"),
        "authorised_by": _("Người đứng đầu giao, ủy quyền"),
        "authorised_by_post": _("Chức vụ người giao, ủy quyền"),
        "scope": _("Vụ việc, phạm vi được phát ngôn"),
        "note": _("Ghi chú"),
    }


Cells = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Which inputs a kind of record has.

    Attributes:
        parts: each with a heading ("" for none) and its inputs: name and columns taken of two.
        choices: of the input ``kind``: values and their words.
        named: labels that differ from the usual ones.
        hints: muted help below an input.
    """

    kind: str
    title: str
    parts: tuple[tuple[str, Cells], ...]
    choices: tuple[tuple[StrEnum, str], ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    hints: tuple[tuple[str, str], ...] = ()

    @property
    def inputs(self) -> Cells:
        """All inputs in order."""
        return tuple(cell for _heading, cells in self.parts for cell in cells)


def shapes() -> dict[str, Shape]:
    """Give the inputs of journalists and of outlets."""
    journalist = (
        ("", (("name", 1), ("outlet", 1), ("phone", 1), ("zalo", 1), ("email", 1), ("card_number", 1))),
        ("", (("card_issued_on", 1), ("card_expires_on", 1))),
        (
            _("Phóng viên thường trú tại địa phương"),
            (("resident_decision", 2), ("resident_from_on", 1), ("resident_until_on", 1)),
        ),
        ("", (("note", 2),)),
    )
    outlet = (
        ("", (("name", 2), ("kind", 1), ("governing_body", 1), ("head_title", 1), ("head_name", 1))),
        ("", (("phone", 1), ("email", 1), ("website", 1), ("periodicity", 1), ("address", 2))),
        (
            _("Giấy phép và tôn chỉ, mục đích"),
            (("licence_number", 1), ("licence_on", 1), ("licence_by", 2), ("remit", 2)),
        ),
        ("", (("channels", 2), ("note", 2))),
    )
    return {
        "journalist": Shape("journalist", _("Nhà báo mới"), journalist),
        "outlet": Shape(
            "outlet",
            _("Cơ quan báo chí mới"),
            outlet,
            outlet_kinds(),
            (("name", _("Tên cơ quan báo chí")),),
        ),
    }


class Inputs(QWidget):
    """The inputs of one kind of record."""

    def __init__(self, context: Context, shape: Shape, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shape = shape
        self._context = context
        named, hints = labels() | dict(shape.named), dict(shape.hints)
        self._fields = {
            name: Field(named[name], self._edit(name), name, hints.get(name, ""), self)
            for name, _span in shape.inputs
        }
        self._grids: list[tuple[FieldGrid, QWidget | None, Cells]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for heading, cells in shape.parts:
            above = label(heading, "card", self) if heading else None
            if above is not None:
                column.addWidget(above)
            grid = FieldGrid(2, 170, self)
            column.addWidget(grid)
            self._grids.append((grid, above, cells))
        self.show_only(None)
        for name, field in self._fields.items():
            if name in LONG:
                LengthWatch(field, _LIMITS.get(name, NOTE_LIMIT))
            elif name not in DAYS and isinstance(field.edit, LineEdit):
                LengthWatch(field, NAME_LIMIT)

    def show_only(self, names: frozenset[str] | None) -> None:
        """Show these inputs, all for None; what the others hold stays."""
        for grid, above, cells in self._grids:
            shown = [(self._fields[name], span) for name, span in cells if names is None or name in names]
            grid.show_cells(shown)
            grid.setVisible(bool(shown))
            if above is not None:
                above.setVisible(bool(shown))

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
                case ComboBox():
                    self._choose(field.edit, text)

    def _edit(self, name: str) -> QWidget:
        match name:
            case "outlet":
                return Suggest(self._context.courier, self._context.theme, None, _("Gõ một phần tên"), self)
            case "kind":
                return ComboBox(self.shape.choices, self)
            case "head_title":
                return LineEdit(_("Tổng Biên tập"), self)
            case "periodicity":
                return LineEdit(_("1 kỳ/tuần, thứ Năm"), self)
        if name in LONG:
            return TextEdit("", LONG[name], self)
        return DateEdit(name, self) if name in DAYS else LineEdit(parent=self)

    def _text(self, edit: QWidget) -> str:
        match edit:
            case QLineEdit():
                return edit.text()
            case TextEdit():
                return edit.text()
            case ComboBox():
                return str(edit.value().value)
        return ""

    def _choose(self, edit: ComboBox[StrEnum], value: str) -> None:
        values = [choice for choice, _word in self.shape.choices]
        # Outlets end with "other", speakers begin with the regular one: what is not known is the plainest.
        usual = next((choice for choice in values if choice.value == "other"), values[0])
        edit.set_value(next((choice for choice in values if choice.value == value), usual))
