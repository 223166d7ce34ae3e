"""Checking press papers while the facts are typed: card or letter, foreign press, army units, or nothing shown."""

from datetime import date
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.verification import VerificationKind
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.journal.facts import Typed, facts_of
from spokesdesk.gui.journal.verdict import Verdict
from spokesdesk.gui.journal.words import fields, kinds
from spokesdesk.gui.saying import sentence
from spokesdesk.gui.widgets.basic import Card
from spokesdesk.gui.widgets.fields import CheckBox, ComboBox, DateEdit, Field, LineEdit
from spokesdesk.services import journal
from spokesdesk.services.ports import Desk

# Input and how many columns it takes; days are typed, ticks are said in words.
_DAYS = {"card_issued_on", "card_expires_on", "letter_until_on", "permit_until_on"}
_TICKS = (
    "letter_names_us",
    "resident",
    "assistant",
    "identity_shown",
    "letter_from_press",
    "names_holder",
    "signed_by_head",
    "sealed",
)
_CARD = (("card_number", 1), ("card_issued_on", 1), ("card_expires_on", 1))
_LETTER = (
    ("letter_number", 1),
    ("letter_until_on", 1),
    ("letter_content", 2),
    ("letter_time", 2),
    ("letter_names_us", 4),
)
_INPUTS: dict[VerificationKind, tuple[tuple[str, int], ...]] = {
    VerificationKind.NONE: (),
    VerificationKind.CARD: _CARD,
    VerificationKind.LETTER: _LETTER,
    VerificationKind.FOREIGN: (
        ("permit_number", 1),
        ("permit_until_on", 1),
        ("permit_scope", 4),
        ("resident", 2),
        ("assistant", 2),
        ("identity_shown", 4),
    ),
    VerificationKind.DEFENCE: (
        ("identity_shown", 2),
        ("letter_number", 1),
        ("letter_until_on", 1),
        ("letter_content", 2),
        ("letter_time", 2),
        ("letter_names_us", 2),
        ("letter_from_press", 2),
        ("names_holder", 2),
        ("signed_by_head", 2),
        ("sealed", 2),
        ("card_number", 2),
        ("card_issued_on", 1),
        ("card_expires_on", 1),
    ),
}

# Kinds of which something else may not be demanded than of a journalist with a card or a letter.
_OWN_DEMANDS = (VerificationKind.FOREIGN, VerificationKind.DEFENCE)


class VerificationPanel(Card):
    """What was shown, what it says, and its worth on the day of the contact.

    Args:
        is_further: of one more journalist: what may not be demanded stands at the first one already.

    Emits:
        edited: None, a person or the program changed something.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, is_further: bool = False) -> None:
        super().__init__(_("Kiểm tra giấy tờ"), parent=parent)
        self._is_further = is_further
        self._desk: Desk | None = None
        self._on: date | None = None
        self._filling = False
        self._kind: ComboBox[VerificationKind] = ComboBox(kinds(), self)
        self._kind_field = Field(_("Giấy tờ đã xuất trình"), self._kind, "verification", parent=self)
        self._fields: dict[str, Field | CheckBox] = {}
        self._grid = FieldGrid(4, 132, self)
        self.verdict = Verdict(self)
        self.head.addWidget(self.verdict.chip)
        self.add(self._grid)
        self.add(self.verdict)
        for name in dict.fromkeys(name for inputs in _INPUTS.values() for name, _span in inputs):
            self._fields[name] = self._made(name)
        self._kind.currentIndexChanged.connect(self._kind_changed)
        self._arrange()

    def use(self, desk: Desk | None, on: date | None) -> None:
        """Judge by this desk's law as of a day; without a desk nothing is judged."""
        if (desk, on) != (self._desk, self._on):
            self._desk, self._on = desk, on
            self._judge()

    def kind(self) -> VerificationKind:
        """Give what was shown."""
        return self._kind.value()

    def typed(self) -> dict[str, str | bool]:
        """Give the inputs of what was shown, as typed."""
        return {name: self._value(name) for name, _span in _INPUTS[self.kind()]}

    def fill(self, kind: VerificationKind, typed: Typed) -> None:
        """Show these inputs."""
        self._filling = True
        self._kind.set_value(kind)
        for name, field in self._fields.items():
            value = typed.get(name, name == "letter_from_press" if name in _TICKS else "")
            if isinstance(field, CheckBox):
                field.setChecked(value is True)
            else:
                _line(field).setText(str(value))
                field.set_error("")
        self._filling = False
        self._arrange()
        self._judge()

    def fields(self) -> tuple[Field, ...]:
        """Give the labelled inputs shown, for errors."""
        shown = (self._fields[name] for name, _span in _INPUTS[self.kind()])
        return (self._kind_field, *(field for field in shown if isinstance(field, Field)))

    def tab_chain(self) -> tuple[QWidget, ...]:
        """Give the inputs shown in the order of Tab."""
        shown = (self._fields[name] for name, _span in _INPUTS[self.kind()])
        return (self._kind, *(field.edit if isinstance(field, Field) else field for field in shown))

    def _made(self, name: str) -> Field | CheckBox:
        if name in _TICKS:
            tick = CheckBox(_ticks()[name], self)
            tick.hide()
            tick.toggled.connect(self._edited)
            return tick
        edit = DateEdit(name, self) if name in _DAYS else LineEdit(parent=self)
        field = Field(fields()[name], edit, name, parent=self)
        field.hide()
        edit.textChanged.connect(self._edited)
        edit.editingFinished.connect(self._check_days)
        return field

    def _value(self, name: str) -> str | bool:
        field = self._fields[name]
        return field.isChecked() if isinstance(field, CheckBox) else _line(field).text()

    def _kind_changed(self, _index: int) -> None:
        self._arrange()
        self._edited()

    def _arrange(self) -> None:
        inputs = _INPUTS[self.kind()]
        cells: list[tuple[QWidget, int]] = [(self._kind_field, 1 if len(inputs) == len(_CARD) else 2)]
        cells += [(self._fields[name], span) for name, span in inputs]
        self._grid.show_cells(cells)
        for before, after in pairwise(self.tab_chain()):
            QWidget.setTabOrder(before, after)

    def _edited(self, *_ignored: object) -> None:
        if not self._filling:
            self._judge()
            self.edited.emit(None)

    def _judge(self) -> None:
        if self._desk is None or self._on is None:
            self.verdict.show_verdict(None)
            return
        facts = facts_of(self.kind(), self.typed(), strict=False)
        found = journal.verify(self._desk, self.kind(), facts, self._on)
        if self._is_further and self.kind() not in _OWN_DEMANDS:
            self.verdict.show_reasons(found)
        else:
            self.verdict.show_verdict(found)

    def _check_days(self) -> None:
        """Say at once that a day cannot be read, when an input is left."""
        for field in self.fields():
            if isinstance(field.edit, DateEdit):
                try:
                    field.edit.on()
                    field.set_error("")
                except UserError as error:
                    field.set_error(sentence(error, field))


def _line(field: Field) -> QLineEdit:
    assert isinstance(field.edit, QLineEdit)
    return field.edit


def _ticks() -> dict[str, str]:
    return {
        "letter_names_us": _("Giấy ghi đúng tên cơ quan ta"),
        "resident": _("Phóng viên thường trú"),
        "assistant": _("Trợ lý báo chí"),
        "identity_shown": _("Đã xem giấy tờ tùy thân (không sao chụp)"),
        "names_holder": _("Giấy ghi họ tên, chức vụ"),
        "letter_from_press": _("Giấy của chính cơ quan báo chí"),
        "signed_by_head": _("Người đứng đầu hoặc cấp phó ký"),
        "sealed": _("Đã đóng dấu"),
    }
