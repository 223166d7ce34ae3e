"""Minutes of an entry (biên bản làm việc): drafted as a paper with one key, opened again from the entry."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.journal import Contact
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Paper
from spokesdesk.gui.screen import Context
from spokesdesk.services import journal


class MinutesMaker(QObject):
    """Drafts minutes and shows them."""

    def __init__(self, context: Context, screen: QWidget) -> None:
        super().__init__(screen)
        self._context = context
        self._is_drafting = False

    def draft(self, entry: Contact) -> None:
        """Draft the minutes of an entry and open the draft."""
        desk = self._context.desk()
        if desk is None or self._is_drafting:
            return
        self._is_drafting = True
        self._context.courier.run(
            partial(journal.draft_minutes, desk, entry.id),
            owner=self,
            ok=self._drafted,
            always=self._done,
            lane="write",
            label=_("Đang soạn biên bản làm việc"),
        )

    def _done(self) -> None:
        self._is_drafting = False

    def _drafted(self, result: tuple[Paper, Changes]) -> None:
        self._context.toast(_("Đã soạn biên bản làm việc; hãy điền chỗ còn “…” rồi trình duyệt."))
        self._context.navigate("paper", result[0].id)
