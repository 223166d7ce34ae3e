"""Tells of the province's alerts as soon as they come: on the desktop and in a note above the page, each once."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.province import Matter
from spokesdesk.gui.notices import Notices
from spokesdesk.gui.screen import Context
from spokesdesk.gui.telling import Telling
from spokesdesk.services import alerting
from spokesdesk.services.ports import Desk

TOPIC = "alert"
# More notes would push the page away; the first page names every alert.
MOST_NOTES = 3


class Alerting(Telling):
    """Looks whenever a round brought something of the province.

    Args:
        place: where notes go.
    """

    def __init__(self, context: Context, notices: Notices, place: QBoxLayout, parent: QWidget) -> None:
        super().__init__(context, notices, place, parent, TOPIC, "province")

    def start(self, desk: Desk) -> None:
        """Begin with this desk: what came while it was closed is told now."""
        self._desk = desk
        self._look()

    def stop(self) -> None:
        """The desk is locked: nothing of it is shown any more."""
        self._desk = None
        self._keep(())

    def on_changed(self, changes: Changes) -> None:
        """Something of the province came, or was written here."""
        if any(change.kind == "province" for change in changes):
            self._look()

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
                run(work, owner=self, ok=self._keep, fail=self._say_fault, lane="read")

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
        text, tone = alerting.words(matter, self._desk.now())
        self._put(matter.note.id, text, tone, _("Mở cảnh báo"))


def outside_words(found: Sequence[Matter]) -> str:
    """Say on the desktop that alerts came, or were repeated; no name, whoever stands by."""
    if len(found) > 1:
        return _("{n} cảnh báo chờ người đứng đầu xác nhận. Mở SpokesDesk để xem.").format(n=len(found))
    if found[0].reminders:
        return _("Tỉnh nhắc lại một cảnh báo chưa được xác nhận. Mở SpokesDesk để xem.")
    return _("Một cảnh báo chờ người đứng đầu xác nhận. Mở SpokesDesk để xem.")
