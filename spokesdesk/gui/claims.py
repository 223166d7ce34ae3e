"""A claim as it is shown beside the article and beside the letter that answers it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.coverage import Claim, Verdict
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import Chip, ElidedLabel, label

VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.FALSE: (_("Sai sự thật"), "red"),
    Verdict.INACCURATE: (_("Không chính xác"), "amber"),
    Verdict.MISLEADING: (_("Gây hiểu lầm"), "amber"),
}
CHIP = 124


class ClaimLine(QWidget):
    """A claim in one line: verdict, quote, and what proves the fact; the rest is its tool tip."""

    def __init__(self, claim: Claim, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Chip(*VERDICTS[claim.verdict], width=CHIP, parent=self))
        row.addWidget(ElidedLabel(quoted(claim), "", self), 3)
        if claim.proof:
            row.addWidget(ElidedLabel(f"→ {claim.proof}", "muted", self), 2)
        self.setToolTip("\n".join(details(claim)))


class ClaimRow(QWidget):
    """Verdict, quote, fact, proof and ground of one claim."""

    def __init__(self, claim: Claim, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(2)
        column.addWidget(Chip(*VERDICTS[claim.verdict], width=CHIP, parent=self))
        column.addWidget(label(quoted(claim), "strong", self, wrap=True))
        for text in details(claim):
            column.addWidget(label(text, "small", self, wrap=True))


def quoted(claim: Claim) -> str:
    """Give the words as published, in quotation marks."""
    return f"“{claim.quote.strip('“”')}”"


def details(claim: Claim) -> tuple[str, ...]:
    """Give fact, proof and ground, each with its name."""
    named = (
        (_("Sự thật: {text}"), claim.fact),
        (_("Tài liệu chứng minh: {text}"), claim.proof),
        (_("Căn cứ: {text}"), claim.ground),
    )
    return tuple(lead.format(text=text) for lead, text in named if text)
