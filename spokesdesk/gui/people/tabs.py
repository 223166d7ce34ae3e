"""A few words side by side, one of them chosen; arrows move between them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


class Tabs(QWidget):
    """Chooses one of a few lists.

    Args:
        choices: value and word of each.
        name: what is chosen, for screen readers.

    Emits:
        chosen: the value chosen now.
    """

    chosen = Signal(object)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._values = [value for value, _word in choices]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for at, (_value, word) in enumerate(choices):
            button = QPushButton(word, self)
            button.setProperty("tab", True)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(word)
            self._group.addButton(button, at)
            row.addWidget(button)
        row.addStretch(1)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._toggled)

    def value(self) -> str:
        """Give the value chosen."""
        return self._values[max(self._group.checkedId(), 0)]

    def set_value(self, value: str) -> None:
        """Choose a value; one that is not offered changes nothing."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        wanted = self._group.button((self._group.checkedId() + step) % len(self._values))
        wanted.setChecked(True)
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int, bool)
    def _toggled(self, at: int, is_on: bool) -> None:
        if is_on:
            self.chosen.emit(self._values[at])
