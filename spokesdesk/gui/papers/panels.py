"""What a move still asks, in the page itself: a remark, a number and a date, a last look before release."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import REASONED, CorrectionWay, Move
from spokesdesk.gui.papers.words import MOVES
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton, label
from spokesdesk.gui.widgets.fields import ComboBox, DateEdit, Field, LineEdit, TextEdit
from spokesdesk.gui.widgets.states import Note

REASONS: dict[Move, str] = {
    Move.RETURN: _("Lý do trả lại, cần sửa gì"),
    Move.RENUMBER: _("Lý do đổi số (ghi vào quá trình xử lý và sổ đăng ký)"),
    Move.CORRECT: _("Sai ở đâu (ghi vào quá trình xử lý và sổ đăng ký)"),
    Move.WITHDRAW: _("Lý do thu hồi (ghi vào quá trình xử lý và sổ đăng ký)"),
}
WAYS: dict[CorrectionWay, str] = {
    CorrectionWay.REPLACE: _("Sai nội dung: soạn văn bản cùng loại để thay thế"),
    CorrectionWay.LETTER: _("Sai thể thức, kỹ thuật: soạn công văn đính chính"),
}


class MovePanel(Card):
    """Asks for what a move needs; Esc closes it, nothing is lost.

    Args:
        done: bound method called with the panel when everything was given.
        closed: bound method called when the person thought better of it.
        reason: label of a remark that is asked for although the move could go without one.
    """

    def __init__(
        self,
        move: Move,
        sentence: str,
        done: Callable[["MovePanel"], object],
        closed: Callable[[], object],
        parent: QWidget | None = None,
        reason: str = "",
    ) -> None:
        super().__init__(MOVES[move][0].rstrip("…"), parent=parent)
        self.move_asked = move
        self._reason = reason
        self.way: ComboBox[CorrectionWay] | None = None
        self._done, self._closed = done, closed
        self.fields: list[Field] = []
        if sentence:
            self.add(label(sentence, "", self, wrap=True))
        self._ask()
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(_("Thôi"), self._cancel, parent=self))
        self.button = PrimaryButton(MOVES[move][0].rstrip("…"), self._confirm, parent=self)
        row.addWidget(self.button)
        self.body.addLayout(row)

    def _ask(self) -> None:
        text = REASONS.get(self.move_asked) or self._reason or _("Ý kiến kèm theo (không bắt buộc)")
        edit = TextEdit(rows=2, parent=self)
        edit.setFixedHeight(edit.sizeHint().height())
        self._add(Field(text, edit, "remark", parent=self))
        if self.move_asked is Move.CORRECT:
            self.way = ComboBox(list(WAYS.items()), self)
            self._add(Field(_("Cách sửa"), self.way, "way", parent=self))

    def _add(self, field: Field) -> None:
        self.fields.append(field)
        self.add(field)

    def remark(self) -> str:
        """Give the remark typed."""
        edit = self.fields[0].edit
        return edit.text().strip() if isinstance(edit, TextEdit) else ""

    def focus_first(self) -> None:
        """Put the cursor where typing begins; where nothing must be typed, on the button."""
        if self.move_asked in REASONED or self.move_asked is Move.NUMBER or self._reason:
            self.fields[0].focus()
        else:
            self.button.setFocus()

    def show_problem(self, error: DeskError) -> None:
        """Say beside the field what cannot be taken."""
        if not show_error(self.fields, error):
            named = {field.name for field in self.fields}
            at = "number" if "number" in named else self.fields[0].name
            show_error(self.fields, type(error)(error.code, field=at, **error.params))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Enter confirms."""
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._confirm()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _confirm(self) -> None:
        if self.move_asked in REASONED and not self.remark():
            said = _("Cần ghi lý do để người soạn biết phải sửa gì.")
            if self.move_asked is not Move.RETURN:
                said = _("Cần ghi lý do; lý do được giữ cùng văn bản và ghi vào sổ.")
            self.fields[0].set_error(said)
            self.fields[0].focus()
            return
        self._done(self)

    @Slot()
    def _cancel(self) -> None:
        self._closed()


class NumberPanel(MovePanel):
    """Asks for number and date; the next number of the series and today stand there already."""

    def _ask(self) -> None:
        self.number = LineEdit(parent=self)
        self.date = DateEdit("date", self)
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in (
            Field(_("Số văn bản"), self.number, "number", parent=self),
            Field(_("Ngày ban hành"), self.date, "date", parent=self),
        ):
            self.fields.append(field)
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self._offered = ""
        self.may_double = False
        self.double = Note("", "amber", self)
        self.double.add_button(Button(_("Vẫn ghi số này"), self._double, parent=self.double))
        self.add(self.double)
        self.number.textEdited.connect(self._retyped)
        self.number.returnPressed.connect(self._confirm)
        self.date.returnPressed.connect(self._confirm)

    def show_problem(self, error: DeskError) -> None:
        """Say what cannot be taken; a number that another paper bears may be kept, flagged."""
        super().show_problem(error)
        if error.code == "number_taken":
            self.double.set_text(
                _(
                    "Nếu số này đúng, vẫn ghi được; cả hai văn bản chưa phát hành được cho đến khi đổi số một văn bản."
                )
            )

    @Slot()
    def _double(self) -> None:
        self.may_double = True
        self._confirm()

    @Slot()
    def _retyped(self) -> None:
        self.may_double = False
        self.double.set_text("")

    def offer(self, number: int) -> None:
        """Put the next number of the series into the field, unless one was typed meanwhile."""
        if not self.number.text() or self.number.text() == self._offered:
            self._offered = f"{number:02d}"
            self.number.setText(self._offered)
            self.number.selectAll()

    def wanted(self) -> int | None:
        """Give the number typed, None for the next one; raises UserError naming the field."""
        typed = self.number.text().strip()
        return None if typed == self._offered else number_typed(typed)


class RenumberPanel(MovePanel):
    """Asks for another number and the reason; an empty number takes the next one."""

    def _ask(self) -> None:
        super()._ask()
        self.number = LineEdit(_("để trống: số tiếp theo"), self)
        self._add(Field(_("Số mới"), self.number, "number", parent=self))
        self.number.returnPressed.connect(self._confirm)

    def wanted(self) -> int | None:
        """Give the number typed, None for the next one; raises UserError naming the field."""
        return number_typed(self.number.text().strip())


def number_typed(typed: str) -> int | None:
    """Give a number as typed, None for none; raises UserError("number_form")."""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 6):
        raise UserError("number_form", field="number")
    return int(typed)
