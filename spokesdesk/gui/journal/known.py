"""Who is known already: names offered while typing, and what the desk remembers of a reporter who is chosen."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.people import Journalist, Ref
from spokesdesk.domain.verification import CardFacts, VerificationKind
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.journal.facts import typed_of
from spokesdesk.gui.journal.verification import VerificationPanel
from spokesdesk.gui.nameedit import NameEdit
from spokesdesk.services import people
from spokesdesk.services.ports import Desk, Suggestion


class KnownReporter(QObject):
    """Fills the outlet and the card of a reporter who came before.

    Emits:
        journalist_taken: None, a known reporter was chosen: the conversation can go on with the topic.
        outlet_taken: None, a known outlet was chosen.
    """

    journalist_taken = Signal(object)
    outlet_taken = Signal(object)

    def __init__(
        self,
        courier: Courier,
        journalist: NameEdit,
        outlet: NameEdit,
        panel: VerificationPanel,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._courier = courier
        self._journalist, self._outlet, self._panel = journalist, outlet, panel
        self._desk: Desk | None = None
        self._filling = False
        self._filled_outlet = ""
        self._filled_card: dict[str, str | bool] = {}
        journalist.chosen.connect(self._take_journalist)
        outlet.chosen.connect(self._take_outlet)

    def use(self, desk: Desk | None) -> None:
        """Offer the names this desk knows; none while it is closed."""
        self._desk = desk
        self._outlet.fetch_with(partial(people.suggest, desk, "outlet") if desk else None)
        self._offer_journalists()

    def fill(self, journalist: tuple[str, str], outlet: tuple[str, str]) -> None:
        """Show names and the ids of those that are known, "" for others; fills nothing else."""
        self._filling = True
        for edit, (name, known) in ((self._journalist, journalist), (self._outlet, outlet)):
            edit.setText(name)
            if name and known:
                edit.take(Suggestion(UUID(known), name))
        self._filled_outlet, self._filled_card = "", {}
        self._filling = False
        self._offer_journalists()

    def _offer_journalists(self) -> None:
        if self._desk is None:
            self._journalist.fetch_with(None)
            return
        taken = self._outlet.suggestion()
        fetch = partial(_journalists, self._desk, taken.id if taken else None)
        self._journalist.fetch_with(fetch)

    def _take_outlet(self, _chosen: Suggestion) -> None:
        if not self._filling:
            self._offer_journalists()
            self.outlet_taken.emit(None)

    def _take_journalist(self, chosen: Suggestion) -> None:
        if self._filling or self._desk is None:
            return
        self._courier.run(
            partial(people.journalist, self._desk, chosen.id),
            owner=self,
            ok=self._recall,
            fail=self._forget,
            lane="read",
        )
        self.journalist_taken.emit(None)

    def _recall(self, who: Journalist) -> None:
        taken = self._journalist.suggestion()
        if taken is None or taken.id != who.id:
            return
        self._fill_outlet(who.outlet)
        self._fill_card(who)

    def _fill_card(self, who: Journalist) -> None:
        # What somebody typed stays; a card remembered of the reporter chosen before must not stay.
        shown = (self._panel.kind(), self._panel.typed())
        if shown not in ((VerificationKind.NONE, {}), (VerificationKind.CARD, self._filled_card)):
            return
        facts = CardFacts(who.card_number, who.card_issued_on, who.card_expires_on)
        kind = VerificationKind.CARD if who.card_number else VerificationKind.NONE
        self._panel.fill(kind, typed_of(facts) if who.card_number else {})
        self._filled_card = self._panel.typed()
        self._panel.edited.emit(None)

    def _fill_outlet(self, outlet: Ref | None) -> None:
        # A name somebody typed stays: the reporter may come for another paper today.
        if self._outlet.text().strip() not in ("", self._filled_outlet):
            return
        self._filling = True
        if outlet is not None:
            self._outlet.take(Suggestion(outlet.id, outlet.name))
        else:
            self._outlet.clear()
        self._filling = False
        self._filled_outlet = outlet.name if outlet else ""
        self._offer_journalists()

    def _forget(self, _error: DeskError) -> None:
        """Nothing is remembered of this reporter; what was typed stays."""


def _journalists(desk: Desk, outlet_id: UUID | None, words: str) -> Sequence[Suggestion]:
    return people.suggest(desk, "journalist", words, outlet_id)
