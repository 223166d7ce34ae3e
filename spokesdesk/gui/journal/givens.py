"""One more thing that was given to the press, with the form in which it was given."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.journal import TEXT_LIMIT, GivenForm
from spokesdesk.domain.journal_words import given_forms
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.journal.foldrows import FoldRow, Json
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import IconButton
from spokesdesk.gui.widgets.fields import ComboBox, Field, LineEdit


class GivenRow(FoldRow):
    """What was given, and in which form."""

    def __init__(self, theme: Theme, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = LineEdit(_("Nội dung, số văn bản nếu có"), self)
        self.setFocusProxy(self.text)
        self.form: ComboBox[GivenForm] = ComboBox(given_forms()[1:], self)
        text = Field(_("Nội dung cung cấp {n}").format(n=number), self.text, "givens", parent=self)
        form = Field(_("Hình thức cung cấp {n}").format(n=number), self.form, "givens", parent=self)
        LengthWatch(text, TEXT_LIMIT)
        grid = FieldGrid(3, 150, self)
        grid.show_cells([(text, 2), (form, 1)])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(grid, 1)
        row.addWidget(IconButton(theme, "close", _("Bỏ nội dung này"), self._take_out, self))
        self.text.textChanged.connect(self._pass_on)
        self.form.currentIndexChanged.connect(self._pass_on)

    def tab_chain(self) -> tuple[QWidget, ...]:
        """Give the inputs in the order of Tab."""
        return (self.text, self.form)

    def fill(self, value: Json) -> None:
        """Show what a draft held."""
        self.text.setText(str(value.get("text", "")))
        form = value.get("form")
        if form in list(GivenForm):
            self.form.set_value(GivenForm(str(form)))

    def value(self) -> dict[str, object]:
        """Give what was typed; a row without a text counts for nothing."""
        return {"text": self.text.text(), "form": self.form.value().value}
