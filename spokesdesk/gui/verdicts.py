"""What a check of signatures found: the verdict in one sentence, each signature with its facts folded below."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain import verdicts as words
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.signing import SignatureVerdict, Verdict
from spokesdesk.gui.widgets.basic import Card, Chip, ElidedLabel, LinkButton, clear_layout, label
from spokesdesk.gui.widgets.states import Note


class VerdictView(QWidget):
    """A verdict, to read from top to bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.headline = Note("", "teal", self)
        column.addWidget(self.headline)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        column.addLayout(self._rows)
        self.cards: list[SignatureCard] = []

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Show what was found; None shows nothing."""
        clear_layout(self._rows)
        self.cards = []
        if verdict is None:
            self.headline.set_text("")
            return
        tone, sentence = words.headline(verdict)
        self.headline.set_tone(tone)
        self.headline.set_text(sentence)
        for at, one in enumerate(verdict.signatures, 1):
            card = SignatureCard(at, one, self)
            self.cards.append(card)
            self._rows.addWidget(card)


class SignatureCard(Card):
    """One signature: who, when, its worth; the rest unfolds."""

    def __init__(self, at: int, found: SignatureVerdict, parent: QWidget) -> None:
        whose = words.whose(found)
        title = _("Chữ ký {n}").format(n=at) + (f" · {whose}" if whose else "")
        super().__init__(title, parent=parent)
        self._fold = LinkButton(_("Chi tiết"), self.toggle, self)
        self.head.addWidget(self._fold)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Chip(words.short(found), words.tone(found), parent=self))
        row.addWidget(ElidedLabel(found.signer, "strong", self), 1)
        row.addWidget(label(words.moment(found.signed_at) if found.signed_at else "", "small", self))
        self.body.addLayout(row)
        self.details = QWidget(self)
        lines = QFormLayout(self.details)
        lines.setContentsMargins(0, 2, 0, 0)
        lines.setHorizontalSpacing(14)
        lines.setVerticalSpacing(4)
        for name, value in words.facts(found):
            lines.addRow(label(name, "small", self.details), label(value, "", self.details, wrap=True))
        self.add(self.details)
        self.details.hide()

    @Slot()
    def toggle(self) -> None:
        """Unfold or fold the facts."""
        shown = self.details.isHidden()
        self.details.setVisible(shown)
        self._fold.set_text(_("Thu gọn") if shown else _("Chi tiết"))
