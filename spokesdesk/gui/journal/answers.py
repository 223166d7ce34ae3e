"""Answers one by one: a row for each question of the form, and for what earlier entries of the thread left open."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.answers import ANSWER_LIMIT
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.journal.foldrows import FoldRow, FoldRows, Json
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.nameedit import NameEdit
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.fields import Field, LineEdit, TextEdit
from spokesdesk.gui.widgets.suggest import Fetch

MOST = 200


class AnswerRow(FoldRow):
    """A question and its answer; without a text it stays open."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._asked: dict[str, object] = {}
        self._question = label("", "strong", self, wrap=True)
        self.text = TextEdit(_("Chưa trả lời thì để trống"), 2, self)
        self.setFocusProxy(self.text)
        self.by = NameEdit(context.courier, context.theme, None, _("như ô Người trả lời"), self)
        self.at = LineEdit(_("lúc tiếp nhận"), self)
        text = Field(_("Câu trả lời"), self.text, "answers", parent=self)
        by = Field(_("Người trả lời câu này"), self.by, "answered_by", parent=self)
        at = Field(_("Trả lời lúc"), self.at, "answers", parent=self)
        LengthWatch(text, ANSWER_LIMIT)
        LengthWatch(by, NAME_LIMIT)
        grid = FieldGrid(2, 150, self)
        grid.show_cells([(by, 1), (at, 1)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self._question, text, grid):
            column.addWidget(part)
        for edit in (self.text, self.by, self.at):
            edit.textChanged.connect(self._pass_on)

    def tab_chain(self) -> tuple[QWidget, ...]:
        """Give the inputs in the order of Tab."""
        return (self.text, self.by, self.at)

    def fill(self, value: Json) -> None:
        """Show a question with what was typed as its answer."""
        self.ask(value)
        self.text.set_text(str(value.get("text", "")))
        self.by.setText(str(value.get("by", "")))
        self.at.setText(str(value.get("at", "")))

    def ask(self, value: Json) -> None:
        """Show another question above the same answer."""
        self._asked = {key: value[key] for key in ("of", "question", "asked", "asked_on") if key in value}
        asked, on = str(value.get("asked", "")), str(value.get("asked_on", ""))
        place = value.get("question", 0)
        number = (place if isinstance(place, int) else 0) + 1
        words = _("{n}. {question}")
        if value.get("of"):
            words = _("Hỏi ngày {on}: {question}") if on else _("Câu hỏi trước: {question}")
        self._question.setText(words.format(on=on, n=number, question=asked))

    def value(self) -> dict[str, object]:
        """Give the question with what was typed."""
        return self._asked | {"text": self.text.text(), "by": self.by.text(), "at": self.at.text()}


class Answers(FoldRows[AnswerRow]):
    """The rows; own questions come and go with those of the form, open ones of earlier entries stay.

    Args:
        context: of the form.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(partial(AnswerRow, context), MOST, parent)
        self._fetch: Fetch | None = None

    def fetch_with(self, fetch: Fetch | None) -> None:
        """Change where names of who answered come from."""
        self._fetch = fetch
        for row in self.rows():
            row.by.fetch_with(fetch)

    def add(self, value: Json | None = None) -> AnswerRow | None:
        """Put a row below the others."""
        row = super().add(value)
        if row is not None:
            row.by.fetch_with(self._fetch)
        return row

    def sync(self, questions: Sequence[str]) -> None:
        """Have a row for every question of the form; an answer stays with its question."""
        earlier = [value for value in self.values() if value.get("of")]
        wanted = [*aligned(questions, self.values()), *earlier]
        if len(wanted) == len(self.rows()):
            # The rows stay, and so does the cursor.
            for row, value in zip(self.rows(), wanted, strict=True):
                if row.value() != value:
                    row.fill(value)
            return
        self.set_values(wanted)

    def names(self) -> tuple[str, ...]:
        """Give who is named as having answered."""
        return tuple(
            row.by.text() for row in self.rows() if row.text.text().strip() and row.by.text().strip()
        )


def aligned(questions: Sequence[str], values: Sequence[Json]) -> list[dict[str, object]]:
    """Give one answer for every question of a form, in their order.

    Args:
        questions: as the form holds them now.
        values: answers as they were typed; one goes with the question of its words, else, when no question was
            added or taken out, with the one at its place. A text whose question is gone stays at the end.
    """
    own = [dict(value) for value in values if not value.get("of")]
    left = list(own)
    found: list[dict[str, object]] = []
    for place, question in enumerate(questions):
        same = next((value for value in left if value.get("asked") == question), None)
        if same is None and len(own) == len(questions):
            at_place = own[place]
            same = at_place if at_place in left and at_place.get("asked") not in questions else None
        if same is not None:
            left.remove(same)
        found.append(
            (same or {"text": "", "by": "", "at": ""}) | {"of": "", "question": place, "asked": question}
        )
    lost = [value for value in left if str(value.get("text", "")).strip()]
    return [*found, *(value | {"question": len(questions) + n} for n, value in enumerate(lost))]
