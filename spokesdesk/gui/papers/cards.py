"""Cards beside the form: what the article said, and what was done to the paper so far."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.coverage import Article
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Move, Paper, PaperMove, edited_at_approval
from spokesdesk.domain.signing import PaperSignature, SignatureKind
from spokesdesk.gui.claims import ClaimLine, ClaimRow
from spokesdesk.gui.papers.signways import made_with
from spokesdesk.gui.papers.words import MOVES, moment
from spokesdesk.gui.widgets.basic import Card, Chip, ElidedLabel, LinkButton, clear_layout, label, line


class ClaimsCard(Card):
    """The claims of the article that the paper answers, a line each; unfolded, with fact and proof."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Nội dung báo nêu"), parent=parent)
        self._article: Article | None = None
        self._is_open = False
        self._fold = LinkButton("", self._toggle, self)
        self.head.addWidget(self._fold)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)
        self.hide()

    def show_article(self, article: Article | None) -> None:
        """Show an article's claims; hidden when there is none."""
        self._article = article
        self.setVisible(article is not None)
        self._fill()

    def unfold(self) -> None:
        """Show each claim with its fact and proof."""
        self._is_open = True
        self._fill()

    @Slot()
    def _toggle(self) -> None:
        self._is_open = not self._is_open
        self._fill()

    def _fill(self) -> None:
        clear_layout(self._rows)
        article = self._article
        if article is None:
            return
        self.set_note(_("{n} chỗ đã đánh dấu").format(n=len(article.claims)))
        self._fold.set_text(_("Thu gọn") if self._is_open else _("Xem đủ"))
        self._fold.setVisible(bool(article.claims))
        source = f"{article.outlet.name} · {moment(article.published_at)} · “{article.title}”"
        self._rows.addWidget(ElidedLabel(source, "small", self))
        for claim in article.claims:
            self._rows.addWidget(line(self))
            self._rows.addWidget(ClaimRow(claim, self) if self._is_open else ClaimLine(claim, self))


class HistoryCard(Card):
    """Each step with who, when and the remark; the latest first.

    Emits:
        compare_asked: (old version, new version) to compare; None for the latest two.
    """

    compare_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Quá trình xử lý"), parent=parent)
        self._compare = LinkButton(_("So sánh bản (Ctrl+D)"), partial(self.compare_asked.emit, None), self)
        self.head.addWidget(self._compare)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)
        self._origins = QVBoxLayout()
        self._origins.setSpacing(2)
        self.body.addLayout(self._origins)

    def show_origins(self, noted: Sequence[str]) -> None:
        """Show where paragraphs of the paper come from."""
        clear_layout(self._origins)
        if noted:
            self._origins.addWidget(label(_("Đoạn lấy từ nơi khác"), "strong", self))
        for each in noted:
            self._origins.addWidget(label(each, "small", self, wrap=True))

    def show_paper(self, found: Paper | None, made: tuple[PaperSignature, ...] = ()) -> None:
        """Show what was done to a paper and who signed it; hidden before it was saved once."""
        clear_layout(self._rows)
        self.setVisible(found is not None)
        if found is None:
            return
        self._compare.setVisible(found.version > 1)
        edited = edited_at_approval(found)
        waiting = list(made)
        for step in reversed(found.moves):
            while waiting and waiting[-1].at >= step.at:
                self._rows.addWidget(self._signature(waiting.pop()))
            self._rows.addWidget(self._step(step))
            if edited is not None and step.move is Move.APPROVE:
                self._rows.addWidget(self._edited(edited))
        self._rows.addWidget(self._line(_("Bắt đầu soạn"), found.author.name, moment(found.created_at)))

    def _step(self, step: PaperMove) -> QWidget:
        chip = _("Tự duyệt văn bản mình soạn") if step.is_flagged else ""
        made = self._line(MOVES[step.move][1], step.by.name, moment(step.at), step.remark, chip)
        column = made.layout()
        if step.review is not None and column is not None:
            seen = _("Đã xem lại: {who}, {moment}").format(
                who=step.review.by.name, moment=moment(step.review.at)
            )
            remark = f" “{step.review.remark}”" if step.review.remark else ""
            column.addWidget(label(seen + remark, "", made, wrap=True))
        return made

    def _signature(self, one: PaperSignature) -> QWidget:
        said = _("Đã ký phê duyệt") if one.kind is SignatureKind.LEADER else _("Đã ký phát hành")
        return self._line(said, one.signer, moment(one.at), made_with(one.adapter), quoted=False)

    def _edited(self, versions: tuple[int, int]) -> QWidget:
        said = _("Nội dung đã sửa sau khi trình: bản {sent} → bản {approved}")
        words = said.format(sent=versions[0], approved=versions[1])
        return LinkButton(words, partial(self.compare_asked.emit, versions), self)

    def _line(
        self, what: str, who: str, when: str, remark: str = "", chip: str = "", *, quoted: bool = True
    ) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(what, "strong", box))
        row.addWidget(label(who, "", box))
        row.addWidget(Chip(chip, "amber", parent=box))
        row.addStretch(1)
        row.addWidget(label(when, "small", box))
        column.addLayout(row)
        if remark:
            column.addWidget(
                label(f"“{remark}”" if quoted else remark, "" if quoted else "small", box, wrap=True)
            )
        return box
