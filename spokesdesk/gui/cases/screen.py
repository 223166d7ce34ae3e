"""Case files: the list, one case, and the form of its facts."""

from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.cases import Case
from spokesdesk.domain.changes import Change
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.cases.form import CaseForm
from spokesdesk.gui.cases.listing import CaseList
from spokesdesk.gui.cases.page import CasePage
from spokesdesk.gui.screen import Action, Context
from spokesdesk.gui.steppedscreen import SteppedScreen
from spokesdesk.services import cases as service
from spokesdesk.services.ports import Desk


class CasesScreen(SteppedScreen):
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

    def record(self, desk: Desk, record_id: UUID) -> Case:
        """Read a record, whose next version goes on to be written (blocking)."""
        return service.case(desk, record_id)
