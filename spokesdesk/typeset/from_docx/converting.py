"""Old encodings in the lines of a .docx turned into Unicode: by the font of each run, else by the letters."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from spokesdesk.domain.legacy_text import Encoding, decode, follows, guess, is_unicode, of_font
from spokesdesk.domain.letters import tidy
from spokesdesk.typeset.from_docx.lines import Content, Grid, Item, Line, Piece
from spokesdesk.typeset.legacy_text import encodings

_REFUSED = ("Cc", "Cs", "Co", "Cn")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Converter:
    """Turns lines into Unicode and keeps count of what it turned.

    Attributes:
        found: names of the encodings met, with the number of paragraphs.
        dropped: how many signs were left out that no paper can hold.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._known = encodings()
        self.found: dict[str, int] = {}
        self.dropped = 0
        unmarked = (line.text for line in lines if not self._has_old_font(line) and not is_unicode(line.text))
        self._whole = guess("\n".join(text for text in unmarked if not text.isascii()), self._known)

    def _has_old_font(self, line: Line) -> bool:
        return any(of_font(piece.font, self._known) for piece in line.pieces)

    def line(self, line: Line) -> Line:
        """Give a line in Unicode, as papers hold text."""
        if line.text.isascii() and not any(piece.font for piece in line.pieces) and line.text.isprintable():
            return line
        pieces = line.pieces if self._has_old_font(line) else self._guessed(line)
        met: dict[str, None] = {}
        made = tuple(self._piece(piece, met) for piece in _whole_letters(pieces, self._known))
        for name in met:
            self.found[name] = self.found.get(name, 0) + 1
        return replace(line, pieces=tuple(piece for piece in made if piece.text))

    def _guessed(self, line: Line) -> tuple[Piece, ...]:
        """Give the pieces with the font of the encoding that the letters of the line tell."""
        text = line.text
        if text.isascii() or is_unicode(text):
            return line.pieces
        own = guess(text, self._known)
        if own is None and self._whole is not None and follows(text, self._whole):
            own = self._whole
        return (
            line.pieces if own is None else tuple(replace(piece, font=f"={own.id}") for piece in line.pieces)
        )

    def _piece(self, piece: Piece, met: dict[str, None]) -> Piece:
        text = piece.text
        old = self._encoding_of(piece.font)
        if old is not None and not is_unicode(text):
            encoding, upper = old
            made = decode(text, encoding, upper=upper)
            if made != text:
                met[encoding.name] = None
            text = made
        tidied = tidy(text)
        if not tidied.isprintable():
            kept = "".join(char for char in tidied if char in "\n\t" or not _is_refused(char))
            self.dropped += len(tidied) - len(kept)
            tidied = kept
        return replace(piece, text=tidied)

    def _encoding_of(self, font: str) -> tuple[Encoding, bool] | None:
        if font.startswith("="):
            return next(((each, False) for each in self._known if each.id == font[1:]), None)
        return of_font(font, self._known)


def _is_refused(char: str) -> bool:
    return char in _TURNING or unicodedata.category(char) in _REFUSED


def _whole_letters(pieces: tuple[Piece, ...], known: Sequence[Encoding]) -> tuple[Piece, ...]:
    """Give the pieces so that no letter of two codes is cut in two between them."""
    made: list[Piece] = []
    for piece in pieces:
        if made and made[-1].text and piece.text:
            pair = made[-1].text[-1] + piece.text[0]
            if any(pair in encoding.codes for encoding in known) and _same(made[-1], piece, known):
                made[-1] = replace(made[-1], text=made[-1].text + piece.text[0])
                piece = replace(piece, text=piece.text[1:])  # noqa: PLW2901
        made.append(piece)
    return tuple(made)


def _same(one: Piece, other: Piece, known: Sequence[Encoding]) -> bool:
    if one.font == other.font:
        return one.font.startswith("=") or of_font(one.font, known) is not None
    first, second = of_font(one.font, known), of_font(other.font, known)
    return first is not None and second is not None and first[0] is second[0]


def each_line(items: Sequence[Item], change: Callable[[Line], Line]) -> list[Item]:
    """Give the items with every line changed."""
    made: list[Item] = []
    for item in items:
        if isinstance(item, Grid):
            rows = tuple(tuple(tuple(change(line) for line in cell) for cell in row) for row in item.rows)
            made.append(replace(item, rows=rows))
        else:
            made.append(change(item))
    return made


def converted(content: Content) -> Converter:
    """Turn all lines of a content into Unicode, in place; gives what was met."""
    lines = [line for item in content.items for line in (item.lines() if isinstance(item, Grid) else (item,))]
    converter = Converter([*lines, *content.margins])
    content.items = each_line(content.items, converter.line)
    content.margins = [converter.line(line) for line in content.margins]
    return converter
