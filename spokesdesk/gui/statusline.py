"""The status line: saved state and short words at the left, work under way, and the portal as one chip at the right."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.labels import Chip, ElidedLabel, label

HEIGHT = 34
SAID_MS = 8_000


class StatusLine(QFrame):
    """What state things are in; it informs and never asks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("statusline", True)
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 12, 0)
        row.setSpacing(10)
        self._saved = label("", "", self)
        self._said = ElidedLabel("", "muted", self)
        self._care = Chip("", "neutral", parent=self)
        self._chip = Chip("", "neutral", parent=self)
        self._round = label("", "muted", self)
        row.addWidget(self._saved)
        row.addWidget(self._said, 1)
        row.addWidget(self._care)
        row.addWidget(self._chip)
        row.addWidget(self._round)
        self._row = row
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._hush)

    def add_busy(self, busy: QWidget) -> None:
        """Show work under way left of the chip."""
        self._row.insertWidget(2, busy, 1)

    def add_news(self, link: QWidget) -> None:
        """Show a link to something new left of the portal's chip."""
        self._row.insertWidget(self._row.count() - 2, link)

    def set_saved(self, state: str) -> None:
        """Say the state of what was typed: "typing", "saved", "memory", "" for nothing to say."""
        words = {
            "typing": _("Đang gõ…"),
            "saved": _("Đã lưu mọi thứ"),
            "memory": _("Chờ mở khóa để lưu"),
            "refused": _("Chưa lưu"),
        }
        self._saved.setText(words.get(state, ""))

    def say(self, text: str) -> None:
        """Say something short for a while, e.g. why one has to wait."""
        self._said.set_text(text)
        self._timer.start(SAID_MS)

    def said(self) -> str:
        """Give what is being said."""
        return self._said.accessibleName()

    def set_portal(self, chip: str, tone: str, last_round: str = "") -> None:
        """Say how it stands with the portal; an empty chip says nothing."""
        self._chip.set(chip, tone)
        self._round.setText(last_round)

    def set_care(self, chip: str, sentence: str = "") -> None:
        """Say that the workspace itself needs care, e.g. an old backup; an empty chip says nothing."""
        self._care.set(chip, "amber")
        self._care.setToolTip(sentence)

    @Slot()
    def _hush(self) -> None:
        self._said.set_text("")
