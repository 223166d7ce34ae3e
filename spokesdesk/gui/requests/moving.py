"""The steps of the request that is shown: the panel that asks, its draft, the writing, the way back."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.errors import ConflictError, DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.requests import Request, RequestMove
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.requests.answering import AnswerPanel, RefusePanel
from spokesdesk.gui.requests.assigning import AmendPanel, AssignPanel, DeadlinePanel
from spokesdesk.gui.requests.panels import HoldPanel, ReferPanel, ReopenPanel, StepPanel, WithdrawPanel
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.services import drafts
from spokesdesk.services import requests as service
from spokesdesk.services.door import DoorSeen
from spokesdesk.services.ports import SavedDraft
from spokesdesk.services.request_moves import Moved

PANELS: dict[RequestMove, type[StepPanel]] = {
    panel.step: panel
    for panel in (
        AnswerPanel,
        AssignPanel,
        HoldPanel,
        DeadlinePanel,
        RefusePanel,
        ReferPanel,
        WithdrawPanel,
        AmendPanel,
        ReopenPanel,
    )
}
CLOSING = frozenset({RequestMove.ANSWER, RequestMove.REFUSE, RequestMove.REFER, RequestMove.WITHDRAW})


class RequestMoving(QObject):
    """Asks and writes one step at a time.

    Emits:
        moved: ``Request`` after the step.
        outdated: None, somebody else has written meanwhile: what is shown must be read again.
        asked: ``RequestMove`` whose panel was opened, None when it was closed.
    """

    moved = Signal(object)
    outdated = Signal(object)
    asked = Signal(object)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self.panel: StepPanel | None = None
        self.auto: Autosave | None = None
        self.door: DoorSeen | None = None
        self._busy = False
        self._closed_last: Request | None = None
        # What was typed into panels that were put away: form → its draft.
        self._aside: dict[str, SavedDraft] = {}
        self._begun: dict[str, object] = {}
        self._dropped: tuple[RequestMove, Request, dict[str, object]] | None = None
        self.place = QWidget(page)
        self._column = QVBoxLayout(self.place)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.place.hide()

    def ask(self, move: RequestMove, request: Request, draft: SavedDraft | None = None) -> None:
        """Open the panel of a step, with what was typed when a draft is given."""
        self.put_away()
        panel = PANELS[move](self._context, request, self._confirmed, self.drop, self.place, self.door)
        self.panel = panel
        form = f"request:{move.value}:{request.id}"
        self.auto = Autosave(self._context, form, panel.values, panel)
        self._begun = panel.values()
        kept = draft or self._aside.pop(form, None)
        if kept is not None:
            panel.restore(kept.values)
            self.auto.resume(kept.id)
        self.auto.watch(*(field.edit for field in panel.fields))
        self._column.addWidget(panel)
        self.place.show()
        panel.focus_first()
        self.asked.emit(move)

    def save(self) -> None:
        """Do what the open panel asks (Ctrl+S)."""
        if self.panel is not None:
            self.panel.confirm()

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        if self.auto is not None and self.auto.is_pending:
            self.auto.flush()

    def put_away(self) -> None:
        """Close the panel; what was typed stays in its draft."""
        self.flush()
        self._set_aside()
        if self.panel is not None:
            self._column.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
        self.panel = self.auto = None
        self.place.hide()
        self.asked.emit(None)

    def forget(self) -> None:
        """The desk is locked: nothing typed stays in memory, it is in the drafts."""
        self.put_away()
        self._aside.clear()
        self._dropped = None

    def _set_aside(self) -> None:
        desk, panel, auto = self._context.desk(), self.panel, self.auto
        if desk is None or panel is None or auto is None or auto.draft_id is None:
            return
        kept = SavedDraft(auto.draft_id, auto.form, panel.values(), desk.now(), None)
        self._aside[auto.form] = kept

    @Slot()
    def drop(self) -> None:
        """Close the panel: the person does not want the step; what was typed can be taken back for a while."""
        panel = self.panel
        if self.auto is not None:
            self.auto.discard()
        self.put_away()
        if panel is not None and panel.values() != self._begun:
            self._dropped = (panel.step, panel.request, panel.values())
            self._context.toast(_("Đã bỏ phần đang viết."), self._take_back)

    @Slot()
    def _take_back(self) -> None:
        if self._dropped is not None:
            move, request, values = self._dropped
            self.ask(move, request)
            if self.panel is not None:
                self.panel.restore(values)

    def _confirmed(self, panel: StepPanel) -> None:
        desk = self._context.desk()
        commit_typing()
        if desk is None or self._busy:
            self.flush()
            return
        try:
            work = panel.work(desk)
        except UserError as error:
            panel.show_problem(error)
            return
        self._busy = True
        self._context.courier.run(
            work,
            owner=self,
            ok=partial(self._made, panel.step, panel.said),
            fail=self._failed,
            always=self._ready,
            lane="write",
        )

    def _ready(self) -> None:
        self._busy = False

    def _made(self, move: RequestMove, said: str, answer: Moved) -> None:
        desk, auto = self._context.desk(), self.auto
        if auto is not None and desk is not None and auto.draft_id is not None:
            self._context.courier.run(partial(drafts.drop, desk, auto.draft_id), owner=self, lane="write")
        if auto is not None:
            auto.start_new()
        self._context.saved("saved")
        self.put_away()
        self._closed_last = answer[0]
        self.moved.emit(answer[0])
        self._context.toast(said, self._undo if move in CLOSING else None)

    def _failed(self, error: DeskError) -> None:
        if self.panel is not None:
            self.panel.show_problem(error)
        if isinstance(error, ConflictError) and error.code != "answer_paper_unreleased":
            self.outdated.emit(None)

    @Slot()
    def _undo(self) -> None:
        desk, closed = self._context.desk(), self._closed_last
        if desk is not None and closed is not None:
            seen: UUID = closed.steps[-1].id
            self._context.courier.run(
                partial(service.undo, desk, closed.id, seen), owner=self, ok=self._undone, lane="write"
            )

    def _undone(self, answer: Moved) -> None:
        self.moved.emit(answer[0])
        self._context.toast(_("Yêu cầu mở lại như trước."))
