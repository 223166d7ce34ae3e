"""Names and values of a record, one below the other; empty ones are left out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from spokesdesk.gui.widgets.basic import label


class Facts(QWidget):
    """A list of names and values that can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these names and values."""
        for shown in self._cells:
            self._grid.removeWidget(shown)
            shown.hide()
            shown.deleteLater()
        self._cells.clear()
        for at, (name, value) in enumerate(pair for pair in facts if pair[1]):
            name_label, shown = label(name, "muted", self), label(value, "", self, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(name_label, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, at, 1)
            self._cells += [name_label, shown]
