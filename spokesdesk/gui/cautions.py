"""Red notes above the page that stay until what they speak of is mended."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.gui.widgets.states import Note


class Cautions(QObject):
    """One note for each owner that has something to warn of.

    Args:
        place: where notes go.
    """

    def __init__(self, place: QBoxLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._place, self._home = place, parent
        self._notes: dict[int, Note] = {}

    def say(self, owner: object, text: str) -> None:
        """Show what an owner warns of; "" takes it away."""
        key = id(owner)
        if not text:
            self._away(key)
        elif key in self._notes:
            self._notes[key].set_text(text)
        else:
            note = self._notes[key] = Note(text, "red", self._home)
            note.add_button(LinkButton(_("Đã đọc"), partial(self._away, key), note))
            self._place.addWidget(note)

    def _away(self, key: int) -> None:
        note = self._notes.pop(key, None)
        if note is not None:
            note.hide()
            note.deleteLater()
