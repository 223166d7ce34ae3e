"""The right side of the address book: one page at a time, each made when it is first needed."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.checklists import Checklist
from spokesdesk.domain.duplicates import Likely
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.offices import Office
from spokesdesk.domain.spokespeople import Authorisation
from spokesdesk.gui.people.cells import Record
from spokesdesk.gui.people.checklistform import ChecklistForm
from spokesdesk.gui.people.checklistview import ChecklistView
from spokesdesk.gui.people.mergepage import MergePage
from spokesdesk.gui.people.officeform import OfficeForm
from spokesdesk.gui.people.page import RecordPage
from spokesdesk.gui.people.pairs import PairsPage
from spokesdesk.gui.people.rosterpage import RosterPage
from spokesdesk.gui.people.sidepage import SidePage
from spokesdesk.gui.people.speaker import Shown, SpeakerPage, look
from spokesdesk.gui.people.speakerform import SpeakerForm
from spokesdesk.gui.screen import Context, focus_into
from spokesdesk.gui.widgets.basic import Card
from spokesdesk.gui.widgets.states import EmptyState
from spokesdesk.services.ports import Desk, SavedDraft

Form = SpeakerForm | OfficeForm | ChecklistForm
P = TypeVar("P", bound=SidePage)


class RightSide(QStackedWidget):
    """The pages.

    Emits:
        saved: a record that was kept, or the ``Merge`` that was made.
        opened: id of an outlet whose page is wanted again.
    """

    saved = Signal(object)
    opened = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pages: dict[type[SidePage], SidePage] = {}
        self._outlet_id: UUID | None = None
        self._nothing = Card(parent=self)
        sentence = _(
            "Chọn một nhà báo, một cơ quan báo chí hay một người phát ngôn để xem những gì đã biết và đã làm."
        )
        self._nothing.add(
            EmptyState(context.theme, "account-group-outline", sentence, parent=self._nothing), 1
        )
        self.page = RecordPage(context, self)
        self.addWidget(self._nothing)
        self.addWidget(self.page)
        self.setCurrentWidget(self._nothing)
        self.page.saved.connect(self.saved)
        self.page.same.compare_asked.connect(self._compare)
        self.page.parts.office_asked.connect(self._ask_office)
        self.page.parts.checklist_asked.connect(self._ask_checklist)
        self.page.parts.checklist_shown.connect(self.show_checklist)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shown."""
        return self.currentWidget() is self._nothing

    def turn_to(self, page: QWidget) -> None:
        """Show a page; a cursor that was on this side goes along, one in the list stays there."""
        before = QApplication.focusWidget()
        was_here = before is not None and self.isAncestorOf(before)
        self.setCurrentWidget(page)
        if was_here and page is not self._nothing:
            focus_into(page)

    def use(self, desk: Desk | None) -> None:
        """Work with this desk; show nothing of it while it is closed, but for what is being typed."""
        self.page.use(desk)
        if desk is None and not (isinstance(self.currentWidget(), RecordPage | Form) and self._is_dirty()):
            self.turn_to(self._nothing)

    def show_record(self, record: Record) -> None:
        """Show a record."""
        if isinstance(record, Authorisation):
            self._show_speaker(record)
            return
        self.turn_to(self.page)
        self.page.show_record(record)

    def new(self, kind: str) -> None:
        """Show empty inputs for a record of a kind."""
        if kind == "spokesperson":
            form = self.speaker_form()
            self.turn_to(form)
            form.begin_new()
            return
        self.turn_to(self.page)
        self.page.new(kind)

    def restore(self, kind: str, record_id: UUID | None, draft: SavedDraft) -> None:
        """Go on with a draft that was offered back."""
        match kind:
            case "spokesperson":
                self._bring_back(self.speaker_form(), draft)
            case "office":
                self._bring_back(self.office_form(), draft)
            case "checklist" if record_id is not None:
                form = self.checklist_form()
                self._outlet_id = record_id
                self.turn_to(form)
                form.bring_back(record_id, draft.id, draft.values)
            case _:
                self.turn_to(self.page)
                self.page.bring_back(kind, record_id, draft.id, draft.values)

    def save(self) -> None:
        """Keep what was typed."""
        shown = self.currentWidget()
        if isinstance(shown, RecordPage | Form):
            shown.save()
        elif isinstance(shown, MergePage):
            shown.merge()

    def flush(self) -> None:
        """Hand what was typed to the drafts at once."""
        self.page.flush()
        for page in self._pages.values():
            if isinstance(page, Form):
                page.flush()

    def show_pairs(self, kind: str) -> None:
        """Show the pairs that look like one."""
        pairs = self.pairs_page()
        self.turn_to(pairs)
        pairs.show_kind(kind)

    def show_lists(self) -> None:
        """Show the lists to publish."""
        lists = self.roster_page()
        self.turn_to(lists)
        lists.load()

    def to_refresh(self, changes: Changes) -> tuple[str, UUID] | None:
        """Give the kind and id of the record to read again after a change; pages of lists look by themselves."""
        ids = {change.id for change in changes}
        match self.currentWidget():
            case RosterPage() as lists:
                lists.load()
            case PairsPage() as pairs if any(change.kind == pairs.kind for change in changes):
                pairs.show_kind(pairs.kind)
            case SpeakerPage() as speaker if speaker.held is not None:
                is_touched = speaker.held.id in ids or any(change.kind == "paper" for change in changes)
                return ("spokesperson", speaker.held.id) if is_touched else None
            case RecordPage():
                kind, record_id = self.page.shown()
                if record_id is not None and (record_id in ids or _is_about(changes, kind)):
                    self.page.refresh()
                return (kind, record_id) if record_id is not None and record_id in ids else None
        return None

    def speaker_form(self) -> SpeakerForm:
        """Give the form of an authorisation."""
        return self._made(SpeakerForm, self._wire_speaker_form)

    def office_form(self) -> OfficeForm:
        """Give the form of a representative office."""
        return self._made(OfficeForm, self._wire_outlet_form)

    def checklist_form(self) -> ChecklistForm:
        """Give the form of a checklist."""
        return self._made(ChecklistForm, self._wire_outlet_form)

    def checklist_view(self) -> ChecklistView:
        """Give the page that shows a filled checklist."""
        return self._made(ChecklistView, self._wire_checklist_view)

    def speaker_page(self) -> SpeakerPage:
        """Give the page of an authorisation."""
        return self._made(SpeakerPage, self._wire_speaker_page)

    def pairs_page(self) -> PairsPage:
        """Give the page of pairs."""
        return self._made(PairsPage, self._wire_pairs)

    def merge_page(self) -> MergePage:
        """Give the page that compares two records."""
        return self._made(MergePage, self._wire_merge)

    def roster_page(self) -> RosterPage:
        """Give the page of lists to publish."""
        return self._made(RosterPage, self._wire_rosters)

    def _made(self, kind: type[P], wire: Callable[[P], None]) -> P:
        """Give the page of a class, making it when this is the first time."""
        found = self._pages.get(kind)
        if found is None:
            found = kind(self._context, self)
            wire(found)
            self.addWidget(found)
            self._pages[kind] = found
        assert isinstance(found, kind)
        return found

    def _wire_speaker_form(self, form: SpeakerForm) -> None:
        form.left.connect(self._leave)
        form.again.connect(self.turn_to)
        form.kept.connect(self._kept_speaker)

    def _wire_outlet_form(self, form: OfficeForm | ChecklistForm) -> None:
        form.left.connect(self._back_to_outlet)
        form.again.connect(self.turn_to)
        form.kept.connect(self._back_to_outlet)

    def _wire_checklist_view(self, page: ChecklistView) -> None:
        page.left.connect(self._back_to_outlet)

    def show_checklist(self, found: Checklist) -> None:
        """Show a filled checklist."""
        page = self.checklist_view()
        page.show_checklist(found)
        self.turn_to(page)

    def _wire_speaker_page(self, page: SpeakerPage) -> None:
        page.correct_asked.connect(self._correct)

    def _wire_pairs(self, page: PairsPage) -> None:
        page.left.connect(self._leave)
        page.compare_asked.connect(self._compare)

    def _wire_merge(self, page: MergePage) -> None:
        page.left.connect(self._leave)
        page.merged.connect(self.saved)

    def _wire_rosters(self, page: RosterPage) -> None:
        page.left.connect(self._leave)

    def _show_speaker(self, held: Authorisation) -> None:
        desk = self._context.desk()
        if desk is not None:
            work = partial(look, desk, held.id)
            self._context.courier.run(work, owner=self, ok=self._show_looked, lane="read")

    def _show_looked(self, shown: Shown) -> None:
        page = self.speaker_page()
        self.turn_to(page)
        page.show_held(shown)

    def _correct(self, held: Authorisation) -> None:
        form = self.speaker_form()
        self.turn_to(form)
        form.begin_correction(held)

    def _kept_speaker(self, result: tuple[Authorisation, Changes]) -> None:
        self._context.toast(_("Đã ghi vào sổ: {name}").format(name=result[0].name))
        self.saved.emit(result[0])

    def _ask_office(self, office: Office | None) -> None:
        kind, outlet_id = self.page.shown()
        if kind != "outlet" or outlet_id is None:
            return
        self._outlet_id = outlet_id
        form = self.office_form()
        self.turn_to(form)
        if office is not None:
            form.begin_change(office)
        else:
            form.begin_new(outlet_id, self.page.title())

    def _ask_checklist(self, _nothing: object) -> None:
        kind, outlet_id = self.page.shown()
        if kind == "outlet" and outlet_id is not None:
            self._outlet_id = outlet_id
            form = self.checklist_form()
            self.turn_to(form)
            form.begin(outlet_id)

    def _back_to_outlet(self, result: object) -> None:
        about = result if isinstance(result, dict) else {}
        outlet_id = UUID(about["outlet"]) if about.get("outlet") else self._outlet_id
        if outlet_id is not None:
            self.turn_to(self.page)
            self.opened.emit(outlet_id)
        else:
            self._leave(None)

    def _compare(self, asked: tuple[str, Likely]) -> None:
        kind, item = asked
        page = self.merge_page()
        self.turn_to(page)
        page.compare(kind, item.one.id, item.other.id)

    def _leave(self, _nothing: object) -> None:
        self.turn_to(self.page if self.page.shown()[1] is not None else self._nothing)

    def _bring_back(self, form: SpeakerForm | OfficeForm, draft: SavedDraft) -> None:
        self.turn_to(form)
        form.bring_back(draft.id, draft.values)

    def _is_dirty(self) -> bool:
        shown = self.currentWidget()
        return isinstance(shown, RecordPage | Form) and shown.is_dirty


def _is_about(changes: Changes, kind: str) -> bool:
    """Tell whether a change may have made or parted a pair of which the record shown is one."""
    return any(change.kind == kind for change in changes)
