"""Blocks put into the editor's text."""

import re
from collections.abc import Sequence

from PySide6.QtGui import QTextBlockFormat, QTextCursor

from spokesdesk.domain.blocks import Block, Cell, Heading, Paragraph, Run, Side, Table, plain
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.editor.looks import (
    cell_format,
    heading_format,
    kept_format,
    paragraph_format,
    run_format,
    table_format,
)

MOST_CELLS = 4_000
# Qt gives these marks a meaning of its own (ends of lines, cells and pictures); as letters they are not shown.
_NOT_SHOWN = re.compile("[\x00-\x08\n-\x1f\u2028\u2029\ufdd0-\ufdef\ufffc\ufffe\uffff]")
_IN_PLACE = "\ufffd"


def shown(text: str) -> str:
    """Give text as the editor can hold it."""
    return _NOT_SHOWN.sub(_IN_PLACE, text) if _NOT_SHOWN.search(text) else text


def shown_block(block: Block) -> Block:
    """Give a block as it can be read back from the editor."""
    if isinstance(block, Table):
        rows = tuple(tuple(map(_shown_runs, row)) for row in block.rows)
        return Table(tuple(map(_shown_runs, block.head)), rows, block.sides)
    runs = _shown_runs(block.runs)
    return Heading(runs, block.kind) if isinstance(block, Heading) else Paragraph(runs)


def _shown_runs(runs: Cell) -> Cell:
    # Nearly every line is shown as it is: making its runs again would double the cost of opening a long letter.
    if not any(_NOT_SHOWN.search(run.text) for run in runs):
        return runs
    return tuple(Run(shown(run.text), run.bold, run.italic) for run in runs)


def is_showable(block: Block) -> bool:
    """Whether a block can be edited; a table of very many cells, or of none, is kept as it was written."""
    if not isinstance(block, Table):
        return True
    rows = len(block.rows) + bool(block.head)
    return 0 < rows * len(block.sides) <= MOST_CELLS


def kept_words(table: Table) -> str:
    """Give the line that stands for a table too big to be shown."""
    sentence = _("[Bảng {rows} hàng × {columns} cột: giữ nguyên, xem ở bản in]")
    return sentence.format(rows=len(table.rows) + bool(table.head), columns=len(table.sides))


def show(cursor: QTextCursor, blocks: Sequence[Block], *, sources: bool = False) -> None:
    """Put blocks into a text at the cursor; letters after the cursor go on after them.

    Args:
        cursor: outside of any table; what it has selected is replaced.
        blocks: what to put.
        sources: let each part remember its place in ``blocks``.
    """
    cursor.removeSelectedText()
    _Writer(cursor, sources).write(blocks)


class _Writer:
    """Writes blocks one after the other; ``free`` is whether the line of the cursor is to be written on."""

    def __init__(self, cursor: QTextCursor, sources: bool) -> None:
        self.cursor, self.sources = cursor, sources
        self.free = True

    def write(self, blocks: Sequence[Block]) -> None:
        cursor = self.cursor
        rest = not cursor.atBlockEnd()
        if not cursor.atBlockStart() and blocks and not isinstance(blocks[0], Paragraph):
            self.free = False
        for at, block in enumerate(blocks):
            source = at if self.sources else None
            if isinstance(block, Table):
                self.table(block, source)
            elif isinstance(block, Heading):
                self.line(block.runs, heading_format(block.kind, source))
            elif at == 0 and not cursor.atBlockStart():
                self.runs(block.runs)
                self.free = False
            else:
                self.line(block.runs, paragraph_format(source))
        if rest and blocks and isinstance(blocks[-1], Heading):
            self.line((), paragraph_format())

    def line(self, runs: Cell, form: QTextBlockFormat) -> None:
        if self.free:
            self.cursor.setBlockFormat(form)
        else:
            self.cursor.insertBlock(form, run_format())
        self.runs(runs)
        self.free = False

    def runs(self, runs: Cell) -> None:
        for run in runs:
            self.cursor.insertText(shown(run.text), run_format(run))

    def table(self, table: Table, source: int | None) -> None:
        if not is_showable(table) and source is not None:
            self.line((Run(kept_words(table)),), kept_format(source))
            return
        if not self.free:
            self.cursor.insertBlock(paragraph_format(), run_format())
        put_table(self.cursor, table, source)
        if not self.cursor.block().text():
            self.cursor.setBlockFormat(paragraph_format())
        self.free = True


def put_table(cursor: QTextCursor, table: Table, source: int | None = None) -> None:
    """Put a table at the cursor and go on below it."""
    rows = [table.head, *table.rows] if table.head else list(table.rows)
    form = table_format(table.sides, head=bool(table.head), source=source)
    made = cursor.insertTable(max(len(rows), 1), max(len(table.sides), 1), form)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            inside = made.cellAt(at, column).firstCursorPosition()
            fill_cell(inside, cell, table.sides[column], head=bool(table.head) and at == 0)
    cursor.setPosition(made.lastPosition() + 1)


def fill_cell(inside: QTextCursor, cell: Cell, side: Side, *, head: bool) -> None:
    """Write a cell that is empty."""
    inside.setBlockFormat(cell_format(side, head=head))
    for run in cell:
        inside.insertText(shown(run.text), run_format(run))


def as_one_line(blocks: Sequence[Block]) -> Cell:
    """Give blocks as the runs of one cell, apart by spaces."""
    found: list[Run] = []
    for block in blocks:
        cells = (
            (*block.head, *(c for row in block.rows for c in row))
            if isinstance(block, Table)
            else (block.runs,)
        )
        for runs in cells:
            if plain(runs).strip():
                found += [Run(" ")] * bool(found) + list(runs)
    return tuple(found)
