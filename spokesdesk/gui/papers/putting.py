"""Putting an offer into the text, and noting with the paper where it comes from."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.blocks import read_body
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import LetterKind
from spokesdesk.gui.editor.edit import RichEdit
from spokesdesk.gui.editor.looks import paragraph_format
from spokesdesk.gui.papers.form import LetterForm
from spokesdesk.gui.papers.inserting import InsertPalette
from spokesdesk.gui.papers.saving import PaperSaving
from spokesdesk.gui.screen import Context
from spokesdesk.services import inserting
from spokesdesk.services.inserting import Offer
from spokesdesk.services.ports import Desk

_BLANK = "…"
_NO_SPACE_AFTER = ' \u00a0(“"/'


class Putting(QObject):
    """Opens the palette for the text that has the cursor, and puts in what was chosen.

    Emits:
        noted: all that is noted about where the paper's paragraphs come from.
    """

    noted = Signal(object)

    def __init__(self, context: Context, form: LetterForm, saving: PaperSaving, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._form, self._saving = context, form, saving
        self.palette = InsertPalette(context, page)
        self.palette.chosen.connect(self.put)
        form.insert_wanted.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Open the palette for the text that has the cursor, else for the paper's own."""
        if self._form.text.isReadOnly():
            return
        edit = next((each for each in self._form.editors().values() if each.hasFocus()), self._form.text)
        paper = self._saving.paper
        ask = partial(
            _offers,
            self._context.desk(),
            self._form.heading.kind.value(),
            self._form.agency_name,
            paper.id if paper is not None else None,
        )
        self.palette.open_for(edit, self._before(edit), ask)

    def _before(self, edit: RichEdit) -> str:
        """Give what the paper says before the cursor, in the order of reading."""
        found = [self._form.text_edit("legal_bases").text()]
        for each in self._form.editors().values():
            if each is edit:
                place = edit.textCursor().selectionStart()
                found.append(edit.toPlainText()[:place])
                break
            found.append(each.toPlainText())
        return "\n".join(found)

    @Slot(object, object)
    def put(self, edit: RichEdit, offer: Offer) -> None:
        """Put an offer in at the cursor; its first blank is selected, to be filled in by typing."""
        blocks = read_body(offer.text)
        cursor = edit.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        if not offer.inline and cursor.currentTable() is None and cursor.block().text().strip():
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.insertBlock(paragraph_format())
        before = cursor.block().text()[: cursor.positionInBlock()]
        if offer.inline and before and before[-1] not in _NO_SPACE_AFTER:
            cursor.insertText(" ")
        start = cursor.position()
        edit.setTextCursor(cursor)
        edit.insert_blocks(blocks)
        cursor.endEditBlock()
        blank = edit.document().find(_BLANK, start)
        if not blank.isNull() and blank.selectionEnd() <= edit.textCursor().position():
            edit.setTextCursor(blank)
        edit.ensureCursorVisible()
        if offer.origin:
            self._context.status(_("Đã chèn đoạn lấy từ {origin}.").format(origin=offer.origin))
            # Noted with the paper, which has to be kept once for that.
            self._saving.save(partial(self._note, offer))

    def _note(self, offer: Offer) -> None:
        desk, paper = self._context.desk(), self._saving.paper
        if desk is not None and paper is not None:
            work = partial(inserting.note_origin, desk, paper.id, offer)
            self._context.courier.run(work, owner=self, ok=self.noted.emit, lane="write")


def _offers(
    desk: Desk | None, kind: LetterKind, agency: str, paper_id: UUID | None, words: str, before: str
) -> Sequence[Offer]:
    """Worker thread: everything that can be put in for some words."""
    found = list(inserting.phrases(kind, agency, words))
    if desk is not None and len(words) >= 2:
        found += inserting.said_before(desk, words, paper_id)
        found += inserting.rules_found(desk, words, before)
    return found
