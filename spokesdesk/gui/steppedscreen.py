"""Screens of records that go by versions and steps (cases, incidents): what was being typed of them is taken back."""

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.gui.recordscreen import RecordScreen
from spokesdesk.gui.steppedpage import AskingPage, SteppedPage
from spokesdesk.gui.versionform import VersionForm
from spokesdesk.services.ports import Desk, SavedDraft


class AskingScreen(RecordScreen):
    """A list, the page of one record on which something is asked, and a form."""

    page: AskingPage

    def desk_closed(self) -> None:
        """Show nothing of the desk; a form keeps what was typed."""
        super().desk_closed()
        self.page.clear()

    def save(self) -> None:
        """Save the open form, or what is being asked on the record."""
        super().save()
        if self.shows(self.page):
            self.page.save()

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        super().flush()
        self.page.flush()


class SteppedScreen(AskingScreen):
    """A list, the page of one record with its steps, and the form of what is known of it."""

    page: SteppedPage
    form: VersionForm

    def stand_in(self, *others: QWidget) -> None:
        """Take the list, the page, the form and the other parts; the list is seen first."""
        super().stand_in(*others)
        self.page.edit_wanted.connect(self._edit)

    def restore(self, draft: SavedDraft) -> None:
        """Take back a record, an item or a step that was being written."""
        if draft.form == self.form.new_name:
            self._take_back(draft, None)
            return
        record_id = UUID(draft.form.rpartition(":")[2])
        if not draft.form.startswith(self.form.edit_name):
            self.page.open(record_id, draft)
            self.show_part(self.page)
            return
        desk = self.context.desk()
        if desk is not None:
            work = partial(self.record, desk, record_id)
            self.context.courier.run(work, owner=self, ok=partial(self._take_back, draft), lane="read")

    def record(self, desk: Desk, record_id: UUID) -> Any:
        """Read a record, whose next version goes on to be written (blocking)."""
        raise NotImplementedError

    @Slot()
    def leave_form(self) -> None:
        """Go back from the form to the record it came from, if any."""
        if self.page.seen is not None:
            self.flush()
            self.show_part(self.page)
        else:
            self.show_list()

    def _take_back(self, draft: SavedDraft, record: Any) -> None:
        self.show_part(self.form)
        self.form.restore(draft.id, draft.values, record)

    @Slot(object)
    def _edit(self, record: Any) -> None:
        self.show_part(self.form)
        self.form.edit(record)
