"""Rows of columns and tables: their heights, and how they are drawn and split."""

from dataclasses import dataclass
from itertools import accumulate

from spokesdesk.typeset.document import Columns, Grid, Row
from spokesdesk.typeset.layout.sheets import Galley, Sheet, Stroke, galley, put


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row broken into lines: for each cell its galleys; ``height`` is that of the tallest cell."""

    cells: tuple[tuple[Galley, ...], ...]
    height: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a table's cells stand: left edges of their text, widths of their text, edges of its borders."""

    texts: tuple[int, ...]
    edges: tuple[float, ...]
    weight: float

    @property
    def border(self) -> int:
        """Thickness of a border in twips."""
        return round(self.weight * 20)


def frame_of(table: Columns | Grid, left: int) -> Frame:
    """Give the frame of a table whose left edge is at ``left`` twips."""
    starts = tuple(accumulate(table.widths, initial=left))
    if isinstance(table, Columns):
        return Frame(starts[:-1], (), 0)
    half = table.weight * 10
    return Frame(
        tuple(round(start + half + table.pad) for start in starts[:-1]),
        tuple(x + half for x in starts),
        table.weight,
    )


def set_row(table: Columns | Grid, row: Row) -> SetRow:
    """Break a row's cells into lines."""
    pad = 0 if isinstance(table, Columns) else table.pad
    cells = tuple(
        tuple(galley(item, width - 2 * pad) for item in items)
        for width, items in zip(table.widths, row.cells, strict=True)
    )
    return SetRow(cells, max(cell_height(cell) for cell in cells))


def cell_height(cell: tuple[Galley, ...]) -> int:
    """Give the height of a cell's content with all its spaces."""
    return sum(item.before + item.height + item.after for item in cell)


def put_row(sheet: Sheet, frame: Frame, row: SetRow, y: int) -> None:
    """Draw a row with its top (below its upper border) at ``y``."""
    for x, cell in zip(frame.texts, row.cells, strict=True):
        top = y
        for item in cell:
            put(sheet, item, x, top + item.before)
            top += item.before + item.height + item.after


def put_borders(sheet: Sheet, frame: Frame, tops: list[int]) -> None:
    """Draw the borders of consecutive rows; ``tops`` are the upper edges of the horizontal borders."""
    if not frame.edges or len(tops) < 2:
        return
    half = frame.border / 2
    for top in tops:
        sheet.strokes.append(
            Stroke(frame.edges[0] - half, top + half, frame.edges[-1] + half, top + half, frame.weight)
        )
    for edge in frame.edges:
        sheet.strokes.append(Stroke(edge, tops[0], edge, tops[-1] + frame.border, frame.weight))


def split_row(row: SetRow, room: int) -> tuple[SetRow, SetRow] | None:
    """Cut a row that may be split after the last lines that fit into ``room`` twips.

    Returns:
        What stays and what goes to the next page, or None when a cell cannot give even its first lines.
    """
    kept, rest = [], []
    for cell in row.cells:
        head, tail = _split_cell(cell, room)
        if cell and not head:
            return None
        kept.append(head)
        rest.append(tail)
    if not any(rest):
        return None
    return _row_of(kept), _row_of(rest)


def _row_of(cells: list[tuple[Galley, ...]]) -> SetRow:
    return SetRow(tuple(cells), max(cell_height(cell) for cell in cells))


def _split_cell(cell: tuple[Galley, ...], room: int) -> tuple[tuple[Galley, ...], tuple[Galley, ...]]:
    used = 0
    for at, item in enumerate(cell):
        if used + item.before + item.height <= room:
            used += item.before + item.height + item.after
            continue
        count = max((room - used - item.before) // item.line, 0)
        if not count:
            return cell[:at], cell[at:]
        head = _cut(item, item.lines[:count], first=True)
        return (*cell[:at], head), (_cut(item, item.lines[count:], first=False), *cell[at + 1 :])
    return cell, ()


def _cut(item: Galley, lines: tuple, first: bool) -> Galley:  # type: ignore[type-arg]
    before, after = (item.before, 0) if first else (0, item.after)
    return Galley(item.item, lines, item.measure, before, after, 0, 0, item.line, item.rise)


def fitting(item: Galley, room: int) -> int:
    """Give how many lines of a galley go into ``room`` twips, with no single line left alone on either page."""
    count = min(room // item.line, len(item.lines)) if room > 0 else 0
    if count >= len(item.lines):
        return count
    count = min(count, len(item.lines) - 2)
    return count if count >= 2 else 0
