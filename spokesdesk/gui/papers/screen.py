"""Papers: the list, and the page of one paper."""

from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter, LetterKind
from spokesdesk.domain.papers import Flagged, Move, Paper, PaperState
from spokesdesk.domain.people import Member
from spokesdesk.gui.papers.batchpage import BatchPage, template_of
from spokesdesk.gui.papers.importing import Importing
from spokesdesk.gui.papers.listing import PaperList
from spokesdesk.gui.papers.page import PaperPage
from spokesdesk.gui.papers.registerpage import RegisterPage
from spokesdesk.gui.papers.waiting import WaitingPage
from spokesdesk.gui.papers.words import KINDS, MOVES
from spokesdesk.gui.recordscreen import BrowsingScreen
from spokesdesk.gui.screen import Action, Context
from spokesdesk.services.paper_import import ImportNote
from spokesdesk.services.ports import Desk, SavedDraft


class PapersScreen(BrowsingScreen):
    """Công văn, thông cáo báo chí and other papers, from draft to release."""

    name: ClassVar[str] = "papers"
    forms: ClassVar[tuple[str, ...]] = ("paper",)
    kind: ClassVar[str] = "paper"
    list: PaperList
    page: PaperPage

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.list = PaperList(context, self)
        self.page = PaperPage(context, self)
        self.waiting, self.register = WaitingPage(context, self), RegisterPage(context, self)
        self.stand_in(self.waiting, self.register)
        self._from_waiting = False
        self.list.wanted.connect(self._begin)
        self.importing = Importing(context, self)
        self.list.import_wanted.connect(self.importing.ask)
        self.importing.read.connect(self._begin_with)
        self.page.left.connect(self._go_back)
        self.list.waiting_asked.connect(self.show_waiting)
        self.list.register_asked.connect(self.show_register)
        self.list.batch_asked.connect(self.show_batch)
        self.batch: BatchPage | None = None
        self.list.flagged.opened.connect(self._open_id)
        self.waiting.opened.connect(self._open_waiting)
        self.page.moving.moved.connect(self._moved)
        for page in (self.waiting, self.register):
            page.left.connect(self.show_list)
        remarks = self.page.remarks
        page_keys = (("F6", self.page.said.open), ("F8", remarks.next), ("Shift+F8", remarks.back))
        for keys, run in (("Ctrl+D", self.page.compare), ("Ctrl+Return", self._approve), *page_keys):
            shortcut = QShortcut(QKeySequence(keys), self.page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    @property
    def shows_page(self) -> bool:
        """Whether one paper is shown rather than the list."""
        return self.shows(self.page)

    def desk_ready(self, desk: Desk) -> None:
        """Read the list; what was typed before is kept now."""
        self._refresh_others(desk)
        self.page.desk_ready()
        super().desk_ready(desk)

    def desk_closed(self) -> None:
        """Show nothing of the desk; a text being typed stays, a paper only read is opened again after unlocking."""
        self.list.clear()
        self.list.flagged.show_flagged(Flagged(0, ()))
        self.waiting.clear()
        self.register.clear()
        if self.batch is not None:
            self.batch.clear()
        shown = self.shows_page
        closed = self.page.desk_closed()
        if not self.page.saving.is_dirty:
            self._waiting = closed if shown else None
            self.show_part(self.list)

    def member_changed(self, member: Member) -> None:
        """Other moves may be possible now."""
        self.page.member_changed()
        desk = self.context.desk()
        if desk is not None:
            self._refresh_others(desk)

    def on_changed(self, changes: Changes) -> None:
        """Show what was written."""
        super().on_changed(changes)
        desk = self.context.desk()
        if desk is not None and any(change.kind == "paper" for change in changes):
            self._refresh_others(desk)

    def touches_page(self, change: Change) -> bool:
        """Whether a change is seen on the page: the paper, or what was sent to and came from others."""
        return change.kind == "sync" or super().touches_page(change)

    def primary_action(self) -> Action | None:
        """A new paper in the list; the next move on a page."""
        if not self.shows_page:
            return Action(_("Soạn văn bản"), self.list.offer_kinds)
        move = self.page.top.primary()
        return Action(MOVES[move][0], partial(self.page.moving.ask, move)) if move is not None else None

    def actions_offered(self) -> tuple[Action, ...]:
        """New papers by kind; on a page also its files and its printing."""
        made = [
            Action(_("Chờ tôi duyệt"), self.show_waiting),
            Action(_("Sổ đăng ký văn bản đi"), self.show_register),
            Action(_("Trộn thư cho nhiều nơi nhận"), self.show_batch),
        ]
        made += [
            Action(_("Soạn {kind}").format(kind=text.lower()), partial(self._begin, kind))
            for kind, text in KINDS.items()
        ]
        made.append(Action(_("Nhập văn bản từ Word"), self.importing.ask))
        if self.shows_page:
            made += [
                Action(_("Lưu văn bản"), self.save, "Ctrl+S"),
                Action(_("In văn bản"), self.print_current, "Ctrl+P"),
                Action(_("So sánh bản"), self.page.compare, "Ctrl+D"),
                Action(_("Lần trước đã nói gì"), self.page.said.open, "F6"),
                Action(_("Đặt hạn duyệt"), self.page.ask_due),
                Action(_("Xuất Word"), partial(self.page.export, "docx")),
                Action(_("Xuất PDF"), partial(self.page.export, "pdf")),
            ]
        return tuple(made)

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show one paper."""
        self._from_waiting = False
        super().open_record(kind, record_id)

    def new(self, kind: str = "") -> None:
        """Begin a paper; ``kind`` names a kind of paper, else it is a công văn."""
        known = {member.value for member in LetterKind}
        self._begin(LetterKind(kind) if kind in known else LetterKind.CONG_VAN)

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
        self.show_part(self.page)

    @Slot()
    def show_waiting(self) -> None:
        """Show what waits for the member at work, the oldest deadline first."""
        self._show_other(self.waiting)
        self.waiting.rows.setFocus()

    @Slot()
    def show_register(self) -> None:
        """Show the register of papers sent."""
        self._show_other(self.register)
        self.register.table.setFocus()

    @Slot()
    def show_batch(self) -> None:
        """Show the page that sends one paper to many: the one open, or in hand in the list."""
        if self.batch is None:
            self.batch = BatchPage(self.context, self)
            self.batch.left.connect(self.show_list)
            self._stack.addWidget(self.batch)
        row = self.list.list.current()
        chosen = (
            self.page.paper.id if self.shows_page and self.page.paper is not None else row.id if row else None
        )
        self.leave()
        self._from_waiting = False
        self.show_part(self.batch)
        self.batch.begin(None)
        desk = self.context.desk()
        if desk is not None and chosen is not None:
            work = partial(template_of, desk, chosen)
            self.context.courier.run(work, owner=self, ok=self.batch.begin, lane="read")

    def _show_other(self, page: WaitingPage | RegisterPage) -> None:
        desk = self.context.desk()
        self.leave()
        self._from_waiting = False
        self.show_part(page)
        if desk is not None:
            page.load(desk)

    def _refresh_others(self, desk: Desk) -> None:
        self.list.flagged.load(desk)
        if desk.actor is not None and self.shows(self.waiting):
            self.waiting.load(desk)
        if self.shows(self.register):
            self.register.load(desk)

    @Slot(object)
    def _open_waiting(self, paper_id: UUID) -> None:
        self.open_record("paper", paper_id)
        self._from_waiting = True
        self.page.claims.unfold()
        self.page.form.text.setFocus()

    @Slot(object)
    def _moved(self, paper: Paper) -> None:
        """After a decision the next paper that waits is one key away."""
        if self._from_waiting and self.shows_page and paper.state is not PaperState.SUBMITTED:
            self.show_waiting()

    @Slot()
    def _approve(self) -> None:
        if Move.APPROVE in self.page.top.buttons:
            self.page.moving.ask(Move.APPROVE)

    @Slot()
    def _go_back(self) -> None:
        if self._from_waiting:
            self.show_waiting()
        else:
            self.show_list()

    @Slot(object)
    def _open_id(self, paper_id: UUID) -> None:
        self.open_record("paper", paper_id)

    def leave(self) -> None:
        """Keep what was typed as a version."""
        if self.shows_page:
            self.page.saving.leave()

    @Slot(str, object, object)
    def _begin_with(self, name: str, letter: Letter, notes: tuple[ImportNote, ...]) -> None:
        self.show_part(self.page)
        self.page.begin_with(name, letter, notes)

    @Slot(object)
    def _begin(self, kind: LetterKind) -> None:
        self.page.begin(kind)
        self.show_part(self.page)
        self.page.form.focus_first()
