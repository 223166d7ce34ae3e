"""Papers: the list, and the page of one paper."""

from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.papers import PaperRow
from spokesdesk.domain.people import Member
from spokesdesk.gui.papers.listing import PaperList
from spokesdesk.gui.papers.page import PaperPage
from spokesdesk.gui.papers.words import KINDS, MOVES
from spokesdesk.gui.screen import Action, Context, Screen
from spokesdesk.services.ports import Desk, SavedDraft


class PapersScreen(Screen):
    """Công văn, thông cáo báo chí and other papers, from draft to release."""

    name: ClassVar[str] = "papers"
    forms: ClassVar[tuple[str, ...]] = ("paper",)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack)
        self.list = PaperList(context, self)
        self.page = PaperPage(context, self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.page)
        self._waiting: UUID | None = None
        self.list.opened.connect(self._open_row)
        self.list.wanted.connect(self._begin)
        self.page.left.connect(self.show_list)

    @property
    def shows_page(self) -> bool:
        """Whether one paper is shown rather than the list."""
        return self._stack.currentWidget() is self.page

    def desk_ready(self, desk: Desk) -> None:
        """Read the list; what was typed before is kept now."""
        self.list.load(desk)
        self.page.desk_ready()
        if self._waiting is not None:
            record_id, self._waiting = self._waiting, None
            self.open_record("paper", record_id)

    def desk_closed(self) -> None:
        """Show nothing of the desk; a text being typed stays, a paper only read is opened again after unlocking."""
        self.list.clear()
        shown = self.shows_page
        closed = self.page.desk_closed()
        if not self.page.saving.is_dirty:
            self._waiting = closed if shown else None
            self._stack.setCurrentWidget(self.list)

    def member_changed(self, member: Member) -> None:
        """Other moves may be possible now."""
        self.page.member_changed()

    def on_changed(self, changes: Changes) -> None:
        """Show what was written."""
        self.list.refresh(changes)
        shown = self.page.paper
        touched = {(change.kind, change.id) for change in changes}
        if shown is not None and (
            ("paper", shown.id) in touched or any(kind == "sync" for kind, _id in touched)
        ):
            self.page.refresh()

    def shown(self) -> None:
        """The list takes the keys."""
        if not self.shows_page:
            self.list.list.setFocus()

    def primary_action(self) -> Action | None:
        """A new paper in the list; the next move on a page."""
        if not self.shows_page:
            return Action(_("Soạn văn bản"), self.list.offer_kinds)
        move = self.page.top.primary()
        return Action(MOVES[move][0], partial(self.page.moving.ask, move)) if move is not None else None

    def actions_offered(self) -> tuple[Action, ...]:
        """New papers by kind; on a page also its files and its printing."""
        made = [
            Action(_("Soạn {kind}").format(kind=text.lower()), partial(self._begin, kind))
            for kind, text in KINDS.items()
        ]
        if self.shows_page:
            made += [
                Action(_("Lưu văn bản"), self.save, "Ctrl+S"),
                Action(_("In văn bản"), self.print_current, "Ctrl+P"),
                Action(_("Xuất Word"), partial(self.page.export, "docx")),
                Action(_("Xuất PDF"), partial(self.page.export, "pdf")),
            ]
        return tuple(made)

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show one paper."""
        if self.context.desk() is None:
            self._waiting = record_id
            return
        self.list.list.select(record_id)
        self.page.open(record_id)
        self._stack.setCurrentWidget(self.page)

    def new(self, kind: str = "") -> None:
        """Begin a paper; ``kind`` names a kind of paper, else it is a công văn."""
        known = {member.value for member in LetterKind}
        self._begin(LetterKind(kind) if kind in known else LetterKind.CONG_VAN)

    def focus_search(self) -> None:
        """Put the cursor into the search of the list."""
        self.show_list()
        self.list.focus_search()

    def save(self) -> None:
        """Save the text as a version."""
        if self.shows_page:
            self.page.saving.save()

    def print_current(self) -> None:
        """Print the paper that is open."""
        if self.shows_page:
            self.page.print()

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        self.page.saving.flush()

    def restore(self, draft: SavedDraft) -> None:
        """Take back what was typed when the program ended."""
        self.page.take_draft(draft)
        self._stack.setCurrentWidget(self.page)

    @Slot()
    def show_list(self) -> None:
        """Go back to the list; what was typed is kept as a version."""
        if self.shows_page:
            self.page.saving.leave()
        self._stack.setCurrentWidget(self.list)
        self.list.list.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen is shown: what was typed becomes a version."""
        super().hideEvent(event)
        if self.shows_page and not event.spontaneous():
            self.page.saving.leave()

    @Slot(object)
    def _open_row(self, row: PaperRow) -> None:
        self.open_record("paper", row.id)

    @Slot(object)
    def _begin(self, kind: LetterKind) -> None:
        self.page.begin(kind)
        self._stack.setCurrentWidget(self.page)
        self.page.form.focus_first()
