"""The frame of what stands at the right of the address book: a head with actions, below it a page that scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Card, PageHeader
from spokesdesk.gui.widgets.states import Note


class SidePage(Card):
    """A page with a head; put content into ``column``, say what concerns it all in ``notice``."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.context = context
        self.body.setContentsMargins(0, 12, 0, 0)
        self.top = PageHeader("", parent=self, below=True)
        self.top.setContentsMargins(20, 0, 20, 0)
        self.area = QScrollArea(self)
        self.inside = QWidget(self.area.viewport())
        self.inside.setProperty("plain", True)
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(20, 4, 20, 16)
        self.column.setSpacing(12)
        self.notice = Note("", "amber", self.inside)
        self.column.addWidget(self.notice)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.inside)
        self.add(self.top)
        self.add(self.area, 1)

    def to_top(self) -> None:
        """Show the beginning."""
        self.area.verticalScrollBar().setValue(0)
