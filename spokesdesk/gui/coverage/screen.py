"""Press coverage: the list, one article, a new article."""

from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.coverage.form import NEW, ArticleForm
from spokesdesk.gui.coverage.listing import ArticleList
from spokesdesk.gui.coverage.page import ArticlePage
from spokesdesk.gui.recordscreen import RecordScreen
from spokesdesk.gui.screen import Action, Context
from spokesdesk.services.ports import SavedDraft


class CoverageScreen(RecordScreen):
    """Điểm báo: articles, what is not so in them, and the letters that answer."""

    name: ClassVar[str] = "coverage"
    forms: ClassVar[tuple[str, ...]] = ("article",)
    kind: ClassVar[str] = "article"
    kept_words: ClassVar[str] = _("Đã lưu bài báo.")
    list: ArticleList
    page: ArticlePage
    form: ArticleForm

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.list = ArticleList(context, self)
        self.page = ArticlePage(context, self)
        self.form = ArticleForm(context, self)
        self.stand_in()
        self.list.wanted.connect(self.new)

    def primary_action(self) -> Action | None:
        """A new article; on an article, the letter that answers it; in the form, saving."""
        if self.shows(self.page):
            return Action(_("Soạn công văn đề nghị cải chính"), self.page.rebuttal.click)
        if self.shows(self.form):
            return Action(_("Lưu bài báo"), self.form.save, "Ctrl+S")
        return Action(_("Thêm bài báo"), self.new)

    def actions_offered(self) -> tuple[Action, ...]:
        """What can be done with an article."""
        made = [
            Action(_("Thêm bài báo"), self.new),
            Action(_("Kết quả đề nghị cải chính"), self.outcomes),
        ]
        if self.shows(self.page):
            made += [
                Action(_("Đánh dấu chỗ chưa đúng"), self.page.mark, "Ctrl+M"),
                Action(_("Soạn thông cáo báo chí về bài này"), self.page.release.click),
                Action(_("Ghi diễn biến của lần yêu cầu"), self.page.following.note_last),
                Action(_("Đọc lại để đối chiếu cải chính"), self.page.following.recapture),
                Action(_("Dán lại toàn văn bài báo"), self.page.read_again),
            ]
        return tuple(made)

    def outcomes(self) -> None:
        """Show how outlets answer what was asked."""
        self.page.following.outcomes()

    def save(self) -> None:
        """Save the open form, or the claim that is being written."""
        super().save()
        if self.shows(self.page) and self.page.marking.is_open:
            self.page.marking.save()

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        super().flush()
        if self.page.marking.is_open:
            self.page.marking.auto.flush()

    def restore(self, draft: SavedDraft) -> None:
        """Take back an article, or a claim, that was being written."""
        if draft.form == NEW:
            self.show_part(self.form)
            self.form.restore(draft.id, draft.values)
            return
        article_id = UUID(draft.form.rpartition(":")[2])
        self.page.open(article_id, draft)
        self.show_part(self.page)
