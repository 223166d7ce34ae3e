"""The questions of an entry, each with its answers: who gave them and when, or that it is still open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.answers import Answer, answers_by_question
from spokesdesk.domain.journal import Contact
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.journal.values import moment_text
from spokesdesk.gui.widgets.basic import Chip, LinkButton, clear_layout, label

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class Asked(QWidget):
    """Questions and answers; hidden when nothing was asked nor answered.

    Emits:
        answer_asked: None, somebody wants to write down what an open question was answered.
    """

    answer_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_of(self, entry: Contact) -> None:
        """Show the questions of an entry, and what it answered of earlier ones."""
        clear_layout(self._column)
        if entry.questions:
            self._column.addWidget(label(_("Câu hỏi"), "small", self))
        found = answers_by_question(entry.questions, entry.answers)
        for n, (question, answers) in enumerate(zip(entry.questions, found, strict=True), 1):
            self._say(_("{n}. {question}").format(n=n, question=question))
            for each in answers:
                self._say_answer(each, is_later=each.given_in != entry.id)
            if not answers:
                self._say_open(can_answer=entry.corrected_by is None)
        if entry.replies:
            self._column.addWidget(label(_("Trả lời câu hỏi đã hỏi trước"), "small", self))
        for each in entry.replies:
            self._say(each.asked)
            self._say_answer(each, is_later=False)
        self.setVisible(bool(entry.questions or entry.replies))

    def _say(self, text: str, kind: str = "") -> None:
        said = label(text, kind, self, wrap=True)
        said.setTextInteractionFlags(_SELECTABLE)
        said.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._column.addWidget(said)

    def _say_answer(self, answer: Answer, *, is_later: bool) -> None:
        later = _("trả lời sau") if is_later else ""
        parts = (answer.answered_by, moment_text(answer.answered_at), later)
        self._say(f"→ {answer.text}")
        self._say("    " + " · ".join(part for part in parts if part), "small")

    def _say_open(self, *, can_answer: bool) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Chip(_("chưa trả lời"), "amber", parent=self))
        if can_answer:
            row.addWidget(LinkButton(_("Ghi câu trả lời"), self._ask, self))
        row.addStretch(1)
        self._column.addLayout(row)

    def _ask(self) -> None:
        self.answer_asked.emit(None)
