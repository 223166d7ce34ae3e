"""Files that came from outside are parsed in a process apart, which has no network, little memory and half a minute.

pdfium and the decoders of pictures are written in C: a file made for it can make them crash, or worse. The process
dies, the program says so and lives. What comes back is believed only as far as its form goes (``talk``).

Source:
    The project's threat list, T18.
"""

from typing import BinaryIO

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.signing import Verdict
from spokesdesk.typeset.apart.talk import SECONDS, asked, lines, pages
from spokesdesk.typeset.pages import PageImage, PdfState

__all__ = ["page_pictures", "pdf_state", "pdf_texts", "picture", "verdict"]


def page_pictures(pdf: bytes, dpi: int, most: int) -> tuple[PageImage, ...]:
    """Give the first pages of a PDF as pictures, large ones with fewer dots.

    Raises:
        UserError: ``look_unreadable``, ``look_failed``, ``look_too_slow``.
    """
    return pages(asked("pages", str(dpi), str(most), data=[pdf]))


def picture(data: bytes) -> PageImage:
    """Give a picture (PNG, JPEG, GIF, BMP, WebP, TIFF) at no more than the size of a screen, turned as it was held.

    Raises:
        UserError: ``look_unreadable``, ``look_failed``, ``look_too_slow``.
    """
    found = pages(asked("picture", data=[data]))
    if len(found) != 1:
        raise UserError("look_failed")
    return found[0]


def pdf_texts(source: BinaryIO, most: int, seconds: float) -> list[str]:
    """Give the texts of the pages of a PDF as far as the time goes; none of one that kills who reads it.

    Args:
        source: a file of the system, read from its beginning.
    """
    try:
        return lines(asked("texts", str(most), str(seconds), source=source))
    except UserError:
        return []


def pdf_state(source: BinaryIO) -> PdfState:
    """Tell whether the words of a PDF can be read; one that kills who reads it is damaged.

    Args:
        source: a file of the system, read from its beginning.
    """
    try:
        [found] = lines(asked("state", source=source))
        return PdfState[found]
    except (UserError, ValueError, KeyError):
        return PdfState.DAMAGED


def verdict(pdf: bytes, roots: tuple[bytes, ...], seconds: float = SECONDS) -> Verdict:
    """Give what the signatures of a PDF are worth.

    Args:
        seconds: how long it may take.

    Raises:
        UserError: ``verify_pdf_bad``, ``look_failed``, ``look_too_slow``.
    """
    import msgspec

    try:
        return msgspec.json.decode(asked("verify", data=[pdf, *roots], seconds=seconds), type=Verdict)
    except msgspec.DecodeError as error:
        raise UserError("verify_pdf_bad", field="file") from error
