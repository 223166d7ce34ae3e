"""Lines of a .docx as blocks of a body, in the letter format's markup."""

import re
from dataclasses import replace

from spokesdesk.domain import blocks as b
from spokesdesk.domain.looks import neat, writable
from spokesdesk.typeset.from_docx.lines import Grid, Item, Line, Piece

_NUMBERED = re.compile(r"\d+(\.\d+)*\. ")
_HEADING_ROLES = frozenset({"part", "part_title"})
_LONGEST_HEADING = 300
_SIDES = {"center": b.Side.CENTER, "right": b.Side.RIGHT}


class BodyWriter:
    """Writes items as markup.

    Attributes:
        plain: how many paragraphs lost bold or italic because the markup could not hold it.
        joined: how many table cells held several paragraphs.
    """

    def __init__(self) -> None:
        self.plain = 0
        self.joined = 0

    def markup(self, items: list[Item]) -> str:
        """Give a body's text."""
        return b.write_body(tuple(block for item in items for block in self._blocks(item)))

    def _blocks(self, item: Item) -> list[b.Block]:
        if isinstance(item, Grid):
            return self._grid(item)
        block = self._block(item)
        return [block] if block is not None else []

    def _block(self, line: Line) -> b.Block | None:
        if not line.bare:
            return None
        if line.role == "clause" and _NUMBERED.match(line.bare):
            return b.Paragraph(self._clause(line))
        if line.role in _HEADING_ROLES or line.role == "clause" or _is_heading(line):
            # A heading's look is the renderer's work.
            return b.Heading((b.Run(line.bare),), b.heading(line.bare).kind)
        if not line.role and line.is_bold and _NUMBERED.match(line.bare):
            return b.Paragraph(self._clause(line))
        return b.Paragraph(self._runs(line.pieces))

    def _clause(self, line: Line) -> tuple[b.Run, ...]:
        """Give a numbered clause with a bold title: the number stands outside the bold."""
        marker = _NUMBERED.match(line.bare)
        assert marker is not None
        title = line.bare[marker.end() :]
        return (b.Run(marker[0]), b.Run(title, bold=True)) if title else (b.Run(line.bare),)

    def _runs(self, pieces: tuple[Piece, ...]) -> tuple[b.Run, ...]:
        runs = neat(tuple(b.Run(piece.text, piece.bold, piece.italic) for piece in pieces))
        made = writable(runs)
        self.plain += made != runs
        return made

    def _grid(self, grid: Grid) -> list[b.Block]:
        width = max((len(row) for row in grid.rows), default=0)
        if width <= 1:
            lines = [line for line in grid.lines() if line.bare]
            return [block for line in lines if (block := self._block(line)) is not None]
        rows = [(*row, *[()] * (width - len(row))) for row in grid.rows]
        bold = all(line.is_bold for cell in rows[0] for line in cell if line.bare)
        named = len(rows) > 1 and bold and any(line.bare for cell in rows[0] for line in cell)
        has_head = grid.has_head or (named and not _is_ours(grid))
        cells = [tuple(self._cell(cell) for cell in row) for row in rows]
        head: tuple[b.Cell, ...] = ()
        if has_head:
            head = tuple(_unbold(cell) for cell in cells.pop(0))
        sides = tuple(_side(rows[1:] if has_head else rows, at) for at in range(width))
        return [b.Table(head, tuple(cells), sides)]

    def _cell(self, lines: tuple[Line, ...]) -> b.Cell:
        full = [line for line in lines if line.bare]
        self.joined += len(full) > 1
        pieces: list[Piece] = []
        for line in full:
            pieces += [Piece(" "), *line.pieces] if pieces else line.pieces
        return self._runs(tuple(pieces))


def without_ending(line: Line, ending: str) -> Line:
    """Give a body's last line without the closing sign that the renderer brings itself."""
    text = line.text.rstrip()
    if not text.endswith(ending):
        return line
    left = len(text) - len(ending)
    kept: list[Piece] = []
    for piece in line.pieces:
        if part := piece.text[: max(left, 0)]:
            kept.append(replace(piece, text=part))
        left -= len(piece.text)
    return replace(line, pieces=tuple(kept))


def _is_heading(line: Line) -> bool:
    if line.role or len(line.bare) > _LONGEST_HEADING:
        return False
    named = b.heading(line.bare).kind is not b.HeadingKind.TITLE
    return (line.is_heading and not _NUMBERED.match(line.bare)) or (line.is_bold and named)


def _is_ours(grid: Grid) -> bool:
    return any(line.role for line in grid.lines())


def _unbold(cell: b.Cell) -> b.Cell:
    return neat(tuple(b.Run(run.text, False, run.italic) for run in cell))


def _side(rows: list[tuple[tuple[Line, ...], ...]], at: int) -> b.Side:
    lines = [line for row in rows for line in row[at]]
    aligns = [line.align for line in lines if line.bare] or [line.align for line in lines]
    most = max(set(aligns), key=aligns.count) if aligns else ""
    return _SIDES.get(most, b.Side.LEFT)
