"""What is asked when a number series goes to another desk or comes from one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.savedialog import ask_target
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.fields import Field, LineEdit
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Desk
from spokesdesk.services.series_slips import ENDING, Slip, clean_code


def ask_holding_file(
    owner: QWidget, name: str, then: Callable[[str], object], folder: str = ""
) -> QFileDialog:
    """Ask where to write a file for another desk; ``name`` is proposed, without its ending."""
    kinds = _("Tệp bàn giao số (*.{ending})").format(ending=ENDING)
    title = _("Lưu tệp bàn giao số")
    return ask_target(owner, title, f"{name}.{ENDING}", then, folder=folder, kinds=kinds, ending=ENDING)


class GiveSheet(Sheet):
    """Asks to whom a series goes, or how many of its numbers are lent; then where the file is written.

    Emits:
        given: Path of the file.
    """

    given = Signal(object)

    def __init__(self, context: Context, series: str, name: str, lend: bool, parent: QWidget) -> None:
        title = _("Cho mượn số: {name}") if lend else _("Bàn giao sổ số: {name}")
        super().__init__(parent, title.format(name=name), 520)
        self._context, self._series, self._lend = context, series, lend
        self.say(
            _("Máy này bỏ qua các số cho mượn cho đến khi nhận lại.")
            if lend
            else _("Từ lúc lập tệp, máy này không cấp số của sổ này nữa.")
        )
        self.to, self.name, self.count = (LineEdit(parent=self) for _at in range(3))
        hint = _("máy nhận mở Cài đặt › Số văn bản để xem mã của mình")
        self.fields = [
            Field(_("Mã bàn làm việc của máy nhận"), self.to, "to", hint, self),
            Field(_("Gọi máy nhận là"), self.name, "name", _("ví dụ: máy của chị Ấn, phòng Văn thư"), self),
        ]
        if lend:
            self.fields.append(Field(_("Số lượng số cho mượn"), self.count, "count", parent=self))
        for field in self.fields:
            self.body.addWidget(field)
        self.problem = Note("", "red", self)
        self.body.addWidget(self.problem)
        self.add_actions(_("Lập tệp…"), self.ask_target)
        self.fields[0].focus()

    @Slot()
    def ask_target(self) -> QFileDialog | None:
        """Check what was typed, then ask where to write the file."""
        try:
            clean_code(self.to.text())
            if not self.name.text().strip():
                raise UserError("field_required", field="name")
            self._count()
        except UserError as error:
            show_error(self.fields, error)
            return None
        show_error(self.fields, None)
        stem = "cho-muon-so" if self._lend else "ban-giao-so"
        return ask_holding_file(self, f"{stem}-{self._series}", self.give_to)

    @Slot(str)
    def give_to(self, target: str) -> None:
        """Hand over or lend by this file."""
        desk = self._context.desk()
        if desk is None or not target:
            return
        count = self._count() if self._lend else 0
        work = partial(_give, desk, self._series, count, self.to.text(), self.name.text(), Path(target))
        self._context.courier.run(work, owner=self, ok=self._given, fail=self._refused)

    def _count(self) -> int:
        typed = self.count.text().strip()
        if not self._lend:
            return 0
        if not (typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= 500):
            raise UserError("block_count", field="count", limit=500)
        return int(typed)

    def _given(self, answer: tuple[Path, Changes]) -> None:
        self.given.emit(answer[0])
        self.close()

    def _refused(self, error: DeskError) -> None:
        if not show_error(self.fields, error):
            self.problem.set_text(words.word(error))


class SenderSheet(Sheet):
    """Asks the person to compare the code of a desk that is not known yet."""

    def __init__(self, slip: Slip, run: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent, _("Nhận tệp của máy khác"), 520)
        self._run = run
        said = _("Tệp do {name} lập. Hãy hỏi máy đó: mã ở Cài đặt › Số văn bản có đúng là mã dưới đây không?")
        self.say(said.format(name=slip.sender.name))
        self.code = LineEdit(parent=self)
        self.code.setText(slip.sender.code)
        self.code.setReadOnly(True)
        self.body.addWidget(Field(_("Mã của máy đã lập tệp"), self.code, "from", parent=self))
        self.add_actions(_("Mã đúng, nhận"), self.confirm)

    @Slot()
    def confirm(self) -> None:
        """The codes are the same."""
        run = self._run
        self.close()
        run()


class NoteSheet(Sheet):
    """Asks who holds a series elsewhere, or why it is held here again.

    Emits:
        noted: it was written down.
    """

    noted = Signal()

    def __init__(self, context: Context, series: str, name: str, reclaim: bool, parent: QWidget) -> None:
        title = _("Giữ lại sổ số: {name}") if reclaim else _("Sổ số do máy khác giữ: {name}")
        super().__init__(parent, title.format(name=name), 520)
        self._context, self._series, self._reclaim = context, series, reclaim
        self.say(
            _(
                "Chỉ khi máy kia không còn hoặc tệp thất lạc. Việc này được ghi vào sổ cùng lý do; quản trị làm được."
            )
            if reclaim
            else _("Từ lúc ghi, máy này không cấp số của sổ này cho đến khi nhận bàn giao hoặc mượn số.")
        )
        self.edit = LineEdit(parent=self)
        question = _("Lý do") if reclaim else _("Máy hoặc người giữ sổ số")
        self.fields = [Field(question, self.edit, "reason" if reclaim else "name", parent=self)]
        self.body.addWidget(self.fields[0])
        self.problem = Note("", "red", self)
        self.body.addWidget(self.problem)
        self.add_actions(_("Giữ lại") if reclaim else _("Ghi nhận"), self.confirm)
        self.fields[0].focus()

    @Slot()
    def confirm(self) -> None:
        """Write it down."""
        desk = self._context.desk()
        if desk is not None:
            work = partial(_note, desk, self._series, self.edit.text(), reclaim=self._reclaim)
            self._context.courier.run(work, owner=self, ok=self._done, fail=self._refused)

    def _done(self, _changes: object) -> None:
        self.noted.emit()
        self.close()

    def _refused(self, error: DeskError) -> None:
        if not show_error(self.fields, error):
            self.problem.set_text(words.word(error))


def _give(desk: Desk, series: str, count: int, to: str, name: str, target: Path) -> tuple[Path, Changes]:
    from spokesdesk.services import holdings
    from spokesdesk.services.writing import write_whole

    write_whole(target, b"")
    if count:
        data, _span, changes = holdings.lend(desk, series, count, to, name)
    else:
        data, changes = holdings.hand_over(desk, series, to, name)
    write_whole(target, data)
    return target, changes


def _note(desk: Desk, series: str, text: str, *, reclaim: bool) -> Changes:
    from spokesdesk.services import holdings

    act = holdings.reclaim if reclaim else holdings.yield_series
    return act(desk, series, text)
