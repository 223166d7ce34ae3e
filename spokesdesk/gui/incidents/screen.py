"""Incidents: the list, one incident, and the form of what is known of it."""

from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Change
from spokesdesk.domain.incidents import Incident
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.incidents.asking import Ask
from spokesdesk.gui.incidents.figures import FiguresSheet
from spokesdesk.gui.incidents.form import IncidentForm
from spokesdesk.gui.incidents.listing import IncidentList
from spokesdesk.gui.incidents.page import IncidentPage
from spokesdesk.gui.screen import Action, Context
from spokesdesk.gui.steppedscreen import SteppedScreen
from spokesdesk.services import incidents as service
from spokesdesk.services.ports import Desk


class IncidentsScreen(SteppedScreen):
    """Đột xuất: incidents, their clocks, what was said and agreed."""

    name: ClassVar[str] = "incidents"
    forms: ClassVar[tuple[str, ...]] = ("incident",)
    kind: ClassVar[str] = "incident"
    kept_words: ClassVar[str] = _("Đã lưu vụ việc; đồng hồ chạy theo các mốc đã ghi.")
    list: IncidentList
    page: IncidentPage
    form: IncidentForm

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.list, self.page = IncidentList(context, self), IncidentPage(context, self)
        self.form = IncidentForm(context, self)
        self.stand_in()
        self.list.wanted.connect(self.new)
        self.list.figures_wanted.connect(self.show_figures)

    def touches_page(self, change: Change) -> bool:
        """Whether a change is seen on the page: the incident, its papers, the rules, whom to tell."""
        return change.kind in ("setting", "rules", "paper") or super().touches_page(change)

    def primary_action(self) -> Action | None:
        """A new incident; on an incident, its next statement; in the form, saving."""
        if self.shows(self.page):
            return Action(_("Soạn thông cáo về vụ việc"), self.page.draft_statement, "F3")
        if self.shows(self.form):
            return Action(_("Lưu vụ việc"), self.form.save, "Ctrl+S")
        return Action(_("Mở vụ việc đột xuất"), self.new, "F12")

    def actions_offered(self) -> tuple[Action, ...]:
        """What can be done with an incident."""
        made = [Action(_("Số liệu báo cáo về phát ngôn"), self.show_figures, "Ctrl+G")]
        if self.shows(self.page):
            ask = self.page.ask
            made += [
                Action(_("Ghi một lần phát ngôn"), partial(ask, Ask.SAY), "F6"),
                Action(_("Đưa ra bản nội dung để thống nhất"), partial(ask, Ask.WORD), "F7"),
                Action(_("Ghi ý kiến của một cơ quan"), partial(ask, Ask.AGREE), "F8"),
                Action(_("Ghi đã báo cáo, phối hợp"), partial(ask, Ask.SENT)),
                Action(_("Ghi chú về vụ việc"), partial(ask, Ask.NOTE)),
                Action(_("Thêm chứng cứ cho vụ việc"), partial(ask, Ask.EVIDENCE), "F5"),
                Action(_("In diễn biến vụ việc"), self.page.print_timeline, "Ctrl+P"),
                Action(_("Đóng vụ việc"), partial(ask, Ask.CLOSE)),
            ]
        return tuple(made)

    def print_current(self) -> None:
        """Print the timeline of the incident shown."""
        if self.shows(self.page):
            self.page.print_timeline()

    @Slot()
    def show_figures(self) -> None:
        """Show the figures of the yearly report."""
        if self.context.desk() is not None:
            FiguresSheet(self.context, self.window()).open()

    def record(self, desk: Desk, record_id: UUID) -> Incident:
        """Read a record, whose next version goes on to be written (blocking)."""
        return service.incident(desk, record_id)
