"""The journal's page: the list at the left; the entry, or the form being written, at the right."""

from functools import partial
from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.imports import Noun
from spokesdesk.domain.journal import Contact, ContactRow
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member
from spokesdesk.gui.exporting import Exporter
from spokesdesk.gui.journal.again import correction_of, follow_up_of
from spokesdesk.gui.journal.caseopening import CaseOpener
from spokesdesk.gui.journal.dayreport import DayReportSheet
from spokesdesk.gui.journal.detail import ContactDetail
from spokesdesk.gui.journal.form import ContactForm
from spokesdesk.gui.journal.listing import ContactList
from spokesdesk.gui.journal.look import Seen
from spokesdesk.gui.journal.minutes import MinutesMaker
from spokesdesk.gui.journal.parked import FORM, Parked, ParkedDrafts
from spokesdesk.gui.journal.slip import SlipPrinter
from spokesdesk.gui.journal.values import Values, from_json
from spokesdesk.gui.screen import Action, Context, Screen
from spokesdesk.gui.widgets.basic import Card
from spokesdesk.gui.widgets.states import EmptyState
from spokesdesk.services import journal
from spokesdesk.services.ports import Desk, SavedDraft


class JournalScreen(Screen):
    """Sổ tiếp xúc."""

    name = "journal"
    forms = (FORM,)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        # Made in their places: moving a finished page costs more than making it.
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self.list = ContactList(context, self._ask_new, self._split)
        self._side = QWidget(self._split)
        self.parked = ParkedDrafts(context, self._side)
        self._right = QStackedWidget(self._side)
        self.detail = ContactDetail(context, self._right)
        self.form = ContactForm(context, self._right)
        self._slip = SlipPrinter(context, self)
        self._exporter = Exporter(context, self)
        self.cases = CaseOpener(context, self)
        self._minutes = MinutesMaker(context, self)
        self._nothing = Card(parent=self._right)
        sentence = _(
            "Chọn một lần tiếp xúc ở danh sách để xem. Ghi nhanh người đã quen: Ctrl+N, "
            "một phần tên rồi Enter, chủ đề, Ctrl+S."
        )
        self._nothing.add(EmptyState(context.theme, "information-outline", sentence, parent=self._nothing), 1)
        self._held: Parked | None = None
        self._lay_out()
        self._connect()

    def desk_ready(self, desk: Desk) -> None:
        """List this desk's contacts and keep what was typed before it was open."""
        self.list.use(desk)
        self.form.use(desk)
        self.parked.keep(desk)
        self._take_back()
        shown = self.detail.shown_id()
        if shown is not None:
            self.detail.show_entry(shown)

    def desk_closed(self) -> None:
        """Show nothing of the journal, nor what was typed while it was open: Ctrl+N works at a locked desk too."""
        self._hide_form()
        self.list.use(None)
        self.form.use(None)
        self.detail.clear()
        self.parked.forget_kept()
        if self._right.currentWidget() is self.detail:
            self._right.setCurrentWidget(self._nothing)

    def member_changed(self, member: Member) -> None:
        """Go on with the desk at which somebody else works now."""
        self.form.use(self.context.desk())

    def on_changed(self, changes: Changes) -> None:
        """Refresh the list and the entry shown."""
        self.list.refresh(changes)
        shown = self.detail.shown_id()
        if shown is not None and any(
            change in changes for change in (Change("contact", shown), Change("contact"))
        ):
            self.detail.show_entry(shown)

    def shown(self) -> None:
        """Put the cursor where work goes on."""
        if self._right.currentWidget() is not self.form:
            self.list.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def primary_action(self) -> Action:
        """Write down a contact."""
        return Action(_("Ghi tiếp xúc"), self._ask_new, "Ctrl+N")

    def actions_offered(self) -> tuple[Action, ...]:
        """What can be done with the entry shown, or with drafts put aside."""
        offered = []
        if self.context.desk() is not None:
            offered.append(Action(_("Báo cáo ngày"), self.ask_day_report))
        if self._right.currentWidget() is self.form:
            offered.append(Action(_("Lần trước đã nói gì"), self.form.said.open, "F6"))
        if self.parked.drafts():
            offered.append(Action(_("Mở lại bản nháp tiếp xúc"), self.parked.resume_latest, "Ctrl+Shift+N"))
        if self._shown_contact() is not None:
            offered.append(Action(_("In phiếu tiếp nhận"), self.print_current, "Ctrl+P"))
            offered.append(Action(_("Đính chính mục đang xem"), self._correct_shown))
            offered.append(Action(_("Mở hồ sơ vụ việc từ mục đang xem"), self.open_case, "F2"))
            offered.append(Action(_("Ghi tiếp nối mục đang xem"), self.detail.follow_up, "Ctrl+L"))
            offered.append(Action(_("Lập biên bản làm việc"), self.detail.open_minutes, "Ctrl+B"))
        offered.append(Action(_("Xuất sổ đang xem ra Excel, CSV"), self._export))
        return tuple(offered)

    def ask_day_report(self) -> None:
        """Offer the daily report."""
        if self.context.desk() is not None:
            DayReportSheet(self.context, self.window()).open()

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show one entry; what was being written is put aside."""
        self._park()
        self._show_entry(record_id)
        self.list.show_entry(record_id)

    def new(self, kind: str = "") -> None:
        """Open an empty form; the one that was open is put aside, nothing of it is lost."""
        self._park()
        self._open_form(None, None)

    def open_case(self) -> None:
        """Open the case file of the entry shown; an entry being written is saved first."""
        entry = self._shown_contact()
        if entry is not None:
            self.cases.open(entry.id)
        elif self._right.currentWidget() is self.form and self.form.has_content():
            self.cases.wait_for_save()
            self.form.save()
        else:
            self.context.create("case")

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.list.focus_search()

    def save(self) -> None:
        """Save the form that is open."""
        if self._right.currentWidget() is self.form:
            self.form.save()

    def print_current(self) -> None:
        """Print the slip of the entry shown."""
        entry = self._shown_contact()
        if entry is not None:
            self._slip.print(entry)
        else:
            self.context.status(_("Hãy chọn một mục đã lưu để in phiếu."))

    def flush(self) -> None:
        """Hand what was typed to the drafts at once."""
        self.form.flush()
        self.parked.keep(self.context.desk())

    def restore(self, draft: SavedDraft) -> None:
        """Go on with a draft that was offered back."""
        if self.form.autosave.draft_id == draft.id:
            self._right.setCurrentWidget(self.form)
            return
        self._park()
        again = self.parked.take(draft.id)
        self._open_form(again.values if again else from_json(draft.values), draft.id)

    def _lay_out(self) -> None:
        for page in (self._nothing, self.detail, self.form):
            self._right.addWidget(page)
        self._right.setCurrentWidget(self._nothing)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.parked)
        column.addWidget(self._right, 1)
        split = self._split
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([430, 690])
        self.list.setMinimumWidth(300)
        self._side.setMinimumWidth(420)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 16)
        row.addWidget(split)

    def _connect(self) -> None:
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.form.saved.connect(self._saved)
        self.form.put_aside.connect(self._put_aside)
        self.form.thrown_away.connect(self._throw_away)
        self.parked.wanted.connect(self._go_on)
        self.detail.print_asked.connect(self._slip.print)
        self.detail.correct_asked.connect(self._correct)
        self.detail.case_asked.connect(self.open_case)
        self.detail.settle_asked.connect(self._settle)
        self.detail.follow_asked.connect(self._follow)
        self.detail.minutes_asked.connect(self._minutes.draft)

    def _export(self) -> None:
        self._exporter.ask(Noun.CONTACT, self.list.search.text())

    def _ask_new(self) -> None:
        self.context.create("contact")

    def _shown_contact(self) -> Contact | None:
        return self.detail.contact() if self._right.currentWidget() is self.detail else None

    def _open_form(self, values: Values | None, draft_id: UUID | None) -> None:
        self._right.setCurrentWidget(self.form)
        self.form.start(values, draft_id)

    def _show_entry(self, contact_id: UUID) -> None:
        self._right.setCurrentWidget(self.detail)
        self.detail.show_entry(contact_id)

    def _hide_form(self) -> None:
        if self.form.has_content():
            draft_id, values = self.form.take_off()
            self._held = Parked(draft_id or uuid4(), values, draft_id is not None)
        if self._right.currentWidget() is self.form:
            self._right.setCurrentWidget(self._nothing)

    def _take_back(self) -> None:
        """Go on where the desk was locked; beside what was begun meanwhile it waits with its way back."""
        held, self._held = self._held, None
        if held is None:
            return
        if self.form.has_content():
            self.parked.put(held.draft_id, held.values)
        else:
            self._open_form(held.values, held.draft_id)

    def _park(self) -> None:
        """Put aside what the form holds; an empty form leaves nothing behind."""
        self.cases.wait_no_more()
        self.parked.put(*self.form.take_off())

    def _picked(self, row: ContactRow) -> None:
        """Show the row the cursor is on; an open form only gives way to Enter or a click."""
        if self._right.currentWidget() is not self.form:
            self._show_entry(row.id)

    def _opened(self, row: ContactRow) -> None:
        self._park()
        self._show_entry(row.id)

    def _saved(self, entry: Contact) -> None:
        # The focus comes first: it makes the list's first row current, which is not yet the new one.
        self.list.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_entry(entry.id)
        self.list.show_entry(entry.id)
        self.context.toast(_("Đã ghi vào sổ: {topic}").format(topic=entry.topic))
        self.cases.saved(entry.id)

    def _put_aside(self, _nothing: object) -> None:
        self._park()
        self._leave_form()

    def _throw_away(self, _nothing: object) -> None:
        self.parked.throw_away(*self.form.take_off())
        self._leave_form()

    def _go_on(self, draft: Parked) -> None:
        self._park()
        self._open_form(draft.values, draft.draft_id)

    def _correct_shown(self) -> None:
        entry = self._shown_contact()
        if entry is not None:
            self._correct(entry)

    def _correct(self, entry: Contact) -> None:
        desk = self.context.desk()
        rule = desk.rules.rules.get(entry.due.rule_id) if desk and entry.due else None
        self._park()
        self._open_form(correction_of(entry, rule.event if rule else ""), None)

    def _follow(self, seen: Seen) -> None:
        self._park()
        self._open_form(follow_up_of(seen.contact, seen.thread), None)

    def _settle(self, entry: Contact) -> None:
        desk = self.context.desk()
        if desk is not None:
            self.context.courier.run(
                partial(journal.settle, desk, entry.id), owner=self, ok=self._settled, lane="write"
            )

    def _settled(self, result: tuple[Contact, Changes]) -> None:
        self.context.toast(_("Đã ghi nhận việc trả lời: {topic}").format(topic=result[0].topic))

    def _leave_form(self) -> None:
        shown = self.detail.shown_id()
        self._right.setCurrentWidget(self.detail if shown is not None else self._nothing)
        self.list.rows.setFocus(Qt.FocusReason.OtherFocusReason)
