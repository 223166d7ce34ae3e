"""Cards beside an article: its claims, and the clocks of the law of its day."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.coverage import Article, Claim
from spokesdesk.domain.journal import Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import short_date
from spokesdesk.gui.claims import ClaimRow
from spokesdesk.gui.widgets.basic import Card, Chip, LinkButton, clear_layout, label, line

DOUBTS = {
    "one_copy": _("chưa xác minh: mới thấy một nguồn"),
    "conflicting": _("chưa xác minh: các nguồn khác nhau"),
    "from_memory": _("chưa xác minh: cần đối chiếu"),
}


class ClaimsCard(Card):
    """Everything marked in an article.

    Emits:
        shown: ``Claim`` to be shown in the text.
    """

    shown = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Chỗ đã đánh dấu"), parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)

    def show_claims(self, claims: Sequence[Claim]) -> None:
        """Show the claims."""
        clear_layout(self._rows)
        self.set_note(str(len(claims)) if claims else "")
        if not claims:
            words = _("Bôi đen câu chưa đúng trong bài rồi bấm “Đánh dấu” (Ctrl+M).")
            self._rows.addWidget(label(words, "muted", self, wrap=True))
        for at, claim in enumerate(claims):
            if at:
                self._rows.addWidget(line(self))
            self._rows.addWidget(self._row(claim))

    def _row(self, claim: Claim) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(ClaimRow(claim, box))
        if claim.start is not None:
            button = LinkButton(_("Xem trong bài"), partial(self.shown.emit, claim), box)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return box


class ClocksCard(Card):
    """How long the outlet has, each with its căn cứ; the law in force on the day of publication."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Thời hạn cải chính, phản hồi"), parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)

    def show_clocks(self, article: Article, clocks: Sequence[Due]) -> None:
        """Show the clocks of an article."""
        clear_layout(self._rows)
        day = short_date(vn_day(article.published_at))
        lead = _("Theo luật có hiệu lực ngày {day}, ngày bài được đăng.").format(day=day)
        self._rows.addWidget(label(lead, "small", self, wrap=True))
        if not clocks:
            words = _("Chưa có quy định về thời hạn cho loại hình báo chí này trong bộ luật của máy.")
            self._rows.addWidget(label(words, "muted", self, wrap=True))
        for clock in clocks:
            self._rows.addWidget(self._row(clock))

    def _row(self, clock: Due) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(clock.wording, "strong", box, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(_("Căn cứ: {law}").format(law=clock.citation), "cite", box, wrap=True), 1)
        row.addWidget(Chip(DOUBTS.get(clock.confidence, ""), "amber", parent=box))
        column.addLayout(row)
        return box
