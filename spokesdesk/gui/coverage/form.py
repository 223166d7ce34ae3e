"""The form that takes an article: outlet, title, time of publication, text as pasted, and a snapshot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.coverage import URL_LIMIT, Article, ArticleDraft
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.gui.pressform import PressForm
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.widgets.basic import Card
from spokesdesk.gui.widgets.fields import Field, LineEdit
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services import coverage as service
from spokesdesk.services import people
from spokesdesk.services.ports import Desk, Suggestion

NEW = "article:new"
TITLE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class _Names:
    desk: Desk

    def __call__(self, words: str) -> tuple[Suggestion, ...]:
        return people.suggest(self.desk, "outlet", words)


class ArticleForm(PressForm):
    """A new article; its file is the snapshot."""

    name: ClassVar[str] = NEW
    files_name: ClassVar[str] = "snapshot"
    limits: ClassVar[Mapping[str, int]] = {
        "outlet": NAME_LIMIT,
        "byline": NAME_LIMIT,
        "section": NAME_LIMIT,
        "title": TITLE_LIMIT,
        "url": URL_LIMIT,
    }

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.outlet = Suggest(
            context.courier, context.theme, None, _("gõ không dấu cũng được: tuoi tre"), self
        )
        self.section = LineEdit(parent=self)
        own = {"outlet": self.outlet, "section": self.section}
        self._make(own, _("Dán toàn văn bài báo để đánh dấu được từng câu"))
        self._build()
        self._finish()

    def desk_ready(self, desk: Desk) -> None:
        """Offer known outlets, keep files and what was typed before."""
        self.outlet.fetch_with(_Names(desk))
        super().desk_ready(desk)

    def desk_closed(self) -> None:
        """The desk was locked; what was typed stays."""
        self.outlet.fetch_with(None)
        super().desk_closed()

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        chosen = self.outlet.suggestion()
        return super().values() | {"outlet_id": str(chosen.id) if chosen else ""}

    def draft(self) -> ArticleDraft:
        """Give the article as typed."""
        chosen = self.outlet.suggestion()
        kept = self.files.attachments()
        return ArticleDraft(
            outlet=self.outlet.text(),
            outlet_id=chosen.id if chosen else None,
            title=self.title_edit.text(),
            published_at=self.published.at(),
            url=self.url.text(),
            byline=self.byline.text(),
            section=self.section.text(),
            text=self.text.toPlainText(),
            snapshot=kept[0] if kept else None,
        )

    def writing(self, desk: Desk) -> Callable[[], tuple[Article, Changes]] | None:
        """Give what writes the article; None while a file is on its way."""
        if self._waits():
            return None
        return partial(service.add_article, desk, self.draft(), self.auto.draft_id)

    def _restore_more(self, values: Mapping[str, object]) -> None:
        if values.get("outlet_id"):
            self.outlet.take(Suggestion(UUID(str(values["outlet_id"])), self.outlet.text()))

    def _build(self) -> None:
        column = self._head(_("‹ Điểm báo"), _("Bài báo mới"), _("Lưu bài báo"))
        card = Card(parent=self)
        self._pair(card, self._field(_("Cơ quan báo chí"), self.outlet, "outlet"), self._published())
        card.add(self._field(_("Tên bài"), self.title_edit, "title"))
        card.add(self._field(_("Địa chỉ (URL)"), self.url, "url"))
        byline = self._field(_("Tác giả"), self.byline, "byline")
        self._pair(card, byline, self._field(_("Chuyên mục, trang"), self.section, "section"))
        card.add(self._field(_("Toàn văn"), self.text, "text"))
        card.add(self._field(_("Ảnh chụp hoặc bản lưu của bài"), self.files, "snapshot"))
        column.addWidget(scrolled([card], self), 1)

    def _published(self) -> Field:
        hint = _("Giờ Việt Nam. Thời hạn cải chính tính theo luật có hiệu lực ngày này.")
        field = self._field(_("Đăng lúc"), self.published, "published_at")
        field.set_hint(hint)
        return field

    @staticmethod
    def _pair(card: Card, left: Field, right: Field) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in (left, right):
            box = QVBoxLayout()
            box.addWidget(field)
            box.addStretch(1)
            row.addLayout(box, 1)
        card.body.addLayout(row)
