"""Requests for information: the list, one request, a new one, the end of the day."""

from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Change
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member
from spokesdesk.domain.requests import RequestMove
from spokesdesk.gui.recordscreen import RecordScreen
from spokesdesk.gui.requests.dayend import FORM as DAY_END
from spokesdesk.gui.requests.dayend import DayEndPage
from spokesdesk.gui.requests.form import NEW, RequestForm
from spokesdesk.gui.requests.listing import RequestList
from spokesdesk.gui.requests.page import RequestPage
from spokesdesk.gui.screen import Action, Context
from spokesdesk.services.ports import SavedDraft


class RequestsScreen(RecordScreen):
    """Yêu cầu: who asks what, who has it, until when, what became of it."""

    name: ClassVar[str] = "requests"
    forms: ClassVar[tuple[str, ...]] = ("request",)
    kind: ClassVar[str] = "request"
    kept_words: ClassVar[str] = _("Đã ghi yêu cầu.")
    list: RequestList
    page: RequestPage
    form: RequestForm

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.list = RequestList(context, self)
        self.page = RequestPage(context, self)
        self.form = RequestForm(context, self)
        self.day_end = DayEndPage(context, self)
        self.stand_in(self.day_end)
        self.list.wanted.connect(self.new)
        self.list.day_end_wanted.connect(self.end_day)
        self.day_end.left.connect(self.show_list)

    def desk_closed(self) -> None:
        """Show nothing of the desk; a form keeps what was typed."""
        super().desk_closed()
        self.page.forget()
        self.day_end.clear()

    def touches_page(self, change: Change) -> bool:
        """Of a request that came through the journalists' door, how far its answer has come changes with a round."""
        return super().touches_page(change) or (change.kind == "sync" and self.page.moving.door is not None)

    def member_changed(self, member: Member) -> None:
        """Somebody else works now: “mine” means other requests."""
        desk = self.context.desk()
        if desk is not None:
            self.list.load(desk)

    def primary_action(self) -> Action | None:
        """A new request; on a request, its answer; in the form, saving."""
        if self.shows(self.form):
            return Action(_("Lưu yêu cầu"), self.form.save, "Ctrl+S")
        if self.shows(self.day_end):
            return Action(_("Chốt và in"), self.day_end.print, "Ctrl+P")
        if self.shows(self.page) and self.page.possible():
            move, words = self.page.possible()[0]
            return Action(words, partial(self.page.ask, move))
        return Action(_("Ghi yêu cầu"), self.new)

    def actions_offered(self) -> tuple[Action, ...]:
        """What can be done with a request."""
        made = [Action(_("Ghi yêu cầu"), self.new), Action(_("Kết thúc ngày"), self.end_day)]
        if self.shows(self.page):
            made.append(Action(_("Lần trước đã nói gì"), self.page.look_back, "F6"))
            made += [
                Action(_("Yêu cầu: {step}").format(step=words), partial(self.page.ask, move))
                for move, words in self.page.possible()
            ]
        if self.shows(self.day_end):
            made += [
                Action(_("Chốt và gửi thư"), self.day_end.mail),
                Action(_("Chốt và lưu PDF"), self.day_end.save_pdf),
            ]
        return tuple(made)

    @Slot()
    def end_day(self) -> None:
        """Begin the end of the day."""
        self.show_part(self.day_end)
        self.day_end.begin()

    def save(self) -> None:
        """Save the open form, or do what the open panel asks."""
        super().save()
        if self.shows(self.page):
            self.page.moving.save()

    def print_current(self) -> None:
        """Print the list of the end of the day."""
        if self.shows(self.day_end):
            self.day_end.print()

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        super().flush()
        self.page.moving.flush()
        if self.day_end.auto.is_pending:
            self.day_end.auto.flush()

    def restore(self, draft: SavedDraft) -> None:
        """Take back a request, a step or a list that was being written."""
        if draft.form == NEW:
            self.show_part(self.form)
            self.form.restore(draft.id, draft.values)
        elif draft.form == DAY_END:
            self.show_part(self.day_end)
            self.day_end.begin(draft.values, draft.id)
        else:
            _request, move, request_id = draft.form.split(":")
            self.page.open(UUID(request_id), RequestMove(move), draft)
            self.show_part(self.page)
