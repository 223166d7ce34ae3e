"""Reads CSV files whatever program wrote them: UTF-8, UTF-16, Windows-1258, or an old Vietnamese encoding."""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.imports.cells import Cell
from spokesdesk.domain.legacy_text import decode
from spokesdesk.domain.syllables import is_syllable
from spokesdesk.domain.text import nfc
from spokesdesk.typeset.legacy_text import encodings

SAMPLE = 400_000
LONGEST_CELL = 200_000
_SIGNS = ";,\t|"
_WORD = re.compile(r"[^\W\d_]+")


class TextTable:
    """A CSV file, read anew each time its rows are asked for."""

    def __init__(self, path: Path, encoding: str, delimiter: str, digest: str) -> None:
        self.names = ("",)
        self.name = ""
        self.encoding = encoding
        self.sha256 = digest
        self._path = path
        self._delimiter = delimiter
        with path.open("rb") as file:
            self.total = sum(piece.count(b"\n") for piece in iter(lambda: file.read(1_000_000), b"")) + 1

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Give the rows; line numbers count records, as Excel shows them."""
        csv.field_size_limit(LONGEST_CELL)
        try:
            with self._path.open(encoding=self.encoding, errors="replace", newline="") as file:
                reader = csv.reader(file, delimiter=self._delimiter)
                for line, row in enumerate(reader, 1):
                    yield line, [nfc(cell.removeprefix("\ufeff")) or None for cell in row]
        except (csv.Error, OSError) as error:
            raise UserError("sheet_damaged", field="file", path=self._path.name) from error


def open_text(path: Path, digest: str) -> TextTable:
    """Open a CSV file; raises UserError ``sheet_damaged`` for a file that is no text."""
    try:
        with path.open("rb") as file:
            head = file.read(SAMPLE)
            encoding = _encoding(head, path)
    except OSError as error:
        raise UserError("sheet_missing", field="file", path=str(path)) from error
    text = head.decode(encoding, errors="replace")
    if "\x00" in text:
        raise UserError("sheet_damaged", field="file", path=path.name)
    return TextTable(path, encoding, _delimiter(text), digest)


def _encoding(head: bytes, path: Path) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if _is_utf8(path):
        return "utf-8"
    if b"\x00" in head[:200]:
        return "utf-16-le" if head[1:2] == b"\x00" else "utf-16-be"
    # One byte a letter: the one that reads as Vietnamese; letters of TCVN3 and VNI are mended cell by cell.
    western = head.decode("cp1252", errors="replace")
    old = max((_vietnamese(decode(western, each)) for each in encodings()), default=0.0)
    windows = _vietnamese(head.decode("cp1258", errors="replace"))
    return "cp1258" if windows >= max(old, _vietnamese(western)) else "cp1252"


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(1_000_000):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _vietnamese(text: str) -> float:
    """Give the share of the marked words that are Vietnamese syllables."""
    marked = [word for word in _WORD.findall(nfc(text)) if not word.isascii()]
    return sum(map(is_syllable, marked)) / len(marked) if marked else 0.0


def _delimiter(text: str) -> str:
    """Give the sign that parts the cells: the one that parts the first lines into most equal rows."""
    lines = text.splitlines()[:40]

    def worth(sign: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign)]
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) if usual > 1 else 0, usual)

    return max(_SIGNS, key=worth)
