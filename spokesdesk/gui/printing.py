"""Prints a PDF through Qt where the system has no print service (Windows): its pages as images, page-exact."""

from functools import partial

from PySide6.QtCore import QMarginsF, QObject, QRect, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from spokesdesk.domain.errors import DeskError, OutsideError
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.courier import Courier
from spokesdesk.services import papers as service

MOST_DPI = 600
# All pages are drawn before the first is printed, so that a printer never waits with half a letter in it.
MEMORY = 450_000_000
A4_BYTES = 4 * (210 / 25.4) * (297 / 25.4)


def printer_names() -> tuple[str, ...]:
    """Give the printers Qt knows, the default one first."""
    names = list(QPrinterInfo.availablePrinterNames())
    default = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: name != default))


class PdfPrinting(QObject):
    """One print job.

    Emits:
        done: str, the job's title, when every page is with the printer.
        failed: DeskError.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, courier: Courier, parent: QObject) -> None:
        super().__init__(parent)
        self._courier = courier
        self._printer: QPrinter | None = None
        self._painter: QPainter | None = None
        self._pages: list[QImage] = []
        self._at = 0

    def start(
        self, pdf: bytes, printer: QPrinter, title: str, copies: int = 1, *, duplex: bool = False
    ) -> None:
        """Print a PDF; the pages are drawn on a worker, at the printer's own resolution."""
        printer.setDocName(title)
        printer.setFullPage(True)
        printer.setCopyCount(copies)
        sides = QPrinter.DuplexMode.DuplexAuto if duplex else QPrinter.DuplexMode.DuplexNone
        printer.setDuplex(sides)
        self._printer = printer
        work = partial(_drawn, pdf, printer.resolution())
        self._courier.run(work, owner=self, ok=self._begin, fail=self._fail, lane="work", label=_("Đang in…"))

    def _begin(self, pages: list[QImage]) -> None:
        assert self._printer is not None
        self._pages, self._at = pages, 0
        self._set_page(pages[0])
        painter = QPainter()
        if not painter.begin(self._printer):
            self._fail(OutsideError("printer_failed", printer=self._printer.printerName(), detail="Qt"))
            return
        self._painter = painter
        self._next()

    @Slot()
    def _next(self) -> None:
        """Hand over one page a turn, so that the window stays awake."""
        printer, painter = self._printer, self._painter
        assert printer is not None
        assert painter is not None
        image = self._pages[self._at]
        if self._at:
            self._set_page(image)
            printer.newPage()
        whole = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(QRect(0, 0, whole.width(), whole.height()), image)
        self._at += 1
        if self._at < len(self._pages):
            QTimer.singleShot(0, self, self._next)
            return
        painter.end()
        self._painter, self._pages = None, []
        self.done.emit(printer.docName())

    def _set_page(self, image: QImage) -> None:
        assert self._printer is not None
        wide = image.width() > image.height()
        turn = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        self._printer.setPageLayout(
            QPageLayout(QPageSize(QPageSize.PageSizeId.A4), turn, QMarginsF(0, 0, 0, 0))
        )
        self._printer.setFullPage(True)

    def _fail(self, error: DeskError) -> None:
        self._pages = []
        self.failed.emit(error)


def printer_named(name: str) -> QPrinter:
    """Give a printer by name, "" for the default one, at its best resolution up to 600 dots per inch."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if name:
        printer.setPrinterName(name)
    printer.setResolution(min(printer.resolution(), MOST_DPI))
    return printer


def _drawn(pdf: bytes, dpi: int) -> list[QImage]:
    """Worker thread: as sharp as the printer, or as sharp as a very long paper allows."""
    count = len(service.preview_pdf(pdf, 20))
    affordable = round((MEMORY / (A4_BYTES * max(count, 1))) ** 0.5)
    pages = service.preview_pdf(pdf, min(dpi, MOST_DPI, affordable))
    form = QImage.Format.Format_RGB32
    return [QImage(page.bgra, page.width, page.height, page.stride, form).copy() for page in pages]
