"""Finds formulas whose result a workbook does not hold: written by a program that computes nothing."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*><f(?:/>|[^>]*/>|[^>]*>[^<]*</f>)(?:<v></v>|<v/>)?</c>'
)
_PIECE = 4_000_000
_OVERLAP = 20_000


def uncomputed(path: Path, sheet: str) -> Iterator[tuple[int, int]]:
    """Give the cells of a sheet that hold a formula and no result, as (row, column) from 0.

    Args:
        path: a readable .xlsx file.
        sheet: name of the sheet.
    """
    with zipfile.ZipFile(path) as packed:
        part = _part_of(packed, sheet)
        if part not in packed.namelist():
            return
        with packed.open(part) as file:
            kept = b""
            while piece := file.read(_PIECE):
                text = kept + piece
                for found in _CELL.finditer(text):
                    yield int(found[2]) - 1, _column(found[1])
                # A cell may lie across two pieces; finding one twice does no harm.
                kept = text[-_OVERLAP:]


def _part_of(packed: zipfile.ZipFile, sheet: str) -> str:
    book = ElementTree.fromstring(packed.read("xl/workbook.xml"))
    links = ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in links.iter(f"{_PACKAGE}Relationship")}
    for each in book.iter(f"{_MAIN}sheet"):
        if each.get("name") == sheet:
            target = targets.get(each.get(f"{_LINK}id"), "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
