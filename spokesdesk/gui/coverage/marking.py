"""What is said about a marked place: the words as published, what is so, what proves it, and where it is founded."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.coverage import Article, Claim, Verdict
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import nfc
from spokesdesk.domain.words import word
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.claims import VERDICTS
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton
from spokesdesk.gui.widgets.fields import ComboBox, Field, TextEdit
from spokesdesk.services import coverage as service
from spokesdesk.services import drafts

FORM = "article:claim"


class MarkPanel(Card):
    """A claim being written.

    Emits:
        marked: ``Article`` with the new claim.
    """

    marked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Đánh dấu chỗ chưa đúng"), parent=parent)
        self._context = context
        self._article_id: UUID | None = None
        self._dropped: dict[str, object] = {}
        self._busy = False
        choices = [(verdict, words) for verdict, (words, _tone) in VERDICTS.items()]
        self.verdict: ComboBox[Verdict] = ComboBox(choices, self)
        self._texts = {
            "quote": TextEdit(_("Câu chữ đúng như báo đã đăng"), 2, self),
            "fact": TextEdit(_("Sự việc đúng là thế nào"), 3, self),
            "proof": TextEdit(_("Công văn, biên bản, số liệu… chứng minh"), 2, self),
            "ground": TextEdit(_("Để trống nếu công văn đã nêu căn cứ"), 1, self),
        }
        labels = {"quote": _("Nội dung báo nêu"), "fact": _("Sự thật"), "proof": _("Tài liệu chứng minh")}
        labels["ground"] = _("Căn cứ")
        self.fields = [Field(_("Đánh giá"), self.verdict, "verdict", parent=self)]
        for name, edit in self._texts.items():
            edit.setFixedHeight(max(edit.sizeHint().height(), 46))
            self.fields.append(Field(labels[name], edit, name, parent=self))
        for at in (1, 0, 2, 3, 4):
            self.add(self.fields[at])
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(_("Thôi"), self.close_panel, parent=self))
        self.button = PrimaryButton(_("Lưu đánh dấu"), self.save, parent=self)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.auto = Autosave(context, FORM, self.values, self)
        self.auto.watch(*(field.edit for field in self.fields))
        self.hide()

    def begin(self, article_id: UUID, quote: str) -> None:
        """Begin a claim on the words selected; an article without its text takes them by hand."""
        self._fill({"quote": quote})
        self._article_id = article_id
        self.auto.start_new(f"{FORM}:{article_id}")
        self.show()
        self._texts["fact" if quote else "quote"].setFocus()

    def restore(self, article_id: UUID, draft_id: UUID, values: Mapping[str, object]) -> None:
        """Take back a claim that was being written."""
        self._fill(values)
        self._article_id = article_id
        self.auto.start_new(f"{FORM}:{article_id}")
        self.auto.resume(draft_id)
        self.show()

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        typed: dict[str, object] = {name: edit.toPlainText() for name, edit in self._texts.items()}
        return typed | {"verdict": self.verdict.value().value, "title": typed["quote"]}

    @property
    def is_open(self) -> bool:
        """Whether a claim is being written."""
        return not self.isHidden()

    @Slot()
    def save(self) -> None:
        """Write the claim."""
        desk, article_id = self._context.desk(), self._article_id
        commit_typing()
        if desk is None or article_id is None or self._busy:
            self.auto.flush()
            return
        typed = {name: nfc(edit.toPlainText()) for name, edit in self._texts.items()}
        claim = Claim(
            uuid4(), typed["quote"], typed["fact"], typed["proof"], typed["ground"], self.verdict.value()
        )
        self._busy = True
        work = partial(service.add_claims, desk, article_id, (claim,))
        self._context.courier.run(work, owner=self, ok=self._kept, fail=self._failed, always=self._ready)

    @Slot()
    def close_panel(self) -> None:
        """Put the panel away; what was typed can be taken back for a while."""
        self._dropped = self.values()
        self.auto.discard()
        self.hide()
        if str(self._dropped["fact"]).strip():
            self._context.toast(_("Đã bỏ chỗ đang đánh dấu."), self._take_back)

    def _take_back(self) -> None:
        if self._article_id is not None:
            self._fill(self._dropped)
            self.auto.start_new(f"{FORM}:{self._article_id}")
            self.auto.touch()
            self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes while nothing but the quote is there; Ctrl+Enter saves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.key() == Qt.Key.Key_Escape and not self._texts["fact"].toPlainText().strip():
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _ready(self) -> None:
        self._busy = False

    def _kept(self, answer: tuple[Article, Changes]) -> None:
        desk, draft_id = self._context.desk(), self.auto.draft_id
        self.auto.start_new()
        if desk is not None and draft_id is not None:
            self._context.courier.run(partial(drafts.drop, desk, draft_id), owner=self)
        self._context.saved("saved")
        self.hide()
        self.marked.emit(answer[0])

    def _failed(self, error: DeskError) -> None:
        if not (isinstance(error, UserError) and show_error(self.fields, error)):
            self._context.status(word(error))

    def _fill(self, values: Mapping[str, object]) -> None:
        self.auto.set_quiet(True)
        for name, edit in self._texts.items():
            edit.set_text(str(values.get(name, "")))
        self.verdict.set_value(Verdict(str(values.get("verdict", Verdict.FALSE.value))))
        self.auto.set_quiet(False)
        show_error(self.fields, None)
