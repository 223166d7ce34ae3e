"""A paper as a file: Word and PDF under a good name, and on the printer that was chosen."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QDir, QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.text import safe_file_name
from spokesdesk.domain.words import word
from spokesdesk.gui.savedialog import ask_target
from spokesdesk.gui.screen import Context
from spokesdesk.services import papers as service
from spokesdesk.services.ports import Desk
from spokesdesk.services.writing import write_whole

FORMS = {"docx": _("Tệp Word (*.docx)"), "pdf": _("Tệp PDF (*.pdf)")}


@dataclass(frozen=True, slots=True)
class _Write:
    """Worker: write the file whole."""

    desk: Desk
    paper_id: UUID
    form: str
    target: Path

    def __call__(self) -> Path:
        data = service.file(self.desk, self.paper_id, self.form)
        write_whole(self.target, data)
        return self.target


class Exports(QObject):
    """Writes papers to files; the dialog never holds up the window."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._folder = QDir.homePath()
        self._paper: Paper | None = None
        self._form = "pdf"

    def ask(self, paper: Paper, form: str) -> QFileDialog:
        """Ask where to write a paper; form is docx or pdf."""
        self._paper, self._form = paper, form
        name = safe_file_name(service.file_name(paper, form))
        return ask_target(
            self._page,
            _("Xuất văn bản"),
            name,
            self.write_to,
            folder=self._folder,
            kinds=FORMS[form],
            ending=form,
        )

    @Slot(str)
    def write_to(self, target: str) -> None:
        """Write the paper asked for to this file."""
        desk = self._context.desk()
        if desk is None or self._paper is None or not target:
            return
        self._folder = str(Path(target).parent)
        work = _Write(desk, self._paper.id, self._form, Path(target))
        self._context.courier.run(
            work, owner=self, ok=self._written, fail=self._failed, lane="work", label=_("Đang xuất tệp…")
        )

    def _written(self, target: Path) -> None:
        self._context.toast(_("Đã xuất {name}").format(name=target.name))

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))
