"""What a check of press papers found: the result as a chip, why, and what may not be demanded."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.verification import Verification
from spokesdesk.domain.verification.saying import footnoted, joined
from spokesdesk.gui.journal.words import tone_of
from spokesdesk.gui.widgets.basic import Chip, label


class Verdict(QWidget):
    """The reasons of a check and what may not be demanded, each sentence with its citation.

    Attributes:
        chip: the result in words; whoever shows the verdict puts it into the head of the card.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chip = Chip(parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._reasons = label("", "small", self, wrap=True)
        self._barred = label("", "small", self, wrap=True)
        column.addWidget(self._reasons)
        column.addWidget(self._barred)
        self.show_verdict(None)

    def show_verdict(self, verdict: Verification | None) -> None:
        """Show a result; None while it cannot be judged because the desk is not open yet."""
        if verdict is None:
            self.chip.set("")
            self._say(_("Kết quả kiểm tra hiện ra khi bàn làm việc mở xong."), "")
            return
        self.chip.set(verdict.result.wording, tone_of(verdict.result))
        mark = "✓" if verdict.result.is_good else "•"
        reasons, barred = _marked(mark, verdict.reasons), _marked("⊘", verdict.may_not_demand)
        self._say(reasons, barred)

    def show_reasons(self, verdict: Verification) -> None:
        """Show a result without what may not be demanded, where that is said of somebody else already."""
        self.show_verdict(replace(verdict, may_not_demand=()))

    def reasons(self) -> str:
        """Give what is shown as reasons."""
        return self._reasons.text()

    def barred(self) -> str:
        """Give what is shown as not to be demanded."""
        return self._barred.text()

    def _say(self, reasons: str, barred: str) -> None:
        shown = footnoted("\n".join(part for part in (reasons, barred) if part)).split("\n⊘", 1)
        self._reasons.setText(shown[0])
        self._barred.setText(f"⊘{shown[1]}" if len(shown) > 1 else "")
        self._barred.setVisible(len(shown) > 1)


def _marked(mark: str, sentences: Sequence[str]) -> str:
    return "\n".join(f"{mark} {sentence}" for sentence in joined(sentences))
