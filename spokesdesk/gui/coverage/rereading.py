"""The article's text read again: pasted anew or fuller; every mark then says whether its words still stand there."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.coverage import Article
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.fields import Field, TextEdit
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.services import coverage


class ReadingSheet(Sheet):
    """Takes an article's text anew.

    Emits:
        kept: the text was kept.
    """

    kept = Signal()

    def __init__(self, context: Context, article: Article, parent: QWidget) -> None:
        super().__init__(parent, _("Dán lại toàn văn"), 640)
        self._context, self._article, self._busy = context, article, False
        words = _("Bản trước vẫn giữ trong sổ. Chỗ đã đánh dấu được tìm lại; chỗ không còn sẽ được báo.")
        self.say(words)
        self.text = TextEdit(_("Dán toàn văn bài báo"), 12, self)
        self.field = Field(_("Toàn văn"), self.text, "text", parent=self)
        self.body.addWidget(self.field)
        self._said = label("", "muted", self, wrap=True)
        self.body.addWidget(self._said)
        self.add_actions(_("Lưu toàn văn"), self.save)
        self.text.setFocus()

    @Slot()
    def save(self) -> None:
        """Keep the text."""
        desk = self._context.desk()
        commit_typing()
        if desk is None or self._busy:
            return
        self._busy = True
        work = partial(coverage.read_again, desk, self._article.id, self.text.toPlainText())
        self._context.courier.run(work, owner=self, ok=self._done, fail=self._failed, always=self._ready)

    def _ready(self) -> None:
        self._busy = False

    def _done(self, _answer: tuple[Article, Changes]) -> None:
        self.kept.emit()
        self.close()

    def _failed(self, error: DeskError) -> None:
        if not (isinstance(error, UserError) and show_error([self.field], error)):
            self._said.setText(word(error))
