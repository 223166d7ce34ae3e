"""Tells of the province's alerts as soon as they come: on the desktop and in a note above the page, each once."""

from collections.abc import Collection, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.province import Matter
from spokesdesk.gui.notices import Notices
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import alerting
from spokesdesk.services.ports import Desk

TOPIC = "alert"
# More notes would push the page away; the first page names every alert.
MOST_NOTES = 3


class Alerting(QObject):
    """Looks whenever a round brought something of the province.

    Args:
        place: where notes go.
    """

    def __init__(self, context: Context, notices: Notices, place: QBoxLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._notices, self._place, self._home = context, notices, place, parent
        self._desk: Desk | None = None
        self._notes: dict[UUID, Note] = {}
        notices.clicked.connect(self._show_first)

    def start(self, desk: Desk) -> None:
        """Begin with this desk: what came while it was closed is told now."""
        self._desk = desk
        self._look()

    def stop(self) -> None:
        """The desk is locked: nothing of it is shown any more."""
        self._desk = None
        for alert_id in list(self._notes):
            self._away(alert_id)

    def on_changed(self, changes: Changes) -> None:
        """Something of the province came, or was written here."""
        if any(change.kind == "province" for change in changes):
            self._look()

    def texts(self) -> list[str]:
        """Give the notes that are shown, in words."""
        return [note.accessibleName() for note in self._notes.values()]

    def _look(self) -> None:
        if self._desk is not None:
            run = self._context.courier.run
            run(
                partial(alerting.untold, self._desk),
                owner=self,
                ok=self._claim,
                fail=self._say_fault,
                lane="read",
            )
            if self._notes:
                work = partial(alerting.unheard, self._desk)
                run(work, owner=self, ok=self._keep_notes, fail=self._say_fault, lane="read")

    def _claim(self, found: Sequence[Matter]) -> None:
        if found and self._desk is not None:
            work = partial(alerting.tell, self._desk)
            self._context.courier.run(work, owner=self, ok=self._tell, fail=self._say_fault)

    def _tell(self, found: Sequence[Matter]) -> None:
        if self._desk is None or not found:
            return
        for matter in found[:MOST_NOTES]:
            self._note(matter)
        self._notices.tell(_("Cảnh báo của tỉnh"), outside_words(found), TOPIC)

    def _note(self, matter: Matter) -> None:
        assert self._desk is not None
        alert_id = matter.note.id
        self._away(alert_id)
        text, tone = alerting.words(matter, self._desk.now())
        note = self._notes[alert_id] = Note(text, tone, self._home)
        note.add_button(LinkButton(_("Mở cảnh báo"), partial(self._open, alert_id), note))
        note.add_button(LinkButton(_("Đã đọc"), partial(self._away, alert_id), note))
        self._place.addWidget(note)

    def _keep_notes(self, unheard: Collection[UUID]) -> None:
        """Take the notes of alerts away that somebody acknowledged meanwhile."""
        for alert_id in [each for each in self._notes if each not in unheard]:
            self._away(alert_id)

    def _open(self, alert_id: UUID) -> None:
        self._away(alert_id)
        self._context.navigate("province", alert_id)

    def _away(self, alert_id: UUID) -> None:
        note = self._notes.pop(alert_id, None)
        if note is not None:
            note.hide()
            note.deleteLater()

    @Slot(object)
    def _show_first(self, topic: str) -> None:
        if topic != TOPIC:
            return
        window = self._home.window()
        window.show()
        window.raise_()
        window.activateWindow()
        first = next(iter(self._notes), None)
        if first is not None:
            self._open(first)

    def _say_fault(self, _error: DeskError) -> None:
        """The next round looks again; the first page names every alert all the same."""


def outside_words(found: Sequence[Matter]) -> str:
    """Say on the desktop that alerts came, or were repeated; no name, whoever stands by."""
    if len(found) > 1:
        return _("{n} cảnh báo chờ người đứng đầu xác nhận. Mở SpokesDesk để xem.").format(n=len(found))
    if found[0].reminders:
        return _("Tỉnh nhắc lại một cảnh báo chưa được xác nhận. Mở SpokesDesk để xem.")
    return _("Một cảnh báo chờ người đứng đầu xác nhận. Mở SpokesDesk để xem.")
