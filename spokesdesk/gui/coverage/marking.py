"""What is said about a marked place: the words as published, what is so, what proves it, what is asked."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.coverage import Article, Claim
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.coverage.markfields import MarkFields
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton
from spokesdesk.services import coverage as service
from spokesdesk.services import drafts
from spokesdesk.services.ports import Desk

FORM = "article:claim"


class MarkPanel(Card):
    """A claim being written, or worded anew.

    Emits:
        marked: ``Article`` with the new claim.
    """

    marked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Đánh dấu chỗ chưa đúng"), parent=parent)
        self._context = context
        self._article_id: UUID | None = None
        self._before: Claim | None = None
        self._dropped: dict[str, object] = {}
        self._busy = False
        self.parts = MarkFields(context, self)
        self.fields = self.parts.fields
        self.verdict = self.parts.verdict
        for field in self.fields:
            self.add(field)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(_("Thôi"), self.close_panel, parent=self))
        self.button = PrimaryButton(_("Lưu đánh dấu"), self.save, parent=self)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.auto = Autosave(context, FORM, self.values, self)
        self.auto.watch(*(field.edit for field in self.fields))
        self.parts.changed.connect(self.auto.touch)
        self.hide()

    def use(self, desk: Desk | None) -> None:
        """Keep files and offer papers of a desk."""
        self.parts.use(desk)

    def begin(self, article_id: UUID, quote: str, start: int | None = None) -> None:
        """Begin a claim on the words selected; an article without its text takes them by hand."""
        self._open(article_id, None, {"quote": quote, "start": start if quote else None})
        self.auto.start_new(f"{FORM}:{article_id}")
        self.parts.focus("fact" if quote else "quote")

    def edit(self, article_id: UUID, claim: Claim) -> None:
        """Word a claim anew; the wording before stays in the journal."""
        self._open(article_id, claim, self.parts.values_of(claim))
        self.auto.start_new(f"{FORM}:{article_id}")
        self.parts.focus("fact")

    def restore(
        self, article_id: UUID, draft_id: UUID, values: Mapping[str, object], article: Article
    ) -> None:
        """Take back a claim that was being written."""
        before = next((each for each in article.claims if str(each.id) == values.get("corrects")), None)
        self._open(article_id, before, values)
        self.auto.start_new(f"{FORM}:{article_id}")
        self.auto.resume(draft_id)

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        corrects = str(self._before.id) if self._before else ""
        return self.parts.values() | {"corrects": corrects}

    @property
    def is_open(self) -> bool:
        """Whether a claim is being written."""
        return not self.isHidden()

    @Slot()
    def save(self) -> None:
        """Write the claim, or its new wording."""
        desk, article_id, before = self._context.desk(), self._article_id, self._before
        commit_typing()
        if desk is None or article_id is None or self._busy:
            self.auto.flush()
            return
        if self.parts.is_waiting:
            self._context.status(self.parts.waiting_words)
            return
        claim = self.parts.claim(uuid4())
        self._busy = True
        if before is None:
            work = partial(service.add_claims, desk, article_id, (claim,))
        else:
            work = partial(service.change_claim, desk, article_id, before.id, claim)
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
            self._open(self._article_id, self._before, self._dropped)
            self.auto.start_new(f"{FORM}:{self._article_id}")
            self.auto.touch()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes while nothing but the quote is there; Ctrl+Enter saves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.key() == Qt.Key.Key_Escape and not str(self.values()["fact"]).strip():
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _open(self, article_id: UUID, before: Claim | None, values: Mapping[str, object]) -> None:
        self._article_id, self._before = article_id, before
        self.set_title(_("Sửa chỗ đã đánh dấu") if before else _("Đánh dấu chỗ chưa đúng"))
        self.auto.set_quiet(True)
        self.parts.fill(values)
        self.auto.set_quiet(False)
        show_error(self.fields, None)
        self.show()

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
