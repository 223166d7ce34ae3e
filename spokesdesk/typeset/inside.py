"""The words inside a document that is attached: read in bounded size and time, nothing of it is kept or run.

Source:
    The project's threat list, T12: at most 2,000 entries, 200 MB counted while unpacking, 200:1.
"""

import time
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.legacy_text import decode, of_font
from spokesdesk.typeset import apart
from spokesdesk.typeset.compound import MAGIC
from spokesdesk.typeset.legacy_text import encodings
from spokesdesk.typeset.old_office import old_texts
from spokesdesk.typeset.pages import page_texts

SECONDS = 20.0
MOST_ENTRIES = 2_000
MOST_UNPACKED = 200_000_000
MOST_RATIO = 200
MOST_PAGES = 2_000
_RATIO_FROM = 1_000_000
_CHUNK = 65_536
_HEAD = 1_024
# A file that has one of these entries is a document of Word, Excel or LibreOffice, and no other archive.
DOCUMENTS = frozenset({"[Content_Types].xml", "content.xml"})
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
# What ends a piece of text that is read together, and what stands for a space in it.
_ENDS = frozenset({"p", "h", "si", "is", "v"})
_SPACES = frozenset({"tab", "br", "cr", "s", "line-break"})
_LONGEST = 1_000_000


def texts_inside(name: str, source: BinaryIO) -> Iterator[str]:
    """Give the texts of a PDF, of Word, Excel, PowerPoint, LibreOffice, and the names inside any other archive.

    What is locked or damaged gives nothing (``unread`` tells of it); what takes too long is read as far as the time
    goes.

    Args:
        name: of the file, for the error.
        source: at its beginning, can seek; left anywhere.

    Raises:
        UserError: ``attachment_bomb``: a document packed to burst.
    """
    head = source.read(_HEAD)
    source.seek(0)
    until = time.monotonic() + SECONDS
    if b"%PDF-" in head:
        yield from _pdf(source, until)
    elif head.startswith(MAGIC):
        yield from old_texts(source, until)
    elif head.startswith(b"PK"):
        try:
            yield from _packed(name, source, until)
        except BROKEN:
            return


def _pdf(source: BinaryIO, until: float) -> Iterator[str]:
    """A file that somebody brought is read in a process apart; bytes in memory were made or read here."""
    if is_from_disk(source):
        yield from apart.pdf_texts(source, MOST_PAGES, SECONDS)
    else:
        yield from page_texts(source, MOST_PAGES, until)


def is_from_disk(source: BinaryIO) -> bool:
    """Say whether a stream is a file of the system, which another process can read."""
    try:
        return source.fileno() >= 0
    except OSError:
        return False


def _packed(name: str, source: BinaryIO, until: float) -> Iterator[str]:
    with zipfile.ZipFile(source) as archive:
        entries = archive.infolist()
        if not DOCUMENTS & {entry.filename for entry in entries}:
            yield from (entry.filename for entry in entries)
            return
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise UserError("attachment_bomb", field="attachments", name=name)
        budget = _Budget(name, until)
        for entry in entries:
            if entry.filename.endswith(".xml") and not entry.flag_bits & 1:
                yield from _Reader().texts(budget.chunks(archive, entry))


class _Budget:
    """What a document may unpack to and how long that may take; sizes are counted, not believed."""

    def __init__(self, name: str, until: float) -> None:
        self._name, self._until, self._unpacked = name, until, 0

    def chunks(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        size = 0
        with archive.open(entry) as file:
            while (chunk := file.read(_CHUNK)) and time.monotonic() < self._until:
                size += len(chunk)
                self._unpacked += len(chunk)
                is_packed = size > _RATIO_FROM and size > MOST_RATIO * max(entry.compress_size, 1)
                if is_packed or self._unpacked > MOST_UNPACKED:
                    raise UserError("attachment_bomb", field="attachments", name=self._name)
                yield chunk


class _Reader:
    """Reads the texts of one XML part; a run in an old font, or shown in capitals, is given as it looks."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._piece: list[str] = []
        self._run: list[str] = []
        self._font, self._capitals, self._length = "", False, 0
        parser = expat.ParserCreate(namespace_separator="|")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        # No entity is ever opened out: those of a document type are left where they stand.
        parser.EntityDeclHandler = self._entity
        parser.buffer_text = True
        self._parser = parser

    def texts(self, chunks: Iterator[bytes]) -> Iterator[str]:
        try:
            for chunk in chunks:
                self._parser.Parse(chunk, False)
                yield from self._taken()
        except expat.ExpatError:
            pass
        self._flush()
        yield from self._taken()

    def _taken(self) -> list[str]:
        found, self._texts = self._texts, []
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition("|")[2]
        if local == "r":
            self._end_run()
        elif local == "rFonts":
            self._font = next((font for key, font in attributes.items() if key.endswith("|ascii")), "")
        elif local == "caps":
            self._capitals = not any(value in ("0", "false", "off") for value in attributes.values())
        elif local in _SPACES:
            self._run.append(" ")

    def _end(self, name: str) -> None:
        local = name.rpartition("|")[2]
        if local == "r":
            self._end_run()
        elif local in _ENDS:
            self._flush()

    def _characters(self, text: str) -> None:
        self._run.append(text)
        self._length += len(text)
        if self._length > _LONGEST:
            self._flush()

    def _entity(self, *_declared: object) -> None:
        raise ValueError("an entity")

    def _end_run(self) -> None:
        text = "".join(self._run)
        found = of_font(self._font, encodings()) if self._font else None
        if found and text:
            text = decode(text, found[0], upper=found[1])
        self._piece.append(text.upper() if self._capitals else text)
        self._run, self._font, self._capitals = [], "", False

    def _flush(self) -> None:
        self._end_run()
        text = "".join(self._piece)
        if text.strip():
            self._texts.append(text)
        self._piece, self._length = [], 0
