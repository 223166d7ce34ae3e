"""Press coverage: the list, one article, a new article."""

from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.coverage import Article, ArticleRow
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.coverage.form import NEW, ArticleForm
from spokesdesk.gui.coverage.listing import ArticleList
from spokesdesk.gui.coverage.page import ArticlePage
from spokesdesk.gui.screen import Action, Context, Screen
from spokesdesk.services.ports import Desk, SavedDraft


class CoverageScreen(Screen):
    """Điểm báo: articles, what is not so in them, and the letters that answer."""

    name: ClassVar[str] = "coverage"
    forms: ClassVar[tuple[str, ...]] = ("article",)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack)
        self.list = ArticleList(context, self)
        self.page = ArticlePage(context, self)
        self.form = ArticleForm(context, self)
        for part in (self.list, self.page, self.form):
            self._stack.addWidget(part)
        self._waiting: UUID | None = None
        self.list.opened.connect(self._open_row)
        self.list.wanted.connect(self.new)
        self.page.left.connect(self.show_list)
        self.form.left.connect(self.show_list)
        self.form.kept.connect(self._kept)

    def desk_ready(self, desk: Desk) -> None:
        """Read the list; what was typed before is kept now."""
        self.list.load(desk)
        self.form.desk_ready(desk)
        if self._waiting is not None:
            record_id, self._waiting = self._waiting, None
            self.open_record("article", record_id)

    def desk_closed(self) -> None:
        """Show nothing of the desk; a form keeps what was typed."""
        self.list.clear()
        self.form.desk_closed()
        if self._stack.currentWidget() is self.page:
            self._stack.setCurrentWidget(self.list)

    def on_changed(self, changes: Changes) -> None:
        """Show what was written."""
        self.list.refresh(changes)
        shown = self.page.article
        if shown is not None and any(
            change.kind == "article" and change.id == shown.id for change in changes
        ):
            self.page.refresh()

    def shown(self) -> None:
        """The list takes the keys."""
        if self._stack.currentWidget() is self.list:
            self.list.list.setFocus()

    def primary_action(self) -> Action | None:
        """A new article; on an article, the letter that answers it; in the form, saving."""
        shown = self._stack.currentWidget()
        if shown is self.page:
            return Action(_("Soạn công văn đề nghị cải chính"), self.page.rebuttal.click)
        if shown is self.form:
            return Action(_("Lưu bài báo"), self.form.save, "Ctrl+S")
        return Action(_("Thêm bài báo"), self.new)

    def actions_offered(self) -> tuple[Action, ...]:
        """What can be done with an article."""
        made = [Action(_("Thêm bài báo"), self.new)]
        if self._stack.currentWidget() is self.page:
            made += [
                Action(_("Đánh dấu chỗ chưa đúng"), self.page.mark, "Ctrl+M"),
                Action(_("Soạn thông cáo báo chí về bài này"), self.page.release.click),
            ]
        return tuple(made)

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show one article."""
        if self.context.desk() is None:
            self._waiting = record_id
            return
        self.list.list.select(record_id)
        self.page.open(record_id)
        self._stack.setCurrentWidget(self.page)

    @Slot()
    def new(self, kind: str = "") -> None:
        """Begin an article."""
        self._stack.setCurrentWidget(self.form)
        self.form.begin()

    def focus_search(self) -> None:
        """Put the cursor into the search of the list."""
        self.show_list()
        self.list.focus_search()

    def save(self) -> None:
        """Save the open form."""
        if self._stack.currentWidget() is self.form:
            self.form.save()
        elif self._stack.currentWidget() is self.page and self.page.marking.is_open:
            self.page.marking.save()

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        if self.form.has_text:
            self.form.auto.flush()
        if self.page.marking.is_open:
            self.page.marking.auto.flush()

    def restore(self, draft: SavedDraft) -> None:
        """Take back an article, or a claim, that was being written."""
        if draft.form == NEW:
            self._stack.setCurrentWidget(self.form)
            self.form.restore(draft.id, draft.values)
            return
        article_id = UUID(draft.form.rpartition(":")[2])
        self.page.open(article_id, draft)
        self._stack.setCurrentWidget(self.page)

    @Slot()
    def show_list(self) -> None:
        """Go back to the list; what was typed stays in its draft."""
        self.flush()
        self._stack.setCurrentWidget(self.list)
        self.list.list.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen is shown: what was typed goes to its draft."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.flush()

    @Slot(object)
    def _open_row(self, row: ArticleRow) -> None:
        self.open_record("article", row.id)

    @Slot(object)
    def _kept(self, article: Article) -> None:
        self.context.toast(_("Đã lưu bài báo."))
        self.open_record("article", article.id)
