"""What a paste was: what was converted or left out is said above the text, and the way back is offered."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.editor.edit import RichEdit
from spokesdesk.gui.widgets.basic import Button
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.pasting import Pasted, plain_blocks


class PasteNote(Note):
    """Says what was converted in a paste, and gives the text back as it came."""

    def __init__(self, edit: RichEdit, parent: QWidget | None = None) -> None:
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
            self._edit.insert_blocks(plain_blocks(found.plain))

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
