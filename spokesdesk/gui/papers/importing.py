"""Nhập từ Word: a Word file shown as a new paper, what was guessed and left out said above it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter, LetterKind
from spokesdesk.domain.words import word
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, clear_layout, label
from spokesdesk.services.paper_import import ImportNote, NoteKind, import_docx

_TALLEST = 190
_NAMES = {
    NoteKind.GUESSED: _("Cần xem lại"),
    NoteKind.CONVERTED: _("Đã chuyển"),
    NoteKind.LEFT_OUT: _("Đã bỏ"),
}


class ImportNotes(Card):
    """What a person should know about an imported paper; gone with the next paper."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Nhập từ Word"), parent=parent)
        self.head.addWidget(Button(_("Đóng"), self.forget, parent=self))
        inner = QWidget(self)
        inner.setProperty("plain", True)
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setMaximumHeight(_TALLEST)
        area.setWidget(inner)
        self.add(area)
        self._texts: tuple[str, ...] = ()
        self.hide()

    def say(self, name: str, notes: tuple[ImportNote, ...]) -> None:
        """Show the notes of a file."""
        found = [f"{_NAMES[kind]}: {note.text}" for kind in NoteKind for note in notes if note.kind is kind]
        first = _("Đã nhập {name} thành bản thảo; tệp gốc còn nguyên.")
        self._texts = (first.format(name=name), *found)
        clear_layout(self._rows)
        for text in self._texts:
            self._rows.addWidget(label(text, "", self, wrap=True))
        self.show()

    def texts(self) -> tuple[str, ...]:
        """Give what is said now."""
        return self._texts if not self.isHidden() else ()

    @Slot()
    def forget(self) -> None:
        """Say nothing."""
        self._texts = ()
        clear_layout(self._rows)
        self.hide()


class Importing(QObject):
    """Asks for a Word file and reads it on a worker.

    Emits:
        read: name of the file, ``Letter``, notes.
    """

    read = Signal(str, object, object)

    def __init__(self, context: Context, screen: QWidget) -> None:
        super().__init__(screen)
        self._context, self._screen = context, screen
        self._folder = QDir.homePath()

    @Slot()
    def ask(self) -> QFileDialog:
        """Ask which file to take in."""
        dialog = QFileDialog(self._screen.window(), _("Nhập từ Word"), self._folder, _("Tệp Word (*.docx)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    @Slot(str)
    def take(self, path: str) -> None:
        """Take a file in."""
        if not path:
            return
        file = Path(path)
        self._folder = str(file.parent)
        self._context.courier.run(
            partial(import_docx, file),
            owner=self,
            ok=partial(self._taken, file.name),
            fail=self._failed,
            lane="work",
            label=_("Đang nhập tệp Word…"),
        )

    def _taken(self, name: str, found: tuple[Letter, tuple[ImportNote, ...]]) -> None:
        letter, notes = found
        if len(letter.signers) > 1 and letter.kind is not LetterKind.BIEN_BAN:
            second = letter.signers[1]
            said = _("Người ký thứ hai không có ô ở trang này: “{who}”.")
            who = " ".join((*second.authority, second.name))
            notes = (*notes, ImportNote(NoteKind.LEFT_OUT, said.format(who=who)))
        self.read.emit(name, letter, notes)

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))
