"""Findings beside the lines they are about: marks in the margins of the texts, F8 to the next one."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QTextCursor

from spokesdesk.domain.letters import Letter
from spokesdesk.gui.editor.box import EditorBox
from spokesdesk.gui.editor.margin import Remark
from spokesdesk.gui.editor.places import Places
from spokesdesk.gui.papers.findings import LEVELS, sentence
from spokesdesk.gui.papers.form import LetterForm
from spokesdesk.services.papers import Finding

Found = Sequence[tuple[Finding, str]]


class Remarks(QObject):
    """Puts findings beside their lines.

    Emits:
        chosen: ``Finding``, the person clicked its mark or came to it by F8.
    """

    chosen = Signal(object)

    def __init__(self, form: LetterForm) -> None:
        super().__init__(form)
        self._form = form
        self._found: Found = ()
        self._at = -1
        form.boxed.connect(self._watch)
        for box in form.boxes().values():
            self._watch(box)

    def show_findings(self, letter: Letter, found: Found) -> None:
        """Show what was found in a letter, unless its text was changed meanwhile: then more is on its way."""
        self._found, self._at = found, -1
        texts = {"body": letter.body}
        texts |= {f"annexes.{at}.body": annex.body for at, annex in enumerate(letter.annexes, 1)}
        for field, box in self._form.boxes().items():
            own = [(each, written) for each, written in found if each.field == field]
            if not own:
                box.margin.set_remarks(())
            elif box.edit.text() == texts.get(field):
                box.margin.set_remarks(_remarks(box, own))

    def forget(self) -> None:
        """Show none."""
        self._found = ()
        for box in self._form.boxes().values():
            box.margin.set_remarks(())

    @Slot()
    def next(self) -> None:
        """Go to the next finding, from the top again after the last."""
        self._step(1)

    @Slot()
    def back(self) -> None:
        """Go to the finding before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if self._found:
            self._at = (
                (self._at + step) % len(self._found) if self._at >= 0 or step > 0 else len(self._found) - 1
            )
            self.chosen.emit(self._found[self._at][0])

    @Slot(object)
    def _watch(self, box: EditorBox) -> None:
        box.margin.chosen.connect(self.chosen)


def _remarks(box: EditorBox, found: Found) -> list[Remark]:
    places = Places(box.edit)
    order = list(LEVELS)
    made = []
    for each, written in sorted(found, key=lambda pair: order.index(pair[0].level)):
        cursor = QTextCursor(box.edit.document())
        start, end = places.span(each.start, each.end)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        word, tone = LEVELS[each.level]
        said = f"{word}: {sentence(each, written)} ({each.clause})"
        said = said if each.message in said else f"{said}\n{each.message}"
        made.append(
            Remark(cursor, tone, said, each, cursor.selectedText(), each.suggestion if written else "")
        )
    return made
