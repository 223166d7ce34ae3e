"""The form that takes an article: outlet, title, time of publication, text as pasted, and a snapshot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.coverage import URL_LIMIT, Article, ArticleDraft
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
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
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services import coverage as service
from spokesdesk.services import journal, people
from spokesdesk.services.ports import Desk, Suggestion

NEW = "article:new"
TITLE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class _Names:
    desk: Desk

    def __call__(self, words: str) -> tuple[Suggestion, ...]:
        return people.suggest(self.desk, "outlet", words)


class ArticleForm(RecordForm):
    """A new article."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.outlet = Suggest(
            context.courier, context.theme, None, _("gõ không dấu cũng được: tuoi tre"), self
        )
        self.title_edit = LineEdit(parent=self)
        self.url = LineEdit("https://", self)
        self.published = DateTimeEdit(self)
        self.byline, self.section = LineEdit(parent=self), LineEdit(parent=self)
        self.text = TextEdit(_("Dán toàn văn bài báo để đánh dấu được từng câu"), 10, self)
        self.snapshot = DropArea(context.courier, context.theme, self)
        self.fields: list[Field] = []
        self._build()
        self.auto = Autosave(context, NEW, self.values, self)
        self.auto.watch(*(field.edit for field in self.fields))

    def desk_ready(self, desk: Desk) -> None:
        """Offer known outlets, keep files and what was typed before."""
        self.outlet.fetch_with(_Names(desk))
        self.snapshot.keep_with(partial(journal.keep_file, desk))
        self.auto.desk_ready(self.has_text)

    def desk_closed(self) -> None:
        """The desk was locked; what was typed stays."""
        self.outlet.fetch_with(None)
        self.snapshot.keep_with(None)

    @property
    def has_text(self) -> bool:
        """Whether anything was typed."""
        texts = (self.outlet, self.title_edit, self.url, self.byline, self.section, self.text)
        return any(edit.text().strip() for edit in texts) or bool(self.snapshot.attachments())

    def begin(self) -> None:
        """Begin with empty fields, unless something is typed there already."""
        if not self.has_text:
            self._empty()
        self.outlet.setFocus()

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        chosen = self.outlet.suggestion()
        return {
            "title": self.title_edit.text(),
            "outlet": self.outlet.text(),
            "outlet_id": str(chosen.id) if chosen else "",
            "url": self.url.text(),
            "published_at": self.published.at().isoformat(),
            "byline": self.byline.text(),
            "section": self.section.text(),
            "text": self.text.toPlainText(),
            "snapshot": self.snapshot.values(),
        }

    def restore(self, draft_id: UUID, values: Mapping[str, object]) -> None:
        """Take back what was typed."""
        self.auto.set_quiet(True)
        for name, edit in (("title", self.title_edit), ("url", self.url), ("byline", self.byline)):
            edit.setText(str(values.get(name, "")))
        self.section.setText(str(values.get("section", "")))
        self.outlet.setText(str(values.get("outlet", "")))
        if values.get("outlet_id"):
            self.outlet.take(Suggestion(UUID(str(values["outlet_id"])), self.outlet.text()))
        self.published.set_at(datetime.fromisoformat(str(values["published_at"])))
        self.text.set_text(str(values.get("text", "")))
        kept = values.get("snapshot")
        self.snapshot.restore(kept if isinstance(kept, list) else [])
        self.auto.set_quiet(False)
        self.auto.resume(draft_id)
        self.title_edit.setFocus()

    def draft(self) -> ArticleDraft:
        """Give the article as typed."""
        chosen = self.outlet.suggestion()
        kept = self.snapshot.attachments()
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
        if self.snapshot.is_waiting:
            self._context.status(self.snapshot.waiting_words)
            return None
        return partial(service.add_article, desk, self.draft(), self.auto.draft_id)

    def _failed(self, error: DeskError) -> None:
        if not (isinstance(error, UserError) and show_error(self.fields, error)):
            self._context.status(word(error))

    def _empty(self) -> None:
        self.auto.set_quiet(True)
        for edit in (self.outlet, self.title_edit, self.url, self.byline, self.section):
            edit.clear()
        self.text.set_text("")
        self.snapshot.clear()
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
        top.addWidget(LinkButton(_("‹ Điểm báo"), self.left.emit, self))
        header = PageHeader(_("Bài báo mới"), "", self)
        header.add_button(PrimaryButton(_("Lưu bài báo"), self.save, "Ctrl+S", self, bind=False))
        top.addWidget(header, 1)
        column.addLayout(top)
        card = Card(parent=self)
        self._pair(card, self._field(_("Cơ quan báo chí"), self.outlet, "outlet"), self._published())
        card.add(self._field(_("Tên bài"), self.title_edit, "title"))
        card.add(self._field(_("Địa chỉ (URL)"), self.url, "url"))
        byline = self._field(_("Tác giả"), self.byline, "byline")
        self._pair(card, byline, self._field(_("Chuyên mục, trang"), self.section, "section"))
        card.add(self._field(_("Toàn văn"), self.text, "text"))
        card.add(self._field(_("Ảnh chụp hoặc bản lưu của bài"), self.snapshot, "snapshot"))
        column.addWidget(scrolled([card], self), 1)
        self._watch_lengths()
        QWidget.setTabOrder(self.outlet, self.published)
        QWidget.setTabOrder(self.published, self.title_edit)

    def _watch_lengths(self) -> None:
        limits = {"outlet": NAME_LIMIT, "byline": NAME_LIMIT, "section": NAME_LIMIT}
        limits |= {"title": TITLE_LIMIT, "url": URL_LIMIT}
        for field in self.fields:
            if field.name in limits:
                LengthWatch(field, limits[field.name])

    def _published(self) -> Field:
        hint = _("Giờ Việt Nam. Thời hạn cải chính tính theo luật có hiệu lực ngày này.")
        field = self._field(_("Đăng lúc"), self.published, "published_at")
        field.set_hint(hint)
        return field

    def _field(self, text: str, edit: QWidget, name: str) -> Field:
        made = Field(text, edit, name, parent=self)
        self.fields.append(made)
        return made

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
