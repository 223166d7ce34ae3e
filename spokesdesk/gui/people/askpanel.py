"""What a step still asks, in the page itself: a few inputs, done or not; Esc puts it away."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.saying import sentence, show_error
from spokesdesk.gui.screen import commit_typing
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton, label
from spokesdesk.gui.widgets.fields import Field


class AskPanel(Card):
    """Asks for what a step needs.

    Args:
        title: what is done.
        sentence: what it means, "" for none.
        button: the word of the button that does it.
        done: bound method called when the button is pressed; a UserError it raises is said at its field.
        closed: bound method called when the person thought better of it.
    """

    def __init__(
        self,
        title: str,
        told: str,
        button: str,
        done: Callable[[], object],
        closed: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent=parent)
        self._done, self._closed = done, closed
        self._fields: list[Field] = []
        self._told = label(told, "muted", self, wrap=True)
        self._told.setVisible(bool(told))
        self.add(self._told)
        self._wrong = label("", "error", self, wrap=True)
        self._wrong.hide()
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(_("Thôi"), closed, parent=self))
        row.addWidget(PrimaryButton(button, self._confirm, parent=self))
        self._row = row

    def ask(self, inputs: Sequence[QWidget]) -> None:
        """Show these inputs, in this order."""
        for part in inputs:
            self.add(part)
            if isinstance(part, Field):
                self._fields.append(part)
        self.add(self._wrong)
        self.body.addLayout(self._row)
        if self._fields:
            self._fields[0].focus()

    def say(self, error: DeskError) -> None:
        """Say what is wrong, at the input it names if there is one."""
        if not show_error(self._fields, error):
            self._wrong.setText(sentence(error))
            self._wrong.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the panel away."""
        if event.key() == Qt.Key.Key_Escape:
            self._closed()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _confirm(self) -> None:
        commit_typing()
        try:
            self._done()
        except UserError as error:
            self.say(error)
