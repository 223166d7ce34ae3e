"""Where the cursor rests in the texts of a paper, told a moment after it came there."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.gui.editor.edit import RichEdit
from spokesdesk.gui.editor.places import spot_of
from spokesdesk.services.proofs import Source

REST_MS = 120


class Pointing(QObject):
    """Watches the texts of a paper.

    Emits:
        pointed: (Source, letter) where the cursor rests.
    """

    pointed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._edits: dict[str, RichEdit] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._point)

    def watch(self, edit: RichEdit) -> None:
        """Watch one text."""
        edit.cursorPositionChanged.connect(self._timer.start)

    def name(self, edits: dict[str, RichEdit]) -> None:
        """Know which field of the letter each text is."""
        self._edits = edits

    @Slot()
    def _point(self) -> None:
        for field, edit in self._edits.items():
            if edit.hasFocus():
                spot = spot_of(edit, edit.textCursor())
                if spot is not None:
                    self.pointed.emit((Source(field, spot.block, spot.cell), spot.letter))
                return
