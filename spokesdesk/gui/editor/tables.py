"""Tables in the text: made, grown and cut, each in one step back; Tab and Enter move between cells."""

from collections.abc import Callable
from typing import cast

from PySide6.QtGui import QTextCursor, QTextTable
from PySide6.QtWidgets import QTextEdit

from spokesdesk.domain.blocks import Side, Table
from spokesdesk.gui.editor.looks import (
    HEAD_CELL,
    cell_format,
    has_head,
    paragraph_format,
    sides_of,
    table_format,
)
from spokesdesk.gui.editor.showing import put_table

MOST_COLUMNS = 63


def insert(edit: QTextEdit, rows: int = 3, columns: int = 3) -> None:
    """Put an empty table with a head row at the cursor, which goes into its first cell; not into another table."""
    cursor = edit.textCursor()
    if edit.isReadOnly() or cursor.currentTable() is not None:
        return
    cursor.beginEditBlock()
    cursor.clearSelection()
    if not cursor.atBlockStart():
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertBlock(paragraph_format())
    empty = ((),) * columns
    start = cursor.position()
    put_table(cursor, Table(empty, (empty,) * (rows - 1), (Side.LEFT,) * columns))
    cursor.endEditBlock()
    made = edit.document().findBlock(start + 1)
    inside = QTextCursor(made)
    table = inside.currentTable()
    if table is not None:
        inside = table.cellAt(0, 0).firstCursorPosition()
    edit.setTextCursor(inside)
    edit.setFocus()


def go(edit: QTextEdit, step: int) -> None:
    """Go to the next or the last cell; from the last cell on into a new row."""
    table, row, column = _here(edit)
    if table is None:
        return
    at = row * table.columns() + column + step
    if at < 0:
        return
    if at >= table.rows() * table.columns():
        add_row(edit, 1)
        return
    _enter_cell(edit, table, at // table.columns(), at % table.columns())


def go_down(edit: QTextEdit) -> None:
    """Go to the cell below; from the last row to the text below the table."""
    table, row, column = _here(edit)
    if table is None:
        return
    if row + 1 < table.rows():
        _enter_cell(edit, table, row + 1, column)
        return
    cursor = edit.textCursor()
    cursor.setPosition(table.lastPosition() + 1)
    edit.setTextCursor(cursor)


def add_row(edit: QTextEdit, side: int) -> None:
    """Add a row above (0) or below (1) the cursor's and go into it."""

    def change(table: QTextTable, row: int, column: int) -> tuple[int, int]:
        new = row + side
        table.insertRows(new, 1)
        _dress(table)
        return new, column if side == 0 else 0

    _changed(edit, change)


def add_column(edit: QTextEdit, side: int) -> None:
    """Add a column left (0) or right (1) of the cursor's and go into it."""

    def change(table: QTextTable, row: int, column: int) -> tuple[int, int]:
        if table.columns() >= MOST_COLUMNS:
            return row, column
        sides = list(sides_of(table.format().toTableFormat(), table.columns()))
        new = column + side
        table.insertColumns(new, 1)
        sides.insert(new, Side.LEFT)
        _keep(table, tuple(sides), head=has_head(table.format().toTableFormat()))
        return row, new

    _changed(edit, change)


def remove_row(edit: QTextEdit) -> None:
    """Take the cursor's row away; the last one takes the table with it."""

    def change(table: QTextTable, row: int, column: int) -> tuple[int, int] | None:
        if table.rows() == 1:
            _drop(table)
            return None
        table.removeRows(row, 1)
        _dress(table)
        return min(row, table.rows() - 1), column

    _changed(edit, change)


def remove_column(edit: QTextEdit) -> None:
    """Take the cursor's column away; the last one takes the table with it."""

    def change(table: QTextTable, row: int, column: int) -> tuple[int, int] | None:
        if table.columns() == 1:
            _drop(table)
            return None
        sides = list(sides_of(table.format().toTableFormat(), table.columns()))
        del sides[column]
        table.removeColumns(column, 1)
        _keep(table, tuple(sides), head=has_head(table.format().toTableFormat()))
        return row, min(column, table.columns() - 1)

    _changed(edit, change)


def remove(edit: QTextEdit) -> None:
    """Take the whole table away."""

    def change(table: QTextTable, _row: int, _column: int) -> None:
        _drop(table)

    _changed(edit, change)


def toggle_head(edit: QTextEdit) -> None:
    """Let the first row be the head, or an ordinary row."""

    def change(table: QTextTable, row: int, column: int) -> tuple[int, int]:
        form = table.format().toTableFormat()
        _keep(table, sides_of(form, table.columns()), head=not has_head(form))
        return row, column

    _changed(edit, change)


def align(edit: QTextEdit, side: Side) -> None:
    """Let the cursor's column stand left, in the middle or right."""

    def change(table: QTextTable, row: int, column: int) -> tuple[int, int]:
        form = table.format().toTableFormat()
        sides = list(sides_of(form, table.columns()))
        sides[column] = side
        _keep(table, tuple(sides), head=has_head(form))
        return row, column

    _changed(edit, change)


def _here(edit: QTextEdit) -> tuple[QTextTable | None, int, int]:
    cursor = edit.textCursor()
    table = cast("QTextTable | None", cursor.currentTable())
    if table is None:
        return None, 0, 0
    cell = table.cellAt(cursor)
    return table, cell.row(), cell.column()


def _changed(edit: QTextEdit, change: Callable[[QTextTable, int, int], tuple[int, int] | None]) -> None:
    table, row, column = _here(edit)
    if table is None or edit.isReadOnly():
        return
    cursor = edit.textCursor()
    cursor.beginEditBlock()
    place = change(table, row, column)
    cursor.endEditBlock()
    if place is not None:
        _enter_cell(edit, table, *place, select=False)
    edit.setFocus()


def _enter_cell(edit: QTextEdit, table: QTextTable, row: int, column: int, *, select: bool = True) -> None:
    cell = table.cellAt(row, column)
    cursor = cell.firstCursorPosition()
    if select:
        cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    edit.ensureCursorVisible()


def _drop(table: QTextTable) -> None:
    table.removeRows(0, table.rows())


def _keep(table: QTextTable, sides: tuple[Side, ...], *, head: bool) -> None:
    table.setFormat(table_format(sides, head=head))
    _dress(table)


def _dress(table: QTextTable) -> None:
    """Let every cell look like what it is."""
    form = table.format().toTableFormat()
    head, sides = has_head(form), sides_of(form, table.columns())
    for row in range(table.rows()):
        for column in range(table.columns()):
            cursor = table.cellAt(row, column).firstCursorPosition()
            wanted = cell_format(sides[column], head=head and row == 0)
            held = cursor.blockFormat()
            if held.alignment() != wanted.alignment() or held.property(HEAD_CELL) != wanted.property(
                HEAD_CELL
            ):
                cursor.setBlockFormat(wanted)
