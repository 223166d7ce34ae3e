"""Rows of inputs that are folded away until somebody asks for one, each taken out again with its own button."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.gui.widgets.basic import clear_layout

Json = Mapping[str, object]


class FoldRow(QWidget):
    """One row; its focus proxy is the input where the row begins.

    Emits:
        edited: None, something was changed in it.
        taken_out: None, the person does not want it.
    """

    edited = Signal(object)
    taken_out = Signal(object)

    def tab_chain(self) -> tuple[QWidget, ...]:
        """Give the inputs in the order of Tab."""
        raise NotImplementedError

    def fill(self, value: Json) -> None:
        """Show what a draft held."""
        raise NotImplementedError

    def value(self) -> dict[str, object]:
        """Give what the row holds, JSON-able."""
        raise NotImplementedError

    def _pass_on(self, *_ignored: object) -> None:
        self.edited.emit(None)

    def _take_out(self) -> None:
        self.taken_out.emit(None)


Row = TypeVar("Row", bound=FoldRow)


class FoldRows(QWidget, Generic[Row]):
    """The rows of one kind.

    Args:
        make: gives a new row as a child of this widget.
        most: greatest number of rows.

    Emits:
        edited: None, a row came, went or was changed.
        made: the new row, so that a form can watch its inputs.
    """

    edited = Signal(object)
    made = Signal(object)

    def __init__(self, make: Callable[[QWidget], Row], most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make, self._most = make, most
        self._rows: list[Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def rows(self) -> tuple[Row, ...]:
        """Give the rows in order."""
        return tuple(self._rows)

    def tab_chain(self) -> tuple[QWidget, ...]:
        """Give the inputs of all rows in the order of Tab."""
        return tuple(part for row in self._rows for part in row.tab_chain())

    def add(self, value: Json | None = None) -> Row | None:
        """Put a row below the others; None when there are as many as can be."""
        if len(self._rows) >= self._most:
            return None
        row = self._make(self)
        row.edited.connect(self._changed)
        row.taken_out.connect(partial(self._remove, row))
        self._rows.append(row)
        self._column.addWidget(row)
        row.show()
        self.made.emit(row)
        if value is not None:
            row.fill(value)
        self._changed()
        return row

    def set_values(self, values: Sequence[Json]) -> None:
        """Show these rows in place of those that were there."""
        self._rows = []
        clear_layout(self._column)
        for value in values:
            self.add(value)
        self._changed()

    def values(self) -> tuple[dict[str, object], ...]:
        """Give what the rows hold."""
        return tuple(row.value() for row in self._rows)

    def _remove(self, row: Row, _nothing: object) -> None:
        if row not in self._rows:
            return
        at = self._rows.index(row)
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        if self._rows:
            self._rows[max(0, at - 1)].setFocus()
        self._changed()

    def _changed(self, *_ignored: object) -> None:
        if self._rows:
            self.setFocusProxy(self._rows[0])
        self.edited.emit(None)
