"""A form for something written down once (an authorisation, an office): inputs, autosave, keep or leave."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.people.forms import Inputs, Shape, Texts
from spokesdesk.gui.people.sidepage import SidePage
from spokesdesk.gui.saying import sentence, show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Button, PrimaryButton
from spokesdesk.gui.widgets.fields import Field
from spokesdesk.services import drafts
from spokesdesk.services.ports import Desk

# Keeps what was typed: desk, what the form is about, texts, the draft that becomes it. Blocking.
Keep = Callable[[Desk, Mapping[str, str], Mapping[str, str], UUID | None], Any]


class EntryForm(SidePage):
    """Inputs of one shape.

    Args:
        shape: which inputs.
        keep: the blocking work that writes them down.

    Emits:
        kept: what ``keep`` gave.
        left: the form was put away; what was typed can be brought back for a while.
        again: the form itself, wanted again after all.
    """

    kept = Signal(object)
    left = Signal(object)
    again = Signal(object)

    def __init__(self, context: Context, shape: Shape, keep: Keep, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.shape, self._keep = shape, keep
        # What the form is about and nobody types: the outlet of an office, the entry that is corrected.
        self._about: dict[str, str] = {}
        self._empty: Texts = {}
        self._thrown: tuple[dict[str, str], Texts] | None = None
        self._saving = False
        self.top.add_button(Button(_("Đóng"), self.leave, parent=self))
        self.top.add_button(PrimaryButton(_("Lưu"), self.save, "Ctrl+S", self, bind=False))
        self.inputs = Inputs(context, shape, self.inside)
        self.column.addWidget(self.inputs)
        self.column.addStretch(1)
        self.autosave = Autosave(context, shape.kind, self._collect, self)
        self.autosave.watch(self.inputs)

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not kept."""
        return bool(self._empty) and self.inputs.texts() != self._empty

    def begin(self, title: str, about: Mapping[str, str], texts: Texts) -> None:
        """Show the inputs with what is known already; what was being typed waits in its draft."""
        self.flush()
        self._about = dict(about)
        self.top.set_title(title, about.get("name", ""))
        self._fill(texts)
        self._empty = self.inputs.texts()
        self.autosave.start_new()
        self.notice.set_text("")
        self.to_top()
        next(field for field in self.inputs.fields() if not field.isHidden()).focus()

    def bring_back(self, draft_id: UUID, values: Texts) -> None:
        """Go on with a draft that was offered back."""
        about = values.get("about")
        self.begin(self.shape.title, about if isinstance(about, dict) else {}, {})
        self._fill(values)
        self.autosave.resume(draft_id)

    def field(self, name: str) -> Field:
        """Give one labelled input."""
        return next(field for field in self.inputs.fields() if field.name == name)

    def save(self) -> None:
        """Write down what was typed."""
        desk = self.context.desk()
        if desk is None or self._saving:
            return
        commit_typing()
        self._saving = True
        texts = {name: str(text) for name, text in self.inputs.texts().items()}
        self.context.courier.run(
            partial(self._keep, desk, dict(self._about), texts, self.autosave.draft_id),
            owner=self,
            ok=self._kept,
            fail=self._refused,
            always=self._release,
            lane="write",
        )

    def leave(self) -> None:
        """Put the form away."""
        if self.is_dirty:
            self._thrown = (self._about, self.inputs.texts())
            self.context.toast(_("Đã bỏ nội dung vừa gõ."), self._bring_thrown_back)
        self.autosave.discard()
        self.context.saved("saved")
        self._empty = {}
        self.left.emit(self._about)

    def flush(self) -> None:
        """Hand what was typed to the drafts at once."""
        if self.is_dirty:
            self.autosave.flush()

    def _bring_thrown_back(self) -> None:
        if self._thrown is not None:
            about, texts = self._thrown
            self.begin(self.shape.title, about, {})
            self._fill(texts)
            self.again.emit(self)

    def _fill(self, texts: Texts) -> None:
        self.autosave.set_quiet(True)
        self.inputs.fill(texts)
        self.autosave.set_quiet(False)

    def _collect(self) -> dict[str, object]:
        return self.inputs.texts() | {"about": dict(self._about)}

    def _kept(self, result: Any) -> None:
        desk, draft_id = self.context.desk(), self.autosave.draft_id
        if desk is not None and draft_id is not None:
            self.context.courier.run(partial(drafts.drop, desk, draft_id), owner=self, lane="write")
        self.autosave.start_new()
        self._empty = {}
        self.context.saved("saved")
        self.kept.emit(result)

    def _refused(self, error: DeskError) -> None:
        if not show_error(list(self.inputs.fields()), error):
            self.notice.set_text(sentence(error))
            self.to_top()

    def _release(self) -> None:
        self._saving = False
