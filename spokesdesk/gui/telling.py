"""Notes above the page, one a record, that are told on the desktop, too: each leads to its record or is put away."""

from collections.abc import Container
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.notices import Notices
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Desk


class Telling(QObject):
    """The base of what tells; who derives from it says when, and in which words.

    Args:
        place: where notes go.
        topic: of what is told on the desktop; a click on it opens the first note.
        leads_to: the kind of record, as ``Context.navigate`` knows it.
    """

    def __init__(
        self,
        context: Context,
        notices: Notices,
        place: QBoxLayout,
        parent: QWidget,
        topic: str,
        leads_to: str,
    ) -> None:
        super().__init__(parent)
        self._context, self._notices, self._place, self._home = context, notices, place, parent
        self._topic, self._leads_to = topic, leads_to
        self._desk: Desk | None = None
        self._notes: dict[UUID, Note] = {}
        notices.clicked.connect(self._show_first)

    def texts(self) -> list[str]:
        """Give the notes that are shown, in words."""
        return [note.accessibleName() for note in self._notes.values()]

    def _put(self, record: UUID, text: str, tone: str, opening: str) -> None:
        """Show a note; one of the same record goes."""
        self._away(record)
        note = self._notes[record] = Note(text, tone, self._home)
        note.add_button(LinkButton(opening, partial(self._open, record), note))
        note.add_button(LinkButton(_("Đã đọc"), partial(self._away, record), note))
        self._place.addWidget(note)

    def _keep(self, records: Container[UUID]) -> None:
        """Take the notes of all other records away."""
        for record in [each for each in self._notes if each not in records]:
            self._away(record)

    def _open(self, record: UUID) -> None:
        self._away(record)
        self._context.navigate(self._leads_to, record)

    def _away(self, record: UUID) -> None:
        note = self._notes.pop(record, None)
        if note is not None:
            note.hide()
            note.deleteLater()

    @Slot(object)
    def _show_first(self, topic: str) -> None:
        if topic != self._topic:
            return
        window = self._home.window()
        window.show()
        window.raise_()
        window.activateWindow()
        first = next(iter(self._notes), None)
        if first is not None:
            self._open(first)

    def _say_fault(self, _error: DeskError) -> None:
        """The next look tries again; what is told stands on the first page all the same."""
