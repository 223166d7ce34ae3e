"""Looking at a picture or a PDF that is kept with an entry: from memory, page after page, closed with Esc."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import label
from spokesdesk.services.looking import PageImage

_MOST = QSize(1600, 1600)


class Viewer(QDialog):
    """Shows pictures below one another; it holds no copy on the disk.

    Args:
        name: of the file.
        shown: the bytes of a picture, or the pages of a PDF.
    """

    def __init__(self, name: str, shown: bytes | tuple[PageImage, ...], parent: QWidget) -> None:
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
        images = [_decoded(shown)] if isinstance(shown, bytes) else [_page(page) for page in shown]
        self.images = [image for image in images if not image.isNull()]
        for image in self.images:
            self._add(image, inside)
        if not self.images:
            self._pages.addWidget(
                label(_("Không đọc được hình này. Hãy lưu ra tệp rồi mở bằng chương trình khác."), "", inside)
            )
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


def _page(page: PageImage) -> QImage:
    # A copy: the bytes are gone when the pages are.
    return QImage(page.bgra, page.width, page.height, page.stride, QImage.Format.Format_RGB32).copy()


def _decoded(data: bytes) -> QImage:
    """Give the picture at no more than the size a screen shows, turned as the camera was held."""
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and (size.width() > _MOST.width() or size.height() > _MOST.height()):
        reader.setScaledSize(size.scaled(_MOST, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
