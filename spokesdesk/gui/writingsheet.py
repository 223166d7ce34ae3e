"""Small windows that write something down: kept while typing as every form is, written once, then closed."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.words import word
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.fields import Field
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.services import drafts
from spokesdesk.services.ports import Desk, SavedDraft

Values = Mapping[str, object]


class WritingSheet(Sheet):
    """A window with fields that end as one entry.

    What was typed stays when the window is closed, and stands in it again the next time; the button "Thôi" drops it.

    Emits:
        kept: what was written.
        dropped: ``Values`` that were thrown away, to be taken back for a while.
    """

    kept = Signal(object)
    dropped = Signal(object)

    def __init__(self, context: Context, title: str, width: int, parent: QWidget) -> None:
        super().__init__(parent, title, width)
        self._context, self._busy = context, False
        self._about: Values = {}
        self.fields: list[Field] = []
        self._said = label("", "muted", self, wrap=True)
        self.auto = Autosave(context, "", self._collected, self)

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        raise NotImplementedError

    def fill(self, values: Values) -> None:
        """Show what was typed before."""
        raise NotImplementedError

    def writing(self, desk: Desk) -> Callable[[], tuple[Any, Changes]] | None:
        """Give what writes it down (blocking); None when it must wait, which was said.

        Raises:
            UserError: what was typed cannot be read; names the field.
        """
        raise NotImplementedError

    def keep(self, form: str, about: Values, *others: QWidget) -> None:
        """Keep what is typed from now on, and show what was typed before the window was closed.

        Args:
            form: name of the draft.
            about: kept with it: what tells this window's draft from others of the form, and what people know it by.
            others: inputs that are in no field.
        """
        self._about = about
        self.auto.start_new(form)
        self.auto.watch(*(field.edit for field in self.fields), *others)
        desk = self._context.desk()
        if desk is not None:
            work = partial(drafts.latest, desk, form, about)
            self._context.courier.run(work, owner=self, ok=self._found, lane="read")

    def restore(self, draft_id: UUID | None, values: Values) -> None:
        """Take back what was typed.

        Args:
            draft_id: the draft it comes from, None for what was thrown away.
        """
        self.auto.set_quiet(True)
        self.fill(values)
        self.auto.set_quiet(False)
        if draft_id is None:
            self.auto.touch()
        else:
            self.auto.resume(draft_id)

    @Slot()
    def save(self) -> None:
        """Write it down."""
        desk = self._context.desk()
        commit_typing()
        if desk is None or self._busy:
            return
        if self.auto.is_pending:
            self.auto.flush()
        try:
            work = self.writing(desk)
        except UserError as error:
            self._failed(error)
            return
        if work is not None:
            self.busy(work, self._written)

    def busy(self, work: Callable[[], Any], ok: Callable[[Any], object], **how: Any) -> None:
        """Run something, one at a time; an error stands at its field or below the fields.

        Args:
            how: lane and label, as the courier takes them.
        """
        self._busy = True
        self._context.courier.run(work, owner=self, ok=ok, fail=self._failed, always=self._ready, **how)

    @Slot()
    def cancel(self) -> None:
        """Close, and drop what was typed; it can be taken back for a while."""
        if self.auto.draft_id is not None or self.auto.is_pending:
            values = self._collected()
            self.auto.discard()
            self.dropped.emit(values)
        self.close()

    def hideEvent(self, event: QHideEvent) -> None:
        """The window goes: what was typed last is kept."""
        if not event.spontaneous() and self.auto.is_pending:
            self.auto.flush()
        super().hideEvent(event)

    def _collected(self) -> dict[str, object]:
        return {**self.values(), **self._about}

    def _found(self, draft: SavedDraft | None) -> None:
        if draft is not None and self.auto.draft_id is None and not self.auto.is_pending:
            self.restore(draft.id, draft.values)

    def _ready(self) -> None:
        self._busy = False

    def _written(self, answer: tuple[Any, Changes]) -> None:
        self.auto.start_new()
        self._context.saved("saved")
        self.kept.emit(answer[0])
        self.close()

    def _failed(self, error: DeskError) -> None:
        if not (isinstance(error, UserError) and show_error(self.fields, error)):
            self._said.setText(word(error))
