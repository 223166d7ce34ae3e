"""A Word file taken in as a paper."""

import stat
from dataclasses import asdict
from pathlib import Path

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.imported import ImportNote, NoteKind
from spokesdesk.domain.letters import Letter
from spokesdesk.services.secrecy import require_unmarked

__all__ = ["ImportNote", "NoteKind", "import_docx"]


def import_docx(path: Path) -> tuple[Letter, tuple[ImportNote, ...]]:
    """Give the letter that a Word file holds, and what was guessed, converted or left out; nothing is written.

    Args:
        path: a .docx; it is only read.

    Raises:
        UserError: ``docx_unreadable``, ``secret_marked``, and what ``typeset.from_docx.read_docx`` refuses.
    """
    from spokesdesk.typeset.from_docx import MOST_BYTES, read_docx

    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise UserError("docx_not_docx")
        if found.st_size > MOST_BYTES:
            raise UserError("docx_too_big", detail=f"{found.st_size // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        detail = error.strerror or str(error)
        raise UserError("docx_unreadable", field="file", path=path, detail=detail) from error
    result = read_docx(data)
    require_unmarked(path.name, "file")
    require_unmarked(asdict(result.letter))
    return result.letter, result.notes
