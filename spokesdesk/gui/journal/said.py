"""A label and what was written, as an entry shows it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.gui.widgets.basic import label


class Said(QWidget):
    """A muted label and the text below it, which can be selected and copied; hidden when there is none."""

    def __init__(self, name: str, parent: QWidget | None = None, *, is_strong: bool = False) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        self._text = label("", "strong" if is_strong else "", self, wrap=True)
        selectable = (
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setTextInteractionFlags(selectable)
        self._text.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._text.setAccessibleName(name)
        column.addWidget(label(name, "small", self))
        column.addWidget(self._text)
        column.addStretch(1)

    def say(self, text: str) -> None:
        """Show a text; an empty one hides both lines."""
        self._text.setText(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """Give what is shown."""
        return self._text.text()
