"""The page of a record that goes by steps: what is asked of it is kept while typed, papers are drafted from it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.papers import Paper
from spokesdesk.gui.recordpage import RecordPage
from spokesdesk.gui.screen import Context
from spokesdesk.gui.steppanel import StepPanel
from spokesdesk.services.ports import Desk, SavedDraft


class AskingPage(RecordPage):
    """The page of one record, on which something is asked in a panel.

    Attributes:
        seen: what is shown, None while there is nothing.
        asking: the panel in which steps are written.
    """

    seen: Any = None
    asking: StepPanel

    def clear(self) -> None:
        """Show nothing: the desk is locked."""
        self.flush()
        self._asked += 1
        self.seen = None
        self.asking.hide()

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        self.asking.flush()

    def save(self) -> None:
        """Write what is being asked."""
        if self.asking.is_open:
            self.asking.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        typing = isinstance(self.focusWidget(), QLineEdit | QPlainTextEdit)
        if event.key() == Qt.Key.Key_Escape and not typing:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _key(self, keys: str, run: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(run)


class SteppedPage(AskingPage):
    """The page of one record with its steps.

    Emits:
        edit_wanted: the record whose facts are to be changed.
    """

    edit_wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._busy = False

    @property
    def record(self) -> Any:
        """The record shown, None while there is none."""
        raise NotImplementedError

    @property
    def record_id(self) -> UUID | None:
        """The id of the record shown."""
        return self.record.id if self.seen is not None else None

    def view(self, desk: Desk, record_id: UUID) -> Any:
        """Read what is to be shown of a record (blocking)."""
        raise NotImplementedError

    def open(self, record_id: UUID, draft: SavedDraft | None = None) -> None:
        """Show a record, with what was being typed on it when a draft is given."""
        desk = self._context.desk()
        if desk is not None:
            self.flush()
            self._read(partial(self.view, desk, record_id), partial(self._take, draft), self._failed)

    def refresh(self) -> None:
        """Something of the record was written."""
        desk, record_id = self._context.desk(), self.record_id
        if record_id is not None and desk is not None:
            work = partial(self.view, desk, record_id)
            again = partial(self._again, record_id)
            self._context.courier.run(work, owner=self, ok=again, fail=self._failed, lane="read")

    @property
    def _is_open(self) -> bool:
        """Whether the record still takes steps."""
        raise NotImplementedError

    def _take(self, draft: SavedDraft | None, seen: Any) -> None:
        """Show what was read, and what was being typed on it."""
        raise NotImplementedError

    def _show(self, seen: Any) -> None:
        """Show what was read; panels stay as they are."""
        raise NotImplementedError

    def _again(self, record_id: UUID, seen: Any) -> None:
        if self.record_id == record_id:
            self._show(seen)

    def _draft(self, work: Callable[[], tuple[Paper, Changes]]) -> None:
        """Draft a paper from the record, and open it."""
        if self._busy or not self._is_open:
            return
        self._busy = True
        self._context.courier.run(work, owner=self, ok=self._drafted, fail=self._failed, always=self._ready)

    def _drafted(self, answer: tuple[Paper, Changes]) -> None:
        self._context.navigate("paper", answer[0].id)

    def _ready(self) -> None:
        self._busy = False

    @Slot()
    def _edit(self) -> None:
        if self._is_open:
            self.edit_wanted.emit(self.record)
