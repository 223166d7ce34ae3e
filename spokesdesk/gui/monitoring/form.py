"""The form of an item that a person puts in: pasted, scanned, seen on a social network."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.coverage import URL_LIMIT
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.monitoring import TITLE_LIMIT, Item, ItemDraft
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.gui.pressform import PressForm
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.widgets.basic import Card
from spokesdesk.gui.widgets.fields import LineEdit
from spokesdesk.services import monitoring
from spokesdesk.services.ports import Desk

NEW = "news:new"


class ItemForm(PressForm):
    """A new item."""

    name: ClassVar[str] = NEW
    limits: ClassVar[Mapping[str, int]] = {
        "where": NAME_LIMIT,
        "title": TITLE_LIMIT,
        "url": URL_LIMIT,
        "byline": NAME_LIMIT,
    }

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.where = LineEdit(_("báo, đài, hoặc Facebook: tên trang, nhóm"), self)
        self._make({"where": self.where}, _("Dán nội dung bài, bài đăng"))
        self._build()
        self._finish()

    def writing(self, desk: Desk) -> Callable[[], tuple[Item, Changes]] | None:
        """Give what writes the item; None while a file is on its way."""
        if self._waits():
            return None
        draft = ItemDraft(
            where=self.where.text(),
            title=self.title_edit.text(),
            published_at=self.published.at(),
            url=self.url.text(),
            byline=self.byline.text(),
            text=self.text.toPlainText(),
            files=tuple(self.files.attachments()),
        )
        return partial(monitoring.add_item, desk, draft, self.auto.draft_id)

    def _build(self) -> None:
        column = self._head(_("‹ Tin mới"), _("Ghi tin"), _("Lưu tin"))
        card = Card(parent=self)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._field(_("Nơi đăng"), self.where, "where"), 1)
        row.addWidget(self._field(_("Đăng lúc"), self.published, "published_at"), 1)
        card.body.addLayout(row)
        card.add(self._field(_("Tên bài, hoặc câu chính"), self.title_edit, "title"))
        card.add(self._field(_("Địa chỉ (URL)"), self.url, "url"))
        card.add(self._field(_("Tác giả, tài khoản đăng"), self.byline, "byline"))
        card.add(self._field(_("Nội dung"), self.text, "text"))
        card.add(self._field(_("Ảnh chụp, bản quét báo in"), self.files, "files"))
        column.addWidget(scrolled([card], self), 1)
