"""Says at a field that its text is too long while one types, instead of cutting it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from spokesdesk.domain.errors import UserError
from spokesdesk.gui.saying import sentence
from spokesdesk.gui.widgets.fields import Field


class LengthWatch(QObject):
    """Says at a field that its text is over the limit, as soon as it is; the text stays.

    Args:
        field: a labelled line or text input.
        limit: greatest length in characters.
    """

    def __init__(self, field: Field, limit: int) -> None:
        super().__init__(field)
        self._field, self._limit = field, limit
        self._said = ""
        edit = field.edit
        assert isinstance(edit, QLineEdit | QPlainTextEdit)
        edit.textChanged.connect(self._look)
        edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse a paste that is far beyond the limit, before the field has to lay it out."""
        if is_paste(event):
            length = len(QGuiApplication.clipboard().text())
            if length > 4 * self._limit + 1000:
                self._say(length)
                return True
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        length = self._length()
        if length > self._limit:
            self._say(length)
        elif self._said and self._field.error() == self._said:
            self._said = ""
            self._field.set_error("")

    def _say(self, length: int) -> None:
        error = UserError("text_too_long", field=self._field.name, limit=self._limit, length=length)
        self._said = sentence(error, self._field)
        self._field.set_error(self._said)

    def _length(self) -> int:
        edit = self._field.edit
        if isinstance(edit, QPlainTextEdit):
            return edit.document().characterCount() - 1
        assert isinstance(edit, QLineEdit)
        return len(edit.text())


def is_paste(event: QEvent) -> bool:
    """Whether a key asks to paste."""
    if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
        return False
    return event.matches(QKeySequence.StandardKey.Paste)
