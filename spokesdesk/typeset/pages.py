"""Pages of a PDF: as pictures, for the preview beside a form, and their texts."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from threading import Lock
from typing import Any, BinaryIO

from spokesdesk.domain.errors import UserError

# pdfium keeps global state and must not be entered by two threads at once.
_ONE_AT_A_TIME = Lock()


# Pages looked at to tell a scan.
_LOOKED_AT = 30


class PdfState(Enum):
    """What there is to read in a PDF."""

    READABLE = 1
    LOCKED = 2
    SCANNED = 3
    DAMAGED = 4


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page: ``bgra`` holds ``height`` rows of ``width`` pixels of four bytes, without padding."""

    width: int
    height: int
    bgra: bytes

    @property
    def stride(self) -> int:
        """Bytes per row."""
        return self.width * 4


def page_count(pdf: bytes) -> int:
    """Give the number of pages of a PDF.

    Raises:
        UserError: ``preview_pdf_bad`` when it is not a PDF.
    """
    with _opened(pdf) as book:
        return len(book)


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Give width and height of each page of a PDF in points.

    Raises:
        UserError: ``preview_pdf_bad`` when it is not a PDF.
    """
    with _opened(pdf) as book:
        return [book.get_page_size(at) for at in range(len(book))]


def page_images(pdf: bytes, dpi: int, pages: range | None = None) -> list[PageImage]:
    """Give pages of a PDF as pictures.

    Args:
        pdf: a PDF file.
        dpi: dots per inch, 20 to 600.
        pages: which pages, from 0; those beyond the last page are left out. None is all.

    Raises:
        UserError: ``preview_pdf_bad`` when it is not a PDF.
    """
    with _opened(pdf) as book:
        # Without this the number, signatures and seal of a signed paper, which are fields, stay unseen.
        book.init_forms()
        wanted = range(len(book)) if pages is None else [at for at in pages if 0 <= at < len(book)]
        return [_image(book, at, dpi / 72) for at in wanted]


def page_texts(source: BinaryIO, most: int, until: float) -> Iterator[str]:
    """Give the texts of the pages of a PDF, read from the stream as it goes; nothing of what is locked or damaged.

    Args:
        source: can seek.
        most: pages read at most.
        until: monotonic time after which no further page is read.
    """
    import pypdfium2

    try:
        with _ONE_AT_A_TIME:
            book = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError:
        return
    try:
        for at in range(min(len(book), most)):
            if time.monotonic() > until:
                return
            # One page a time: a preview waits for no whole book.
            with _ONE_AT_A_TIME:
                text = _page_text(book, at)
            yield text
    finally:
        with _ONE_AT_A_TIME:
            book.close()


def pdf_state(source: BinaryIO) -> PdfState:
    """Tell whether the words of a PDF can be read: of its first thirty pages, each that shows something has words.

    Args:
        source: can seek.
    """
    import pypdfium2
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    with _ONE_AT_A_TIME:
        try:
            book = pypdfium2.PdfDocument(source)
        except pypdfium2.PdfiumError as error:
            return PdfState.LOCKED if error.err_code == FPDF_ERR_PASSWORD else PdfState.DAMAGED
    try:
        for at in range(min(len(book), _LOOKED_AT)):
            with _ONE_AT_A_TIME:
                is_picture = not _page_text(book, at).strip() and _shows_something(book, at)
            if is_picture:
                return PdfState.SCANNED
        return PdfState.READABLE
    finally:
        with _ONE_AT_A_TIME:
            book.close()


def _shows_something(book: Any, at: int) -> bool:
    import pypdfium2

    try:
        page = book[at]
    except pypdfium2.PdfiumError:
        return False
    try:
        return next(iter(page.get_objects(max_depth=1)), None) is not None
    finally:
        page.close()


def _page_text(book: Any, at: int) -> str:
    import pypdfium2

    try:
        page = book[at]
    except pypdfium2.PdfiumError:
        return ""
    try:
        shown = page.get_textpage()
        try:
            return str(shown.get_text_bounded())
        finally:
            shown.close()
    finally:
        page.close()


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    """Open a PDF while no other one is open; raises UserError when it is not one."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            book = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise UserError("preview_pdf_bad") from error
        try:
            yield book
        finally:
            book.close()


def _image(book: Any, at: int, scale: float) -> PageImage:
    page = book[at]
    try:
        bitmap = page.render(scale=scale, force_bitmap_format=4, rev_byteorder=False)
        try:
            rows, width = bytes(bitmap.buffer), bitmap.width * 4
            if bitmap.stride != width:
                rows = b"".join(rows[y : y + width] for y in range(0, len(rows), bitmap.stride))
            return PageImage(bitmap.width, bitmap.height, rows)
        finally:
            bitmap.close()
    finally:
        page.close()
