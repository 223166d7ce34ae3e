"""From a contact to its case file in one key."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject

from spokesdesk.domain.cases import Case, CaseOutcome
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.screen import Context
from spokesdesk.services import cases
from spokesdesk.services.ports import Desk


class CaseOpener(QObject):
    """Opens the case of a contact, filled with what the contact says, and shows it."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._is_waiting = False
        self._made: Case | None = None

    def open(self, contact_id: UUID) -> None:
        """Open the case of an entry, or the one that was opened from it before."""
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(
                partial(cases.open_from_contact, desk, contact_id),
                owner=self,
                ok=self._opened,
                fail=self._failed,
            )

    def wait_for_save(self) -> None:
        """The entry being written is saved now; its case is opened as soon as that is done."""
        self._is_waiting = True

    def wait_no_more(self) -> None:
        """The entry was put aside: no case is opened."""
        self._is_waiting = False

    def saved(self, contact_id: UUID) -> None:
        """An entry was saved."""
        if self._is_waiting:
            self._is_waiting = False
            self.open(contact_id)

    def _opened(self, answer: tuple[Case, bool, Changes]) -> None:
        case, is_new, _changes = answer
        self._context.navigate("case", case.id)
        if is_new:
            self._made = case
            self._context.toast(_("Đã mở hồ sơ từ lần tiếp xúc. Kéo, dán chứng cứ vào đây."), self._undo)
        else:
            self._context.toast(_("Lần tiếp xúc này đã có hồ sơ đang mở."))

    def _undo(self) -> None:
        """Close a case that was opened by mistake: what stands in the journal stays, with its end."""
        desk = self._context.desk()
        if desk is not None and self._made is not None:
            self._context.courier.run(
                partial(_close, desk, self._made.id), owner=self, ok=self._undone, fail=self._failed
            )

    def _undone(self, answer: tuple[Case, Changes]) -> None:
        self._made = None
        from_contact = answer[0].facts.contact_id
        self._context.toast(_("Đã đóng hồ sơ mở nhầm."))
        if from_contact is not None:
            self._context.navigate("contact", from_contact)

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))


def _close(desk: Desk, case_id: UUID) -> tuple[Case, Changes]:
    """Worker."""
    return cases.close(desk, case_id, CaseOutcome.MISTAKE)
