"""Cards beside an article: its claims, and the clocks of the law of its day."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.claims import Placed, ask_words
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.coverage import Article, Claim
from spokesdesk.domain.journal import Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import short_date
from spokesdesk.gui.claims import VERDICTS, ClaimRow, quoted
from spokesdesk.gui.given import Given, GivenModel
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Card, Chip, LinkButton, clear_layout, label
from spokesdesk.gui.widgets.rowlist import ROW_HEIGHT, RowCells, RowList

MOST_ROWS = 5
DOUBTS = {
    "one_copy": _("chưa xác minh: mới thấy một nguồn"),
    "conflicting": _("chưa xác minh: các nguồn khác nhau"),
    "from_memory": _("chưa xác minh: cần đối chiếu"),
}


class ClaimsCard(Card):
    """Everything marked in an article: two lines each, and the one chosen in full.

    Emits:
        shown: ``Claim`` to be shown in the text.
        edit_wanted: ``Claim`` to be worded anew.
        drop_wanted: ``Claim`` that is no longer to count.
    """

    shown = Signal(object)
    edit_wanted = Signal(object)
    drop_wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Chỗ đã đánh dấu"), parent=parent)
        self._claims: tuple[Placed, ...] = ()
        self._chosen: Placed | None = None
        self._model: GivenModel[Placed] = GivenModel(context.courier, _key, self)
        self.rows = RowList(context.theme, _cells, _("Chỗ đã đánh dấu"), self)
        self.rows.set_rows(self._model)
        self.rows.current_changed.connect(self._moved)
        self.rows.opened.connect(self._opened)
        self._nothing = label(
            _("Bôi đen câu chưa đúng trong bài rồi bấm “Đánh dấu” (Ctrl+M)."), "muted", self, wrap=True
        )
        self._detail = QVBoxLayout()
        self._detail.setSpacing(2)
        self.add(self._nothing)
        self.add(self.rows)
        self.body.addLayout(self._detail)

    def show_claims(self, claims: Sequence[Placed]) -> None:
        """Show the claims with their places in the text as it is now."""
        before, self._claims = self._chosen, tuple(claims)
        self.set_note(str(len(claims)) if claims else "")
        self._nothing.setVisible(not claims)
        # One claim needs no list beside it.
        self.rows.setVisible(len(claims) > 1)
        self.rows.setFixedHeight(min(max(len(claims), 1), MOST_ROWS) * ROW_HEIGHT)
        self._model.show(partial(tuple, self._claims))
        self._choose(_again(before, self._claims))

    def choose(self, claim: Claim) -> None:
        """Show a claim in full."""
        self._choose(next((each for each in self._claims if each.claim.id == claim.id), self._chosen))

    @property
    def chosen(self) -> Claim | None:
        """The claim shown in full."""
        return self._chosen.claim if self._chosen else None

    def _choose(self, placed: Placed | None) -> None:
        if placed != self._chosen or not self._detail.count():
            self._chosen = placed
            clear_layout(self._detail)
            if placed is not None:
                self._detail.addWidget(self._in_full(placed))
        self.rows.select(placed.claim.id if placed else None)

    @Slot(object)
    def _moved(self, given: Given[Placed] | None) -> None:
        if given is not None:
            self._choose(given.item)

    @Slot(object)
    def _opened(self, given: Given[Placed]) -> None:
        self.shown.emit(given.item.claim)

    def _in_full(self, placed: Placed) -> QWidget:
        claim = placed.claim
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(ClaimRow(claim, box))
        for text in _more(placed):
            column.addWidget(label(text, "small", box, wrap=True))
        if placed.warning and claim.start is not None:
            column.addWidget(label(placed.warning, "amber", box, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        if placed.start is not None:
            row.addWidget(LinkButton(_("Xem trong bài"), partial(self.shown.emit, claim), box))
        row.addWidget(LinkButton(_("Sửa"), partial(self.edit_wanted.emit, claim), box))
        row.addWidget(LinkButton(_("Bỏ"), partial(self.drop_wanted.emit, claim), box))
        row.addStretch(1)
        column.addLayout(row)
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


def _key(placed: Placed) -> UUID:
    return placed.claim.id


def _cells(given: Given[Placed]) -> RowCells:
    claim = given.item.claim
    words, tone = VERDICTS[claim.verdict]
    return RowCells(quoted(claim), detail=claim.fact, chip=words, tone=tone, quiet=True)


def _again(before: Placed | None, claims: Sequence[Placed]) -> Placed | None:
    """Give the claim that was chosen as it is now: itself, what it was worded anew as, else the first."""
    if before is not None:
        for each in claims:
            if before.claim.id in (each.claim.id, each.claim.corrects):
                return each
    return claims[0] if claims else None


def _more(placed: Placed) -> tuple[str, ...]:
    """Give what is asked and what proves it, each in a line."""
    claim, words = placed.claim, ask_words()
    named = (
        (_("Đề nghị: {text}"), "; ".join(words[ask] for ask in claim.asks)),
        (_("Tệp: {text}"), ", ".join(f"{each.name} (SHA-256 {each.sha256[:8]}…)" for each in claim.files)),
        (_("Văn bản: {text}"), "; ".join(each.name for each in claim.papers)),
        (_("Đã công bố: {text}"), ", ".join(claim.links)),
    )
    return tuple(lead.format(text=text) for lead, text in named if text)
