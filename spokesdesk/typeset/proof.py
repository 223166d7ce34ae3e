"""A letter laid out for reading on screen: its pages, which of them look new, and which words stand where."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from spokesdesk.domain.letters import Letter
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.document import Para, Source
from spokesdesk.typeset.faces import FINE, advances, ascent, line_height
from spokesdesk.typeset.layout.memory import Memory
from spokesdesk.typeset.layout.pages import lay_out
from spokesdesk.typeset.layout.sheets import Sheet, Text
from spokesdesk.typeset.leaf import draw_leaf
from spokesdesk.typeset.pages import PageImage, page_images, page_sizes


@dataclass(frozen=True, slots=True)
class Mark:
    """A line on a page and the words it comes from.

    Attributes:
        source: field of the letter, block of its text, cell of a table.
        start, end: the paragraph's letters that stand on the line.
        left, top, right, bottom: where it stands, in shares of the page's width and height.
    """

    source: Source
    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float


class Shown(Protocol):
    """A page that can be shown; pages with equal keys look alike."""

    key: object
    width: float
    height: float

    def image(self, dpi: int) -> PageImage:
        """Draw the page."""

    def at(self, across: float, down: float) -> tuple[Source, int] | None:
        """Give where the words at a point come from, and which letter."""

    def place(self, source: Source, letter: int) -> Mark | None:
        """Give the line on which a letter stands."""


class Leaf:
    """One page; ``key`` is equal for pages that look alike, wherever their words come from."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.width: float = sheet.width
        self.height: float = sheet.height
        self.key: object = sheet.key

    def image(self, dpi: int) -> PageImage:
        """Draw the page as the PDF of the letter shows it."""
        return draw_leaf(self._sheet, dpi)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The lines of the page that come from a field of the letter, in the order they were set."""
        found: list[Mark] = []
        used: dict[int, int] = {}
        for text in self._sheet.texts:
            if text.of is not None and text.of.source is not None:
                found.append(self._mark(text, text.of, text.of.source, used))
        return tuple(found)

    def _mark(self, text: Text, para: Para, source: Source, used: dict[int, int]) -> Mark:
        line = "".join(piece.text for piece in text.pieces)
        start = max(para.text.find(line, used.get(id(para), 0)), 0)
        used[id(para)] = start + len(line)
        top = text.y - ascent(text.size)
        bottom = top + line_height(text.size)
        long = sum(advances(piece.face, text.size)[ord(mark)] for piece in text.pieces for mark in piece.text)
        right = text.x + long / FINE + text.stretch * line.count(" ")
        box = text.x / self.width, top / self.height, right / self.width, bottom / self.height
        return Mark(source, start, start + len(line), *box)

    def at(self, across: float, down: float) -> tuple[Source, int] | None:
        """Give where the words at a point come from, and which letter; None where nothing of the text stands near.

        Args:
            across, down: the point, in shares of the page's width and height.
        """
        marks = self.marks
        if not marks:
            return None
        row = min(marks, key=lambda mark: max(mark.top - down, down - mark.bottom, 0))
        beside = [mark for mark in marks if abs(mark.top - row.top) < (row.bottom - row.top) / 2]
        left = [mark for mark in beside if mark.left <= across] or beside[:1]
        mark = max(left, key=lambda each: each.left)
        share = min(max((across - mark.left) / max(mark.right - mark.left, 0.001), 0), 1)
        return mark.source, mark.start + round(share * (mark.end - mark.start))

    def place(self, source: Source, letter: int) -> Mark | None:
        """Give the line on which a letter stands; None when it is on another page."""
        own = [mark for mark in self.marks if mark.source == source]
        return next((mark for mark in own if mark.start <= letter <= mark.end), None)


def proof(letter: Letter, memory: Memory | None = None) -> tuple[Leaf, ...]:
    """Give the pages of a letter.

    Args:
        letter: any letter.
        memory: how it was laid out before its last change.

    Raises:
        UserError: what ``compose`` refuses; ``letter_glyph_missing``.
    """
    return tuple(Leaf(sheet) for sheet in lay_out(compose(letter), memory))


class PrintedLeaf:
    """One page of a finished PDF; its words are where the letter's own page has them, when that is known."""

    def __init__(self, pdf: bytes, at: int, size: tuple[float, float], like: Leaf | None) -> None:
        self._pdf, self._at, self._like = pdf, at, like
        self.width, self.height = size
        self.key: object = (hash(pdf), at)

    def image(self, dpi: int) -> PageImage:
        """Draw the page."""
        return page_images(self._pdf, dpi, range(self._at, self._at + 1))[0]

    def at(self, across: float, down: float) -> tuple[Source, int] | None:
        """Give where the words at a point come from, and which letter."""
        return self._like.at(across, down) if self._like is not None else None

    def place(self, source: Source, letter: int) -> Mark | None:
        """Give the line on which a letter stands."""
        return self._like.place(source, letter) if self._like is not None else None


def printed(pdf: bytes, letter: Letter | None = None) -> tuple[PrintedLeaf, ...]:
    """Give the pages of a finished PDF.

    Args:
        pdf: the file.
        letter: what it was made of, so that its words are known.

    Raises:
        UserError: ``preview_pdf_bad`` when it is not a PDF.
    """
    sizes = page_sizes(pdf)
    own = proof(letter) if letter is not None else ()
    known: list[Leaf | None] = [*own] if len(own) == len(sizes) else [None] * len(sizes)
    return tuple(
        PrintedLeaf(pdf, at, size, like) for at, (size, like) in enumerate(zip(sizes, known, strict=True))
    )
