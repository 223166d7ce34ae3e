"""What became of a paper after release, and the approval that another leader should look at: notes over the form."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Move, Paper, PaperMove
from spokesdesk.domain.people import Member, Role
from spokesdesk.domain.words import word
from spokesdesk.gui.papers.words import moment
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, LinkButton
from spokesdesk.gui.widgets.sheet import AskTextSheet
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import papers as service


class AfterNotes(QWidget):
    """Withdrawn, corrected, corrects another, approved by its own writer."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._paper: Paper | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._withdrawn = Note("", "red", self)
        self._corrected = Note("", "amber", self)
        self._open_newer = LinkButton(_("Mở văn bản sửa"), self._newer, self._corrected)
        self._corrected.add_button(self._open_newer)
        self._corrects = Note("", "teal", self)
        self._corrects.add_button(LinkButton(_("Mở văn bản cũ"), self._older, self._corrects))
        self._flagged = Note("", "amber", self)
        self.review_button = Button(_("Đã xem lại…"), self.ask_review, parent=self._flagged)
        self._flagged.add_button(self.review_button)
        self._all = (self._withdrawn, self._corrected, self._corrects, self._flagged)
        for note in self._all:
            column.addWidget(note)
        self.show_paper(None, None)

    def texts(self) -> tuple[str, ...]:
        """Give what is said now."""
        return tuple(note.accessibleName() for note in self._all if not note.isHidden())

    def show_paper(self, found: Paper | None, member: Member | None) -> None:
        """Say what became of a paper; None says nothing."""
        self._paper = found
        self._withdrawn.set_text(
            _step_said(found, Move.WITHDRAW, _("{who} thu hồi lúc {moment}: “{remark}”"))
        )
        self._corrected.set_text(
            _step_said(found, Move.CORRECT, _("{who} ghi đính chính lúc {moment}: “{remark}”"))
        )
        self._open_newer.setVisible(found is not None and found.corrected_by is not None)
        is_correction = found is not None and found.corrects is not None
        self._corrects.set_text(_("Văn bản này sửa một văn bản đã phát hành.") if is_correction else "")
        flagged = _unreviewed(found)
        said = _(
            "{who} tự duyệt văn bản do mình soạn hoặc trình ({remark}); chưa được lãnh đạo khác xem lại."
        )
        self._flagged.set_text(
            said.format(who=flagged.by.name, remark=flagged.remark or "…") if flagged else ""
        )
        other = flagged is not None and member is not None and member.id != flagged.by.id
        self.review_button.setVisible(other and member is not None and Role.LEADER in member.roles)
        self.setVisible(any(not note.isHidden() for note in self._all))

    @Slot()
    def ask_review(self) -> None:
        """Ask for a remark, then note that the approval was looked at."""
        question = _("Ý kiến sau khi xem lại (không bắt buộc)")
        sheet = AskTextSheet(
            self.window(),
            _("Đã xem lại lần tự duyệt"),
            question,
            _("Ghi đã xem lại"),
            self.review,
            required=False,
        )
        sheet.open()

    def review(self, remark: str) -> None:
        """Note that the flagged approval was looked at by the member at work."""
        desk = self._context.desk()
        if desk is not None and self._paper is not None:
            work = partial(service.review, desk, self._paper.id, remark)
            self._context.courier.run(work, owner=self, ok=self._reviewed, fail=self._failed)

    def _reviewed(self, answer: tuple[Paper, object]) -> None:
        desk = self._context.desk()
        self.show_paper(answer[0], desk.actor if desk is not None else None)
        self._context.toast(_("Đã ghi việc xem lại."))

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))

    @Slot()
    def _newer(self) -> None:
        self._go(self._paper.corrected_by if self._paper else None)

    @Slot()
    def _older(self) -> None:
        self._go(self._paper.corrects if self._paper else None)

    def _go(self, paper_id: UUID | None) -> None:
        if paper_id is not None:
            self._context.navigate("paper", paper_id)


def _unreviewed(found: Paper | None) -> PaperMove | None:
    flagged = [step for step in found.moves if step.is_flagged] if found is not None else []
    return flagged[-1] if flagged and flagged[-1].review is None else None


def _step_said(found: Paper | None, move: Move, form: str) -> str:
    steps = [step for step in found.moves if step.move is move] if found is not None else []
    if not steps:
        return ""
    last = steps[-1]
    return form.format(who=last.by.name, moment=moment(last.at), remark=last.remark)
