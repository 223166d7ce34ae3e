"""Short fields side by side, as many columns as fit; the order of the fields stays the order of Tab."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

GAP = 12


class FieldGrid(QWidget):
    """Fields in rows of equal columns that wrap when the page is narrow.

    Args:
        columns: most columns in a row.
        least: width in pixels below which a column is not worth having.
    """

    def __init__(self, columns: int, least: int = 150, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most, self._least = columns, least
        self._cells: list[tuple[QWidget, int]] = []
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_cells(self, cells: Sequence[tuple[QWidget, int]]) -> None:
        """Show these widgets, each over so many columns; others shown before are hidden."""
        shown = {widget for widget, _span in cells}
        # Hiding, or giving a parent anew, would take the cursor out of a field that stays.
        for widget, _span in self._cells:
            if widget not in shown:
                widget.hide()
        self._cells = list(cells)
        for widget, _span in self._cells:
            if widget.parentWidget() is not self:
                widget.setParent(self)
            widget.show()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the columns that fit."""
        super().resizeEvent(event)
        fit = max(1, min(self._most, (event.size().width() + GAP) // (self._least + GAP)))
        if (self._most, fit) == (4, 3):
            fit = 2  # two rows of two read better than three and one
        if fit != self._columns:
            self._columns = fit
            self._place()

    def minimumSizeHint(self) -> QSize:
        """One column must fit, so that wrapping is possible at all."""
        return QSize(self._least, super().minimumSizeHint().height())

    def _place(self) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        row = column = 0
        for widget, wanted in self._cells:
            span = min(wanted, self._columns)
            if column + span > self._columns:
                row, column = row + 1, 0
            # Labels stand in one line although an error below one field makes the row higher.
            side = (
                Qt.AlignmentFlag.AlignBottom if isinstance(widget, QCheckBox) else Qt.AlignmentFlag.AlignTop
            )
            self._grid.addWidget(widget, row, column, 1, span, side)
            column += span
        for at in range(self._most):
            self._grid.setColumnStretch(at, 1 if at < self._columns else 0)
        self.updateGeometry()
