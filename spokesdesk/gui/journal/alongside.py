"""The other journalists of an entry, each with what the papers shown were worth and why."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.companions import Companion
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.journal.verdict import Verdict
from spokesdesk.gui.journal.words import facts_text, kind_name
from spokesdesk.gui.widgets.basic import Card, clear_layout, label


class Alongside(Card):
    """Everybody who came along; hidden when the journalist came alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.body.addLayout(self._rows)

    def show_companions(self, companions: tuple[Companion, ...]) -> None:
        """Show these journalists."""
        clear_layout(self._rows)
        self.set_title(_("{n} nhà báo cùng đến").format(n=len(companions)))
        for companion in companions:
            self._rows.addWidget(_Row(companion, self))
        self.setVisible(bool(companions))


class _Row(QWidget):
    def __init__(self, companion: Companion, parent: QWidget) -> None:
        super().__init__(parent)
        checked = companion.verification
        verdict = Verdict(self)
        verdict.show_reasons(checked)
        head = QHBoxLayout()
        head.addWidget(label(companion.name, "strong", self, wrap=True), 1)
        head.addWidget(verdict.chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        shown = " · ".join(facts_text(checked.facts))
        if shown:
            column.addWidget(label(f"{kind_name(checked.kind)}: {shown}", "", self, wrap=True))
        column.addWidget(verdict)
