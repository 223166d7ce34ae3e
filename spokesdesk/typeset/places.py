"""Where on a paper's pages the signatures, the seal, and the blanks for number and date are (ô số 3, 4, 7c, 8).

All rectangles are (x0, y0, x1, y1) in points from the page's bottom left, as PDF has them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from spokesdesk import assets
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.signing import DAY_FIELD, MONTH_FIELD, NUMBER_FIELD, YEAR_FIELD
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.faces import FINE, advances, ascent
from spokesdesk.typeset.layout.pages import lay_out
from spokesdesk.typeset.layout.sheets import Sheet, Text
from spokesdesk.typeset.nd30 import form

Rect = tuple[float, float, float, float]
_MM = 72 / 25.4
_DESCENT = 0.22
_MIDDLE = 3.0
_AFTER = 3  # the year ends the line: it may stand a little beyond its blank


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank that the registry fills: its field's name, the page from 0, and how its text is set."""

    name: str
    page: int
    rect: Rect
    size: float
    italic: bool


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """Room for a signature between post and name: page from 0, and the greatest rectangle."""

    page: int
    rect: Rect


@dataclass(frozen=True, slots=True)
class Places:
    """What a letter leaves open; ``blanks`` is empty once number and date are printed."""

    blanks: tuple[Blank, ...]
    signatures: tuple[SignaturePlace, ...]


@cache
def sizes() -> Mapping[str, Any]:
    """Give the sizes of signature and seal; see the comments in the data file."""
    return tomllib.loads(assets.read_text("formats", "signing.toml"))


def millimetres(value: float) -> float:
    """Give a length in points."""
    return value * _MM


def places(letter: Letter) -> Places:
    """Give where a letter is signed, and which blanks its number and date have."""
    document = compose(letter)
    sheets = lay_out(replace(document, sections=document.sections[:1]))
    return Places(_blanks(letter, sheets[0]), tuple(_signatures(letter, sheets)))


def _blanks(letter: Letter, sheet: Sheet) -> tuple[Blank, ...]:
    words, made = form().words, []
    if letter.number is None:
        made += _gaps(sheet, "Số: ", [(NUMBER_FIELD, words.draft_number)])
    if letter.date_on is None:
        wanted = [
            (DAY_FIELD, words.draft_day),
            (MONTH_FIELD, words.draft_month),
            (YEAR_FIELD, words.draft_year),
        ]
        made += _gaps(sheet, f"{letter.place}, ngày" if letter.place else "ngày", wanted)
    return tuple(made)


def _gaps(sheet: Sheet, opening: str, wanted: list[tuple[str, str]]) -> list[Blank]:
    """Give the blanks of the first line that begins with some words; the last one may run beyond the line."""
    line = next((text for text in sheet.texts if _words(text).startswith(opening.rstrip())), None)
    if line is None:
        return []
    words, at, made = _words(line), len(opening), []
    for name, blank in wanted:
        start = _next_gap(words, at)
        end = start + len(blank)
        room = _around(sheet, line, start, end + _AFTER if name == YEAR_FIELD else end)
        made.append(Blank(name, 0, room, line.size, line.pieces[0].face >= 2))
        at = end
    return made


def _next_gap(words: str, at: int) -> int:
    found = words.find("  ", at)
    return len(words) if found < 0 else found


def _words(text: Text) -> str:
    return "".join(piece.text for piece in text.pieces)


def _around(sheet: Sheet, line: Text, start: int, end: int) -> Rect:
    left, right = line.x + _advance(line, start), line.x + _advance(line, end)
    height, size = sheet.height / 20, line.size
    base = height - line.y / 20
    return (left / 20, base - size * _DESCENT, right / 20, base + ascent(size) / 20)


def _advance(line: Text, count: int) -> float:
    """Give the width of a line's first letters in twips; beyond its end, spaces."""
    total, left = 0.0, count
    for piece in line.pieces:
        table, part = advances(piece.face, line.size), piece.text[:left]
        total += sum(table.get(ord(mark), table[32]) for mark in part) / FINE + part.count(" ") * line.stretch
        left -= len(part)
    return total + left * advances(line.pieces[-1].face, line.size)[32] / FINE


def _signatures(letter: Letter, sheets: list[Sheet]) -> list[SignaturePlace]:
    made: list[SignaturePlace] = []
    for signer in letter.signers:
        name = " ".join(signer.name.split())
        found = [
            (at, text) for at, sheet in enumerate(sheets) for text in sheet.texts if _words(text) == name
        ]
        taken = {place.rect for place in made}
        for at, text in reversed(found):
            rect = _room(sheets[at], text)
            if name and rect is not None and rect not in taken:
                made.append(SignaturePlace(at, rect))
                break
    return made


def _room(sheet: Sheet, name: Text) -> Rect | None:
    """Give the room above a name up to the line that is centred over it."""
    middle = _middle(name)
    above = [text for text in sheet.texts if text.y < name.y and abs(_middle(text) - middle) < _MIDDLE * 20]
    if not above:
        return None
    post, rule = max(above, key=lambda text: text.y), sizes()["leader"]
    gap, half = millimetres(rule["gap_mm"]), millimetres(rule["width_mm"]) / 2
    height = sheet.height / 20
    top = height - post.y / 20 - post.size * _DESCENT - gap
    bottom = height - name.y / 20 + ascent(name.size) / 20 + gap
    return (middle / 20 - half, bottom, middle / 20 + half, top) if top - bottom > 10 else None


def _middle(text: Text) -> float:
    return text.x + _advance(text, len(_words(text))) / 2


def inside(rect: Rect, width: float, height: float) -> Rect:
    """Give the greatest rectangle of a picture's proportions in the middle of another."""
    scale = min((rect[2] - rect[0]) / width, (rect[3] - rect[1]) / height)
    middle, level = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    half, rise = width * scale / 2, height * scale / 2
    return (middle - half, level - rise, middle + half, level + rise)


def seal_beside(signature: Rect, width: float, height: float) -> Rect:
    """Give the place of a seal of ``width`` × ``height`` points over the left third of a signature.

    Source: NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 8, điểm a.
    """
    right = signature[0] + (signature[2] - signature[0]) * sizes()["seal"]["over"]
    level = (signature[1] + signature[3]) / 2
    return (right - width, level - height / 2, right, level + height / 2)
