"""The .docx as an archive: its limits, its parts, and what in it is never opened.

Source:
    The project's threat list, T12 and T14: at most 2,000 entries, 200 MB counted while unpacking, 200:1.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element

from spokesdesk.domain.errors import UserError
from spokesdesk.typeset.from_docx.markup import Patience, parse

MOST_BYTES = 100_000_000
MOST_ENTRIES = 2_000
MOST_UNPACKED = 200_000_000
MOST_RATIO = 200
_MOST_DIRECTORY = 4_000_000
_RATIO_FROM = 1_000_000
_CHUNK = 65_536
_OLE = b"\xd0\xcf\x11\xe0"
_END, _END64 = b"PK\x05\x06", b"PK\x06\x07"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship of a part; ``target`` is a part's name, or whatever was written when it is external."""

    id: str
    kind: str
    target: str
    is_external: bool


class Package:
    """An opened .docx; only parts inside it can be read.

    Raises:
        UserError: ``docx_not_docx``, ``docx_old_or_locked``, ``docx_damaged``, ``docx_too_big``.
    """

    def __init__(self, data: bytes, patience: Patience | None = None) -> None:
        self.patience = patience or Patience()
        self._unpacked = 0
        _check_outside(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            entries = self._zip.infolist()
        except _BROKEN as error:
            raise UserError("docx_damaged", detail=str(error)) from error
        _check_entries(entries)
        self.names = frozenset(entry.filename for entry in entries)

    def xml(self, name: str) -> Element | None:
        """Give a part as a tree, None when there is no such part."""
        if name not in self.names:
            return None
        try:
            return parse(name, self._chunks(name), self.patience)
        except _BROKEN as error:
            raise UserError("docx_damaged", detail=f"{name}: {error}") from error

    def relations(self, name: str) -> tuple[Relation, ...]:
        """Give the relationships of a part; "" for the package's own."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = [] if root is None else [item for item in root if item.tag == "rel:Relationship"]
        return tuple(_relation(folder, item) for item in found)

    def _chunks(self, name: str) -> Iterator[bytes]:
        entry = self._zip.getinfo(name)
        size = 0
        with self._zip.open(entry) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                self._unpacked += len(chunk)
                if self._unpacked > MOST_UNPACKED or _is_bomb(size, entry.compress_size):
                    raise UserError("docx_too_big", detail=name)
                yield chunk


def _check_outside(data: bytes) -> None:
    """Judge the archive before anything of it is unpacked or listed."""
    if data[:4] == _OLE:
        raise UserError("docx_old_or_locked")
    if len(data) > MOST_BYTES:
        raise UserError("docx_too_big", detail=f"{len(data) // 1_000_000} MB")
    at = data.rfind(_END, max(0, len(data) - 66_000))
    if at < 0 or len(data) < at + 22:
        raise UserError("docx_damaged" if data[:2] == b"PK" else "docx_not_docx", detail="ZIP")
    directory = int.from_bytes(data[at + 12 : at + 16], "little")
    if data[max(at - 20, 0) : at].startswith(_END64) or directory > _MOST_DIRECTORY:
        raise UserError("docx_too_big", detail="ZIP")


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise UserError("docx_too_big", detail=f"{len(entries)} > {MOST_ENTRIES}")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise UserError("docx_too_big", detail=f"> {MOST_UNPACKED // 1_000_000} MB")
    for entry in entries:
        if entry.flag_bits & 1:
            raise UserError("docx_old_or_locked")
        if _is_bomb(entry.file_size, entry.compress_size):
            raise UserError("docx_too_big", detail=entry.filename[:80])
    if "[Content_Types].xml" not in {entry.filename for entry in entries}:
        raise UserError("docx_not_docx")


def _is_bomb(size: int, packed: int) -> bool:
    return size > _RATIO_FROM and size > MOST_RATIO * max(packed, 1)


def _relation(folder: str, item: Element) -> Relation:
    target = item.get("Target", "")
    external = item.get("TargetMode", "").lower() == "external" or ":" in target or target.startswith("\\\\")
    if not external:
        inside = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        target = posixpath.normpath(inside)
    return Relation(item.get("Id", ""), item.get("Type", "").rpartition("/")[2], target, external)
