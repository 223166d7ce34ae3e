"""Texts that differ: what was typed here against what was saved elsewhere, and drafts left from before."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.papers import Paper
from spokesdesk.gui.papers.notes import PaperNotes
from spokesdesk.gui.papers.saving import PaperSaving
from spokesdesk.gui.screen import Context
from spokesdesk.services import papers as service
from spokesdesk.services.ports import SavedDraft


class Recovery(QObject):
    """Does what a person answers to the notes of a paper.

    Emits:
        reload_wanted: UUID of the paper whose saved text is to be shown.
    """

    reload_wanted = Signal(object)

    def __init__(self, context: Context, saving: PaperSaving, notes: PaperNotes, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._saving = context, saving
        notes.keep_mine.connect(self._keep_mine)
        notes.take_theirs.connect(self._take_theirs)
        notes.draft_wanted.connect(self._draft_wanted)
        notes.draft_dropped.connect(self._draft_dropped)

    @Slot()
    def _keep_mine(self) -> None:
        """The text on screen becomes the version after the one somebody else saved."""
        desk, paper_id = self._context.desk(), self._paper_id()
        if desk is not None and paper_id is not None:
            work = partial(service.paper, desk, paper_id)
            self._context.courier.run(work, owner=self, ok=self._save_over, lane="read")

    def _save_over(self, latest: Paper) -> None:
        if latest.id == self._paper_id():
            self._saving.rebase(latest)
            self._saving.save()

    @Slot()
    def _take_theirs(self) -> None:
        self._saving.flush()
        if self._paper_id() is not None:
            self.reload_wanted.emit(self._paper_id())

    @Slot(object)
    def _draft_wanted(self, draft: SavedDraft) -> None:
        self._saving.take_draft(draft.id, draft.values)

    @Slot(object)
    def _draft_dropped(self, draft: SavedDraft) -> None:
        self._saving.drop_draft(draft.id)

    def _paper_id(self) -> UUID | None:
        return self._saving.paper.id if self._saving.paper is not None else None
