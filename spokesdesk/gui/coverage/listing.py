"""The list of articles: live search without accents, the latest published first."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.coverage import ArticleRow
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.listpage import ListPage
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import PrimaryButton
from spokesdesk.gui.widgets.rowlist import RowCells
from spokesdesk.services import coverage as service
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.paging import Source


class ArticleList(ListPage[ArticleRow]):
    """All articles kept.

    Emits:
        wanted: a new article.
    """

    wanted = Signal()
    title = _("Điểm báo")
    search_words = _("Tìm theo tên bài, cơ quan báo chí, nội dung…")
    empty_icon = "newspaper-variant-outline"
    empty_words = _(
        "Những bài báo cần theo dõi nằm ở đây: lưu bài, đánh dấu chỗ chưa đúng, rồi soạn công văn đề nghị cải chính."
    )
    nothing_words = _("Không có bài báo nào khớp. Thử từ khác.")
    kinds = ("article",)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.add_primary(PrimaryButton(_("Thêm bài báo"), self._want, parent=self))
        self.set_empty_action(_("Thêm bài báo đầu tiên"), self._want)

    def source(self, desk: Desk, words: str) -> Source[ArticleRow]:
        """Read the articles."""
        return service.article_list(desk, words)

    def counted(self, count: int) -> str:
        """Say how many articles there are."""
        return _("{n} bài báo").format(n=count)

    def cells(self, row: ArticleRow) -> RowCells:
        """Give the words of one article."""
        marked = _("{n} chỗ đánh dấu").format(n=row.claims)
        return RowCells(
            title=row.title,
            right=f"{to_vn(row.published_at):%d/%m/%Y %H:%M}",
            detail=row.outlet,
            chip=marked if row.claims else _("Chưa đánh dấu"),
            tone="amber" if row.claims else "neutral",
            quiet=True,
        )

    def key(self, row: ArticleRow) -> UUID:
        """Give the article."""
        return row.id

    def number(self, row: ArticleRow) -> int:
        """Give its place in the order of arrival."""
        return row.n

    @Slot()
    def _want(self) -> None:
        self.wanted.emit()
