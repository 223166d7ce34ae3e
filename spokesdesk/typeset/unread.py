"""Whether a document can be read inside: one that is locked, a scan or packed says nothing of the marks in it."""

import zipfile
from typing import BinaryIO

from spokesdesk.domain.unread import Unread
from spokesdesk.typeset import apart
from spokesdesk.typeset.compound import MAGIC
from spokesdesk.typeset.inside import BROKEN, DOCUMENTS, is_from_disk
from spokesdesk.typeset.old_office import is_locked
from spokesdesk.typeset.pages import PdfState, pdf_state

_HEAD = 1_024
_PACKED = (b"Rar!", b"7z\xbc\xaf'\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd")
_TIFF = (b"II*\0", b"MM\0*")
_PDF = {
    PdfState.LOCKED: Unread.LOCKED,
    PdfState.SCANNED: Unread.SCAN,
    PdfState.DAMAGED: Unread.DAMAGED,
    PdfState.READABLE: None,
}


def unread(source: BinaryIO) -> Unread | None:
    """Tell why the inside of a file is not read; None when it is read, or is no document (a photo, a recording).

    Args:
        source: at its beginning, can seek; left anywhere.
    """
    head = source.read(_HEAD)
    source.seek(0)
    if b"%PDF-" in head:
        return _PDF[apart.pdf_state(source) if is_from_disk(source) else pdf_state(source)]
    if head.startswith(b"PK"):
        return _archive(source)
    if head.startswith(MAGIC):
        locked = is_locked(source)
        return Unread.UNKNOWN if locked is None else Unread.LOCKED if locked else None
    if head.startswith(_PACKED):
        return Unread.PACKED
    return Unread.SCAN if head.startswith(_TIFF) else None


def _archive(source: BinaryIO) -> Unread | None:
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
    except BROKEN:
        return Unread.DAMAGED
    if any(entry.flag_bits & 1 for entry in entries):
        return Unread.LOCKED
    return None if DOCUMENTS & {entry.filename for entry in entries} else Unread.PACKED
