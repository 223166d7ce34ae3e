"""What was said earlier, one key away while a paper is written."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from spokesdesk.domain.errors import UserError
from spokesdesk.gui.papers.form import LetterForm
from spokesdesk.gui.papers.putting import Putting
from spokesdesk.gui.papers.saving import PaperSaving
from spokesdesk.gui.recordpage import RecordPage
from spokesdesk.gui.said import SaidSheet
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.services import said_before
from spokesdesk.services.said_before import Said


class PaperSaid(QObject):
    """Opens the window for the paper shown, and puts in what is taken from it."""

    def __init__(
        self, context: Context, form: LetterForm, saving: PaperSaving, putting: Putting, page: RecordPage
    ) -> None:
        super().__init__(page)
        self._context, self._form, self._saving, self._putting = context, form, saving, putting
        self._page = page
        self.sheet: SaidSheet | None = None

    @Slot()
    def open(self) -> None:
        """Look for what bears on the paper as it is typed now."""
        desk = self._context.desk()
        commit_typing()
        if desk is None:
            return
        try:
            letter = self._form.letter()
        except UserError as error:
            self._form.show_problem(error, focus=True)
            return
        paper = self._saving.paper
        ask = partial(said_before.of_letter, desk, letter, paper.id if paper is not None else None)
        takes = not self._form.text.isReadOnly()
        self.sheet = SaidSheet(self._context, ask, self._page.window(), takes=takes)
        self.sheet.taken.connect(self._take)
        self.sheet.wanted.connect(self._open)
        self.sheet.open()

    @Slot(object)
    def _take(self, said: Said) -> None:
        self._putting.put(self._form.text, said_before.offer_of(said))

    @Slot(str, object)
    def _open(self, kind: str, record: UUID) -> None:
        self._context.navigate(kind, record)
