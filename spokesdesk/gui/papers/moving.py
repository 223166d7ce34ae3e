"""The moves of a paper: what is still asked, then save, then move; errors come back to where they belong."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Move, Paper, is_self_approval
from spokesdesk.domain.publication import is_public
from spokesdesk.gui.papers.approving import AFTER, ApproveEdited, approval_sentence
from spokesdesk.gui.papers.panels import MovePanel, NumberPanel, RenumberPanel
from spokesdesk.gui.papers.saving import PaperSaving
from spokesdesk.gui.papers.words import MOVES
from spokesdesk.gui.screen import Context
from spokesdesk.services import papers as service
from spokesdesk.services.ports import Desk

_AT_NUMBER = frozenset(
    {"number_taken", "number_lent", "number_outside_block", "block_empty", "series_elsewhere"}
)
PANELS: dict[Move, type[MovePanel]] = {Move.NUMBER: NumberPanel, Move.RENUMBER: RenumberPanel}
Work = Callable[[], tuple[Paper, Changes]]


class Moving(QObject):
    """Asks and makes one move at a time.

    Emits:
        moved: ``Paper`` after the move.
        refused: DeskError that names a field of the form, or none at all.
    """

    moved = Signal(object)
    refused = Signal(object)

    def __init__(self, context: Context, saving: PaperSaving, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._saving = context, saving
        self.panel: MovePanel | None = None
        self._busy = False
        self.place = QWidget(page)
        self._column = QVBoxLayout(self.place)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.place.hide()

    def close(self) -> None:
        """Put the panel away; nothing is done."""
        if self.panel is not None:
            self._column.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
        self.place.hide()

    @Slot(object)
    def ask(self, move: Move) -> None:
        """Begin a move: ask what it needs, or make it at once."""
        self.close()
        desk = self._context.desk()
        if desk is None:
            return
        if move is Move.SUBMIT:
            self._saving.save(partial(self._make, Move.SUBMIT))
            return
        sentence = self._sentence(move, desk)
        make = PANELS.get(move, MovePanel)
        reason = _("Lý do tự duyệt, ví dụ: việc khẩn") if self._is_own(move, desk) else ""
        self.panel = make(move, sentence, self._confirmed, self.close, self.place, reason)
        self._column.addWidget(self.panel)
        self.place.show()
        self.panel.focus_first()
        if move is Move.NUMBER and self._saving.paper is not None:
            work = partial(service.next_number, desk, self._saving.paper.id)
            self._context.courier.run(work, owner=self.panel, ok=self._offer, fail=self._failed, lane="read")

    def _sentence(self, move: Move, desk: Desk) -> str:
        paper = self._saving.paper
        if paper is None:
            return ""
        if move is Move.APPROVE:
            return approval_sentence(self._saving, is_own=self._is_own(move, desk))
        if move in AFTER:
            return AFTER[move]
        if move is Move.RELEASE and is_public(paper.letter):
            return _("Thông cáo sẽ được đăng công khai trên cổng ở lần đồng bộ tới, nếu máy đã kết nối cổng.")
        if move is Move.RELEASE:
            return _("Văn bản được ghi là đã phát hành. Nội dung không đăng công khai.")
        return ""

    def _is_own(self, move: Move, desk: Desk) -> bool:
        paper = self._saving.paper
        return paper is not None and desk.actor is not None and is_self_approval(paper, move, desk.actor)

    def _offer(self, number: int) -> None:
        if isinstance(self.panel, NumberPanel):
            self.panel.offer(number)
            self.panel.date.set_on(vn_day(self._desk().now()))

    def _desk(self) -> Desk:
        desk = self._context.desk()
        assert desk is not None
        return desk

    def _confirmed(self, panel: MovePanel) -> None:
        if panel.move_asked is Move.APPROVE and self._approve_edited(panel):
            return
        self._saving.save(partial(self._make, panel.move_asked))

    def _make(self, move: Move) -> None:
        desk, paper = self._context.desk(), self._saving.paper
        if desk is None or paper is None or self._busy:
            return
        try:
            work = self._work(move, desk, paper.id)
        except UserError as error:
            self._failed(error)
            return
        self._busy = True
        self._context.courier.run(
            work,
            owner=self,
            ok=partial(self._made, move),
            fail=self._failed,
            always=self._again,
            label=_("Đang cấp số và kết xuất…") if move is Move.NUMBER else "",
        )

    def _approve_edited(self, panel: MovePanel) -> bool:
        """Save what the leader changed and approve it in one go; False when nothing was changed."""
        desk, paper = self._context.desk(), self._saving.paper
        try:
            edited = self._saving.edited()
        except UserError as error:
            self._failed(error)
            return True
        if desk is None or paper is None or edited is None or self._busy:
            return False
        self._busy = True
        self._context.courier.run(
            ApproveEdited(desk, paper.id, panel.remark(), edited),
            owner=self,
            ok=partial(self._made_edited, edited.edits),
            fail=self._failed,
            always=self._again,
        )
        return True

    def _made_edited(self, edits: int, answer: tuple[Paper, Changes]) -> None:
        self._saving.taken(answer[0], edits)
        self._made(Move.APPROVE, answer)

    def _work(self, move: Move, desk: Desk, paper_id: UUID) -> Work:
        panel = self.panel
        if isinstance(panel, NumberPanel):
            return partial(
                service.number, desk, paper_id, panel.wanted(), panel.date.on(), may_double=panel.may_double
            )
        if isinstance(panel, RenumberPanel):
            return partial(service.renumber, desk, paper_id, panel.wanted(), panel.remark())
        remark = panel.remark() if panel is not None else ""
        if panel is not None and panel.way is not None:
            return partial(service.correct, desk, paper_id, remark, panel.way.value())
        if move in (Move.RETURN, Move.WITHDRAW):
            named = service.return_paper if move is Move.RETURN else service.withdraw
            return partial(named, desk, paper_id, remark)
        made: dict[Move, Callable[[Desk, UUID, str], tuple[Paper, Changes]]]
        made = {Move.SUBMIT: service.submit, Move.APPROVE: service.approve, Move.RELEASE: service.release}
        return partial(made[move], desk, paper_id, remark)

    def _again(self) -> None:
        self._busy = False

    def _made(self, move: Move, answer: tuple[Paper, Changes]) -> None:
        paper, _changes = answer
        self.close()
        if move is Move.CORRECT:
            self._context.navigate("paper", paper.id)
            self._context.toast(_("Đã ghi đính chính; văn bản sửa được soạn sẵn ở đây."))
            return
        self._saving.refresh(paper)
        self.moved.emit(paper)
        self._context.toast(_said(move, paper))

    def _failed(self, error: DeskError) -> None:
        if self.panel is not None and (
            error.field in {"number", "date", "remark"} or error.code in _AT_NUMBER
        ):
            self.panel.show_problem(error)
        else:
            self.refused.emit(error)


def _said(move: Move, paper: Paper) -> str:
    if move is Move.NUMBER and paper.number is not None:
        stamp = f"{paper.number:02d}/{paper.letter.symbol}"
        return _("Đã cấp số {stamp}").format(stamp=stamp)
    return MOVES[move][1]
