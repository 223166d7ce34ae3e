"""The state-secret guard: what bears a mark of secrecy is refused before anything of it is written."""

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import BinaryIO

from spokesdesk import assets
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.labels import LABELS
from spokesdesk.domain.secrecy import Secrecy, parse_secrecy
from spokesdesk.typeset.inside import texts_inside
from spokesdesk.typeset.legacy_text import encodings
from spokesdesk.typeset.unread import unread

# JSON writes a line break as two characters, the second a letter that would hide where a word begins.
_ESCAPES = re.compile(r"\\(?:[nrtbf\"/\\]|u00[0-9a-fA-F]{2})")
# What a colleague's desk published is public already, and a round must not stop at it.
_LET_THROUGH = re.compile(r"\s(?:feed_log|outbox|ledger)")
_HEAD = 80
_TEXT_BYTES, _LOOK = 4 << 20, 4096


@cache
def marks() -> Secrecy:
    """Give the marks of secrecy and the law that forbids them here."""
    return parse_secrecy(tomllib.loads(assets.read_text("secrecy", "marks.toml")), encodings())


def require_unmarked(value: object, field: str = "") -> None:
    """Refuse a text, or mappings and lists of texts, that bear a mark of secrecy.

    Raises:
        UserError: ``secret_marked`` naming the field, the mark and the law; never the text.
    """
    try:
        marks().require_unmarked(value, vn_day(datetime.now(UTC)), field)
    except UserError as error:
        if error.field in LABELS:
            raise
        # A field without a name on the screen is spoken of as its content.
        raise UserError("secret_marked", field="body", **error.params) from None


def require_unmarked_row(statement: str, values: Mapping[str, object]) -> None:
    """Refuse a statement that would write a mark of secrecy: the last gate, in front of every table.

    Args:
        statement: SQL.
        values: by column.

    Raises:
        UserError: ``secret_marked`` naming the column.
    """
    may_hold, held = marks().may_hold, None
    for name, value in values.items():
        # Every text of every row passes here: nearly all are let go by one look.
        if isinstance(value, str) and not value.isascii() and may_hold(value):
            held = _LET_THROUGH.search(statement, 0, _HEAD) is not None if held is None else held
            if held:
                return
            require_unmarked(_ESCAPES.sub(" ", value) if "\\" in value else value, name)


def require_unmarked_file(name: str, source: BinaryIO) -> None:
    """Refuse a file whose name bears a mark, or whose text does: plain text, PDF, Word, Excel, LibreOffice.

    Pictures of text, and files that are locked, are let through: ``require_readable`` has told of them before.

    Args:
        name: of the file.
        source: its content at the beginning, can seek; left anywhere.

    Raises:
        UserError: ``secret_marked``, ``attachment_bomb`` (field ``attachments``).
    """
    require_unmarked(name, "attachments")
    for text in texts_inside(name, source):
        require_unmarked(text, "attachments")
    source.seek(0)
    require_unmarked(_plain_text(source), "attachments")


def require_readable(source: Path) -> None:
    """Refuse a document whose inside cannot be read for marks, until somebody has looked at it.

    Photos and recordings are no documents; a file that is not there is left to what keeps it.

    Raises:
        UserError: ``attachment_unread`` (field ``attachments``) with the name and the reason.
    """
    try:
        if not source.is_file():
            return
        with source.open("rb") as handle:
            why = unread(handle)
    except OSError:
        return
    if why is not None:
        raise UserError("attachment_unread", field="attachments", name=source.name, why=why.wording)


def _plain_text(source: BinaryIO) -> str:
    """Give the content of a file that is plain text; "" for pictures, sound, and what is longer than texts are."""
    head = source.read(_LOOK)
    if b"\0" in head:
        return ""
    data = head + source.read(_TEXT_BYTES + 1 - len(head))
    try:
        return data.decode() if len(data) <= _TEXT_BYTES else ""
    except UnicodeDecodeError:
        return ""
