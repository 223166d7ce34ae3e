"""Case files: the list, one case, and the form of its facts."""

from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.cases import Case
from spokesdesk.domain.changes import Change
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.cases.form import EDIT, NEW, CaseForm
from spokesdesk.gui.cases.listing import CaseList
from spokesdesk.gui.cases.page import CasePage
from spokesdesk.gui.recordscreen import RecordScreen
from spokesdesk.gui.screen import Action, Context
from spokesdesk.services import cases as service
from spokesdesk.services.ports import SavedDraft


class CasesScreen(RecordScreen):
    """Vụ việc: harassment, impostors, and the evidence of it."""

    name: ClassVar[str] = "cases"
    forms: ClassVar[tuple[str, ...]] = ("case",)
    kind: ClassVar[str] = "case"
    kept_words: ClassVar[str] = _("Đã lưu hồ sơ.")
    list: CaseList
    page: CasePage
    form: CaseForm

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.list, self.page = CaseList(context, self), CasePage(context, self)
        self.form = CaseForm(context, self)
        self.stand_in()
        self.list.wanted.connect(self.new)
        self.page.edit_wanted.connect(self._edit)

    def desk_closed(self) -> None:
        """Show nothing of the desk; a form keeps what was typed."""
        super().desk_closed()
        self.page.clear()

    def touches_page(self, change: Change) -> bool:
        """Whether a change is seen on the page: the case, or a setting that says where to report it."""
        return change.kind == "setting" or super().touches_page(change)

    def primary_action(self) -> Action | None:
        """A new case; on a case, the letter that reports it; in the form, saving."""
        if self.shows(self.page):
            return Action(_("Soạn công văn báo cáo vụ việc"), self.page.draft_letter, "F3")
        if self.shows(self.form):
            return Action(_("Lưu hồ sơ"), self.form.save, "Ctrl+S")
        return Action(_("Mở hồ sơ vụ việc"), self.new)

    def actions_offered(self) -> tuple[Action, ...]:
        """What can be done with a case."""
        made = [Action(_("Mở hồ sơ vụ việc"), self.new)]
        if self.shows(self.page):
            drop = self.page.adding.drop
            made += [
                Action(_("Thêm chứng cứ từ tệp"), drop.choose),
                Action(_("Thêm ảnh chụp màn hình máy này"), drop.ask_screen, "F6"),
                Action(_("Ghi lời trình bày hoặc địa chỉ trang"), self.page.adding.open_typed),
                Action(_("Xuất gói chứng cứ"), self.page.give_out, "Ctrl+G"),
            ]
        return tuple(made)

    def save(self) -> None:
        """Save the open form, or what is being asked on the case."""
        super().save()
        if self.shows(self.page):
            self.page.save()

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        super().flush()
        self.page.flush()

    def restore(self, draft: SavedDraft) -> None:
        """Take back a case, an item or a step that was being written."""
        if draft.form == NEW:
            self.show_part(self.form)
            self.form.restore(draft.id, draft.values, None)
            return
        case_id = UUID(draft.form.rpartition(":")[2])
        if not draft.form.startswith(EDIT):
            self.page.open(case_id, draft)
            self.show_part(self.page)
            return
        desk = self.context.desk()
        if desk is not None:
            work = partial(service.case, desk, case_id)
            self.context.courier.run(work, owner=self, ok=partial(self._take_back, draft), lane="read")

    @Slot()
    def leave_form(self) -> None:
        """Go back from the form to the case it came from, if any."""
        if self.page.seen is not None:
            self.flush()
            self.show_part(self.page)
        else:
            self.show_list()

    def _take_back(self, draft: SavedDraft, case: Case) -> None:
        """Go on with the next version of a case's facts."""
        self.show_part(self.form)
        self.form.restore(draft.id, draft.values, case)

    @Slot(object)
    def _edit(self, case: Case) -> None:
        self.show_part(self.form)
        self.form.edit(case)
