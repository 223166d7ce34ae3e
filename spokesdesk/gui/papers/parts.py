"""The parts of a paper's page and where they stand."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Paper
from spokesdesk.gui.papers.after import AfterNotes
from spokesdesk.gui.papers.cards import ClaimsCard, HistoryCard
from spokesdesk.gui.papers.comparing import CompareSheet
from spokesdesk.gui.papers.doubled import DoubledNote
from spokesdesk.gui.papers.due import DueSheet
from spokesdesk.gui.papers.export import Exports
from spokesdesk.gui.papers.findings import FindingsCard
from spokesdesk.gui.papers.form import LetterForm
from spokesdesk.gui.papers.leading import Leading
from spokesdesk.gui.papers.moving import Moving
from spokesdesk.gui.papers.notes import PaperNotes
from spokesdesk.gui.papers.preview import Preview
from spokesdesk.gui.papers.printpanel import PrintPanel
from spokesdesk.gui.papers.putting import Putting
from spokesdesk.gui.papers.recovery import Recovery
from spokesdesk.gui.papers.remarks import Remarks
from spokesdesk.gui.papers.said import PaperSaid
from spokesdesk.gui.papers.saving import PaperSaving
from spokesdesk.gui.papers.sending import SendMenu
from spokesdesk.gui.papers.signed import SignedNote
from spokesdesk.gui.papers.signpanel import SignPanel
from spokesdesk.gui.papers.sources import SourcesLine
from spokesdesk.gui.papers.steps import PaperSteps
from spokesdesk.gui.papers.top import PaperTop
from spokesdesk.gui.recordpage import RecordPage
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import beside, left_side, right_side, scrolled
from spokesdesk.gui.widgets.basic import label


class PaperParts(RecordPage):
    """Everything seen on a paper's page; ``PaperPage`` says what happens in it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.form = LetterForm(context.theme, self)
        self.findings = FindingsCard(context.courier, self.form)
        self.form.put_below_text(self.findings)
        self.form.annexes.removed.connect(self._annex_removed)
        self.remarks = Remarks(self.form)
        self.saving = PaperSaving(context, self.form, self)
        self.putting = Putting(context, self.form, self.saving, self)
        self.said = PaperSaid(context, self.form, self.saving, self.putting, self)
        self.preview = Preview(context.courier, context.theme, self)
        self.steps = PaperSteps(self)
        self.top = PaperTop(context.theme, self)
        self.notes = PaperNotes(self)
        self.after = AfterNotes(context, self)
        self.moving = Moving(context, self.saving, self)
        self.print_panel = PrintPanel(context, self)
        self.sending = SendMenu(context, self)
        self.sending.begun.connect(self.print_panel.hide)
        self.sign_panel, self.signed_note = SignPanel(context, self), SignedNote(self)
        self.doubled = DoubledNote(self)
        self.claims, self.history = ClaimsCard(self), HistoryCard(self)
        self.sources = SourcesLine(self)
        self.exports = Exports(context, self)
        self.recovery = Recovery(context, self.saving, self.notes, self)
        self.comparing: CompareSheet | None = None
        self.due: DueSheet | None = None
        self.page_place = label(_("Bản in"), "muted", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 12)
        column.setSpacing(6)
        column.addWidget(self.top)
        self.steps.setFixedHeight(34)
        self.area = scrolled((self.sign_panel, self.sources, self.claims, self.form, self.history), self)
        self.leading = Leading(context, self.form, self.findings, self.remarks, self.preview, self.area, self)
        fixed = (self.steps, self.doubled, self.after, self.signed_note, self.notes, self.moving.place)
        self.area.viewport().installEventFilter(self)
        left = left_side(fixed, self.area, self)
        buttons = (
            ("Word", partial(self.export, "docx")),
            ("PDF", partial(self.export, "pdf")),
            (_("In"), self.print),
            self.sending.button,
        )
        right = right_side(
            self.page_place, buttons, (self.print_panel, self.sending.place, self.preview), self
        )
        column.addWidget(beside(left, right, self), 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the text have most of the height there is."""
        if event.type() == QEvent.Type.Resize and watched is self.area.viewport():
            self.form.text.show_rows(round(self.area.viewport().height() * 0.72))
        return super().eventFilter(watched, event)

    @Slot(object)
    def _annex_removed(self, title: str) -> None:
        said = _("Đã bỏ phụ lục “{title}”.").format(title=title) if title else _("Đã bỏ phụ lục.")
        self._context.toast(said, self.form.annexes.restore)

    def export(self, form: str) -> None:
        """Save, then ask where to write the file; form is docx or pdf."""
        self.saving.save(partial(self._export_saved, form))

    def print(self) -> None:
        """Save, then ask for the printer."""
        self.saving.save(self._print_saved)

    def compare(self, pair: tuple[int, int] | None = None) -> None:
        """Save, then compare two versions; None compares the latest two."""
        self.saving.save(partial(self._compare_saved, pair))

    def _compare_saved(self, pair: tuple[int, int] | None) -> None:
        if self.saving.paper is not None and self._context.desk() is not None:
            sheet = CompareSheet(self._context, self.saving.paper, pair, self.window())
            sheet.restored.connect(self._restored)
            self.comparing = sheet
            sheet.open()

    def ask_due(self) -> None:
        """Save, then ask until when the paper should be approved."""
        self.saving.save(self._ask_due_saved)

    def _ask_due_saved(self) -> None:
        paper = self.saving.paper
        if paper is not None and not paper.is_frozen:
            self.due = DueSheet(self._context, paper, self.window())
            self.due.open()

    @Slot(object)
    def _restored(self, paper: Paper) -> None:
        raise NotImplementedError

    def _export_saved(self, form: str) -> None:
        if self.saving.paper is not None:
            self.exports.ask(self.saving.paper, form)

    def _print_saved(self) -> None:
        if self.saving.paper is not None:
            self.sending.close()
            self.print_panel.open_for(self.saving.paper)
