"""Dòng địa chỉ ở chân trang 1 (ô số 13): shown when wanted; folded away because it seldom changes."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Footer
from spokesdesk.domain.text import nfc
from spokesdesk.gui.widgets.basic import Card, LinkButton
from spokesdesk.gui.widgets.fields import CheckBox, Field, LineEdit

_LINES = {
    "address": _("Địa chỉ"),
    "phone": _("Điện thoại"),
    "fax": _("Fax"),
    "email": _("Thư điện tử"),
    "website": _("Trang tin điện tử"),
}
_PLACES = ((0, 0, 2), (1, 0, 1), (1, 1, 1), (2, 0, 1), (2, 1, 1))


class FootCard(Card):
    """The address line.

    Emits:
        edited: something of it was changed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Dòng địa chỉ cuối trang 1"), parent=parent)
        self.wanted = CheckBox(_("In dòng địa chỉ (ô số 13)"), self)
        self._lines = {name: LineEdit(parent=self) for name in _LINES}
        self._inner = QWidget(self)
        grid = QGridLayout(self._inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        self.fields = [
            Field(text, self._lines[name], f"contact.{name}", parent=self._inner)
            for name, text in _LINES.items()
        ]
        grid.addWidget(self.wanted, 0, 0, 1, 2)
        for field, (row, column, span) in zip(self.fields, _PLACES, strict=True):
            grid.addWidget(field, row + 1, column, 1, span)
        self.add(self._inner)
        self._fold = LinkButton(_("Sửa"), self._toggle, self)
        self.head.addWidget(self._fold)
        self._inner.hide()
        for edit in self._lines.values():
            edit.textChanged.connect(self._typed)
            edit.editingFinished.connect(self._sum_up)
        self.wanted.toggled.connect(self.edited)
        self._filling = False

    def open(self) -> None:
        """Show the fields."""
        self._inner.show()
        self._fold.set_text(_("Thu gọn"))
        self.set_note("")

    @Slot()
    def _toggle(self) -> None:
        if self._inner.isHidden():
            self.open()
        else:
            self._inner.hide()
            self._sum_up()

    @Slot()
    def _typed(self) -> None:
        if not self._filling:
            # What is typed here is meant to be printed.
            self.wanted.setChecked(True)
            self.edited.emit()

    @Slot()
    def _sum_up(self) -> None:
        if not self._inner.isHidden():
            return
        self._fold.set_text(_("Sửa"))
        printed = self.wanted.isChecked() and any(edit.text().strip() for edit in self._lines.values())
        self.set_note(_("có in") if printed else _("không in"))

    def contact(self) -> Footer | None:
        """Give the line as typed, None when it is not wanted or empty."""
        made = Footer(**{name: nfc(edit.text()).strip() for name, edit in self._lines.items()})
        return made if self.wanted.isChecked() and made != Footer() else None

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        typed: dict[str, object] = {name: edit.text() for name, edit in self._lines.items()}
        return typed | {"wanted": self.wanted.isChecked()}

    def set_values(self, values: Mapping[str, object]) -> None:
        """Fill the fields."""
        self._filling = True
        for name, edit in self._lines.items():
            edit.setText(str(values.get(name, "")))
            edit.setCursorPosition(0)
        self.wanted.setChecked(bool(values.get("wanted", False)))
        self._filling = False
        self._sum_up()

    def set_frozen(self, frozen: bool) -> None:
        """Let everything be read and nothing be changed."""
        for edit in self._lines.values():
            edit.setReadOnly(frozen)
        self.wanted.setEnabled(not frozen)


def values_of(contact: Footer | None) -> dict[str, object]:
    """Give an address line as values of a draft."""
    held = contact or Footer()
    return {name: getattr(held, name) for name in _LINES} | {"wanted": contact is not None}
