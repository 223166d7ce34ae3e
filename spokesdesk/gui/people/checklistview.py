"""A filled checklist to read: who looked, when, what was seen of each criterion; nothing is added up."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.checklists import Answered, Checklist, Seen, seen_words
from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import short_date
from spokesdesk.gui.people.savefile import SaveFile
from spokesdesk.gui.people.sidepage import SidePage
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, Chip, clear_layout, label
from spokesdesk.services import press

_TONES = {Seen.UNCHECKED: "neutral", Seen.SEEN: "teal", Seen.NOT_SEEN: "neutral"}


class ChecklistView(SidePage):
    """The page.

    Emits:
        left: id of the outlet whose page is wanted again.
    """

    left = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.shown: Checklist | None = None
        self._files = SaveFile(context, self)
        self.top.add_button(Button(_("Lưu PDF…"), self._save, parent=self))
        self.top.add_button(Button(_("Đóng"), self._leave, parent=self))
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.column.addLayout(self._list)
        self.column.addStretch(1)

    def show_checklist(self, found: Checklist) -> None:
        """Show a filled checklist."""
        self.shown = found
        when = f"{to_vn(found.at):%H:%M} {short_date(vn_day(found.at))}"
        self.top.set_title(_("Phiếu đối chiếu"), f"{found.outlet.name} · {found.author.name} · {when}")
        clear_layout(self._list)
        card: Card | None = None
        group = ""
        for item in found.answers:
            if card is None or item.group != group:
                group, card = item.group, _card(item.group, self.inside)
                self._list.addWidget(card)
            _add(card, item)
        for text in (found.note, found.source):
            if text:
                self._list.addWidget(label(text, "muted", self.inside, wrap=True))
        self.to_top()

    def _save(self) -> None:
        desk = self.context.desk()
        if desk is not None and self.shown is not None:
            self._files.ask(file_title(self.shown), partial(press.checklist_pdf, desk, self.shown.id))

    def _leave(self) -> None:
        outlet_id: UUID | None = self.shown.outlet.id if self.shown else None
        self.left.emit({"outlet": str(outlet_id)} if outlet_id else {})


def _card(group: str, inside: QWidget) -> Card:
    """Give the card of a group; its title may go on a second line, as that of an article of law does."""
    card = Card(parent=inside)
    card.setAccessibleName(group)
    card.add(label(group, "card", card, wrap=True))
    return card


def file_title(found: Checklist) -> str:
    """Give the name proposed for a checklist's file."""
    day = vn_day(found.at)
    return _("Phiếu đối chiếu {name} {day}").format(name=found.outlet.name, day=f"{day:%d-%m-%Y}")


def _add(card: Card, item: Answered) -> None:
    card.add(label(item.text, "", card, wrap=True))
    card.add(Chip(seen_words()[item.seen], _TONES[item.seen], 0, card))
    if item.evidence:
        card.add(label(item.evidence, "muted", card, wrap=True))
