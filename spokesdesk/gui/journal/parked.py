"""Drafts put aside while something else is written down: a phone call over an open form loses nothing."""

from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID, uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.journal.values import Values
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, LinkButton, clear_layout
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import drafts
from spokesdesk.services.ports import Desk

FORM = "contact"


@dataclass(frozen=True, slots=True)
class Parked:
    """A draft put aside; ``is_kept`` tells whether the desk holds it already or it waits in memory."""

    draft_id: UUID
    values: Values
    is_kept: bool


class ParkedDrafts(QWidget):
    """The drafts put aside, the latest first, each with a way back.

    Emits:
        wanted: the ``Parked`` that somebody goes on with; it is no longer put aside.
    """

    wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._drafts: list[Parked] = []
        self._thrown_away: Parked | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    def drafts(self) -> tuple[Parked, ...]:
        """Give what is put aside, the latest first."""
        return tuple(self._drafts)

    def put(self, draft_id: UUID | None, values: Values) -> None:
        """Put aside what a form held; without an id it has not been kept yet. An empty one leaves nothing."""
        if not values.has_content():
            self._forget(draft_id)
            return
        self._drafts.insert(0, Parked(draft_id or uuid4(), values, draft_id is not None))
        self.keep(self._context.desk())
        self._rebuild()

    def take(self, draft_id: UUID) -> Parked | None:
        """Take a draft out; None when it is not among them."""
        for draft in self._drafts:
            if draft.draft_id == draft_id:
                self._drafts.remove(draft)
                self._rebuild()
                return draft
        return None

    def throw_away(self, draft_id: UUID | None, values: Values) -> None:
        """Drop a draft, and offer it back for a while."""
        self._forget(draft_id)
        if values.has_content():
            self._thrown_away = Parked(draft_id or uuid4(), values, False)
            self._context.toast(_("Đã bỏ bản nháp."), self._bring_back)

    def keep(self, desk: Desk | None) -> None:
        """Let the desk hold the drafts that wait in memory."""
        if desk is None:
            return
        for draft in self._drafts:
            if not draft.is_kept:
                work = partial(drafts.save, desk, FORM, draft.draft_id, draft.values.as_json())
                self._context.courier.run(work, owner=self, lane="write")
        self._drafts = [replace(draft, is_kept=True) for draft in self._drafts]

    def forget_kept(self) -> None:
        """Show only what waits in memory: the desk is locked and offers the others back when it is open."""
        self._drafts = [draft for draft in self._drafts if not draft.is_kept]
        self._rebuild()

    def resume_latest(self) -> None:
        """Go on with the draft put aside last."""
        if self._drafts:
            self.resume(self._drafts[0].draft_id)

    def resume(self, draft_id: UUID) -> None:
        """Go on with a draft."""
        draft = self.take(draft_id)
        if draft is not None:
            self.wanted.emit(draft)

    def drop(self, draft_id: UUID) -> None:
        """Throw a draft away that is put aside."""
        draft = self.take(draft_id)
        if draft is not None:
            self.throw_away(draft.draft_id, draft.values)

    def _bring_back(self) -> None:
        draft, self._thrown_away = self._thrown_away, None
        if draft is not None:
            self._drafts.insert(0, draft)
            self.keep(self._context.desk())
            self.resume(draft.draft_id)

    def _forget(self, draft_id: UUID | None) -> None:
        desk = self._context.desk()
        if desk is not None and draft_id is not None:
            self._context.courier.run(partial(drafts.drop, desk, draft_id), owner=self, lane="write")

    def _rebuild(self) -> None:
        clear_layout(self._column)
        for at, draft in enumerate(self._drafts):
            self._column.addWidget(_Bar(self, draft, "Ctrl+Shift+N" if at == 0 else ""))
        self.setVisible(bool(self._drafts))


class _Bar(Note):
    """One draft put aside."""

    def __init__(self, owner: ParkedDrafts, draft: Parked, shortcut: str) -> None:
        title = draft.values.title() or _("chưa có tiêu đề")
        super().__init__(_("Bản nháp chưa ghi vào sổ: {title}").format(title=title), "amber", owner)
        self._owner, self._draft_id = owner, draft.draft_id
        self.add_button(Button(_("Mở lại"), self._resume, shortcut, self))
        self.add_button(LinkButton(_("Bỏ"), self._throw_away, self))

    def _resume(self) -> None:
        self._owner.resume(self._draft_id)

    def _throw_away(self) -> None:
        self._owner.drop(self._draft_id)
