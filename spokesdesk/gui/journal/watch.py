"""Watches over the fields of a form: files pasted or dropped anywhere become attachments, lengths are said at once."""

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from spokesdesk.domain.errors import UserError
from spokesdesk.gui.journal.words import spoken
from spokesdesk.gui.widgets.drop import DropArea
from spokesdesk.gui.widgets.fields import Field

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


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
        if _is_paste(event):
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
        self._said = spoken(
            UserError("text_too_long", field=self._field.name, limit=self._limit, length=length)
        )
        self._field.set_error(self._said)

    def _length(self) -> int:
        edit = self._field.edit
        if isinstance(edit, QPlainTextEdit):
            return edit.document().characterCount() - 1
        assert isinstance(edit, QLineEdit)
        return len(edit.text())


class FileCatch(QObject):
    """Hands files that are dropped or pasted on any part of a form to its attachments.

    A text field would take a dropped file as an address and a pasted picture not at all.
    """

    def __init__(self, form: QWidget, files: DropArea) -> None:
        super().__init__(form)
        self._files = files
        form.setAcceptDrops(True)
        for part in (form, *form.findChildren(QWidget)):
            if part is not files and not files.isAncestorOf(part):
                part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is a file; leave everything else to the field."""
        if event.type() in _DRAGS and isinstance(event, QDropEvent) and _is_file(event.mimeData()):
            if event.type() == QEvent.Type.Drop:
                self._files.dropEvent(event)
            event.acceptProposedAction()
            return True
        if _is_paste(event) and _is_file(QGuiApplication.clipboard().mimeData()):
            return self._files.paste()
        return super().eventFilter(watched, event)


def _is_paste(event: QEvent) -> bool:
    if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
        return False
    return event.matches(QKeySequence.StandardKey.Paste)


def _is_file(mime: QMimeData) -> bool:
    local = [url.isLocalFile() for url in mime.urls()]
    return all(local) if local else mime.hasImage() and not mime.hasText()
