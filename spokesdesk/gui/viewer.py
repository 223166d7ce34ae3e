"""Looking at a picture or a PDF that is kept with an entry: from memory, page after page, closed with Esc."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from spokesdesk.services.looking import PageImage


class Viewer(QDialog):
    """Shows pictures below one another; it holds no copy on the disk.

    Args:
        name: of the file.
        shown: a picture, or the pages of a PDF, decoded already.
    """

    def __init__(self, name: str, shown: tuple[PageImage, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(parent.window().size() * 0.8)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        inside = QWidget(scroll.viewport())
        inside.setProperty("plain", True)
        self._pages = QVBoxLayout(inside)
        scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.addWidget(scroll)
        self.images = [as_image(page) for page in shown]
        for image in self.images:
            self._add(image, inside)
        self._pages.addStretch(1)

    def _add(self, image: QImage, inside: QWidget) -> None:
        room = self.width() - 64
        shown = (
            image
            if image.width() <= room
            else image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        )
        page = QLabel(inside)
        page.setPixmap(QPixmap.fromImage(shown))
        page.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        page.setAccessibleName(self.windowTitle())
        self._pages.addWidget(page)


def as_image(page: PageImage) -> QImage:
    """Give decoded pixels as Qt has them."""
    # A copy: the bytes are gone when the pages are.
    return QImage(page.bgra, page.width, page.height, page.stride, QImage.Format.Format_RGB32).copy()
