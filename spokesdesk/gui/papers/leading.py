"""From a finding, a mark in the margin or a place on the printed page to the words, and from the cursor to the page."""

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter
from spokesdesk.gui.editor.box import EditorBox
from spokesdesk.gui.editor.edit import RichEdit
from spokesdesk.gui.papers.findings import FindingsCard
from spokesdesk.gui.papers.form import LetterForm
from spokesdesk.gui.papers.going import go_to, go_to_words
from spokesdesk.gui.papers.preview import Preview
from spokesdesk.gui.papers.remarks import Found, Remarks
from spokesdesk.gui.screen import Context
from spokesdesk.services.papers import Finding
from spokesdesk.services.proofs import Source

_LINE_PX = 28


class Leading(QObject):
    """Ties the form, its findings and the printed page together."""

    def __init__(
        self,
        context: Context,
        form: LetterForm,
        findings: FindingsCard,
        remarks: Remarks,
        preview: Preview,
        area: QScrollArea,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._context, self._form, self._remarks, self._area = context, form, remarks, area
        findings.chosen.connect(self._go_to)
        findings.found.connect(self._found)
        remarks.chosen.connect(self._go_to)
        preview.pointed.connect(self._pointed)
        form.pointed.connect(self._follow)
        form.boxed.connect(self._watch)
        for box in form.boxes().values():
            self._watch(box)
        self._preview = preview

    @Slot(object)
    def _watch(self, box: EditorBox) -> None:
        box.edit.cursorPositionChanged.connect(partial(self._keep_in_sight, box.edit))

    def _keep_in_sight(self, edit: RichEdit) -> None:
        """Scroll the page when the line being written is beyond its edge."""
        inside = self._area.widget()
        if not edit.hasFocus() or not inside.isAncestorOf(edit):
            return
        line = edit.cursorRect()
        for corner in (line.topLeft(), line.bottomLeft()):
            at = edit.viewport().mapTo(inside, corner)
            self._area.ensureVisible(0, at.y(), 0, _LINE_PX)

    @Slot(object)
    def _found(self, answer: tuple[Letter | None, Found]) -> None:
        letter, found = answer
        if letter is None:
            self._remarks.forget()
        else:
            self._remarks.show_findings(letter, found)

    @Slot(object)
    def _go_to(self, found: Finding) -> None:
        edit = go_to(self._form, found)
        if edit is None:
            said = _("Chỗ này không sửa ở trang văn bản: {message}")
            self._context.status(said.format(message=found.message))
        else:
            self._area.ensureWidgetVisible(edit)

    @Slot(object)
    def _pointed(self, place: tuple[Source, int]) -> None:
        edit = go_to_words(self._form, *place)
        if edit is not None:
            self._area.ensureWidgetVisible(edit)

    @Slot(object)
    def _follow(self, place: tuple[Source, int]) -> None:
        self._preview.follow(*place)
