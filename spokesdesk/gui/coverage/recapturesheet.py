"""The page read again at the deadline: pasted, scanned or said to be gone; kept by hash."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.coverage import Article
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.recaptures import Recapture, RecaptureDraft
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.gui.widgets.drop import DropArea
from spokesdesk.gui.widgets.fields import CheckBox, DateTimeEdit, Field, LineEdit, TextEdit
from spokesdesk.gui.writingsheet import Values, WritingSheet
from spokesdesk.services import journal, recaptures
from spokesdesk.services.ports import Desk

FORM = "article:recapture"


class RecaptureSheet(WritingSheet):
    """Takes a page read again; ``kept`` gives the ``Recapture``."""

    def __init__(self, context: Context, article: Article, parent: QWidget) -> None:
        super().__init__(context, _("Đọc lại để đối chiếu"), 640, parent)
        self._article = article
        self.url, self.taken_at = LineEdit("https://", self), DateTimeEdit(self)
        self.text = TextEdit(_("Dán toàn văn bài hoặc trang cải chính như đang thấy"), 8, self)
        self.file = DropArea(context.courier, context.theme, self)
        self.gone = CheckBox(_("Trang không còn (bài đã bị gỡ hoặc đổi địa chỉ)"), self)
        self._build()
        desk = context.desk()
        if desk is not None:
            self.taken_at.set_at(desk.now())
            self.file.keep_with(partial(journal.keep_file, desk))
        self.url.setText(article.url)
        self.text.setFocus()
        self.keep(f"{FORM}:{article.id}", {"title": article.title}, self.gone)

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        return {
            "url": self.url.text(),
            "taken_at": self.taken_at.at().isoformat(),
            "text": self.text.text(),
            "file": self.file.values(),
            "gone": self.gone.isChecked(),
        }

    def fill(self, values: Values) -> None:
        """Show what was typed before."""
        self.url.setText(str(values.get("url", "")))
        self.taken_at.set_at(datetime.fromisoformat(str(values["taken_at"])))
        self.text.set_text(str(values.get("text", "")))
        files = values.get("file")
        self.file.restore(files if isinstance(files, list) else [])
        self.gone.setChecked(bool(values.get("gone")))

    def writing(self, desk: Desk) -> Callable[[], tuple[Recapture, Changes]] | None:
        """Give what keeps the page; None while a file is on its way."""
        if self.file.is_waiting:
            self._said.setText(self.file.waiting_words)
            return None
        files = self.file.attachments()
        draft = RecaptureDraft(
            self.url.text(),
            self.text.text(),
            files[0] if files else None,
            self.gone.isChecked(),
            self.taken_at.at(),
        )
        return partial(recaptures.add, desk, self._article.id, draft, self.auto.draft_id)

    @Slot()
    def fetch(self) -> None:
        """Read the page as it is served now; what comes can still be changed before it is kept."""
        desk = self._context.desk()
        commit_typing()
        if desk is None or self._busy:
            return
        self._said.setText(_("Đang đọc trang…"))
        work = partial(recaptures.capture, desk, self._article.id, self.url.text())
        self.busy(work, self._fetched, lane="net", label=_("Đang đọc trang để đối chiếu"))

    def _fetched(self, draft: RecaptureDraft) -> None:
        self.url.setText(draft.url)
        self.text.set_text(draft.text)
        self.file.set_attachments((draft.file,) if draft.file else ())
        self.gone.setChecked(draft.gone)
        if draft.taken_at is not None:
            self.taken_at.set_at(draft.taken_at)
        self._said.setText(_("Trang không còn.") if draft.gone else _("Đã đọc trang; xem lại rồi lưu."))

    def _build(self) -> None:
        self.fields = [
            Field(_("Địa chỉ"), self.url, "url", parent=self),
            Field(_("Đọc lại lúc"), self.taken_at, "taken_at", parent=self),
            Field(_("Nội dung đọc lại"), self.text, "text", parent=self),
            Field(_("Bản chụp, ảnh, bản quét"), self.file, "file", parent=self),
        ]
        for field in self.fields:
            self.body.addWidget(field)
        fetching = LinkButton(_("Đọc trang từ mạng bây giờ"), self.fetch, self)
        self.body.insertWidget(1, fetching, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.gone)
        self.body.addWidget(self._said)
        self.add_actions(_("Lưu bản đọc lại"), self.save)
