"""A list to publish as it will be seen: its columns, its first rows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.sheets import Sheet
from spokesdesk.gui.widgets.basic import label

# So many rows show whether the list is right; the whole of it is in the PDF.
MOST = 8


# In millimetres: a wider sheet lies on its side, and its columns would be slivers here.
UPRIGHT = 180


class RosterTable(QWidget):
    """The columns of a sheet, as wide in proportion as on paper; of a sheet that lies, row by row in lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a sheet in place of the one before."""
        while self._grid.count():
            old = self._grid.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        is_empty = all(len(row) == 1 for row in sheet.rows)
        if not is_empty and sum(width for _head, width in sheet.columns) <= UPRIGHT:
            self._show_columns(sheet)
        else:
            self._show_lines(sheet, "" if is_empty else "strong")
        if len(sheet.rows) > MOST:
            left = sum(len(row) > 1 for row in sheet.rows[MOST:])
            self._put(_("… và {n} dòng nữa").format(n=left), "small", 2 * MOST + 1, 0, len(sheet.columns))

    def _show_columns(self, sheet: Sheet) -> None:
        for at, (head, width) in enumerate(sheet.columns):
            self._grid.setColumnStretch(at, width)
            self._put(head, "small", 0, at)
        for line, row in enumerate(sheet.rows[:MOST], 1):
            if len(row) == 1:
                self._put(row[0], "strong", line, 0, len(sheet.columns))
                continue
            for at, cell in enumerate(row):
                self._put(cell, "", line, at)

    def _show_lines(self, sheet: Sheet, head_role: str) -> None:
        self._grid.setColumnStretch(1, 1)
        for at, row in enumerate(sheet.rows[:MOST]):
            if len(row) == 1:
                self._put(row[0], head_role, 2 * at, 0, 2)
                continue
            self._put(row[0], "", 2 * at, 0)
            self._put(row[1], "strong", 2 * at, 1)
            told = " · ".join(line for cell in row[2:] for line in cell.splitlines() if line)
            self._put(told, "muted", 2 * at + 1, 1)

    def _put(self, text: str, role: str, row: int, column: int, span: int = 1) -> None:
        made = label(text, role, self, wrap=True)
        made.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(made, row, column, 1, span)
