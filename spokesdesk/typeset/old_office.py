"""The words inside documents of Word, Excel and PowerPoint from before 2007, and whether they are locked.

Texts of one byte a letter are given as each code page shows them that was used for Vietnamese: an old font (TCVN3,
VNI) stands in Windows-1252, a text of Windows 95 in Windows-1258.

Source:
    [MS-DOC] 2.5, 2.8.35, 2.9.73; [MS-XLS] 2.4.117, 2.4.149, 2.4.265, 2.5.293; [MS-PPT] 2.3.2, 2.9.43; Microsoft.
"""

import struct
import time
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from spokesdesk.typeset.compound import Compound, CompoundError

MOST = 100_000_000
_WORD, _POWERPOINT, _EXCEL = "WordDocument", "PowerPoint Document", ("Workbook", "Book")
_PAGES = ("cp1252", "cp1258")
# Marks that end a paragraph, a cell, a line, a page.
_ENDS = str.maketrans({"\r": "\n", "\x07": "\n", "\x0b": "\n", "\x0c": "\n"})
_WORD_97 = 193
# A workbook says among these that it is locked.
_FIRST_RECORDS = 50
_LOCKED, _SECOND_TABLE = 0x0100, 0x0200
_BROKEN = (CompoundError, struct.error, OSError)


def is_locked(source: BinaryIO) -> bool | None:
    """Tell whether a compound file is locked by a password; None when it is none of these documents.

    Args:
        source: at its beginning, can seek; left anywhere.
    """
    try:
        file = Compound(source, MOST)
        if "EncryptedPackage" in file.names:
            return True
        if _WORD in file.names:
            return bool(struct.unpack_from("<H", file.read(_WORD), 10)[0] & _LOCKED)
        for name in _EXCEL:
            if name in file.names:
                return any(kind == 0x2F for kind, _data in islice(_biff(file.read(name)), _FIRST_RECORDS))
        return "EncryptedSummary" in file.names if _POWERPOINT in file.names else None
    except _BROKEN:
        return None


def old_texts(source: BinaryIO, until: float) -> Iterator[str]:
    """Give the texts of a document; nothing of one that is locked, and of a damaged one what can be read.

    Args:
        source: at its beginning, can seek; left anywhere.
        until: monotonic time after which no further text is read.
    """
    for text in _texts(source):
        yield text
        if time.monotonic() > until:
            return


def _texts(source: BinaryIO) -> Iterator[str]:
    try:
        file = Compound(source, MOST)
        if _WORD in file.names:
            yield from _word(file)
        for name in _EXCEL:
            if name in file.names:
                yield from _excel(file.read(name))
        if _POWERPOINT in file.names:
            yield from _powerpoint(file.read(_POWERPOINT))
    except _BROKEN:
        return


def _narrow(data: bytes) -> Iterator[str]:
    """Give a text of one byte a letter, in each way it may be meant."""
    shown = {data.decode(page, "replace").translate(_ENDS): None for page in _PAGES}
    yield from shown


def _word(file: Compound) -> Iterator[str]:
    text = file.read(_WORD)
    version, flags = struct.unpack_from("<2xH6xH", text, 0)
    if flags & _LOCKED:
        return
    if version < _WORD_97:
        first, end = struct.unpack_from("<II", text, 24)
        yield from _narrow(text[first:end])
        return
    start, size = struct.unpack_from("<II", text, 0x01A2)
    pieces = file.read("1Table" if flags & _SECOND_TABLE else "0Table")[start : start + size]
    wide: list[str] = []
    for is_narrow, at, length in _pieces(pieces):
        if is_narrow:
            yield from _narrow(text[at : at + length])
            wide.append(text[at : at + length].decode("cp1252", "replace"))
        else:
            wide.append(text[at : at + 2 * length].decode("utf-16-le", "replace"))
    # Together: a word that was edited lies in several pieces.
    yield "".join(wide).translate(_ENDS)


def _pieces(table: bytes) -> Iterator[tuple[bool, int, int]]:
    """Give of each piece of a text whether its letters are one byte, where it begins, and how many letters it has."""
    at = 0
    while at < len(table) and table[at] == 1:
        at += 3 + int(struct.unpack_from("<H", table, at + 1)[0])
    if at >= len(table) or table[at] != 2:
        return
    count = (struct.unpack_from("<I", table, at + 1)[0] - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", table, at + 5)
    for n in range(count):
        where = struct.unpack_from("<I", table, at + 5 + 4 * (count + 1) + 8 * n + 2)[0]
        is_narrow, where = bool(where & 0x40000000), where & 0x3FFFFFFF
        yield is_narrow, where // 2 if is_narrow else where, max(0, places[n + 1] - places[n])


def _excel(book: bytes) -> Iterator[str]:
    shared: list[bytes] = []
    for kind, data in _biff(book):
        if kind == 0x2F:
            return
        if kind == 0xFC:
            shared = [data]
        elif kind == 0x3C and shared:
            shared.append(data)
            continue
        elif kind in (0x04, 0x0204, 0xD6) and len(data) > 8:
            yield from _narrow(data[8:])
        elif kind in (0x85, 0x14, 0x15, 0x1C, 0x01B6) and data:
            yield from _either(data)
        if shared and kind != 0xFC:
            yield from _shared(shared)
            shared = []


def _biff(book: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size


def _either(data: bytes) -> Iterator[str]:
    """Give a short record with a text somewhere in it (a sheet's name, a header, a note) as wide and as narrow."""
    yield from _narrow(data)
    for first in (0, 1):
        yield data[first:].decode("utf-16-le", "replace")


def _shared(records: list[bytes]) -> Iterator[str]:
    """Give the texts that cells share: one may run on in the next record, where its width is said anew."""
    reader = _Records(records, 8)
    while (length := reader.number(2)) is not None:
        flags = reader.number(1) or 0
        runs = reader.number(2) or 0 if flags & 8 else 0
        extra = reader.number(4) or 0 if flags & 4 else 0
        yield from reader.text(length, bool(flags & 1))
        reader.skip(4 * runs + extra)


class _Records:
    """Reads on over the ends of records."""

    def __init__(self, records: list[bytes], first: int) -> None:
        self._records, self._n, self._at = records, 0, first

    def number(self, size: int) -> int | None:
        """Give a number that does not cross an end; None at the end of all."""
        if self._at >= len(self._records[self._n]) and not self._turn():
            return None
        found = self._records[self._n][self._at : self._at + size]
        self._at += size
        return int.from_bytes(found, "little") if len(found) == size else None

    def text(self, length: int, is_wide: bool) -> Iterator[str]:
        """Give a text; one byte a letter when it was written so."""
        wide, narrow = [], bytearray()
        while length > 0:
            width = 2 if is_wide else 1
            part = self._records[self._n][self._at : self._at + length * width]
            self._at += len(part)
            length -= len(part) // width
            wide.append(part.decode("utf-16-le" if is_wide else "latin-1", "replace"))
            narrow += b" " if is_wide else part
            if length > 0:
                if not self._turn():
                    break
                is_wide = bool(self.number(1))
        yield "".join(wide)
        yield from _narrow(bytes(narrow))

    def skip(self, count: int) -> None:
        """Leave out bytes."""
        while count > 0:
            here = min(count, len(self._records[self._n]) - self._at)
            self._at += here
            count -= here
            if count > 0 and not self._turn():
                return

    def _turn(self) -> bool:
        if self._n + 1 >= len(self._records):
            return False
        self._n, self._at = self._n + 1, 0
        return True


def _powerpoint(show: bytes) -> Iterator[str]:
    at = 0
    while at + 8 <= len(show):
        version, kind, size = struct.unpack_from("<HHI", show, at)
        at += 8
        if version & 0x0F == 0x0F:
            continue  # a record that holds records
        data = show[at : at + size]
        if kind in (0x0FA0, 0x0FBA):
            yield data.decode("utf-16-le", "replace").translate(_ENDS)
        elif kind == 0x0FA8:
            yield from _narrow(data)
        at += size
