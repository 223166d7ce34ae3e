"""Personal data of journalists: one person's data, requests, how long records are kept, who looked, what was erased."""

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.people import Member, Role
from spokesdesk.gui.prefs.privacykeeping import KeepingCard
from spokesdesk.gui.prefs.privacylog import LogCard
from spokesdesk.gui.prefs.privacyperson import PersonCard
from spokesdesk.gui.prefs.privacyrequests import RequestsCard
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.screen import Context
from spokesdesk.services.ports import Desk


class PrivacySection(Section):
    """Four cards; what only an admin may do is offered to an admin only."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.person = PersonCard(context, self)
        self.requests = RequestsCard(context, self)
        self.keeping = KeepingCard(context, self)
        self.log = LogCard(context, self)
        for card in (self.person, self.requests, self.keeping, self.log):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def desk_ready(self, desk: Desk) -> None:
        """Ask for requests, periods and the log."""
        is_admin = desk.actor is not None and Role.ADMIN in desk.actor.roles
        self.person.use(desk, is_admin=is_admin)
        self.requests.use(desk)
        self.keeping.use(desk, is_admin=is_admin)
        self.log.use(desk, is_admin=is_admin)

    def member_changed(self, member: Member) -> None:
        """Offer what the one who works now may do."""
        desk = self.context.desk()
        if desk is not None:
            self.desk_ready(desk)

    def on_changed(self, changes: Changes) -> None:
        """Show new requests and deletions."""
        desk = self.context.desk()
        kinds = {change.kind for change in changes}
        if desk is not None and kinds & {"subject_request", "journalist", "contact", "setting"}:
            self.requests.use(desk)

    def desk_closed(self) -> None:
        """Show nothing of anybody."""
        for card in (self.person, self.requests, self.keeping, self.log):
            card.clear()
