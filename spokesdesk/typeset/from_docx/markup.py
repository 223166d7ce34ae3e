"""Reads the XML inside a .docx: no document type, no entity, no endless depth, no endless time."""

import time
from collections.abc import Iterable
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from spokesdesk.domain.errors import UserError

SECONDS = 10.0
_DEEPEST = 250
_MOST_ELEMENTS = 1_500_000
_CHECK_EVERY = 2_000
_OFFICE, _STRICT = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
_PREFIXES = {
    f"{_OFFICE}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_OFFICE}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_OFFICE}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    f"{_OFFICE}markup-compatibility/2006": "mc",
    f"{_OFFICE}package/2006/relationships": "rel",
    "http://purl.org/dc/elements/1.1/": "dc",
}


class Patience:
    """How long a file may take; a hostile one must not hold up the desk."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise UserError ``docx_too_slow`` when the time is over."""
        if time.monotonic() > self._end:
            raise UserError("docx_too_slow", seconds=round(self._seconds))


def parse(name: str, chunks: Iterable[bytes], patience: Patience) -> Element:
    """Give an XML part as a tree whose names are short: ``w:p``, ``r:id``, ``mc:Choice``.

    Args:
        name: of the part, for the error.
        chunks: its bytes in pieces.
        patience: the time left.

    Raises:
        UserError: ``docx_unsafe`` for a document type, ``docx_damaged`` for what is not XML, ``docx_too_big``.
    """
    reader = _Reader(name, patience)
    try:
        for chunk in chunks:
            reader.parser.Parse(chunk, False)
            patience.check()
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UserError("docx_damaged", detail=f"{name}: {error}") from error
    return reader.builder.close()


class _Reader:
    def __init__(self, name: str, patience: Patience) -> None:
        self._name, self._patience = name, patience
        self._depth = self._count = 0
        self._names: dict[str, str] = {}
        self.builder = TreeBuilder()
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.builder.data
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _doctype(self, *_declared: object) -> None:
        raise UserError("docx_unsafe", detail=f"DOCTYPE, {self._name}")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > _DEEPEST or self._count > _MOST_ELEMENTS:
            raise UserError("docx_too_big", detail=self._name)
        if self._count % _CHECK_EVERY == 0:
            self._patience.check()
        self.builder.start(self._short(name), {self._short(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self.builder.end(self._short(name))

    def _short(self, name: str) -> str:
        if name not in self._names:
            space, _, local = name.rpartition("}")
            prefix = _PREFIXES.get(space)
            self._names[name] = f"{prefix}:{local}" if prefix else name
        return self._names[name]
