"""A printed paper as pdfplumber sees it: lines of one column each, with their look and place, and drawn lines."""

import io
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import pdfplumber

_COLUMN_GAP_PT = 12.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column; lengths in points from the page's top left; ``look`` of its letters."""

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    italic: bool
    colours: frozenset[object]

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def width(self) -> float:
        return self.x1 - self.x0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn straight line."""

    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    weight: float
    colour: object


@dataclass(frozen=True, slots=True)
class Printed:
    """A whole PDF."""

    sizes: tuple[tuple[float, float], ...]
    lines: tuple[Line, ...]
    strokes: tuple[Stroke, ...]
    fonts: frozenset[str]
    raw: str

    def on(self, page: int) -> list[Line]:
        return [line for line in self.lines if line.page == page]

    def find(self, pattern: str) -> list[Line]:
        return [line for line in self.lines if re.search(pattern, line.text)]

    def one(self, pattern: str) -> Line:
        found = self.find(pattern)
        assert len(found) == 1, (pattern, [line.text for line in found])
        return found[0]

    def rules(self, page: int, top: float, bottom: float) -> list[Stroke]:
        """Give the horizontal strokes of a page between two heights."""
        return [
            stroke
            for stroke in self.strokes
            if stroke.page == page and top <= stroke.top <= bottom and stroke.bottom - stroke.top < 1
        ]


def read(pdf: bytes) -> Printed:
    """Read a PDF."""
    lines: list[Line] = []
    strokes: list[Stroke] = []
    sizes, fonts, raw = [], set(), ""
    with pdfplumber.open(io.BytesIO(pdf)) as book:
        for number, page in enumerate(book.pages, 1):
            sizes.append((float(page.width), float(page.height)))
            fonts |= {char["fontname"] for char in page.chars}
            raw += "".join(char["text"] for char in page.chars)
            lines += _lines(page, number)
            strokes += [_stroke(item, number) for item in page.lines]
    return Printed(tuple(sizes), tuple(lines), tuple(strokes), frozenset(fonts), raw)


def _stroke(item: dict[str, Any], page: int) -> Stroke:
    x0, x1, top, bottom = (float(item[key]) for key in ("x0", "x1", "top", "bottom"))
    return Stroke(page, x0, x1, top, bottom, float(item["linewidth"]), item["stroking_color"])


def _lines(page: Any, number: int) -> list[Line]:
    rows: dict[float, list[dict[str, Any]]] = {}
    for char in page.chars:
        rows.setdefault(round(char["matrix"][5], 1), []).append(char)
    found = []
    for key in sorted(rows, reverse=True):
        group: list[dict[str, Any]] = []
        for char in sorted(rows[key], key=lambda char: float(char["x0"])):
            if group and char["x0"] - group[-1]["x1"] > _COLUMN_GAP_PT:
                found.append(_line(group, page, number))
                group = []
            group.append(char)
        found.append(_line(group, page, number))
    return [line for line in found if line.text]


def _line(chars: list[dict[str, Any]], page: Any, number: int) -> Line:
    marks = [char for char in chars if char["text"].strip()]
    text = "".join(char["text"] for char in chars).strip()
    if not marks:
        return Line("", number, 0, 0, 0, 0, 0, 0, False, False, frozenset())
    return Line(
        unicodedata.normalize("NFC", text),
        number,
        min(char["x0"] for char in marks),
        max(char["x1"] for char in marks),
        min(char["top"] for char in marks),
        max(char["bottom"] for char in marks),
        float(page.height) - marks[0]["matrix"][5],
        round(marks[0]["size"], 2),
        all("Bold" in char["fontname"] for char in marks),
        all("Italic" in char["fontname"] for char in marks),
        frozenset(_colour(char["non_stroking_color"]) for char in marks),
    )


def _colour(value: object) -> object:
    return tuple(value) if isinstance(value, list | tuple) else value
