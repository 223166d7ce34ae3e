"""What the form of a record is, for the screen that shows it: kept while typing, written once with Ctrl+S."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.services.ports import Desk


class RecordForm(QWidget):
    """The form of a record.

    Emits:
        left: the person goes back; what was typed stays in the draft.
        kept: the record that was written.
    """

    left = Signal()
    kept = Signal(object)
    # Made by the form, once its fields are there.
    auto: Autosave

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._busy = False

    @property
    def has_text(self) -> bool:
        """Whether anything was typed that is not saved."""
        raise NotImplementedError

    def desk_ready(self, desk: Desk) -> None:
        """Offer what the desk knows, and keep what was typed before."""
        raise NotImplementedError

    def desk_closed(self) -> None:
        """The desk was locked; what was typed stays."""
        raise NotImplementedError

    def begin(self) -> None:
        """Begin with empty fields, unless something is typed there already."""
        raise NotImplementedError

    def writing(self, desk: Desk) -> Callable[[], tuple[Any, Changes]] | None:
        """Give what writes the record as typed (blocking); None when it must wait, which was said.

        Raises:
            UserError: what was typed cannot be read; names the field.
        """
        raise NotImplementedError

    @Slot()
    def save(self) -> None:
        """Write the record."""
        desk = self._context.desk()
        commit_typing()
        if self.has_text:
            self.auto.flush()
        if desk is None:
            self._context.status(_("Bàn làm việc đang khóa; nội dung chờ trong bộ nhớ."))
            return
        if self._busy:
            return
        try:
            work = self.writing(desk)
        except UserError as error:
            self._failed(error)
            return
        if work is not None:
            self._busy = True
            self._context.courier.run(
                work, owner=self, ok=self._written, fail=self._failed, always=self._ready
            )

    def _ready(self) -> None:
        self._busy = False

    def _written(self, answer: tuple[Any, Changes]) -> None:
        self._empty()
        self._context.saved("saved")
        self.kept.emit(answer[0])

    def _empty(self) -> None:
        """Empty the fields: what was typed is a record now."""
        raise NotImplementedError

    def _failed(self, error: DeskError) -> None:
        """Say why it was not written."""
        raise NotImplementedError
