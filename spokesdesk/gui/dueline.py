"""A deadline in one line: the date as a chip, the limit in words, the law (căn cứ) and any doubt about its text."""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.journal import Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.rules import Confidence
from spokesdesk.domain.text import short_date
from spokesdesk.gui.lawlink import LawLink
from spokesdesk.gui.remaining import left
from spokesdesk.gui.widgets.basic import Chip, label


class DueLine(QWidget):
    """Shows a deadline; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._chip = Chip(parent=self)
        self._words = label("", "cite", self, wrap=True)
        row.addWidget(self._chip)
        row.addWidget(self._words, 1)
        self._law = LawLink(self)
        row.addWidget(self._law)
        self.hide()

    def show_due(self, due: Due | None, now: datetime | None = None, *, settled: bool = False) -> None:
        """Show a deadline.

        Args:
            due: None hides the line.
            now: UTC; given for a deadline that runs, which is then said as time that remains.
            settled: what was due has been done.
        """
        self.setVisible(due is not None)
        if due is None:
            return
        chip, tone = chip_of(due, now, settled=settled)
        self._chip.set(chip, tone)
        self._words.setText(cited(due))
        self._law.set_citation(due.citation)
        self.setAccessibleName(self.text())

    def text(self) -> str:
        """Give what is shown; "" while hidden."""
        return "" if self.isHidden() else f"{self._chip.text()} {self._words.text()}"


def chip_of(due: Due, now: datetime | None, *, settled: bool = False) -> tuple[str, str]:
    """Give the short words of a deadline and their tone."""
    if settled:
        return _("Đã trả lời"), "green"
    if due.due_at is None:
        return _("Không ấn định ngày"), "neutral"
    if now is None:
        return _("Hạn {day}").format(day=short_date(vn_day(due.due_at))), "teal"
    return left(due.due_at, now)


def cited(due: Due) -> str:
    """Give the limit in words with its căn cứ, and how well the text of the law is known when in doubt."""
    parts = [due.wording, _("căn cứ {law}").format(law=due.citation) if due.citation else ""]
    if due.confidence in list(Confidence) and due.confidence != Confidence.VERIFIED:
        parts.append(Confidence(due.confidence).wording)
    if due.calendar_uncertain:
        parts.append(_("lịch nghỉ trong khoảng này chưa chắc chắn, ngày có thể đổi"))
    return " · ".join(part for part in parts if part)
