"""What every section of the settings is: a column of cards that gets the desk when it is open."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.people import Member
from spokesdesk.gui.screen import Context
from spokesdesk.services.ports import Desk


class Section(QWidget):
    """One page of the settings; cards go into ``column``."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("plain", True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 8, 24)
        self.column.setSpacing(16)

    def desk_ready(self, desk: Desk) -> None:
        """The desk is open: show what it holds."""

    def member_changed(self, member: Member) -> None:
        """Somebody else works now."""

    def on_changed(self, changes: Changes) -> None:
        """Records were written."""

    def desk_closed(self) -> None:
        """The desk was locked."""
