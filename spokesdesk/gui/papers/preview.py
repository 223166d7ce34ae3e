"""The printed page beside the form: the PDF's own pages as images, drawn as one types, never in the way."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QVBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.saying import sentence
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import papers as service

DEBOUNCE_MS = 250
GAP = 12
A4_INCHES = 210 / 25.4
LEAST_DPI, MOST_DPI = 40, 300


class Pages(QAbstractScrollArea):
    """Pages one below the other, each as wide as the pane; a stale picture stays until the new one is there.

    Emits:
        turned: (page from 1, number of pages) as the pane is scrolled.
        resized: the pane has another width, so another sharpness is wanted.
    """

    turned = Signal(object)
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._images: list[QImage] = []
        self._shown = (0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Bản in"))
        self.setMinimumWidth(220)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(self._repaint)

    @property
    def count(self) -> int:
        """Number of pages shown."""
        return len(self._images)

    def dpi(self) -> int:
        """Give the dots per inch at which a page is as wide as the pane, sharp on this screen."""
        wide = self.page_width() * self.devicePixelRatioF() / A4_INCHES
        return max(LEAST_DPI, min(round(wide), MOST_DPI))

    def page_width(self) -> int:
        """Give the width of a page on screen, in logical pixels."""
        return max(self.viewport().width() - 2, 80)

    def show_pages(self, images: list[QImage]) -> None:
        """Show these pages in place of those before; the place in the document stays."""
        kept = self.verticalScrollBar().value()
        self._images = images
        self._measure()
        self.verticalScrollBar().setValue(kept)
        self.viewport().update()
        self._scrolled(0)

    def _rect(self, at: int) -> QRect:
        top = 1 + sum(self._height(before) + GAP for before in range(at))
        image = self._images[at]
        # An annex in landscape is as wide as the pane too: its text is then smaller, as on a screen it must be.
        return QRect(1, top, self.page_width(), self._height(at) if not image.isNull() else 0)

    def _height(self, at: int) -> int:
        image = self._images[at]
        return round(self.page_width() * image.height() / max(image.width(), 1))

    def _measure(self) -> None:
        total = self._rect(len(self._images) - 1).bottom() + 2 if self._images else 0
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
        for at, image in enumerate(self._images):
            rect = self._rect(at)
            if not rect.intersects(seen):
                continue
            self._draw(painter, rect, image)
            painter.setPen(self._theme.color("edge"))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        painter.end()

    def _draw(self, painter: QPainter, rect: QRect, image: QImage) -> None:
        ratio = self.devicePixelRatioF()
        exact = QRectF(rect.left(), rect.top(), image.width() / ratio, image.height() / ratio)
        near = abs(exact.width() - rect.width()) < 2
        # Pixel for pixel where it fits: scaling by a hair would blur every letter.
        painter.fillRect(rect, Qt.GlobalColor.white)
        painter.drawImage(exact if near else QRectF(rect), image)

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

    @Slot(object)
    def _repaint(self, _tokens: object) -> None:
        self.viewport().update()


class Preview(QWidget):
    """Asks for pages a moment after the last key, one request at a time, the latest always last.

    Emits:
        turned: (page from 1, number of pages).
        refused: UserError that names the field whose text cannot be printed; None when all can.
    """

    turned = Signal(object)
    refused = Signal(object)

    def __init__(self, courier: Courier, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._courier = courier
        self._wanted: Letter | bytes | None = None
        self._give: Callable[[], Letter | None] | None = None
        self._dirty = False
        self._busy = False
        self._round = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.pages = Pages(theme, self)
        self._note = Note("", "amber", self)
        column.addWidget(self.pages, 1)
        column.addWidget(self._note)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._ask)
        self.pages.turned.connect(self.turned)
        self.pages.resized.connect(self._sharpen)

    def show_letter(self, letter: Letter) -> None:
        """Show a letter as it would be printed."""
        self._want(letter)

    def show_soon(self, give: Callable[[], Letter | None]) -> None:
        """Show what is being typed, a moment after the last key; ``give`` is asked for it then, not at every key."""
        self._give, self._dirty = give, True
        self._timer.start()

    def show_pdf(self, pdf: bytes) -> None:
        """Show a finished PDF."""
        self._want(pdf)

    def forget(self) -> None:
        """Show nothing; what is on its way is dropped."""
        self._timer.stop()
        self._wanted, self._give, self._dirty = None, None, False
        self._round += 1
        self.pages.show_pages([])
        self._note.set_text("")

    @property
    def problem(self) -> str:
        """Give the sentence shown under the pages, "" for none."""
        return "" if self._note.isHidden() else self._note.accessibleName()

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is what was last asked for."""
        return not (self._dirty or self._busy or self._timer.isActive())

    def _want(self, wanted: Letter | bytes) -> None:
        self._wanted, self._give, self._dirty = wanted, None, True
        self._ask()

    @Slot()
    def _sharpen(self) -> None:
        if self._wanted is not None:
            self._dirty = True
            self._timer.start()

    @Slot()
    def _ask(self) -> None:
        self._timer.stop()
        if self._busy or not self._dirty:
            return
        give, self._give = self._give, None
        if give is not None:
            self._wanted = give() or self._wanted
        if self._wanted is None:
            self._dirty = False
            return
        self._busy, self._dirty = True, False
        work = partial(_pictures, self._wanted, self.pages.dpi(), self._round)
        self._courier.run(work, owner=self, ok=self._came, fail=self._failed, always=self._done, lane="work")

    @Slot()
    def _done(self) -> None:
        self._busy = False
        if self._dirty and not self._timer.isActive():
            self._ask()

    @Slot(object)
    def _came(self, answer: tuple[int, list[QImage]]) -> None:
        round_asked, images = answer
        if round_asked == self._round:
            self._note.set_text("")
            self.pages.show_pages(images)
            self.refused.emit(None)

    @Slot(object)
    def _failed(self, error: DeskError) -> None:
        if self._wanted is None:
            return
        self._note.set_text(sentence(error))
        self.refused.emit(error if isinstance(error, UserError) else None)


def _pictures(wanted: Letter | bytes, dpi: int, asked: int) -> tuple[int, list[QImage]]:
    """Worker thread: QImage is no QObject and may be made anywhere; the bytes are copied once, here."""
    pages = service.preview_pdf(wanted, dpi) if isinstance(wanted, bytes) else service.preview(wanted, dpi)
    form = QImage.Format.Format_RGB32
    made = [QImage(page.bgra, page.width, page.height, page.stride, form).copy() for page in pages]
    return asked, made
