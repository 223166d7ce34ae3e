"""The steps of a paper's way: done, current, to come."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import Chip, clear_layout, label


class Stepper(QWidget):
    """A row of steps; those before the current one carry a tick."""

    def __init__(self, steps: Sequence[str] = (), current: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.set(steps, current)

    def set(self, steps: Sequence[str], current: int) -> None:
        """Show these steps; ``current`` is the index of the one being done, len(steps) when all are done."""
        clear_layout(self._row)
        for at, step in enumerate(steps):
            if at:
                self._row.addWidget(label("›", "muted", self))
            self._row.addWidget(self._step(step, at, current))
        self._row.addStretch(1)
        if steps:
            now = steps[min(current, len(steps) - 1)]
            self.setAccessibleName(_("Bước: {step}").format(step=now))

    def _step(self, step: str, at: int, current: int) -> QWidget:
        if at < current:
            return Chip(f"✓ {step}", "green", parent=self)
        if at == current:
            return Chip(step, "teal", parent=self)
        return label(step, "muted", self)
