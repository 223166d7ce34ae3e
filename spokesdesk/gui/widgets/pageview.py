"""The printed page as pictures, always true; a click tells where on the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.theme import Theme

GAP = 16


class PageImage(Protocol):
    """One page as the service draws it: BGRA bytes, ``stride`` bytes a line."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def data(self) -> bytes: ...
    @property
    def stride(self) -> int: ...


@dataclass(frozen=True, slots=True)
class PagePoint:
    """A place on a page: page from 0, ``x`` and ``y`` as parts of its width and height, 0 to 1."""

    page: int
    x: float
    y: float


class PageView(QScrollArea):
    """Pages one below the other, as wide as there is room; keeps its place when the pages change.

    Emits:
        clicked: ``PagePoint`` of a click on a page.
    """

    clicked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages: list[_Page] = []
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(_("Bản in"))
        self.setProperty("pages", True)
        self._inner = QWidget()
        self._inner.setProperty("pages", True)
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addStretch(1)
        self.setWidget(self._inner)

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return len(self._pages)

    def set_pages(self, images: Sequence[PageImage]) -> None:
        """Show these pages; the place scrolled to is kept."""
        while len(self._pages) > len(images):
            page = self._pages.pop()
            self._column.removeWidget(page)
            page.deleteLater()
        while len(self._pages) < len(images):
            page = _Page(self, len(self._pages), self._theme)
            self._column.insertWidget(len(self._pages), page, 0, Qt.AlignmentFlag.AlignHCenter)
            self._pages.append(page)
        for page, image in zip(self._pages, images, strict=True):
            page.set_image(image)
        self._fit()
        self.setAccessibleDescription(_("{n} trang").format(n=len(images)))

    def wanted_dpi(self) -> int:
        """Give the dots per inch at which an A4 page is sharp in the room there is."""
        pixels = max(self.viewport().width(), 200) * self.devicePixelRatioF()
        return max(72, min(220, round(pixels / 8.27)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for page in self._pages:
            page.fit(self.viewport().width())


class _Page(QWidget):
    def __init__(self, view: PageView, number: int, theme: Theme) -> None:
        super().__init__(view.widget())
        self._view, self._number, self._theme = view, number, theme
        self._image = QImage()
        self._bytes = b""
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAccessibleName(_("Trang {n}").format(n=number + 1))

    def set_image(self, image: PageImage) -> None:
        # The picture borrows the bytes, so they are kept beside it.
        self._bytes = image.data
        self._image = QImage(self._bytes, image.width, image.height, image.stride, QImage.Format.Format_RGB32)
        self.update()

    def fit(self, width: int) -> None:
        if not self._image.isNull() and width > 0:
            self.setFixedSize(width, round(width * self._image.height() / self._image.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        self._view.clicked.emit(PagePoint(self._number, place.x() / self.width(), place.y() / self.height()))
