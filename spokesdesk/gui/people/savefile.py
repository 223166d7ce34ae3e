"""Writes what the desk draws (a list, a checklist) to a file the person names."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import safe_file_name
from spokesdesk.domain.words import word
from spokesdesk.gui.savedialog import ask_pdf
from spokesdesk.gui.screen import Context
from spokesdesk.services.writing import write_whole

Drawn = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class _Write:
    """Worker: draw, then write the file whole."""

    drawn: Drawn
    target: Path

    def __call__(self) -> Path:
        write_whole(self.target, self.drawn())
        return self.target


class SaveFile(QObject):
    """Asks for a name; the dialog never holds up the window."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._folder = QDir.homePath()
        self._drawn: Drawn | None = None

    def ask(self, title: str, drawn: Drawn) -> QFileDialog:
        """Ask where to write a PDF.

        Args:
            title: proposed name, without ending.
            drawn: gives the bytes (blocking).
        """
        self._drawn = drawn
        name = safe_file_name(f"{title}.pdf")
        return ask_pdf(self._page, _("Lưu PDF"), name, self.write_to, self._folder)

    @Slot(str)
    def write_to(self, target: str) -> None:
        """Write what was asked for to this file."""
        if self._drawn is None or not target:
            return
        self._folder = str(Path(target).parent)
        self._context.courier.run(
            _Write(self._drawn, Path(target)),
            owner=self,
            ok=self._written,
            fail=self._failed,
            lane="work",
            label=_("Đang lưu tệp…"),
        )

    def _written(self, target: Path) -> None:
        self._context.toast(_("Đã lưu {name}").format(name=target.name))

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))
