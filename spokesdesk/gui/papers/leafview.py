"""Pages one below the other: each as wide as the pane, drawn where they are looked at, pointing to their words."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.theme import Theme
from spokesdesk.services.proofs import Mark, Shown

GAP = 12
A4_INCHES = 210 / 25.4
LEAST_DPI, MOST_DPI = 40, 300
# Pictures of pages that are not shown now but may be again: those of a few versions back and of pages near.
MOST_KEPT = 24


class Pages(QAbstractScrollArea):
    """A stale page stays until the new one is there.

    Emits:
        turned: (page from 1, number of pages) as the pane is scrolled.
        resized: the pane has another width, so another sharpness is wanted.
        lacking: pages in sight have no picture yet.
        pointed: (Source, letter) of the words a person pointed to.
    """

    turned = Signal(object)
    resized = Signal()
    lacking = Signal()
    pointed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._leaves: Sequence[Shown] = ()
        self._images: dict[tuple[object, int], QImage] = {}
        self._tops = [1]
        self._shown = (0, 0)
        self._mark: tuple[int, Mark] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Bản in"))
        self.setToolTip(_("Bấm vào dòng nào thì con trỏ tới đúng chỗ ấy trong nội dung"))
        self.setMinimumWidth(220)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(self._repaint)

    @property
    def count(self) -> int:
        """Number of pages shown."""
        return len(self._leaves)

    def dpi(self) -> int:
        """Give the dots per inch at which a page is as wide as the pane, sharp on this screen."""
        wide = self.page_width() * self.devicePixelRatioF() / A4_INCHES
        return max(LEAST_DPI, min(round(wide), MOST_DPI))

    def page_width(self) -> int:
        """Give the width of a page on screen, in logical pixels."""
        return max(self.viewport().width() - 2, 80)

    def images(self) -> list[QImage]:
        """Give the pictures of the pages in order; a null one where none was drawn yet."""
        dpi = self.dpi()
        return [self._images.get((leaf.key, dpi), QImage()) for leaf in self._leaves]

    def known(self) -> frozenset[tuple[object, int]]:
        """Give the keys and sharpness of the pictures at hand."""
        return frozenset(self._images)

    def in_sight(self) -> range:
        """Give the pages in sight and the ones beside them, from 0; the first two when nothing is shown."""
        if not self._leaves:
            return range(2)
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        seen = [
            at
            for at in range(self.count)
            if self._rect(at).bottom() >= top and self._rect(at).top() <= bottom
        ]
        return range(max(min(seen, default=0) - 1, 0), max(seen, default=0) + 2)

    def wanting(self) -> list[Shown]:
        """Give the pages in sight or near that have no picture yet."""
        dpi = self.dpi()
        return [self._leaves[at] for at in self.in_sight() if at < self.count and self._lacks(at, dpi)]

    def _lacks(self, at: int, dpi: int) -> bool:
        return (self._leaves[at].key, dpi) not in self._images

    def show_leaves(self, leaves: Sequence[Shown], images: Mapping[tuple[object, int], QImage]) -> None:
        """Show these pages in place of those before; the place in the document stays."""
        kept = self.verticalScrollBar().value()
        self._leaves, self._mark = leaves, None
        self._measure()
        self.take(images)
        self.verticalScrollBar().setValue(kept)
        self._scrolled(0)

    def take(self, images: Mapping[tuple[object, int], QImage]) -> None:
        """Take pictures of pages; those not seen for longest go."""
        self._images.update(images)
        dpi = self.dpi()
        wanted = {(leaf.key, dpi) for leaf in self._leaves}
        for key in [key for key in self._images if key not in wanted][
            : max(len(self._images) - MOST_KEPT, 0)
        ]:
            del self._images[key]
        if not self._leaves:
            self._images.clear()
        self.viewport().update()

    def show_mark(self, at: int, mark: Mark | None) -> None:
        """Mark a line on a page and let it be seen; None marks nothing."""
        self._mark = (at, mark) if mark is not None else None
        self.viewport().update()
        if mark is None:
            return
        rect, bar = self._rect(at), self.verticalScrollBar()
        top = rect.top() + round(mark.top * rect.height())
        bottom = rect.top() + round(mark.bottom * rect.height())
        if top < bar.value() or bottom > bar.value() + self.viewport().height():
            bar.setValue(max(top - self.viewport().height() // 3, 0))

    def _rect(self, at: int) -> QRect:
        # An annex in landscape is as wide as the pane too: its text is then smaller, as on a screen it must be.
        return QRect(1, self._tops[at], self.page_width(), self._height(at))

    def _height(self, at: int) -> int:
        leaf = self._leaves[at]
        return round(self.page_width() * leaf.height / max(leaf.width, 1))

    def _measure(self) -> None:
        heights = [self._height(at) + GAP for at in range(self.count)]
        self._tops = list(accumulate(heights, initial=1))
        total = self._rect(self.count - 1).bottom() + 2 if self._leaves else 0
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(48)
        bar.setRange(0, max(0, total - self.viewport().height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in sight."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), self._theme.color("ground"))
        painter.translate(0, -self.verticalScrollBar().value())
        seen = event.rect().translated(0, self.verticalScrollBar().value())
        dpi = self.dpi()
        for at, leaf in enumerate(self._leaves):
            rect = self._rect(at)
            if not rect.intersects(seen):
                continue
            self._draw(painter, rect, self._images.get((leaf.key, dpi)) or self._any(leaf))
            if self._mark is not None and self._mark[0] == at:
                self._draw_mark(painter, rect, self._mark[1])
            painter.setPen(self._theme.color("edge"))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        painter.end()

    def _any(self, leaf: Shown) -> QImage:
        """Give a picture of another sharpness meanwhile."""
        return next((image for (key, _dpi), image in self._images.items() if key == leaf.key), QImage())

    def _draw(self, painter: QPainter, rect: QRect, image: QImage) -> None:
        painter.fillRect(rect, Qt.GlobalColor.white)
        if image.isNull():
            return
        ratio = self.devicePixelRatioF()
        exact = QRectF(rect.left(), rect.top(), image.width() / ratio, image.height() / ratio)
        near = abs(exact.width() - rect.width()) < 2
        # Pixel for pixel where it fits: scaling by a hair would blur every letter.
        painter.drawImage(exact if near else QRectF(rect), image)

    def _draw_mark(self, painter: QPainter, rect: QRect, mark: Mark) -> None:
        top = rect.top() + mark.top * rect.height()
        tall = (mark.bottom - mark.top) * rect.height()
        colour = self._theme.color("accent")
        painter.fillRect(QRectF(rect.left(), top, 4, tall), colour)
        colour.setAlpha(28)
        painter.fillRect(QRectF(rect.left() + 4, top, rect.width() - 4, tall), colour)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Point to the words under the mouse."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._point(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter points to the words in the middle of the pane."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._point(QPointF(self.viewport().width() / 3, self.viewport().height() / 2))
        else:
            super().keyPressEvent(event)

    def _point(self, point: QPointF) -> None:
        down = point.y() + self.verticalScrollBar().value()
        for at, leaf in enumerate(self._leaves):
            rect = self._rect(at)
            if rect.top() <= down <= rect.bottom():
                found = leaf.at((point.x() - rect.left()) / rect.width(), (down - rect.top()) / rect.height())
                if found is not None:
                    self.pointed.emit(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._measure()
        self._scrolled(0)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()

    def event(self, event: QEvent) -> bool:
        """Another screen may be sharper."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.resized.emit()
        return super().event(event)

    def sizeHint(self) -> QSize:
        """A page at reading size."""
        return QSize(460, 600)

    @Slot(int)
    def _scrolled(self, _value: int) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        page = sum(1 for at in range(self.count) if self._rect(at).top() <= middle)
        now = (max(page, 1), self.count) if self.count else (0, 0)
        if now != self._shown:
            self._shown = now
            self.turned.emit(now)
        self.viewport().update()
        if self.wanting():
            self.lacking.emit()

    @Slot(object)
    def _repaint(self, _tokens: object) -> None:
        self.viewport().update()
