"""Screens of one kind of record: a list, the page of the record opened in it, a form; one of them is seen at a time."""

from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.gui.listpage import ListPage
from spokesdesk.gui.recordform import RecordForm
from spokesdesk.gui.recordpage import RecordPage
from spokesdesk.gui.screen import Context, Screen
from spokesdesk.services.ports import Desk


class BrowsingScreen(Screen):
    """A list and the page of one of its records.

    A screen makes its ``list`` and ``page`` and whatever else it shows, and hands them to ``stand_in``.

    Attributes:
        kind: of the records, as ``open_record`` and ``Changes`` name it.
    """

    kind: ClassVar[str] = ""
    list: ListPage[Any]
    page: RecordPage

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack)
        self._waiting: UUID | None = None

    def stand_in(self, *others: QWidget) -> None:
        """Take the list, the page and the other parts; the list is seen first."""
        for part in (self.list, self.page, *others):
            self._stack.addWidget(part)
        self.list.opened.connect(self._open_row)

    def shows(self, part: QWidget) -> bool:
        """Whether a part is the one seen."""
        return self._stack.currentWidget() is part

    def show_part(self, part: QWidget) -> None:
        """Let a part be seen."""
        self._stack.setCurrentWidget(part)

    def desk_ready(self, desk: Desk) -> None:
        """Read the list; open what was asked for while there was no desk."""
        self.list.load(desk)
        if self._waiting is not None:
            record_id, self._waiting = self._waiting, None
            self.open_record(self.kind, record_id)

    def on_changed(self, changes: Changes) -> None:
        """Show what was written."""
        self.list.refresh(changes)
        if self.page.record_id is not None and any(self.touches_page(change) for change in changes):
            self.page.refresh()

    def touches_page(self, change: Change) -> bool:
        """Whether a change is seen on the page."""
        return change.kind == self.kind and change.id == self.page.record_id

    def shown(self) -> None:
        """The list takes the keys."""
        if self.shows(self.list):
            self.list.list.setFocus()

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show one record, as soon as the desk is open."""
        if self.context.desk() is None:
            self._waiting = record_id
            return
        self.list.list.select(record_id)
        self.page.open(record_id)
        self.show_part(self.page)

    def focus_search(self) -> None:
        """Put the cursor into the search of the list."""
        self.show_list()
        self.list.focus_search()

    def leave(self) -> None:
        """Keep what was typed: something else is going to be seen."""
        self.flush()

    @Slot()
    def show_list(self) -> None:
        """Go back to the list; what was typed is kept."""
        self.leave()
        self.show_part(self.list)
        self.list.list.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen is shown: what was typed is kept."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.leave()

    @Slot(object)
    def _open_row(self, row: Any) -> None:
        self.open_record(self.kind, row.id)


class RecordScreen(BrowsingScreen):
    """A list, the page of one of its records, and the form of a new one.

    Attributes:
        kept_words: said when the form has written its record.
    """

    form: RecordForm
    kept_words: ClassVar[str] = ""

    def stand_in(self, *others: QWidget) -> None:
        """Take the list, the page, the form and the other parts; the list is seen first."""
        super().stand_in(self.form, *others)
        self.page.left.connect(self.show_list)
        self.form.left.connect(self.leave_form)
        self.form.kept.connect(self._kept)

    def desk_ready(self, desk: Desk) -> None:
        """Read the list; what was typed before is kept now."""
        super().desk_ready(desk)
        self.form.desk_ready(desk)

    def desk_closed(self) -> None:
        """Show nothing of the desk; a form keeps what was typed."""
        self.list.clear()
        self.form.desk_closed()
        if not self.shows(self.form):
            self.show_part(self.list)

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show one record; what stands in the form goes to its draft."""
        if self.shows(self.form):
            self.flush()
        super().open_record(kind, record_id)

    @Slot()
    def new(self, kind: str = "") -> None:
        """Begin a record."""
        self.show_part(self.form)
        self.form.begin()

    def save(self) -> None:
        """Save the open form."""
        if self.shows(self.form):
            self.form.save()

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        if self.form.has_text:
            self.form.auto.flush()

    @Slot()
    def leave_form(self) -> None:
        """Go back from the form."""
        self.show_list()

    @Slot(object)
    def _kept(self, record: Any) -> None:
        self.context.toast(self.kept_words)
        self.open_record(self.kind, record.id)
