"""Line breaking: greedy, on the faces' own advances, without kerning, and never squeezing a space.

Widths are counted in 1/6 twip, the grid LibreOffice lays text out on. Where a line may break was found by
setting every mark between letters and digits in LibreOffice 7.4 and looking where it broke.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from spokesdesk.domain.errors import UserError
from spokesdesk.typeset.document import Para, Rule, Span, Style
from spokesdesk.typeset.faces import FINE, advances, ascent, face_at, line_height

_NOT_BEFORE = r" \-–…|\\?!.,;:/)\]}“”‘’\"'«»"
_INSIDE = re.compile(
    rf"(?<=[-–—|\\])(?=[^{_NOT_BEFORE}—])|(?<=[…?!])(?=[^{_NOT_BEFORE}—%])|(?<=[^\s—“‘\"'(\[{{])(?=—)|(?<=[^\W\d_])(?=%)"
)
_FACE = attrgetter("face")
_AROUND = 24
_LONGEST_KNOWN = 5_000
_BREAKING = re.compile(r"[-–—|\\…?!%]")
_LONGEST_WORD = (
    1000  # no line holds as many letters; longer ones are cut in parts, which keeps the time linear
)
_WORDS = re.compile(rf" *[^ ]{{1,{_LONGEST_WORD}}} *| +")


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one face on one line; ``face`` is a place in ``faces()``."""

    text: str
    face: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        pieces: without the spaces that hang at its end.
        width: natural width in 1/6 twip.
        spaces: how many spaces a justified line can stretch.
    """

    pieces: tuple[Piece, ...]
    width: int
    last: bool = False
    spaces: int = 0

    @property
    def text(self) -> str:
        """The line's letters."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What stands between two places where a line may break.

    Attributes:
        full, bare: width with and without closing spaces.
        opens: whether it follows a space, not a mark inside a word.
        slash: whether it holds a slash.
        lean: room LibreOffice keeps free at a line's end beside italic letters, a twelfth of the line's height.
    """

    pieces: tuple[Piece, ...]
    full: int
    bare: int
    opens: bool
    slash: bool
    lean: int


@lru_cache(maxsize=50_000)
def _chunks_of(word: str) -> tuple[str, ...]:
    if not _BREAKING.search(word):
        return (word,)
    return tuple(part for part in _INSIDE.split(word) if part)


def _split(text: str) -> Iterator[tuple[str, bool]]:
    for word in _WORDS.findall(text):
        opens = True
        for part in _chunks_of(word):
            yield part, opens
            opens = False


def line_extent(para: Para) -> tuple[int, int]:
    """Give the height of a paragraph's lines and the distance of the baseline from a line's top, in twips."""
    style = para.style
    if not style.line:
        return line_height(style.size), ascent(style.size)
    # An exact height puts four fifths of it above the baseline.
    return style.line, round(style.line * 0.8)


def break_lines(para: Para | Rule, measure: int) -> tuple[Line, ...]:
    """Break a paragraph into lines.

    Args:
        para: the paragraph; a rule has one empty line.
        measure: width of the column in twips; the paragraph's own indents are taken off.

    Returns:
        At least one line.

    Raises:
        UserError: ``letter_glyph_missing`` for a character that no face has.
    """
    long = isinstance(para, Para) and sum(len(span.text) for span in para.spans) > _LONGEST_KNOWN
    try:
        return _broken(para, measure) if long else known_lines(para, measure)
    except UserError as error:
        raise _placed(error, para) from None


def _placed(error: UserError, para: Para | Rule) -> UserError:
    """Say a character without a glyph with the words around it, so that a person finds it."""
    mark, text = str(error.params["mark"]), para.text if isinstance(para, Para) else ""
    at = text.find(mark)
    begin, end = max(0, at - _AROUND), at + len(mark) + _AROUND
    where = f"{'…' if begin else ''}{text[begin:end].strip()}{'…' if end < len(text) else ''}"
    return UserError(error.code, field=error.field, **{**error.params, "where": where if at >= 0 else mark})


def _broken(para: Para | Rule, measure: int) -> tuple[Line, ...]:
    if isinstance(para, Rule) or not para.spans:
        return (Line((), 0, last=True),)
    return _set(para, _chunks(para), measure)


def _chunks(para: Para) -> list[_Chunk]:
    if len(para.spans) != 1:
        return _mixed_chunks(para)
    span = para.spans[0]
    return _plain_chunks(span.text, face_at(span.bold, span.italic), para.style.size)


def _set(para: Para, chunks: list[_Chunk], measure: int) -> tuple[Line, ...]:
    left, right, first = indents(para)
    room = max(measure - left - right, 1) * FINE
    return _filled(chunks, room - first * FINE, room, para.style.size)


def line_counter(para: Para) -> Callable[[int], int]:
    """Give what tells how many lines a paragraph takes in columns of different measures.

    Args:
        para: a paragraph with text.
    """
    chunks = _chunks(para)
    return lambda measure: len(_set(para, chunks, measure))


# Most paragraphs are as they were at the last key; very long ones are not worth the memory.
known_lines = lru_cache(maxsize=2_000)(_broken)


def indents(para: Para) -> tuple[int, int, int]:
    """Give a paragraph's left, right and first-line indents in twips; a negative first line hangs out."""
    style = para.style
    left = style.left if para.left is None else para.left
    right = style.right if para.right is None else para.right
    return left, right, style.first if para.first is None else para.first


@lru_cache(maxsize=50_000)
def _measured(text: str, face: int, size: float, opens: bool) -> _Chunk:
    bare = text.rstrip(" ")
    full = _width(text, face, size)
    short = full - (len(text) - len(bare)) * advances(face, size)[32]
    return _Chunk((Piece(text, face),), full, short, opens, "/" in bare, _lean(face, size))


def _lean(face: int, size: float) -> int:
    return line_height(size) // 12 * FINE if face & 2 else 0


def _width(text: str, face: int, size: float) -> int:
    table = advances(face, size)
    try:
        return sum(table[ord(mark)] for mark in text)
    except KeyError as missing:
        mark = chr(missing.args[0])
        point, where = f"U+{ord(mark):04X}", text.strip()
        raise UserError("letter_glyph_missing", mark=mark, point=point, where=where) from None


def _plain_chunks(text: str, face: int, size: float) -> list[_Chunk]:
    return [_measured(part, face, size, opens) for part, opens in _split(text)]


def _mixed_chunks(para: Para) -> list[_Chunk]:
    spans = [(span.text, face_at(span.bold, span.italic)) for span in para.spans if span.text]
    chunks, at, used = [], 0, 0
    for part, opens in _split(para.text):
        pieces, rest = [], part
        while rest:
            text, face = spans[at]
            taken = rest[: len(text) - used]
            pieces.append(Piece(taken, face))
            rest, used = rest[len(taken) :], used + len(taken)
            if used == len(text):
                at, used = at + 1, 0
        chunks.append(_joined(pieces, para.style.size, opens))
    return chunks


def _joined(pieces: list[Piece], size: float, opens: bool) -> _Chunk:
    if len(pieces) == 1:
        return _measured(pieces[0].text, pieces[0].face, size, opens)
    full = sum(_width(piece.text, piece.face, size) for piece in pieces)
    bare = full
    for piece in reversed(pieces):
        spaces = len(piece.text) - len(piece.text.rstrip(" "))
        bare -= spaces * advances(piece.face, size)[32]
        if spaces < len(piece.text):
            break
    return _Chunk(
        tuple(pieces), full, bare, opens, any("/" in piece.text for piece in pieces), _lean(piece.face, size)
    )


def _filled(chunks: list[_Chunk], first: int, room: int, size: float) -> tuple[Line, ...]:
    lines: list[Line] = []
    held: list[_Chunk] = []
    used, limit = 0, first
    queue = list(reversed(chunks))
    while queue:
        chunk = queue.pop()
        if used + chunk.bare + chunk.lean <= limit:
            held.append(chunk)
            used += chunk.full
            continue
        held, left = _closed(held, chunk, limit, size)
        queue += reversed(left)
        lines.append(_line(held))
        held, used, limit = [], 0, room
    if held or not lines:
        lines.append(_line(held, last=True))
    else:
        lines[-1] = replace(lines[-1], last=True)
    return tuple(lines)


def _closed(held: list[_Chunk], chunk: _Chunk, limit: int, size: float) -> tuple[list[_Chunk], list[_Chunk]]:
    """End a line that ``chunk`` no longer fits on; give what stays and what goes to the next line."""
    if not held:
        return _torn([chunk], limit, size)
    if chunk.opens or not chunk.slash or not _slash_fits(held, chunk, limit, size):
        return held, [chunk]
    # LibreOffice does not break after a hyphen when a slash follows it on the line ("…/tin-tuc/bai-viet"): the
    # whole word goes to the next line, or is cut by letters when it began this one.
    start = len(held)
    while start and not held[start - 1].opens:
        start -= 1
    start -= 1
    if start <= 0:
        return _torn([*held, chunk], limit, size)
    return held[:start], [*held[start:], chunk]


def _slash_fits(held: list[_Chunk], chunk: _Chunk, limit: int, size: float) -> bool:
    (head, *_), _rest = _torn([chunk], limit - sum(part.full for part in held), size)
    text = "".join(piece.text for piece in head.pieces)
    return "/" in text[:-1]


def _torn(chunks: list[_Chunk], limit: int, size: float) -> tuple[list[_Chunk], list[_Chunk]]:
    """Cut chunks that are wider than a whole line after the last letter that fits, at least one."""
    used, pieces = 0, [piece for chunk in chunks for piece in chunk.pieces]
    for at, piece in enumerate(pieces):
        table = advances(piece.face, size)
        for letter, mark in enumerate(piece.text):
            used += table[ord(mark)]
            if used > limit and (at or letter) and mark != " ":
                head = [*pieces[:at], *_part(piece, 0, letter)]
                rest = [*_part(piece, letter, len(piece.text)), *pieces[at + 1 :]]
                return [_joined(head, size, True)], _rechunked(rest, size)
    return chunks, []


def _rechunked(pieces: list[Piece], size: float) -> list[_Chunk]:
    spans = tuple(Span(piece.text, bool(piece.face & 1), bool(piece.face & 2)) for piece in pieces)
    return _mixed_chunks(Para(Style("", "", size), spans))


def _part(piece: Piece, start: int, end: int) -> list[Piece]:
    return [Piece(piece.text[start:end], piece.face)] if start < end else []


def _line(held: list[_Chunk], *, last: bool = False) -> Line:
    if not held:
        return Line((), 0, last)
    pieces = [
        Piece("".join([piece.text for piece in same]), face)
        for face, same in groupby([piece for chunk in held for piece in chunk.pieces], _FACE)
    ]
    while pieces:
        bare = pieces[-1].text.rstrip(" ")
        if bare:
            pieces[-1] = Piece(bare, pieces[-1].face)
            break
        pieces.pop()
    spaces = sum(piece.text.count(" ") for piece in pieces)
    return Line(tuple(pieces), sum([chunk.full for chunk in held[:-1]]) + held[-1].bare, last, spaces)
