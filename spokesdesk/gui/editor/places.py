"""From a place in the markup, or a letter of a block, to a place in the editor's text, and back."""

from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextCursor, QTextTable

from spokesdesk.domain.blocks import Table, placed_body, plain
from spokesdesk.domain.markup_places import places_in
from spokesdesk.gui.editor.edit import RichEdit
from spokesdesk.gui.editor.reading import Part, runs_of


@dataclass(frozen=True, slots=True)
class Spot:
    """A letter of a text: block from 0, cell from 0 (row by row; 0 outside of tables), letter from 0."""

    block: int
    cell: int
    letter: int


class Places:
    """Places of a text's markup as places in the editor; the markup is read once for all that are asked for."""

    def __init__(self, edit: RichEdit) -> None:
        self._edit, self._markup = edit, edit.text()
        self._placed = placed_body(self._markup)

    def spot(self, at: int) -> Spot:
        """Give the letter that stands at a place of the markup; the nearest one after when marks stand there."""
        block = max((n for n, each in enumerate(self._placed) if each.start <= at), default=0)
        if not self._placed:
            return Spot(0, 0, 0)
        found = self._placed[block]
        inside = at - found.start
        cells = places_in(self._markup[found.start : found.end], found.block)
        cell = max((n for n, places in enumerate(cells) if places[0] <= inside), default=0)
        letter = sum(1 for place in cells[cell][:-1] if place < inside) if cells else 0
        return Spot(block, cell, letter)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the places in the editor's text between which a part of the markup stands."""
        first = position_of(self._edit, self.spot(start))
        return first, max(first, position_of(self._edit, self.spot(end)) if end > start else first)


def position_of(edit: RichEdit, spot: Spot) -> int:
    """Give the place of a letter in the editor's text."""
    parts = edit.parts()
    if not parts:
        return 0
    part = parts[min(spot.block, len(parts) - 1)]
    line = _line(part, spot.cell)
    return line.position() + _units(line, spot.letter)


def _line(part: Part, cell: int) -> QTextBlock:
    if isinstance(part.at, QTextTable):
        columns = part.at.columns()
        row = min(cell // columns, part.at.rows() - 1)
        return part.at.cellAt(row, cell % columns).firstCursorPosition().block()
    return part.at


def _units(line: QTextBlock, letter: int) -> int:
    """Give the place in a line, in UTF-16 units, of a letter counted without doubled spaces."""
    text = plain(runs_of(line))
    counted, at = 0, len(text) - len(text.lstrip())
    while at < len(text) and counted < letter:
        doubled = text[at].isspace() and at + 1 < len(text) and text[at + 1].isspace()
        counted += not doubled
        at += 1
    return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


def spot_of(edit: RichEdit, cursor: QTextCursor) -> Spot | None:
    """Give the letter at a cursor; None when the text is empty there and before."""
    position, found = cursor.position(), None
    for at, part in enumerate(edit.parts()):
        start = part.at.firstPosition() if isinstance(part.at, QTextTable) else part.at.position()
        if start > position:
            break
        found = (at, part)
    if found is None:
        return None
    at, part = found
    if isinstance(part.at, QTextTable) and isinstance(part.raw, Table):
        inside = part.at.cellAt(position)
        if not inside.isValid():
            return Spot(at, 0, 0)
        return Spot(at, inside.row() * part.at.columns() + inside.column(), 0)
    line = part.at
    assert isinstance(line, QTextBlock)
    return Spot(at, 0, min(max(position - line.position(), 0), len(line.text())))


def select(edit: RichEdit, start: int, end: int) -> None:
    """Select what stands between two places of the text's markup."""
    first, last = Places(edit).span(start, end)
    cursor = edit.textCursor()
    cursor.setPosition(first)
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    edit.ensureCursorVisible()
