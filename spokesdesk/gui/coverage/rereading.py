"""The article's text read again: pasted anew or fuller; every mark then says whether its words still stand there."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.coverage import Article
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.fields import Field, TextEdit
from spokesdesk.gui.writingsheet import Values, WritingSheet
from spokesdesk.services import coverage
from spokesdesk.services.ports import Desk

FORM = "article:reading"


class ReadingSheet(WritingSheet):
    """Takes an article's text anew; ``kept`` gives the ``Article``."""

    def __init__(self, context: Context, article: Article, parent: QWidget) -> None:
        super().__init__(context, _("Dán lại toàn văn"), 640, parent)
        self._article = article
        words = _("Bản trước vẫn giữ trong sổ. Chỗ đã đánh dấu được tìm lại; chỗ không còn sẽ được báo.")
        self.say(words)
        self.text = TextEdit(_("Dán toàn văn bài báo"), 12, self)
        self.fields = [Field(_("Toàn văn"), self.text, "text", parent=self)]
        self.body.addWidget(self.fields[0])
        self.body.addWidget(self._said)
        self.add_actions(_("Lưu toàn văn"), self.save)
        self.text.setFocus()
        self.keep(f"{FORM}:{article.id}", {"title": article.title})

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        return {"text": self.text.text()}

    def fill(self, values: Values) -> None:
        """Show what was typed before."""
        self.text.set_text(str(values.get("text", "")))

    def writing(self, desk: Desk) -> Callable[[], tuple[Article, Changes]]:
        """Give what keeps the text."""
        return partial(
            coverage.read_again, desk, self._article.id, self.text.text(), draft_id=self.auto.draft_id
        )
