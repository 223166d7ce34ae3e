"""Files given on the command line: what cannot be read inside is said before it is kept."""

import sys
from pathlib import Path

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Attachment, FileKind
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.services import journal, secrecy
from spokesdesk.services.ports import Desk


def keep_file(desk: Desk, path: Path, kind: FileKind = FileKind.OTHER) -> Attachment:
    """Keep a file, with a caution where its inside cannot be read; raises as ``journal.keep_file`` does."""
    caution(path)
    return journal.keep_file(desk, path, kind, looked=True)


def caution(path: Path) -> None:
    """Say on the error stream that the inside of a file cannot be read, if so."""
    try:
        secrecy.require_readable(path)
    except UserError as error:
        print(f"{_('Lưu ý')}: {word(error)}", file=sys.stderr)
