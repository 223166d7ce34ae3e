"""Kiểm tra chữ ký số of any PDF received: drop or open a file, read the verdict, print it; needs no workspace."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QDir, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.savedialog import ask_pdf
from spokesdesk.gui.screen import Action, Context, Screen
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.verdicts import VerdictView
from spokesdesk.gui.widgets.basic import Button, PageHeader, PrimaryButton, label
from spokesdesk.gui.widgets.states import EmptyState, Note
from spokesdesk.services.ports import Desk, SigningMachine
from spokesdesk.services.verifying import Checked


class VerifyScreen(Screen):
    """One file at a time; nothing of it is kept."""

    name: ClassVar[str] = "verify"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._folder = QDir.homePath()
        self._asked = 0
        self.checked: Checked | None = None
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(12)
        head = PageHeader(_("Kiểm tra chữ ký số"), _("mọi tệp PDF nhận được"), self)
        self.save_button = Button(_("Lưu kết quả (PDF)…"), self.ask_where, parent=self)
        self.print_button = Button(_("In kết quả"), self.print_current, parent=self)
        self.open_button = PrimaryButton(_("Mở tệp PDF…"), self.choose, parent=self)
        for button in (self.save_button, self.print_button, self.open_button):
            head.add_button(button)
        column.addWidget(head)
        self.problem = Note("", "red", self)
        column.addWidget(self.problem)
        self._stack = QStackedWidget(self)
        sentence = _("Kéo tệp PDF vào đây hoặc mở tệp: ai ký, lúc nào, tệp có bị sửa sau khi ký không.")
        empty = EmptyState(
            context.theme, "shield-check-outline", sentence, _("Mở tệp PDF…"), self.choose, parent=self
        )
        self._stack.addWidget(empty)
        self.view = VerdictView(self)
        self.about = label("", "muted", self, wrap=True)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._stack.addWidget(scrolled((self.about, self.view), self))
        column.addWidget(self._stack, 1)
        self._show(None)

    def primary_action(self) -> Action | None:
        """Open a file."""
        return Action(_("Mở tệp PDF để kiểm tra"), self.choose)

    def shown(self) -> None:
        """The first button takes the keys."""
        self.open_button.setFocus()

    def choose(self) -> QFileDialog:
        """Ask for a PDF file."""
        dialog = QFileDialog(self.window(), _("Mở tệp PDF"), self._folder, _("Tệp PDF (*.pdf)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.check)
        dialog.open()
        return dialog

    @Slot(str)
    def check(self, path: str) -> None:
        """Check a file."""
        self._folder = str(Path(path).parent)
        self._asked += 1
        self.problem.set_text("")
        self.context.courier.run(
            partial(_checked, self.context.signing, Path(path)),
            owner=self,
            ok=partial(self._came, self._asked),
            fail=partial(self._failed, self._asked),
            lane="net",
            label=_("Đang kiểm tra chữ ký…"),
        )

    def print_current(self) -> None:
        """Print the result on the usual printer."""
        if self.checked is None:
            return
        work = partial(_printed, self.context.desk(), self.checked)
        self.context.courier.run(work, owner=self, ok=self._print, fail=self._not_printed, lane="work")

    def ask_where(self) -> QFileDialog | None:
        """Ask where to write the result."""
        if self.checked is None:
            return None
        name = f"kiem-tra-{Path(self.checked.name).stem}.pdf"
        return ask_pdf(self, _("Lưu kết quả kiểm tra"), name, self.write_to, self._folder)

    @Slot(str)
    def write_to(self, target: str) -> None:
        """Write the result to this file."""
        if self.checked is not None and target:
            work = partial(_written, self.checked, Path(target))
            self.context.courier.run(work, owner=self, ok=self._wrote, fail=self._not_printed, lane="work")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file that is dragged here."""
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check a file that is dropped here."""
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.check(path)

    def _came(self, asked: int, checked: Checked) -> None:
        if asked == self._asked:
            self._show(checked)

    def _failed(self, asked: int, error: DeskError) -> None:
        if asked == self._asked:
            self._show(None)
            self.problem.set_text(word(error))

    def _show(self, checked: Checked | None) -> None:
        self.checked = checked
        self.view.show_verdict(checked.verdict if checked is not None else None)
        self._stack.setCurrentIndex(0 if checked is None else 1)
        for button in (self.save_button, self.print_button):
            button.setVisible(checked is not None)
        if checked is None:
            return
        said = _("{name} · kiểm tra lúc {at} · SHA-256 {sha}")
        at = f"{to_vn(checked.at):%H:%M:%S %d/%m/%Y}"
        about = said.format(name=checked.name, at=at, sha=checked.sha256)
        if not checked.roots:
            about += "\n" + _(
                "Máy này chưa có chứng thư gốc nào để xác minh người ký; thêm ở Cài đặt › Ký số."
            )
        self.about.setText(about)

    def _print(self, answer: tuple[bytes, bool]) -> None:
        pdf, is_sent = answer
        if is_sent:
            self.context.toast(_("Đã gửi tới máy in."))
            return
        from spokesdesk.gui.printing import PdfPrinting, printer_named, printer_names

        if not printer_names():
            self.context.status(_("Chưa thấy máy in nào. Có thể lưu kết quả rồi in ở máy khác."))
            return
        job = PdfPrinting(self.context.courier, self)
        job.done.connect(self._print_done)
        job.failed.connect(self._not_printed)
        job.start(pdf, printer_named(""), _("Kết quả kiểm tra chữ ký số"))

    @Slot(object)
    def _print_done(self, _job: str) -> None:
        self.context.toast(_("Đã gửi tới máy in."))

    @Slot(object)
    def _not_printed(self, error: DeskError) -> None:
        self.context.status(word(error))

    def _wrote(self, target: Path) -> None:
        self.context.toast(_("Đã lưu {name}").format(name=target.name))


def _dropped(event: QDropEvent) -> str | None:
    for url in event.mimeData().urls():
        if url.isLocalFile() and url.toLocalFile().lower().endswith(".pdf"):
            return url.toLocalFile()
    return None


def _checked(machine: Callable[[], SigningMachine], path: Path) -> Checked:
    from spokesdesk.services import verifying

    return verifying.check_file(path, machine())


def _printed(desk: Desk | None, checked: Checked) -> tuple[bytes, bool]:
    """Worker: print through the system where the desk has a printer; else the window prints."""
    from spokesdesk.services import verifying

    pdf = verifying.report_pdf(checked)
    if desk is None or not desk.printer.names():
        return pdf, False
    desk.printer.print_pdf(pdf, title=checked.name)
    return pdf, True


def _written(checked: Checked, target: Path) -> Path:
    from spokesdesk.services import verifying
    from spokesdesk.services.writing import write_whole

    write_whole(target, verifying.report_pdf(checked))
    return target
