"""A small window that makes a workspace in a new folder, with progress and a stop, and offers to open it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDir, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.pace import Pace, PaceBar
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.widgets.basic import Button
from spokesdesk.gui.widgets.fields import Field, LineEdit
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.gui.widgets.states import Note

_WIDTH = 640


class NewPlaceSheet(Sheet):
    """Asks for a new folder and fills it.

    Args:
        title: of the window.
        verb: what the button says.
        work: fills the folder (blocking, on a worker).
        said: how it went, from what ``work`` gave.

    Emits:
        made: ``Path`` of the new workspace, which the person wants to open.
    """

    made = Signal(object)

    def __init__(
        self,
        courier: Courier,
        title: str,
        verb: str,
        work: Callable[..., object],
        said: Callable[[Any], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, title, _WIDTH)
        self._courier, self._work, self._said_of = courier, work, said
        self._folder_made: Path | None = None
        self.folder = LineEdit(parent=self)
        self.fields = [Field(_("Thư mục mới"), self.folder, "workspace", parent=self)]
        self.wrong, self.said = Note("", "red", self), Note("", "green", self)
        self.pace = PaceBar(self)
        self._go = self.add_actions(verb, self._go_on)

    def finish(self) -> None:
        """Lay out what every such window has, below what was added before."""
        self.add_line(self.fields[-1], Button(_("Chọn…"), self._ask_folder, parent=self))
        for part in (self.wrong, self.said, self.pace):
            self.body.addWidget(part)

    def prepared(self, folder: Path, pace: Pace) -> Callable[[], object]:
        """Give the work with everything it needs of the window (it runs on a worker)."""
        return partial(self._work, folder, pace)

    def is_ready(self) -> bool:
        """Say at each field what is missing; True when nothing is."""
        missing = not self.folder.text().strip()
        self.fields[-1].set_error(_("Cần một thư mục mới.") if missing else "")
        return not missing

    def reject(self) -> None:
        """Esc stops the work first."""
        if self.pace.is_running():
            self.pace.stop()
        else:
            super().reject()

    def add_line(self, field: Field, button: QWidget) -> None:
        """Add a field with a button beside it."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(field, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)

    def ask(self, dialog: QFileDialog, edit: LineEdit) -> QFileDialog:
        """Open a dialog that fills a field."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self._chosen, edit))
        dialog.open()
        return dialog

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, _("Thư mục mới"), QDir.homePath())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self.ask(dialog, self.folder)

    def _chosen(self, edit: LineEdit, name: str) -> None:
        chosen = Path(name)
        # A folder of one's own is rarely empty; the workspace gets a new one inside.
        if edit is self.folder and chosen.is_dir() and any(chosen.iterdir()):
            chosen = chosen / "SpokesDesk-moi"
        edit.setText(str(chosen))

    @Slot()
    def _go_on(self) -> None:
        if self._folder_made is not None:
            self.close()
            self.made.emit(self._folder_made)
            return
        if not self.is_ready() or self.pace.is_running():
            return
        self.wrong.set_text("")
        self.said.set_text("")
        self._go.setEnabled(False)
        pace = self.pace.begin(_("Đang ghi vào thư mục mới…"))
        folder = Path(self.folder.text().strip()).expanduser()
        self._courier.run(
            self.prepared(folder, pace),
            owner=self,
            ok=partial(self._done, folder),
            fail=self._refused,
            always=self._over,
            lane="long",
            end=pace.stop,
        )

    def _over(self) -> None:
        self.pace.end()
        self._go.setEnabled(True)

    def _done(self, folder: Path, result: object) -> None:
        self._folder_made = folder
        self.said.set_text(self._said_of(result))
        self._go.set_text(_("Mở bàn làm việc mới"))

    def _refused(self, error: DeskError) -> None:
        if error.code == "stopped":
            self.said.set_text(_("Đã dừng; không có gì được tạo ra."))
        elif not show_error(self.fields, error):
            self.wrong.set_text(word(error))
