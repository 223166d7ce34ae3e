"""Looking at a kept file inside the window: read in memory, nothing of it is written to the disk in the clear."""

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Attachment, FileKind, likely_kind
from spokesdesk.services.ports import Desk
from spokesdesk.typeset import apart
from spokesdesk.typeset.pages import PageImage

__all__ = ["PageImage", "can_look", "picture"]

# More would not fit into memory beside everything else; a recording is never looked at, only saved to a file.
LOOK_BYTES = 64 << 20
MOST_PAGES = 30
_DPI = 110


def can_look(file: Attachment) -> bool:
    """Tell whether a file can be looked at in the window: a picture or a PDF of bearable size."""
    is_picture = likely_kind(file.name) is FileKind.PHOTO
    return (is_picture or _is_pdf(file)) and file.size <= LOOK_BYTES


def picture(desk: Desk, file: Attachment) -> tuple[PageImage, ...]:
    """Give a picture, or the pages of a PDF as pictures, at most 30; read in a process apart.

    Raises:
        UserError: ``look_unreadable``, ``look_too_big``, ``look_failed``, ``look_too_slow``.
        OutsideError: the file is missing or damaged.
    """
    if file.size > LOOK_BYTES:
        raise UserError("look_too_big", name=file.name)
    data = desk.files.read(file.sha256)
    return apart.page_pictures(data, _DPI, MOST_PAGES) if _is_pdf(file) else (apart.picture(data),)


def _is_pdf(file: Attachment) -> bool:
    return file.name.casefold().endswith(".pdf")
