"""The search field above a list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from spokesdesk.gui.widgets.fields import LineEdit


class SearchEdit(LineEdit):
    """The search field of a list.

    Emits:
        down: None, the person goes on into the list (Down or Enter).
    """

    down = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter go into the list; the rest is typing."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit(None)
            return
        super().keyPressEvent(event)
