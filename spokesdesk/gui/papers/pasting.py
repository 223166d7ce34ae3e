"""Pasting into the text: Word and web pages become markup, old encodings Unicode; the way back is offered."""

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import Button
from spokesdesk.gui.widgets.fields import PASTE_LIMIT, TextEdit
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.pasting import Pasted, ready


class PastingEdit(TextEdit):
    """A text that takes pasted text cleaned; one Ctrl+Z takes it out again.

    Emits:
        pasted: ``Pasted``, when something was converted or left out.
    """

    pasted = Signal(object)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take what is pasted; nothing that it points to is ever opened."""
        if len(source.text()) > PASTE_LIMIT:
            super().insertFromMimeData(source)  # refuses by name
            return
        found = ready(source.html() if source.hasHtml() else "", source.text())
        if len(found.text) > PASTE_LIMIT:
            found = ready("", source.text())
        if found.text:
            self.insertPlainText(found.text)
        if found.encodings or found.pictures:
            self.pasted.emit(found)


class PasteNote(Note):
    """Says what was converted in a paste, and gives the text back as it came."""

    def __init__(self, edit: PastingEdit, parent: QWidget | None = None) -> None:
        super().__init__("", "teal", parent)
        self._edit = edit
        self._found: Pasted | None = None
        self._back = Button(_("Giữ chữ gốc"), self.take_back, parent=self)
        self.add_button(self._back)
        self.add_button(Button(_("Đóng"), self.forget, parent=self))
        edit.pasted.connect(self._say)
        edit.document().contentsChange.connect(self._changed)

    @Slot(object)
    def _say(self, found: Pasted) -> None:
        self._found = found
        parts = []
        if found.encodings:
            sentence = _("Đoạn dán đã chuyển từ {names} sang Unicode; hãy đọc lại.")
            parts.append(sentence.format(names=", ".join(found.encodings)))
        if found.pictures:
            parts.append(_("{n} hình ảnh không dán được vào văn bản.").format(n=found.pictures))
        self._back.setVisible(bool(found.encodings))
        self.set_text(" ".join(parts))

    @Slot()
    def take_back(self) -> None:
        """Put the pasted text as it came in the place of the converted one."""
        found = self._found
        self.forget()
        if found is not None:
            self._edit.undo()
            self._edit.insertPlainText(found.plain)

    @Slot()
    def forget(self) -> None:
        """Say nothing."""
        self._found = None
        self.set_text("")

    @Slot(int, int, int)
    def _changed(self, _at: int, _removed: int, _added: int) -> None:
        # After other typing the last step is no longer the paste: taking it back would take that typing.
        if self._found is not None:
            self.forget()
