"""The four faces of Liberation Serif: advances and line heights as LibreOffice computes them.

The faces ship with the program and are loaded by path, so that the same letter breaks its lines alike everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from spokesdesk import assets
from spokesdesk.typeset.cutting import cutter

NAMES = (
    "LiberationSerif-Regular",
    "LiberationSerif-Bold",
    "LiberationSerif-Italic",
    "LiberationSerif-BoldItalic",
)
FINE = 6
"""Parts of a twip that LibreOffice lays text out in (its reference device has 8640 dots per inch)."""

# Line height and ascent of LibreOffice 7.4 at single spacing in twips, measured for the sizes that papers use.
_LINES = {10: (231, 187), 11: (253, 206), 12: (276, 224), 13: (299, 243), 14: (322, 262)}
_LOADING = Lock()


@dataclass(frozen=True, slots=True)
class Face:
    """One face: its PDF font name; by character the advance in 1/1000 of the size and the glyph's number."""

    name: str
    widths: dict[int, float]
    glyphs: dict[int, int]

    def has(self, text: str) -> bool:
        """Whether every character of the text can be drawn."""
        return all(ord(mark) in self.widths for mark in text)


def face_at(bold: bool, italic: bool) -> int:
    """Give a face's place in ``faces()``."""
    return bold + 2 * italic


@cache
def faces() -> tuple[Face, ...]:
    """Give the faces regular, bold, italic, bold italic; they are parsed and registered for PDF once."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    with _LOADING:
        rl_config.canvas_basefontname = NAMES[0]
        return tuple(_loaded(name, pdfmetrics, TTFont) for name in NAMES)


def _loaded(name: str, metrics: Any, font_type: Any) -> Face:
    font = font_type(name, str(assets.path("fonts", f"{name}.ttf")))
    cut = cutter(font.face)
    # The same paper is drawn more than once: the part of a face that holds its letters is cut out once.
    remembered = lru_cache(maxsize=16)(cut)
    font.face.makeSubset = lambda letters: remembered(tuple(letters))
    font.face.getCharWidth = _written(font.face)
    metrics.registerFont(font)
    return Face(name, dict(font.face.charWidths), dict(font.face.charToGlyph))


def _written(face: Any) -> Callable[[int], bytes]:
    """Give what says a character's advance as the PDF file holds it: written out once, not for each paper."""
    from reportlab.lib.rl_accel import fp_str

    @cache
    def written(code: int) -> bytes:
        return str(fp_str(face.charWidths.get(code, face.defaultWidth))).encode()

    return written


def cut_face(face: int, letters: tuple[int, ...]) -> bytes:
    """Give the file of a face with the glyphs of some code points alone, numbered from 1 in that order."""
    from reportlab.pdfbase import pdfmetrics

    faces()
    cut: bytes = pdfmetrics.getFont(NAMES[face]).face.makeSubset(letters)
    return cut


@cache
def _advances(face: int, size: float) -> dict[int, int]:
    per_mark = size * 20 * FINE / 1000
    return {code: round(width * per_mark) for code, width in faces()[face].widths.items()}


def advances(face: int, size: float) -> dict[int, int]:
    """Give the advance of every character, by code point, in 1/6 twip."""
    return _advances(face, size)


def width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> int:
    """Give the width of a text on one line in twips, rounded up; unknown characters count as a space."""
    table = advances(face_at(bold, italic), size)
    plain = table[32]
    return -(-sum(table.get(ord(mark), plain) for mark in text) // FINE)


def line_height(size: float) -> int:
    """Give the height of a line at single spacing in twips."""
    return _line(size)[0]


def ascent(size: float) -> int:
    """Give the distance from the top of a line to its baseline in twips."""
    return _line(size)[1]


@cache
def _line(size: float) -> tuple[int, int]:
    if size in _LINES:
        return _LINES[int(size)]
    return round(size * 20 * 1.1499), round(size * 20 * 0.9336)
