"""What a contact can say besides: more journalists, answers one by one, more things given, who answered."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.companions import COMPANIONS_LIMIT
from spokesdesk.domain.journal import GIVENS_LIMIT
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.journal.answerer import AnswererNote
from spokesdesk.gui.journal.answers import AnswerRow, Answers
from spokesdesk.gui.journal.companions import CompanionRow
from spokesdesk.gui.journal.foldout import FoldOut
from spokesdesk.gui.journal.foldrows import FoldRow, FoldRows
from spokesdesk.gui.journal.givens import GivenRow
from spokesdesk.gui.journal.values import Values
from spokesdesk.gui.nameedit import NameEdit
from spokesdesk.gui.questions import split_questions
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.fields import Field
from spokesdesk.services import answerers
from spokesdesk.services.ports import Desk


class More(QWidget):
    """The parts that are folded away until asked for; the form puts each in its place.

    Args:
        context: of the window.
        questions: gives what stands in the field of questions.

    Emits:
        edited: None, something in one of the parts was changed.
        made: a new row, so that the form can watch its inputs.
    """

    edited = Signal(object)
    made = Signal(object)

    def __init__(self, context: Context, questions: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._context, self._questions = context, questions
        self._desk: Desk | None = None
        self._on: date | None = None
        self.answered_by = NameEdit(context.courier, context.theme, None, _("Gõ một phần tên"), parent)
        self.companions: FoldRows[CompanionRow] = FoldRows(self._companion, COMPANIONS_LIMIT, parent)
        self.givens: FoldRows[GivenRow] = FoldRows(self._given, GIVENS_LIMIT, parent)
        self.answers = Answers(context, parent)
        self.note = AnswererNote(context.courier, self._names, parent)
        self.folds = (
            FoldOut(
                self.companions,
                "companions",
                _("Những nhà báo cùng đến"),
                _("Thêm nhà báo"),
                "Ctrl+J",
                self.add_companion,
                parent,
            ),
            FoldOut(
                self.answers,
                "answers",
                _("Trả lời từng câu"),
                _("Trả lời từng câu"),
                "Ctrl+T",
                self.open_answers,
                parent,
            ),
            FoldOut(
                self.givens,
                "givens",
                _("Nội dung cung cấp thêm"),
                _("Thêm nội dung cung cấp"),
                "Ctrl+G",
                self.add_given,
                parent,
            ),
        )
        self._connect()

    def use(self, desk: Desk | None, on: date | None) -> None:
        """Work with this desk, by the law of a day."""
        self._desk, self._on = desk, on
        fetch = partial(answerers.answerers, desk, on) if desk is not None and on is not None else None
        self.answered_by.fetch_with(fetch)
        self.answers.fetch_with(fetch)
        for row in self.companions.rows():
            row.use(desk, on)
        self.note.use(desk, on)

    def fields(self) -> tuple[Field, ...]:
        """Give the labelled parts, for errors."""
        return tuple(fold.field for fold in self.folds)

    def fill(self, values: Values) -> None:
        """Show what a draft held."""
        self.answered_by.setText(values.answered_by)
        self.companions.set_values(values.companions)
        self.answers.set_values(values.answers)
        self.givens.set_values(values.givens)
        self.note.ask()

    def add_companion(self) -> None:
        """Ask for one more journalist."""
        _begin(self.companions.add())

    def add_given(self) -> None:
        """Ask for one more thing given."""
        _begin(self.givens.add())

    def open_answers(self) -> None:
        """Have a row for the answer to every question, and go to the first that has none."""
        self.sync_answers()
        rows = self.answers.rows()
        if not rows:
            self._context.status(_("Hãy ghi câu hỏi trước, mỗi câu một dòng."))
            return
        _begin(next((row for row in rows if not row.text.text().strip()), rows[-1]))

    def sync_answers(self) -> None:
        """Bring the rows of answers in line with the questions; nothing while they are folded away."""
        self.answers.sync(split_questions(self._questions()))

    def questions_left(self) -> None:
        """The field of questions was left: rows that are shown follow it."""
        if self.answers.rows():
            self.sync_answers()

    def _connect(self) -> None:
        self.answered_by.textChanged.connect(self._pass_on)
        self.answered_by.editingFinished.connect(self.note.ask)
        self.answered_by.chosen.connect(self.note.ask)
        for rows in (self.companions, self.answers, self.givens):
            rows.edited.connect(self._pass_on)
            rows.made.connect(self._row_made)

    def _companion(self, parent: QWidget) -> CompanionRow:
        row = CompanionRow(self._context, len(self.companions.rows()) + 2, parent)
        row.use(self._desk, self._on)
        return row

    def _given(self, parent: QWidget) -> GivenRow:
        return GivenRow(self._context.theme, len(self.givens.rows()) + 2, parent)

    def _row_made(self, row: FoldRow) -> None:
        if isinstance(row, AnswerRow):
            row.by.editingFinished.connect(self.note.ask)
        self.made.emit(row)

    def _names(self) -> tuple[str, ...]:
        return (self.answered_by.text(), *self.answers.names())

    def _pass_on(self, *_ignored: object) -> None:
        self.edited.emit(None)


def _begin(row: FoldRow | None) -> None:
    if row is not None:
        row.setFocus()
