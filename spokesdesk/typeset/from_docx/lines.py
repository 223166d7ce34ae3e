"""What is read from a .docx before anything is recognised in it: lines and grids in their order."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one look; ``font`` as named in the file, "" when unknown."""

    text: str
    bold: bool = False
    italic: bool = False
    font: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as it reads, its list marker in front.

    Attributes:
        role: what the paragraph is in a paper of ours ("number", "part_title"…), "" in others.
        align: "left", "center", "right", "both" or "".
        size: of its letters, half points; 0 when unknown.
        is_heading: its style or outline level says so.
        section: place of its section in the file, from 0.
    """

    pieces: tuple[Piece, ...] = ()
    role: str = ""
    align: str = ""
    size: int = 0
    is_heading: bool = False
    section: int = 0

    @property
    def text(self) -> str:
        """The letters, tabs and line breaks as they are."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def bare(self) -> str:
        """The letters with single spaces."""
        return " ".join(self.text.split())

    @property
    def is_bold(self) -> bool:
        """Whether all letters are bold."""
        return all(piece.bold for piece in self.pieces if piece.text.strip())

    @property
    def is_italic(self) -> bool:
        """Whether all letters are italic."""
        return all(piece.italic for piece in self.pieces if piece.text.strip())


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; each cell holds lines (a table inside it is read line by line).

    Attributes:
        has_head: its first row is repeated on every page.
        is_bordered: its own borders or its style draw lines.
    """

    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    has_head: bool = False
    is_bordered: bool = False
    section: int = 0

    def lines(self) -> Iterator[Line]:
        """Give all lines, cell by cell."""
        for row in self.rows:
            for cell in row:
                yield from cell

    def column(self, at: int) -> tuple[Line, ...]:
        """Give the lines of one column from top to bottom; -1 is the last of each row."""
        return tuple(line for row in self.rows if row for line in row[min(at, len(row) - 1)])


Item = Line | Grid


@dataclass(slots=True)
class Content:
    """A file as read: items, margins' lines, the orientation of each section, and what was met on the way."""

    items: list[Item] = field(default_factory=list)
    margins: list[Line] = field(default_factory=list)
    landscapes: list[bool] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    author: str = ""


def parted(line: Line) -> tuple[Line, ...]:
    """Give the lines that a paragraph with line breaks shows."""
    if "\n" not in line.text:
        return (line,)
    rows: list[list[Piece]] = [[]]
    for piece in line.pieces:
        for at, text in enumerate(piece.text.split("\n")):
            if at:
                rows.append([])
            if text:
                rows[-1].append(replace(piece, text=text))
    return tuple(replace(line, pieces=tuple(row)) for row in rows)


def cut(line: Line, start: int) -> Line:
    """Give a line without its first ``start`` letters."""
    kept = []
    for piece in line.pieces:
        if start < len(piece.text):
            kept.append(replace(piece, text=piece.text[max(start, 0) :]))
        start -= len(piece.text)
    return replace(line, pieces=tuple(kept))
