"""What reading the whole table found: how many rows go in, what is wrong with the others, who is known already."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.imports import Checked, Noun, OnSame, Same
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.given import Given, GivenModel
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton, label
from spokesdesk.gui.widgets.fields import ComboBox, Field
from spokesdesk.gui.widgets.rowlist import RowCells, RowList
from spokesdesk.services.imports.check import SHOWN, said


@dataclass(frozen=True, slots=True)
class Found:
    """One row worth a look: a fault, or somebody already known."""

    id: UUID
    line: int
    title: str
    detail: str
    is_fault: bool


class FindingsCard(Card):
    """The result of the check and the ways on.

    Emits:
        wanted: None, take the good rows in.
        faulty_asked: None, write the faulty rows to a file.
    """

    wanted = Signal(object)
    faulty_asked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Kiểm tra"), parent=parent)
        self._words = label("", "", self, wrap=True)
        self.add(self._words)
        self._model: GivenModel[Found] = GivenModel(context.courier, _key, self)
        self.rows = RowList(context.theme, _cells, _("Dòng cần xem"), self)
        self.rows.set_rows(self._model)
        self.add(self.rows, 1)
        self.on_same: ComboBox[OnSame] = ComboBox(parent=self)
        self._same_field = Field(_("Dòng về người đã có"), self.on_same, "on_same", parent=self)
        self.add(self._same_field)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.faulty_button = Button(_("Ghi các dòng sai ra tệp…"), self._ask_faulty, parent=self)
        row.addWidget(self.faulty_button)
        row.addStretch(1)
        self.go_button = PrimaryButton("", self._go, "Ctrl+S", self, bind=False)
        row.addWidget(self.go_button)
        self.body.addLayout(row)

    def show_checked(self, noun: Noun, checked: Checked) -> None:
        """Show what was found."""
        self._words.setText(summary(checked))
        found = _found(checked)
        self._model.show(partial(_same, found))
        self.rows.setVisible(bool(found))
        self.on_same.set_choices(_ways(noun))
        self._same_field.setVisible(bool(checked.same_rows))
        self.faulty_button.setVisible(bool(checked.fault_rows))
        self.go_button.set_text(_("Nhập {count} dòng").format(count=_number(checked.good)))
        self.go_button.setEnabled(bool(checked.good) and not checked.cancelled)

    def summary(self) -> str:
        """Give what is said above the rows."""
        return self._words.text()

    def _go(self) -> None:
        self.wanted.emit(None)

    def _ask_faulty(self) -> None:
        self.faulty_asked.emit(None)


def summary(checked: Checked) -> str:
    """Say what was found in one or two sentences."""
    told = [
        _("Đã đọc {total} dòng: {good} dòng nhập được.").format(
            total=_number(checked.total), good=_number(checked.good)
        )
    ]
    if checked.fault_rows:
        told.append(_("{count} dòng sai sẽ không được nhập.").format(count=_number(checked.fault_rows)))
    if checked.same_rows:
        told.append(_("{count} dòng về người hoặc mục đã có.").format(count=_number(checked.same_rows)))
    if checked.repaired:
        before, after = checked.samples[0]
        told.append(
            _("{count} ô được sửa chữ, ví dụ “{before}” → “{after}”.").format(
                count=_number(checked.repaired), before=before[:40], after=after[:40]
            )
        )
    if len(checked.faults) >= SHOWN or len(checked.sames) >= SHOWN:
        told.append(_("Danh sách dưới đây chỉ gồm những dòng đầu tiên."))
    if checked.cancelled:
        told.append(_("Việc kiểm tra đã dừng giữa chừng; hãy chọn lại tệp để kiểm tra hết."))
    return " ".join(told)


def _ways(noun: Noun) -> Sequence[tuple[OnSame, str]]:
    if noun is Noun.CONTACT:
        return (
            (OnSame.SKIP, _("Bỏ qua, vì sổ đã có")),
            (OnSame.NEW, _("Vẫn ghi thành mục mới")),
        )
    return (
        (OnSame.FILL, _("Chỉ điền vào ô còn trống")),
        (OnSame.REPLACE, _("Thay bằng nội dung trong tệp")),
        (OnSame.SKIP, _("Bỏ qua dòng đó")),
        (OnSame.NEW, _("Thêm thành người mới")),
    )


def _found(checked: Checked) -> tuple[Found, ...]:
    wrong = [
        Found(UUID(int=at), each.line, each.text or each.column or _("Cả dòng"), said(each), True)
        for at, each in enumerate(checked.faults, 1)
    ]
    start = len(wrong) + 1
    known = [
        Found(UUID(int=at), each.line, each.title, _why(each), False)
        for at, each in enumerate(checked.sames, start)
    ]
    return tuple(wrong + known)


def _why(same: Same) -> str:
    if same.record is None:
        return _("lặp lại một dòng ở trên trong tệp")
    whys = {
        "card": _("cùng số thẻ với {name}"),
        "email": _("cùng thư điện tử với {name}"),
        "phone": _("cùng số điện thoại với {name}"),
        "name": _("cùng tên với {name}"),
        "entry": _("sổ đã có mục cùng lúc, cùng nội dung"),
    }
    return whys[same.why].format(name=same.record.name)


def _cells(given: Given[Found]) -> RowCells:
    item = given.item
    chip, tone = (_("Sai"), "red") if item.is_fault else (_("Đã có"), "teal")
    line = _("Dòng {line}").format(line=item.line)
    return RowCells(item.title, line, "", item.detail, chip, tone, quiet=True)


def _same(items: tuple[Found, ...]) -> tuple[Found, ...]:
    return items


def _key(item: Found) -> UUID:
    return item.id


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
