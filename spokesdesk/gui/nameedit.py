"""The name field of the contact form: Enter takes the first known name even before the list has opened."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from spokesdesk.domain.errors import DeskError
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services.ports import Suggestion


class NameEdit(Suggest):
    """A known name or a new one; a quick typist need not wait for the list before pressing Enter."""

    _wants_first = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for the known names at once and takes the first; with none it goes on to the next field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.is_offering:
            event.accept()
            if self._fetch is None or not self.text().strip() or self.suggestion() is not None:
                self.focusNextChild()
                return
            self._wants_first = True
            self._ask()
            return
        self._wants_first = False
        super().keyPressEvent(event)

    def _offer(self, asked: int, names: Sequence[Suggestion]) -> None:
        super()._offer(asked, names)
        if self._wants_first and asked == self._asked:
            self._wants_first = False
            if self.is_offering:
                self._take_current()
            elif self.hasFocus():
                self.focusNextChild()

    def _nothing(self, error: DeskError) -> None:
        self._wants_first = False
        super()._nothing(error)
