"""The import page: a file, its columns, what is wrong with which row, and the imports there were."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.imports import Checked, ImportRun, Noun, RunState
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.imports.columns import ColumnsCard
from spokesdesk.gui.imports.findings import FindingsCard
from spokesdesk.gui.imports.past import PastCard, counts
from spokesdesk.gui.pace import PaceBar
from spokesdesk.gui.savedialog import ask_target
from spokesdesk.gui.screen import Action, Context, Screen
from spokesdesk.gui.widgets.basic import Button, Card, PageHeader
from spokesdesk.gui.widgets.states import EmptyState, Note
from spokesdesk.services import imports
from spokesdesk.services.imports import Plan, Preview
from spokesdesk.services.ports import Desk

_KINDS = "*.xlsx *.xls *.xlsm *.xlsb *.ods *.csv *.tsv *.txt"


class ImportsScreen(Screen):
    """Nhập bảng."""

    name: ClassVar[str] = "imports"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._plan: Plan | None = None
        self._preview: Preview | None = None
        self._folder = QDir.homePath()
        self.setAcceptDrops(True)
        self.past = PastCard(context, self)
        self.columns = ColumnsCard(self)
        self.findings = FindingsCard(context, self)
        self.pace = PaceBar(self)
        self.note = Note("", "amber", self)
        self._build()
        self.columns.asked.connect(self._look_again)
        self.columns.changed.connect(self._check)
        self.findings.wanted.connect(self._run)
        self.findings.faulty_asked.connect(self._ask_faulty)
        self.past.undo_asked.connect(self._undo)
        self._show_columns(None)

    def desk_ready(self, desk: Desk) -> None:
        """List the imports there were."""
        self.past.use(desk)

    def desk_closed(self) -> None:
        """Show nothing of the table."""
        self.past.use(None)
        self.pace.stop()
        self._show_columns(None)

    def on_changed(self, changes: Changes) -> None:
        """An import was made or taken back."""
        if any(change.id is None and change.kind in ("journalist", "outlet") for change in changes):
            self.past.use(self.context.desk())

    def shown(self) -> None:
        """Put the cursor on the first action."""
        if self._plan is None:
            self._empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def primary_action(self) -> Action:
        """Choose a file."""
        return Action(_("Chọn tệp Excel, CSV…"), self.ask_file, "Ctrl+O")

    def save(self) -> None:
        """Take the good rows in."""
        if self._plan is not None and self.findings.go_button.isEnabled() and not self.pace.is_running():
            self._run(None)

    def ask_file(self) -> QFileDialog:
        """Ask which table to take in."""
        kinds = _("Bảng Excel, CSV ({kinds})").format(kinds=_KINDS)
        dialog = QFileDialog(self.window(), _("Nhập từ Excel, CSV"), self._folder, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def take(self, path: str) -> None:
        """Look at a table."""
        if path and not self.pace.is_running():
            self._folder = str(Path(path).parent)
            self._look(Path(path), "", None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the first file that was dropped."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take(paths[0])

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(12)
        self._head = PageHeader(_("Nhập từ Excel, CSV"), "", self)
        self._head.add_button(Button(_("‹ Danh bạ"), partial(self.context.navigate, "people"), parent=self))
        self._head.add_button(Button(_("Chọn tệp…"), self.ask_file, "Ctrl+O", self))
        column.addWidget(self._head)
        column.addWidget(self.note)
        column.addWidget(self.pace)
        sentence = _(
            "Kéo tệp danh sách nhà báo, cơ quan báo chí hoặc sổ tiếp xúc cũ vào đây. Bàn làm việc đoán cột, chuyển chữ "
            "TCVN3, VNI sang Unicode, chỉ ra từng ô sai, và chỉ ghi khi được yêu cầu."
        )
        empty = Card(parent=self)
        self._empty = EmptyState(
            self.context.theme,
            "folder-open-outline",
            sentence,
            _("Chọn tệp Excel, CSV…"),
            self.ask_file,
            parent=empty,
        )
        empty.add(self._empty, 1)
        self._nothing = empty
        work = QWidget(self)
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.columns, 1)
        row.addWidget(self.findings, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(work)
        self._work = work
        column.addWidget(self._stack, 5)
        column.addWidget(self.past, 2)

    def _show_columns(self, preview: Preview | None) -> None:
        self._preview, self._plan = preview, preview.plan if preview else None
        self._stack.setCurrentWidget(self._work if preview else self._nothing)
        self.findings.setVisible(False)
        if preview is None:
            self._head.set_title(_("Nhập từ Excel, CSV"), "")
            return
        self._head.set_title(_("Nhập từ Excel, CSV"), preview.plan.path.name)
        self.columns.show_preview(preview)
        self._check(preview.plan)

    def _look(self, path: Path, sheet: str, noun: Noun | None) -> None:
        desk = self.context.desk()
        if desk is None:
            self.note.set_text(_("Bàn làm việc chưa mở. Hãy mở khóa rồi chọn tệp lại."))
            return
        self.note.set_text("")
        self.pace.begin(_("Đang mở {name}…").format(name=path.name), can_stop=False)
        self._start(partial(imports.look, desk, path, sheet=sheet, noun=noun), self._show_columns)

    def _look_again(self, asked: tuple[str, Noun]) -> None:
        if self._plan is not None and not self.pace.is_running():
            self._look(self._plan.path, *asked)

    def _check(self, plan: Plan) -> None:
        desk = self.context.desk()
        self._plan = plan
        if desk is None or self.pace.is_running():
            return
        self.note.set_text("")
        self.findings.setVisible(False)
        pace = self.pace.begin(_("Đang kiểm tra từng dòng…"))
        check = partial(imports.check, desk, plan, progress=pace.tell, is_cancelled=pace.is_stopped)
        self._start(check, partial(self._checked, plan))

    def _checked(self, plan: Plan, checked: Checked) -> None:
        if plan != self._plan and self._plan is not None:
            self._check(self._plan)
            return
        self.findings.show_checked(plan.noun, checked)
        self.findings.setVisible(True)

    def _run(self, _nothing: object) -> None:
        desk = self.context.desk()
        if desk is None or self._plan is None or self._preview is None or self.pace.is_running():
            return
        plan = replace(self._plan, on_same=self.findings.on_same.value())
        pace = self.pace.begin(_("Đang nhập {name}…").format(name=plan.path.name))
        headings = self._preview.headings

        def work() -> tuple[ImportRun, Changes]:
            done = imports.run(desk, plan, progress=pace.tell, is_cancelled=pace.is_stopped)
            if done[0].state is RunState.DONE:
                imports.remember(desk, plan, headings)
            return done

        self._start(work, self._ran)

    def _ran(self, result: tuple[ImportRun, Changes]) -> None:
        run, _changes = result
        self.past.use(self.context.desk())
        if run.state is RunState.CANCELLED:
            self.note.set_text(
                _("Đã dừng. Không dòng nào của {name} được giữ lại.").format(name=run.file_name)
            )
            return
        self._show_columns(None)
        said = _("Đã nhập {name}: {counts}").format(name=run.file_name, counts=counts(run))
        self._last = run
        self.context.toast(said, self._undo_last)

    def _undo_last(self) -> None:
        self._undo(self._last)

    def _undo(self, run: ImportRun) -> None:
        desk = self.context.desk()
        if desk is None or self.pace.is_running():
            return
        pace = self.pace.begin(_("Đang hoàn tác {name}…").format(name=run.file_name), can_stop=False)
        self._start(partial(imports.undo, desk, run.id, progress=pace.tell), self._undone)

    def _undone(self, result: tuple[ImportRun, Changes]) -> None:
        run, _changes = result
        self.past.use(self.context.desk())
        said = _("Đã hoàn tác lần nhập {name}.").format(name=run.file_name)
        self.context.toast(said)
        if run.kept:
            self.note.set_text(
                _("{said} Giữ lại vì đã sửa hoặc đã dùng sau đó: {names}").format(
                    said=said, names=", ".join(run.kept[:12]) + (" …" if len(run.kept) > 12 else "")
                )
            )

    def _ask_faulty(self, _nothing: object) -> None:
        if self._plan is None:
            return
        ask_target(
            self,
            _("Ghi các dòng sai"),
            f"{self._plan.path.stem}-can-sua.xlsx",
            self.write_faulty,
            folder=str(self._plan.path.parent),
            kinds=_("Bảng Excel (*.xlsx)"),
            ending="xlsx",
        )

    def write_faulty(self, path: str) -> None:
        """Write the faulty rows to a file."""
        desk = self.context.desk()
        if path and desk is not None and self._plan is not None and not self.pace.is_running():
            self.pace.begin(_("Đang ghi các dòng sai…"), can_stop=False)
            self._start(partial(imports.write_faulty, desk, self._plan, Path(path)), self._wrote)

    def _wrote(self, count: int) -> None:
        self.context.toast(_("Đã ghi {count} dòng sai; sửa xong thì nhập tệp đó.").format(count=count))

    def _start(self, work: Callable[[], object], ok: Callable[..., object]) -> None:
        self.context.courier.run(
            work, owner=self, ok=partial(self._ended, ok), fail=self._failed, lane="long"
        )

    def _ended(self, ok: Callable[..., object], value: object) -> None:
        self.pace.end()
        ok(value)

    def _failed(self, error: DeskError) -> None:
        self.pace.end()
        self.note.set_text(word(error))
