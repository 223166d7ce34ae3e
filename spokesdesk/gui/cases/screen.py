"""Case files: the list, one case, and the form of its facts."""

from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.cases import Case, CaseRow
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.cases.form import EDIT, NEW, CaseForm
from spokesdesk.gui.cases.listing import CaseList
from spokesdesk.gui.cases.page import CasePage
from spokesdesk.gui.screen import Action, Context, Screen
from spokesdesk.services import cases as service
from spokesdesk.services.ports import Desk, SavedDraft


class CasesScreen(Screen):
    """Vụ việc: harassment, impostors, and the evidence of it."""

    name: ClassVar[str] = "cases"
    forms: ClassVar[tuple[str, ...]] = ("case",)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack)
        self.list, self.page = CaseList(context, self), CasePage(context, self)
        self.form = CaseForm(context, self)
        for part in (self.list, self.page, self.form):
            self._stack.addWidget(part)
        self._waiting: UUID | None = None
        self.list.opened.connect(self._open_row)
        self.list.wanted.connect(self.new)
        self.page.left.connect(self.show_list)
        self.page.edit_wanted.connect(self._edit)
        self.form.left.connect(self._leave_form)
        self.form.kept.connect(self._kept)

    def desk_ready(self, desk: Desk) -> None:
        """Read the list; what was typed before is kept now."""
        self.list.load(desk)
        self.form.desk_ready(desk)
        if self._waiting is not None:
            record_id, self._waiting = self._waiting, None
            self.open_record("case", record_id)

    def desk_closed(self) -> None:
        """Show nothing of the desk; a form keeps what was typed."""
        self.list.clear()
        self.page.clear()
        self.form.desk_closed()
        if self._stack.currentWidget() is self.page:
            self._stack.setCurrentWidget(self.list)

    def on_changed(self, changes: Changes) -> None:
        """Show what was written."""
        self.list.refresh(changes)
        seen = self.page.seen
        if seen is not None and any(
            change.kind == "setting" or (change.kind == "case" and change.id == seen.case.id)
            for change in changes
        ):
            self.page.refresh()

    def shown(self) -> None:
        """The list takes the keys."""
        if self._stack.currentWidget() is self.list:
            self.list.list.setFocus()

    def primary_action(self) -> Action | None:
        """A new case; on a case, the letter that reports it; in the form, saving."""
        shown = self._stack.currentWidget()
        if shown is self.page:
            return Action(_("Soạn công văn báo cáo vụ việc"), self.page.draft_letter, "F3")
        if shown is self.form:
            return Action(_("Lưu hồ sơ"), self.form.save, "Ctrl+S")
        return Action(_("Mở hồ sơ vụ việc"), self.new)

    def actions_offered(self) -> tuple[Action, ...]:
        """What can be done with a case."""
        made = [Action(_("Mở hồ sơ vụ việc"), self.new)]
        if self._stack.currentWidget() is self.page:
            drop = self.page.adding.drop
            made += [
                Action(_("Thêm chứng cứ từ tệp"), drop.choose),
                Action(_("Thêm ảnh chụp màn hình máy này"), drop.ask_screen, "F6"),
                Action(_("Ghi lời trình bày hoặc địa chỉ trang"), self.page.adding.open_typed),
                Action(_("Xuất gói chứng cứ"), self.page.give_out, "Ctrl+G"),
            ]
        return tuple(made)

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show one case."""
        if self.context.desk() is None:
            self._waiting = record_id
            return
        if self._stack.currentWidget() is self.form:
            self.flush()
        self.list.list.select(record_id)
        self.page.open(record_id)
        self._stack.setCurrentWidget(self.page)

    @Slot()
    def new(self, kind: str = "") -> None:
        """Begin a case."""
        self._stack.setCurrentWidget(self.form)
        self.form.begin()

    def focus_search(self) -> None:
        """Put the cursor into the search of the list."""
        self.show_list()
        self.list.focus_search()

    def save(self) -> None:
        """Save the open form, or what is being asked on the case."""
        if self._stack.currentWidget() is self.form:
            self.form.save()
        elif self._stack.currentWidget() is self.page:
            self.page.save()

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        if self.form.has_text:
            self.form.auto.flush()
        self.page.flush()

    def restore(self, draft: SavedDraft) -> None:
        """Take back a case, an item or a step that was being written."""
        if draft.form == NEW:
            self._stack.setCurrentWidget(self.form)
            self.form.restore(draft.id, draft.values, None)
            return
        case_id = UUID(draft.form.rpartition(":")[2])
        if not draft.form.startswith(EDIT):
            self.page.open(case_id, draft)
            self._stack.setCurrentWidget(self.page)
            return
        desk = self.context.desk()
        if desk is not None:
            work = partial(service.case, desk, case_id)
            self.context.courier.run(work, owner=self, ok=partial(self._take_back, draft), lane="read")

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

    def _take_back(self, draft: SavedDraft, case: Case) -> None:
        """Go on with the next version of a case's facts."""
        self._stack.setCurrentWidget(self.form)
        self.form.restore(draft.id, draft.values, case)

    @Slot(object)
    def _open_row(self, row: CaseRow) -> None:
        self.open_record("case", row.id)

    @Slot(object)
    def _edit(self, case: Case) -> None:
        self._stack.setCurrentWidget(self.form)
        self.form.edit(case)

    @Slot()
    def _leave_form(self) -> None:
        if self.page.seen is not None:
            self.flush()
            self._stack.setCurrentWidget(self.page)
        else:
            self.show_list()

    @Slot(object)
    def _kept(self, case: Case) -> None:
        self.context.toast(_("Đã lưu hồ sơ."))
        self.open_record("case", case.id)
