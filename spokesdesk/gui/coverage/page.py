"""One article: its text to mark in at the left; claims, clocks and what is written about it at the right."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.coverage import Article
from spokesdesk.domain.journal import Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Paper
from spokesdesk.gui.coverage.cards import ClaimsCard, ClocksCard
from spokesdesk.gui.coverage.marking import MarkPanel
from spokesdesk.gui.coverage.reading import ArticleText
from spokesdesk.gui.recordpage import RecordPage
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import beside, scrolled
from spokesdesk.gui.widgets.basic import Button, LinkButton, PrimaryButton, label
from spokesdesk.gui.widgets.drop import size_text
from spokesdesk.services import coverage as service
from spokesdesk.services import rebuttals
from spokesdesk.services.ports import Desk, SavedDraft

Opener = Callable[[Desk, UUID], tuple[Paper, Changes]]


@dataclass(frozen=True, slots=True)
class Shown:
    """An article and the clocks of its day."""

    article: Article
    clocks: tuple[Due, ...]


class ArticlePage(RecordPage):
    """The page of one article."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._busy = False
        self.article: Article | None = None
        self.text = ArticleText(context.theme, self)
        self.marking = MarkPanel(context, self)
        self.claims, self.clocks = ClaimsCard(self), ClocksCard(self)
        self._no_text = label(
            _("Bài này chưa có toàn văn; có thể gõ câu cần đánh dấu bằng tay."), "muted", self
        )
        self._link = LinkButton(_("Mở bài gốc"), self._open_url, self)
        self._kept = label("", "small", self)
        self.rebuttal = PrimaryButton(_("Soạn công văn đề nghị cải chính"), self._rebut, parent=self)
        self.release = Button(_("Soạn thông cáo báo chí"), self._release, parent=self)
        self._build()
        self.marking.marked.connect(self._marked)
        self.claims.shown.connect(self.text.show_claim)
        shortcut = QShortcut(QKeySequence("Ctrl+M"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.mark)

    @property
    def record_id(self) -> UUID | None:
        """The article shown."""
        return self.article.id if self.article is not None else None

    def open(self, record_id: UUID, draft: SavedDraft | None = None) -> None:
        """Show an article, with the claim that was being written when a draft is given."""
        desk = self._context.desk()
        if desk is None:
            return
        if self.marking.is_open:
            self.marking.auto.flush()
        self._read(partial(_shown, desk, record_id), partial(self._take, draft))

    def refresh(self) -> None:
        """The article was written to."""
        if self.article is not None:
            desk = self._context.desk()
            if desk is not None:
                work = partial(_shown, desk, self.article.id)
                self._context.courier.run(work, owner=self, ok=self._again, lane="read")

    @Slot()
    def mark(self) -> None:
        """Begin a claim on what is selected."""
        if self.article is not None:
            self.marking.begin(self.article.id, self.text.selected())
            self.side.verticalScrollBar().setValue(0)

    def _take(self, draft: SavedDraft | None, shown: Shown) -> None:
        self.marking.hide()
        self._show(shown)
        if draft is not None:
            self.marking.restore(shown.article.id, draft.id, draft.values)

    def _again(self, shown: Shown) -> None:
        if self.article is not None and shown.article.id == self.article.id:
            self._show(shown)

    def _show(self, shown: Shown) -> None:
        article = self.article = shown.article
        self._title.set_text(article.title)
        at = to_vn(article.published_at)
        parts = (article.outlet.name, f"{at:%H:%M %d/%m/%Y}", article.byline, article.section)
        self._about.set_text(" · ".join(part for part in parts if part))
        self._link.setVisible(bool(article.url))
        self._link.setToolTip(article.url)
        kept = article.snapshot
        self._kept.setText(
            _("Bản lưu: {name}, {size}").format(name=kept.name, size=size_text(kept.size)) if kept else ""
        )
        self.text.show_text(article.text, article.claims)
        self._no_text.setVisible(not article.text)
        self.claims.show_claims(article.claims)
        self.clocks.show_clocks(article, shown.clocks)

    @Slot(object)
    def _marked(self, article: Article) -> None:
        self.article = article
        self.text.show_text(article.text, article.claims)
        self.claims.show_claims(article.claims)
        self.text.setFocus()
        self._context.toast(_("Đã đánh dấu."))

    @Slot()
    def _rebut(self) -> None:
        self._draft(rebuttals.open_rebuttal)

    @Slot()
    def _release(self) -> None:
        self._draft(service.open_release)

    def _draft(self, opener: Opener) -> None:
        desk = self._context.desk()
        if desk is None or self.article is None or self._busy:
            return
        if self.marking.is_open:
            self._context.status(_("Hãy lưu chỗ đang đánh dấu trước khi soạn văn bản."))
            self.marking.button.setFocus()
            return
        self._busy = True
        self._context.courier.run(
            partial(opener, desk, self.article.id),
            owner=self,
            ok=self._drafted,
            fail=self._failed,
            always=self._ready,
        )

    def _ready(self) -> None:
        self._busy = False

    def _drafted(self, answer: tuple[Paper, Changes]) -> None:
        self._context.navigate("paper", answer[0].id)

    @Slot()
    def _open_url(self) -> None:
        if self.article is not None and self.article.url:
            QDesktopServices.openUrl(QUrl(self.article.url))

    def _build(self) -> None:
        column = self._add_head(_("‹ Điểm báo"), self.release, self.rebuttal)
        self.side = scrolled((self.marking, self.claims, self.clocks), self)
        column.addWidget(beside(self._left(), self.side, self), 1)

    def _left(self) -> QWidget:
        side = QWidget(self)
        side.setMinimumWidth(320)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(Button(_("Đánh dấu"), self.mark, "Ctrl+M", side, bind=False))
        tools.addWidget(self._kept)
        tools.addStretch(1)
        tools.addWidget(self._link)
        column.addLayout(tools)
        column.addWidget(self._no_text)
        column.addWidget(self.text, 1)
        return side


def _shown(desk: Desk, article_id: UUID) -> Shown:
    """Worker: the article and its clocks."""
    return Shown(service.article(desk, article_id), service.clocks(desk, article_id))
