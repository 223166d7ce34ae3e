"""An area that takes files and pictures: dragged, pasted or chosen in the system's dialog."""

from pathlib import Path

from PySide6.QtCore import QDir, QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget


class FileDrop(QFrame):
    """The area; what becomes of files and pictures says the area that is made of it.

    Args:
        name: what the area is, for a screen reader.
        asking: title of the dialog in which files are chosen.
    """

    def __init__(self, name: str, asking: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asking = asking
        self.setProperty("drop", True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Take files that were dropped or pasted; also those chosen, unless ``take_chosen`` says otherwise."""
        raise NotImplementedError

    def take_chosen(self, paths: tuple[Path, ...]) -> None:
        """Take files that were chosen in the dialog."""
        self.take_files(paths)

    def take_picture(self, picture: QImage) -> bool:
        """Take a picture; False when it cannot be kept."""
        raise NotImplementedError

    def choose(self) -> None:
        """Ask for files with the system's dialog."""
        dialog = QFileDialog(self.window(), self._asking, QDir.homePath())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._chosen)
        dialog.open()

    def paste(self) -> bool:
        """Take files or a picture from the clipboard; False when it holds neither."""
        return self._take(QGuiApplication.clipboard().mimeData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes; Enter chooses files."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.paste():
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what is dragged here."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped here."""
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def _take(self, mime: QMimeData) -> bool:
        paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
        if paths:
            self.take_files(paths)
            return True
        image = mime.imageData() if mime.hasImage() else None
        return isinstance(image, QImage) and not image.isNull() and self.take_picture(image)

    def _chosen(self, names: list[str]) -> None:
        self.take_chosen(tuple(Path(name) for name in names))
