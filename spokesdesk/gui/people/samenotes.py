"""Above a record: it may be written down twice; and what was merged into it, to be taken back."""

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.duplicates import Likely
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.merging import Merge
from spokesdesk.domain.text import short_date
from spokesdesk.domain.words import word
from spokesdesk.gui.people.pairs import reasons_said
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import LinkButton, clear_layout
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import merging
from spokesdesk.services.ports import Desk

Found = tuple[UUID, tuple[Likely, ...], tuple[Merge, ...]]
_MOST = 3


def _look(desk: Desk, kind: str, record: UUID) -> Found:
    return record, merging.duplicates(desk, kind, record), merging.merges_of(desk, record)


class SameNotes(QWidget):
    """The notes of one record.

    Emits:
        compare_asked: (kind, ``Likely``) to be compared field by field.
    """

    compare_asked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kind, self._record = "journalist", UUID(int=0)
        self._notes = QVBoxLayout(self)
        self._notes.setContentsMargins(0, 0, 0, 0)
        self._notes.setSpacing(6)

    def show_of(self, kind: str, record: UUID | None) -> None:
        """Look for what to say of a record; nothing for None."""
        if record is None or (kind, record) != (self._kind, self._record):
            clear_layout(self._notes)
            self.hide()
        if record is None:
            self._record = UUID(int=0)
            return
        self._kind, self._record = kind, record
        desk = self._context.desk()
        if desk is not None:
            work = partial(_look, desk, kind, record)
            self._context.courier.run(work, owner=self, ok=self._show, lane="read")

    def texts(self) -> tuple[str, ...]:
        """Give what is said now."""
        items = (self._notes.itemAt(at) for at in range(self._notes.count()))
        notes = (item.widget() for item in items if item is not None)
        return tuple(note.accessibleName() for note in notes if note is not None)

    def undo(self, made: Merge) -> None:
        """Take a merge back."""
        desk = self._context.desk()
        if desk is not None:
            work = partial(merging.unmerge, desk, made.id)
            self._context.courier.run(work, owner=self, ok=self._undone, fail=self._failed, lane="write")

    def _show(self, found: Found) -> None:
        record, pairs, merges = found
        if record != self._record:
            return
        clear_layout(self._notes)
        for item in pairs[:_MOST]:
            self._notes.addWidget(self._pair_note(item))
        for made in merges:
            self._notes.addWidget(self._merge_note(made))
        self.setVisible(bool(pairs or merges))

    def _pair_note(self, item: Likely) -> Note:
        other = item.other if item.one.id == self._record else item.one
        told = _("Có thể trùng với {name} (giống {reasons}).").format(
            name=other.name, reasons=reasons_said(item)
        )
        note = Note(told, "amber", self)
        note.add_button(LinkButton(_("So sánh"), partial(self._compare, item), note))
        return note

    def _merge_note(self, made: Merge) -> Note:
        told = _("{name} đã được gộp vào đây ngày {day}, {who} gộp.").format(
            name=made.merged.name, day=short_date(vn_day(made.at)), who=made.by.name
        )
        note = Note(told, "teal", self)
        note.add_button(LinkButton(_("Tách lại"), partial(self.undo, made), note))
        return note

    def _compare(self, item: Likely) -> None:
        self.compare_asked.emit((self._kind, item))

    def _undone(self, _result: Any) -> None:
        self._context.toast(_("Đã tách lại thành hai mục."))

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))
