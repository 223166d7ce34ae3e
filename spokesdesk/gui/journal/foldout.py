"""A part of the form that stays folded away: a quiet action with its key, and below it what was asked for."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.gui.journal.foldrows import FoldRows, Row
from spokesdesk.gui.widgets.basic import Button
from spokesdesk.gui.widgets.fields import Field


class FoldOut(QWidget):
    """Rows and the action that adds one.

    Args:
        rows: what is folded away while there are none.
        name: field of a ``UserError`` that is said here.
        label: above the rows.
        action: words of the action.
        shortcut: its key; Tab passes by, so that the way through the form stays short.
        run: bound method that adds.
    """

    def __init__(
        self,
        rows: "FoldRows[Row]",
        name: str,
        label: str,
        action: str,
        shortcut: str,
        run: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.field = Field(label, rows, name, parent=self)
        self._rows = rows
        self._action = Button(action, run, shortcut, self, bind=False)
        bind(shortcut, self, run)
        self._action.setProperty("link", True)
        self._action.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self._action, 0, Qt.AlignmentFlag.AlignLeft)
        rows.edited.connect(self._unfold)
        self._unfold()

    def _unfold(self, *_ignored: object) -> None:
        """Show the rows there are, and the error of a part that has none left."""
        self.field.setVisible(bool(self._rows.rows()))


def bind(shortcut: str, owner: QWidget, run: Callable[[], object]) -> QShortcut:
    """Bind a key while its owner is seen; at once, where a button's own key would wait a tenth of a second.

    What is typed right after the key must not land in the field that was left.
    """
    made = QShortcut(QKeySequence(shortcut), owner)
    made.activated.connect(run)
    return made
