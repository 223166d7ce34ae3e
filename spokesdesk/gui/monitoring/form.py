"""The form of an item that a person puts in: pasted, scanned, seen on a social network."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.coverage import URL_LIMIT
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.monitoring import TITLE_LIMIT, Item, ItemDraft
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.domain.words import word
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.recordform import RecordForm
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.widgets.basic import Card, LinkButton, PageHeader, PrimaryButton
from spokesdesk.gui.widgets.drop import DropArea
from spokesdesk.gui.widgets.fields import DateTimeEdit, Field, LineEdit, TextEdit
from spokesdesk.services import journal, monitoring
from spokesdesk.services.ports import Desk

NEW = "news:new"
_LIMITS = {"where": NAME_LIMIT, "title": TITLE_LIMIT, "url": URL_LIMIT, "byline": NAME_LIMIT}


class ItemForm(RecordForm):
    """A new item."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.where = LineEdit(_("báo, đài, hoặc Facebook: tên trang, nhóm"), self)
        self.published = DateTimeEdit(self)
        self.title_edit, self.url = LineEdit(parent=self), LineEdit("https://", self)
        self.byline = LineEdit(parent=self)
        self.text = TextEdit(_("Dán nội dung bài, bài đăng"), 10, self)
        self.files = DropArea(context.courier, context.theme, self)
        self.fields: list[Field] = []
        self._build()
        self.auto = Autosave(context, NEW, self.values, self)
        self.auto.watch(*(field.edit for field in self.fields))

    def desk_ready(self, desk: Desk) -> None:
        """Keep files and what was typed before."""
        self.files.keep_with(partial(journal.keep_file, desk))
        self.auto.desk_ready(self.has_text)

    def desk_closed(self) -> None:
        """The desk was locked; what was typed stays."""
        self.files.keep_with(None)

    @property
    def has_text(self) -> bool:
        """Whether anything was typed."""
        texts = (self.where, self.title_edit, self.url, self.byline, self.text)
        return any(edit.text().strip() for edit in texts) or bool(self.files.attachments())

    def begin(self) -> None:
        """Begin with empty fields, unless something is typed there already."""
        if not self.has_text:
            self._empty()
        self.where.setFocus()

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        return {
            "title": self.title_edit.text(),
            "where": self.where.text(),
            "url": self.url.text(),
            "byline": self.byline.text(),
            "published_at": self.published.at().isoformat(),
            "text": self.text.toPlainText(),
            "files": self.files.values(),
        }

    def restore(self, draft_id: UUID, values: Mapping[str, object]) -> None:
        """Take back what was typed."""
        self.auto.set_quiet(True)
        named = (
            ("title", self.title_edit),
            ("where", self.where),
            ("url", self.url),
            ("byline", self.byline),
        )
        for name, edit in named:
            edit.setText(str(values.get(name, "")))
        self.published.set_at(datetime.fromisoformat(str(values["published_at"])))
        self.text.set_text(str(values.get("text", "")))
        kept = values.get("files")
        self.files.restore(kept if isinstance(kept, list) else [])
        self.auto.set_quiet(False)
        self.auto.resume(draft_id)
        self.title_edit.setFocus()

    def writing(self, desk: Desk) -> Callable[[], tuple[Item, Changes]] | None:
        """Give what writes the item; None while a file is on its way."""
        if self.files.is_waiting:
            self._context.status(self.files.waiting_words)
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

    def _failed(self, error: DeskError) -> None:
        if not (isinstance(error, UserError) and show_error(self.fields, error)):
            self._context.status(word(error))

    def _empty(self) -> None:
        self.auto.set_quiet(True)
        for edit in (self.where, self.title_edit, self.url, self.byline):
            edit.clear()
        self.text.set_text("")
        self.files.clear()
        desk = self._context.desk()
        self.published.set_at(desk.now() if desk is not None else datetime.now(UTC))
        self.auto.set_quiet(False)
        self.auto.start_new()
        show_error(self.fields, None)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 12)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(LinkButton(_("‹ Tin mới"), self.left.emit, self))
        header = PageHeader(_("Ghi tin"), "", self)
        header.add_button(PrimaryButton(_("Lưu tin"), self.save, "Ctrl+S", self, bind=False))
        top.addWidget(header, 1)
        column.addLayout(top)
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
        for field in self.fields:
            if field.name in _LIMITS:
                LengthWatch(field, _LIMITS[field.name])

    def _field(self, text: str, edit: QWidget, name: str) -> Field:
        made = Field(text, edit, name, parent=self)
        self.fields.append(made)
        return made
