"""Requests for information: the list, one request, a new one, the end of the day."""

from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member
from spokesdesk.domain.requests import Request, RequestMove, RequestRow
from spokesdesk.gui.requests.dayend import FORM as DAY_END
from spokesdesk.gui.requests.dayend import DayEndPage
from spokesdesk.gui.requests.form import NEW, RequestForm
from spokesdesk.gui.requests.listing import RequestList
from spokesdesk.gui.requests.page import RequestPage
from spokesdesk.gui.screen import Action, Context, Screen
from spokesdesk.services.ports import Desk, SavedDraft


class RequestsScreen(Screen):
    """Yêu cầu: who asks what, who has it, until when, what became of it."""

    name: ClassVar[str] = "requests"
    forms: ClassVar[tuple[str, ...]] = ("request",)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack)
        self.list = RequestList(context, self)
        self.page = RequestPage(context, self)
        self.form = RequestForm(context, self)
        self.day_end = DayEndPage(context, self)
        for part in (self.list, self.page, self.form, self.day_end):
            self._stack.addWidget(part)
        self._waiting: UUID | None = None
        self.list.opened.connect(self._open_row)
        self.list.wanted.connect(self.new)
        self.list.day_end_wanted.connect(self.end_day)
        for side in (self.page, self.form, self.day_end):
            side.left.connect(self.show_list)
        self.form.kept.connect(self._kept)

    def desk_ready(self, desk: Desk) -> None:
        """Read the list; what was typed before is kept now."""
        self.list.load(desk)
        self.form.desk_ready(desk)
        if self._waiting is not None:
            record_id, self._waiting = self._waiting, None
            self.open_record("request", record_id)

    def desk_closed(self) -> None:
        """Show nothing of the desk; a form keeps what was typed."""
        self.list.clear()
        self.form.desk_closed()
        self.page.forget()
        self.day_end.clear()
        if self._stack.currentWidget() is not self.form:
            self._stack.setCurrentWidget(self.list)

    def member_changed(self, member: Member) -> None:
        """Somebody else works now: “mine” means other requests."""
        desk = self.context.desk()
        if desk is not None:
            self.list.load(desk)

    def on_changed(self, changes: Changes) -> None:
        """Show what was written."""
        self.list.refresh(changes)
        shown = self.page.request
        if shown is not None and any(
            change.kind == "request" and change.id == shown.id for change in changes
        ):
            self.page.refresh()

    def shown(self) -> None:
        """The list takes the keys."""
        if self._stack.currentWidget() is self.list:
            self.list.list.setFocus()

    def primary_action(self) -> Action | None:
        """A new request; on a request, its answer; in the form, saving."""
        shown = self._stack.currentWidget()
        if shown is self.form:
            return Action(_("Lưu yêu cầu"), self.form.save, "Ctrl+S")
        if shown is self.day_end:
            return Action(_("Chốt và in"), self.day_end.print, "Ctrl+P")
        if shown is self.page and self.page.possible():
            move, words = self.page.possible()[0]
            return Action(words, partial(self.page.ask, move))
        return Action(_("Ghi yêu cầu"), self.new)

    def actions_offered(self) -> tuple[Action, ...]:
        """What can be done with a request."""
        made = [Action(_("Ghi yêu cầu"), self.new), Action(_("Kết thúc ngày"), self.end_day)]
        if self._stack.currentWidget() is self.page:
            made += [
                Action(_("Yêu cầu: {step}").format(step=words), partial(self.page.ask, move))
                for move, words in self.page.possible()
            ]
        if self._stack.currentWidget() is self.day_end:
            made += [
                Action(_("Chốt và gửi thư"), self.day_end.mail),
                Action(_("Chốt và lưu PDF"), self.day_end.save_pdf),
            ]
        return tuple(made)

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show one request."""
        if self.context.desk() is None:
            self._waiting = record_id
            return
        self.list.list.select(record_id)
        self.page.open(record_id)
        self._stack.setCurrentWidget(self.page)

    @Slot()
    def new(self, kind: str = "") -> None:
        """Begin a request."""
        self._stack.setCurrentWidget(self.form)
        self.form.begin()

    @Slot()
    def end_day(self) -> None:
        """Begin the end of the day."""
        self._stack.setCurrentWidget(self.day_end)
        self.day_end.begin()

    def focus_search(self) -> None:
        """Put the cursor into the search of the list."""
        self.show_list()
        self.list.focus_search()

    def save(self) -> None:
        """Save the open form, or do what the open panel asks."""
        shown = self._stack.currentWidget()
        if shown is self.form:
            self.form.save()
        elif shown is self.page:
            self.page.moving.save()

    def print_current(self) -> None:
        """Print the list of the end of the day."""
        if self._stack.currentWidget() is self.day_end:
            self.day_end.print()

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        if self.form.has_text:
            self.form.auto.flush()
        self.page.moving.flush()
        if self.day_end.auto.is_pending:
            self.day_end.auto.flush()

    def restore(self, draft: SavedDraft) -> None:
        """Take back a request, a step or a list that was being written."""
        if draft.form == NEW:
            self._stack.setCurrentWidget(self.form)
            self.form.restore(draft.id, draft.values)
        elif draft.form == DAY_END:
            self._stack.setCurrentWidget(self.day_end)
            self.day_end.begin(draft.values, draft.id)
        else:
            _request, move, request_id = draft.form.split(":")
            self.page.open(UUID(request_id), RequestMove(move), draft)
            self._stack.setCurrentWidget(self.page)

    @Slot()
    def show_list(self) -> None:
        """Go back to the list; what was typed stays in its draft."""
        self.flush()
        self._stack.setCurrentWidget(self.list)
        self.list.list.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen is shown: what was typed goes to its draft."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.flush()

    @Slot(object)
    def _open_row(self, row: RequestRow) -> None:
        self.open_record("request", row.id)

    @Slot(object)
    def _kept(self, request: Request) -> None:
        self.context.toast(_("Đã ghi yêu cầu."))
        self.open_record("request", request.id)
