"""Trộn thư: one paper to everybody on a list or chosen in the address book; preview, progress, a result per row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QDir, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.people import Outlet
from spokesdesk.domain.words import word
from spokesdesk.gui.papers.batchlists import OutletChoice, ResultTable
from spokesdesk.gui.papers.preview import Preview
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import beside
from spokesdesk.gui.widgets.basic import Button, Card, ElidedLabel, PageHeader, PrimaryButton, label
from spokesdesk.gui.widgets.fields import CheckBox, ComboBox, Field
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import batch_run
from spokesdesk.services.batch_run import Listed, Ran, RowState
from spokesdesk.services.ports import Desk
from spokesdesk.services.stop import Stop

GLANCE_MS = 150
BOOK, FILE = "book", "file"


class Counter:
    """How many letters are done; written by the worker, read by the page."""

    __slots__ = ("done",)

    def __init__(self) -> None:
        self.done = 0

    def tell(self, done: int) -> None:
        """Keep how many are done."""
        self.done = done


@dataclass(frozen=True, slots=True)
class Template:
    """The paper that everybody gets; ``name`` is what the page calls it."""

    name: str
    letter: Letter


class BatchPage(QWidget):
    """One letter for each receiver.

    Emits:
        left: back to all papers.
    """

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._template: Template | None = None
        self._listed: tuple[Listed, ...] = ()
        self._folder = QDir.homePath()
        self._asked = 0
        self._stop: Stop | None = None
        self._counter = Counter()
        self._timer = QTimer(self)
        self._timer.setInterval(GLANCE_MS)
        self._timer.timeout.connect(self._tick)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(10)
        head = PageHeader(_("Trộn thư"), _("một văn bản gửi nhiều nơi nhận"), self)
        head.add_button(Button(_("‹ Văn bản"), self.left.emit, parent=self))
        self.button = PrimaryButton(_("Lập thư…"), self.ask_folder, parent=self)
        head.add_button(self.button)
        column.addWidget(head)
        self.problem = Note("", "red", self)
        column.addWidget(self.problem)
        self._build_busy(column)
        left = QWidget(self)
        cards = QVBoxLayout(left)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(10)
        cards.addWidget(self._template_card(left))
        cards.addWidget(self._list_card(left), 1)
        self.results = ResultTable(left)
        cards.addWidget(self.results, 1)
        right = QWidget(self)
        pages = QVBoxLayout(right)
        pages.setContentsMargins(0, 0, 0, 0)
        self.first = label("", "muted", right)
        self.preview = Preview(context.courier, context.theme, right)
        pages.addWidget(self.first)
        pages.addWidget(self.preview, 1)
        column.addWidget(beside(left, right, self), 1)
        self._show()

    def begin(self, template: Template | None) -> None:
        """Begin with a paper, or with none; the address book is offered."""
        self._template = template
        self.results.show_results(())
        self.problem.set_text("")
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(partial(_outlets, desk), owner=self, ok=self._offer, lane="read")
        self._show()
        self._ask_preview()

    def clear(self) -> None:
        """Show nothing of the desk; what is under way is stopped."""
        self.stop()
        self._template, self._listed = None, ()
        self.outlets.show_outlets(())
        self.results.show_results(())
        self.preview.forget()
        self._show()

    def listed(self) -> tuple[Listed, ...]:
        """Give the receivers as chosen now."""
        if self.source.value() == FILE:
            return self._listed
        rows = self.outlets.chosen()
        return tuple(
            Listed(at, {"name": one.name, "head_title": one.head_title, "address": one.address})
            for at, one in enumerate(rows, 1)
        )

    def choose_template(self) -> QFileDialog:
        """Ask for a letter file."""
        return self._open_file(_("Văn bản (*.toml)"), self.take_template)

    @Slot(str)
    def take_template(self, path: str) -> None:
        """Read a letter file."""
        self._run_read(partial(_template, Path(path)), self._took_template)

    def choose_list(self) -> QFileDialog:
        """Ask for a list of receivers."""
        return self._open_file(_("Danh sách (*.csv *.toml)"), self.take_list)

    @Slot(str)
    def take_list(self, path: str) -> None:
        """Read a list."""
        self._folder = str(Path(path).parent)
        self.list_name.set_text(Path(path).name)
        self._run_read(partial(_list, Path(path)), self._took_list)

    def ask_folder(self) -> QFileDialog:
        """Ask for the folder that the letters go into."""
        dialog = QFileDialog(self.window(), _("Chọn thư mục trống để ghi thư"), self._folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.run_to)
        dialog.open()
        return dialog

    @Slot(str)
    def run_to(self, folder: str) -> None:
        """Write the letters into this folder."""
        listed, template = self.listed(), self._template
        if template is None or not listed or self._stop is not None or not folder:
            return
        self.problem.set_text("")
        self.results.show_results(())
        self._stop, self._counter = Stop(), Counter()
        self._bar.setRange(0, len(listed))
        self._timer.start()
        self._show()
        work = partial(
            batch_run.run,
            self._letter(template),
            listed,
            Path(folder),
            progress=self._counter.tell,
            is_cancelled=self._stop,
        )
        self._context.courier.run(
            work,
            owner=self,
            ok=self._ran,
            fail=self._failed,
            always=self._ended,
            lane="work",
            end=self._stop.set,
        )

    @Slot()
    def stop(self) -> None:
        """End after the letter in hand; what is written stays."""
        if self._stop is not None:
            self._stop.set()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops, or goes back."""
        if event.key() == Qt.Key.Key_Escape:
            if self._stop is not None:
                self.stop()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def _build_busy(self, column: QVBoxLayout) -> None:
        self._busy = QWidget(self)
        row = QHBoxLayout(self._busy)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._bar = QProgressBar(self._busy)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName(_("Đang lập thư"))
        self._count = label("", "", self._busy)
        row.addWidget(self._bar, 1)
        row.addWidget(self._count)
        self.stop_button = Button(_("Dừng"), self.stop, parent=self._busy)
        row.addWidget(self.stop_button)
        column.addWidget(self._busy)
        self._busy.hide()

    def _template_card(self, parent: QWidget) -> Card:
        card = Card(_("Văn bản mẫu"), parent=parent)
        row = QHBoxLayout()
        self.template_name = ElidedLabel("", "strong", card)
        row.addWidget(self.template_name, 1)
        row.addWidget(Button(_("Chọn tệp…"), self.choose_template, parent=card))
        card.body.addLayout(row)
        self.each = CheckBox(_("Kính gửi từng nơi nhận trong danh sách"), card)
        self.each.setChecked(True)
        self.each.toggled.connect(self._ask_preview)
        card.add(self.each)
        hint = _("Trong nội dung, {example} được thay bằng giá trị của từng dòng.")
        card.add(
            label(hint.format(example="{{name}}, {{head_title}}, {{address}}"), "small", card, wrap=True)
        )
        return card

    def _list_card(self, parent: QWidget) -> Card:
        card = Card(_("Nơi nhận"), parent=parent)
        self._card = card
        choices = [(BOOK, _("Cơ quan báo chí trong danh bạ")), (FILE, _("Tệp danh sách CSV"))]
        self.source: ComboBox[str] = ComboBox(choices, card)
        self.source.currentIndexChanged.connect(self._source_changed)
        card.add(Field(_("Lấy từ"), self.source, "source", parent=card))
        self._file_row = QWidget(card)
        row = QHBoxLayout(self._file_row)
        row.setContentsMargins(0, 0, 0, 0)
        self.list_name = ElidedLabel("", "strong", self._file_row)
        row.addWidget(self.list_name, 1)
        row.addWidget(Button(_("Chọn tệp…"), self.choose_list, parent=self._file_row))
        card.add(self._file_row)
        self.outlets = OutletChoice(card)
        self.outlets.changed.connect(self._source_changed)
        card.add(self.outlets, 20)
        card.body.addStretch(1)
        return card

    def _open_file(self, kinds: str, then: object) -> QFileDialog:
        dialog = QFileDialog(self.window(), _("Chọn tệp"), self._folder, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(then)
        dialog.open()
        return dialog

    def _run_read(self, work: Callable[[], object], ok: Callable[..., object]) -> None:
        self.problem.set_text("")
        self._context.courier.run(work, owner=self, ok=ok, fail=self._failed, lane="read")

    def _letter(self, template: Template) -> Letter:
        return replace(template.letter, addressees=()) if self.each.isChecked() else template.letter

    def _offer(self, found: Sequence[Outlet]) -> None:
        self.outlets.show_outlets(found)
        self._source_changed()

    def _took_template(self, found: Template) -> None:
        self._template = found
        self._show()
        self._ask_preview()

    def _took_list(self, found: tuple[Listed, ...]) -> None:
        self._listed = found
        self._show()
        self._ask_preview()

    @Slot()
    def _source_changed(self) -> None:
        self._show()
        self._ask_preview()

    def _show(self) -> None:
        busy, is_file = self._stop is not None, self.source.value() == FILE
        self._busy.setVisible(busy)
        self._file_row.setVisible(is_file)
        self.outlets.setVisible(not is_file)
        name = self._template.name if self._template is not None else _("chưa chọn")
        self.template_name.set_text(name)
        listed = self.listed()
        bad = sum(one.row is None for one in listed)
        note = _("{n} nơi nhận").format(n=len(listed))
        self._card.set_note(note + (_(", {bad} dòng sai").format(bad=bad) if bad else ""))
        self.button.set_text(_("Lập {n} thư…").format(n=len(listed) - bad))
        self.button.setEnabled(self._template is not None and len(listed) > bad and not busy)
        self.results.setVisible(self.results.count > 0)

    @Slot()
    def _ask_preview(self) -> None:
        self._asked += 1
        listed, template = self.listed(), self._template
        if template is None or not any(one.row is not None for one in listed):
            self.preview.forget()
            self.first.setText(_("Chọn văn bản và nơi nhận để xem thư đầu tiên."))
            return
        work = partial(batch_run.first_letter, self._letter(template), listed)
        came = partial(self._came, self._asked)
        failed = partial(self._no_preview, self._asked)
        self._context.courier.run(work, owner=self, ok=came, fail=failed, lane="read")

    def _came(self, asked: int, letter: Letter) -> None:
        if asked == self._asked:
            name = next(one.name for one in self.listed() if one.row is not None)
            self.first.setText(_("Thư đầu tiên: {name}").format(name=name))
            self.preview.show_letter(letter)
            self.problem.set_text("")

    def _no_preview(self, asked: int, error: DeskError) -> None:
        if asked == self._asked:
            self.preview.forget()
            self.problem.set_text(word(error))

    @Slot()
    def _tick(self) -> None:
        self._bar.setValue(self._counter.done)
        self._count.setText(f"{self._counter.done}/{self._bar.maximum()}")

    def _ended(self) -> None:
        self._timer.stop()
        self._stop = None
        self._show()

    def _ran(self, ran: Ran) -> None:
        self.results.show_results(ran.results)
        self._show()
        done, failed = ran.count(RowState.DONE), ran.count(RowState.FAILED)
        said = _("Đã lập {done} thư, {failed} dòng lỗi, trong {folder}").format(
            done=done, failed=failed, folder=ran.folder.name
        )
        if ran.is_cancelled:
            said = _("Đã dừng. {said}").format(said=said)
        self._context.toast(said)

    def _failed(self, error: DeskError) -> None:
        self.problem.set_text(word(error))


def _outlets(desk: Desk) -> tuple[Outlet, ...]:
    from spokesdesk.services import people

    return people.outlets(desk)


def template_of(desk: Desk, paper_id: UUID) -> Template:
    """Give a paper of the desk as a template (blocking)."""
    from spokesdesk.services import papers

    found = papers.paper(desk, paper_id)
    return Template(found.title, found.letter)


def _template(path: Path) -> Template:
    from spokesdesk.services import papers

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("file_unreadable", field="letter", path=path.name) from error
    return Template(path.name, papers.read_letter(text))


def _list(path: Path) -> tuple[Listed, ...]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError("file_unreadable", field="list", path=path.name) from error
    return batch_run.from_file(data, path.name)
