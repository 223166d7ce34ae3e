"""One article: its text to mark in at the left; claims, rounds, recaptures and clocks at the right."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.claims import placed
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.coverage import Article, Claim
from spokesdesk.domain.journal import Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Paper
from spokesdesk.gui.coverage.cards import ClaimsCard, ClocksCard
from spokesdesk.gui.coverage.following import Following
from spokesdesk.gui.coverage.marking import FORM as CLAIM
from spokesdesk.gui.coverage.marking import MarkPanel
from spokesdesk.gui.coverage.reading import ArticleText
from spokesdesk.gui.coverage.recapturing import Seen
from spokesdesk.gui.recordpage import RecordPage
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import beside, scrolled
from spokesdesk.gui.widgets.basic import Button, LinkButton, PrimaryButton, label
from spokesdesk.gui.widgets.drop import size_text
from spokesdesk.services import coverage as service
from spokesdesk.services import rebuttals, recaptures
from spokesdesk.services.ports import Desk, SavedDraft
from spokesdesk.services.rebuttals import RoundsView

Opener = Callable[[Desk, UUID], tuple[Paper, Changes]]


@dataclass(frozen=True, slots=True)
class Shown:
    """An article with everything its page shows."""

    article: Article
    clocks: tuple[Due, ...]
    rounds: RoundsView
    recaptures: tuple[Seen, ...]


class ArticlePage(RecordPage):
    """The page of one article."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._busy = False
        self._gone: tuple[UUID, Claim] | None = None
        self.article: Article | None = None
        self.text = ArticleText(context.theme, self)
        self.marking = MarkPanel(context, self)
        self.claims, self.clocks = ClaimsCard(context, self), ClocksCard(self)
        self.following = Following(context, self)
        self._no_text = label(
            _("Bài này chưa có toàn văn; có thể gõ câu cần đánh dấu bằng tay."), "muted", self
        )
        self._link = LinkButton(_("Mở bài gốc"), self._open_url, self)
        self._kept = label("", "small", self)
        self.rebuttal = PrimaryButton(_("Soạn công văn đề nghị cải chính"), self._rebut, parent=self)
        self.release = Button(_("Soạn thông cáo báo chí"), self._release, parent=self)
        self._build()
        self._connect()

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
        self.marking.use(desk)
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
            self.marking.begin(self.article.id, *self.text.selected())
            self.side.verticalScrollBar().setValue(0)

    @Slot()
    def read_again(self) -> None:
        """Keep the text as it is read now: pasted anew, or fuller than before."""
        if self.article is not None:
            self.following.read_again(self.article)

    def _take(self, draft: SavedDraft | None, shown: Shown) -> None:
        self.marking.hide()
        self._show(shown)
        if draft is not None and draft.form.startswith(f"{CLAIM}:"):
            self.marking.restore(shown.article.id, draft.id, draft.values, shown.article)
        elif draft is not None:
            self.following.restore(draft)

    def _again(self, shown: Shown) -> None:
        if self.article is not None and shown.article.id == self.article.id:
            self._show(shown)

    def _show(self, shown: Shown) -> None:
        article = shown.article
        self._title.set_text(article.title)
        at = to_vn(article.published_at)
        parts = [article.outlet.name, f"{at:%H:%M %d/%m/%Y}", article.byline, article.section]
        parts += [_("đã đọc lại {n} lần").format(n=article.readings - 1)] if article.readings > 1 else []
        self._about.set_text(" · ".join(part for part in parts if part))
        self._link.setVisible(bool(article.url))
        self._link.setToolTip(article.url)
        kept = article.snapshot
        self._kept.setText(
            _("Bản lưu: {name}, {size}").format(name=kept.name, size=size_text(kept.size)) if kept else ""
        )
        self._show_claims(article)
        self._no_text.setVisible(not article.text)
        self.following.show_rounds(article, shown.rounds, shown.recaptures)
        again = len(shown.rounds.to_outlet) > 0 and not shown.rounds.to_outlet[-1].is_open
        words = _("Soạn công văn lần tiếp") if again else _("Soạn công văn đề nghị cải chính")
        self.rebuttal.set_text(words)
        self.clocks.show_clocks(article, shown.clocks)

    def _show_claims(self, article: Article) -> None:
        self.article = article
        places = placed(article)
        self.text.show_text(article.text, places)
        self.claims.show_claims(places)

    @Slot(object)
    def _marked(self, article: Article) -> None:
        self._show_claims(article)
        self.text.setFocus()
        self._context.toast(_("Đã đánh dấu."))

    @Slot(object)
    def _edit(self, claim: Claim) -> None:
        if self.article is not None:
            self.marking.edit(self.article.id, claim)
            self.side.verticalScrollBar().setValue(0)

    @Slot(object)
    def _drop(self, claim: Claim) -> None:
        desk, article = self._context.desk(), self.article
        if desk is not None and article is not None:
            work = partial(service.withdraw_claim, desk, article.id, claim.id)
            done = partial(self._dropped, claim)
            self._context.courier.run(work, owner=self, ok=done, fail=self._failed)

    def _dropped(self, claim: Claim, answer: tuple[UUID, Changes]) -> None:
        self._gone = answer[0], claim
        self.refresh()
        self._context.toast(_("Đã bỏ một chỗ đánh dấu."), self._take_claim_back)

    def _take_claim_back(self) -> None:
        desk, article = self._context.desk(), self.article
        if desk is not None and article is not None and self._gone is not None:
            gone, claim = self._gone
            work = partial(service.change_claim, desk, article.id, gone, claim)
            self._context.courier.run(work, owner=self, ok=self._taken_back, fail=self._failed)

    def _taken_back(self, answer: tuple[Article, Changes]) -> None:
        self._show_claims(answer[0])

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

    def _connect(self) -> None:
        self.marking.marked.connect(self._marked)
        self.claims.shown.connect(self.text.show_claim)
        self.text.went.connect(self.claims.choose)
        self.claims.edit_wanted.connect(self._edit)
        self.claims.drop_wanted.connect(self._drop)
        self.following.written.connect(self.refresh)
        for keys, run in (
            ("Ctrl+M", self.mark),
            ("F7", partial(self.text.go, 1)),
            ("Shift+F7", partial(self.text.go, -1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def _build(self) -> None:
        column = self._add_head(_("‹ Điểm báo"), self.release, self.rebuttal)
        cards = (self.marking, self.claims, *self.following.cards, self.clocks)
        self.side = scrolled(cards, self)
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
        tools.addWidget(LinkButton(_("Dán lại toàn văn…"), self.read_again, side))
        tools.addWidget(self._link)
        column.addLayout(tools)
        column.addWidget(self._no_text)
        column.addWidget(self.text, 1)
        return side


def _shown(desk: Desk, article_id: UUID) -> Shown:
    """Worker: the article with everything its page shows."""
    return Shown(
        service.article(desk, article_id),
        service.clocks(desk, article_id),
        rebuttals.rounds(desk, article_id),
        recaptures.of_article(desk, article_id),
    )
