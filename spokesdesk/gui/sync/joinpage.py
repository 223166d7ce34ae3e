"""The ways into the agency's journal: over the line, or by a stick where there is none."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.people import Member
from spokesdesk.gui.connecting import ConnectCard
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sync.asking import AskCard
from spokesdesk.services.ports import Desk, SyncState

WIDEST = 620


class JoinPage(QWidget):
    """Both cards side by side."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.connect_card, self.ask_card = ConnectCard(context, self), AskCard(context, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for card in (self.connect_card, self.ask_card):
            side = QVBoxLayout()
            card.setMaximumWidth(WIDEST)
            side.addWidget(card)
            side.addStretch(1)
            row.addLayout(side, 1)

    def load(self, desk: Desk) -> None:
        """Say who may connect this desk, and what it asked for."""
        self.show_member(desk.actor)
        self.ask_card.load(desk)

    def show_member(self, member: Member | None) -> None:
        """Only an administrator connects a desk."""
        self.connect_card.show_member(member)
        self.ask_card.show_member(member)

    def show_state(self, state: SyncState) -> None:
        """Offer what a desk needs that goes by hand already."""
        self.connect_card.show_place(state)
        self.ask_card.show_again(by_hand=state.by_hand)

    def clear(self) -> None:
        """Show nothing of the desk."""
        self.ask_card.clear()
