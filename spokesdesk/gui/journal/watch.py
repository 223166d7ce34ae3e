"""Files pasted or dropped anywhere on the form become attachments."""

from PySide6.QtCore import QEvent, QMimeData, QObject, QTimer
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from spokesdesk.gui.lengthwatch import is_paste
from spokesdesk.gui.widgets.drop import DropArea

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class FileCatch(QObject):
    """Hands files that are dropped or pasted on any part of a form to its attachments.

    A text field would take a dropped file as an address and a pasted picture not at all.
    """

    def __init__(self, form: QWidget, files: DropArea) -> None:
        super().__init__(form)
        self._files = files
        form.setAcceptDrops(True)
        self.watch(form)

    def watch(self, form: QWidget) -> None:
        """Catch what comes to a part of the form, and to everything in it."""
        for part in (form, *form.findChildren(QWidget)):
            if part is not self._files and not self._files.isAncestorOf(part):
                part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is a file; leave everything else to the field."""
        if event.type() in _DRAGS and isinstance(event, QDropEvent) and _is_file(event.mimeData()):
            if event.type() == QEvent.Type.Drop:
                self._files.dropEvent(event)
            event.acceptProposedAction()
            return True
        if is_paste(event) and _is_file(QGuiApplication.clipboard().mimeData()):
            # Not in here: an error inside a filter would end the program.
            QTimer.singleShot(0, self._files, self._files.paste)
            return True
        return super().eventFilter(watched, event)


def _is_file(mime: QMimeData) -> bool:
    local = [url.isLocalFile() for url in mime.urls()]
    return all(local) if local else mime.hasImage() and not mime.hasText()
