"""The files of an entry: opened with the system's program, or written out as they were."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import safe_file_name
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import ElidedLabel, IconLabel, LinkButton, clear_layout, label
from spokesdesk.gui.widgets.drop import size_text
from spokesdesk.services import journal


class Attached(QWidget):
    """Kept files, each with what can be done with it; hidden when there are none."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        # Copies in the clear that were opened live only as long as the window.
        self._opened: QTemporaryDir | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_files(self, files: tuple[Attachment, ...]) -> None:
        """Show these files."""
        clear_layout(self._column)
        for file in files:
            self._column.addWidget(_Row(self._context, self, file))
        self.setVisible(bool(files))

    def open_file(self, file: Attachment) -> None:
        """Open a copy with the system's program."""
        if self._opened is None:
            self._opened = QTemporaryDir()
        name = f"{file.sha256[:8]}-{safe_file_name(file.name)}"
        self._export(file, Path(self._opened.filePath(name)), is_opened=True)

    def ask_where(self, file: Attachment) -> None:
        """Ask where the file is to be written."""
        dialog = QFileDialog(self.window(), _("Lưu tệp ra ngoài"), QDir.homePath())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(safe_file_name(file.name))
        dialog.fileSelected.connect(partial(self.write_out, file))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_out(self, file: Attachment, target: str) -> None:
        """Write the file to the disk, as it was."""
        self._export(file, Path(target), is_opened=False)

    def _export(self, file: Attachment, target: Path, *, is_opened: bool) -> None:
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(
                partial(_write_out, partial(journal.export_file, desk, file.sha256), target),
                owner=self,
                ok=self._open_copy if is_opened else self._written,
                lane="work",
                label=_("Đang lấy tệp {name}").format(name=file.name),
            )

    def _open_copy(self, target: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

    def _written(self, target: Path) -> None:
        self._context.toast(_("Đã lưu {name}.").format(name=target.name))


class _Row(QWidget):
    def __init__(self, context: Context, owner: Attached, file: Attachment) -> None:
        super().__init__(owner)
        self._owner, self._file = owner, file
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(context.theme, "paperclip", parent=self))
        row.addWidget(ElidedLabel(file.name, "", self), 1)
        row.addWidget(label(size_text(file.size), "small", self))
        row.addWidget(LinkButton(_("Mở"), self._open, self))
        row.addWidget(LinkButton(_("Lưu ra…"), self._save, self))

    def _open(self) -> None:
        self._owner.open_file(self._file)

    def _save(self) -> None:
        self._owner.ask_where(self._file)


def _write_out(export: "partial[None]", target: Path) -> Path:
    export(target)
    return target
