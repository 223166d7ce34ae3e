"""One journalist or outlet: what is known, ready to be changed, and the timeline below."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Journalist, Outlet
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.people.forms import Inputs, Texts, shapes
from spokesdesk.gui.people.outletparts import OutletParts
from spokesdesk.gui.people.samenotes import SameNotes
from spokesdesk.gui.people.saving import Saved, saving, texts_of
from spokesdesk.gui.saying import sentence, show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.timeline import Timeline
from spokesdesk.gui.widgets.basic import Button, Card, PageHeader, PrimaryButton
from spokesdesk.gui.widgets.fields import Field
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import drafts
from spokesdesk.services.ports import Desk

_TIMELINE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What was typed for a record and not saved yet."""

    draft_id: UUID | None
    texts: Texts


class RecordPage(Card):
    """The page of a record; what was typed and not saved waits while another one is shown.

    Emits:
        saved: the ``Journalist`` or ``Outlet`` that was kept.
    """

    saved = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self._kind = "journalist"
        self._id: UUID | None = None
        self._kept: Texts = {}
        self._unsaved: dict[tuple[str, UUID | None], Unsaved] = {}
        self._saving = False
        self._build()
        self.autosave = Autosave(context, self._kind, self._collect, self)
        self.autosave.watch(*self._inputs.values())
        self._kept = self._collect()

    def use(self, desk: Desk | None) -> None:
        """Work with this desk."""
        for inputs in self._inputs.values():
            inputs.use(desk)
        if desk is not None:
            self.autosave.desk_ready(self.is_dirty)
            self._show_timeline()

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._collect() != self._kept

    def shown(self) -> tuple[str, UUID | None]:
        """Give the kind and the id of the record shown; None for a new one."""
        return self._kind, self._id

    def title(self) -> str:
        """Give the name of the record shown, as it is kept."""
        return str(self._kept.get("name", ""))

    def show_record(self, record: Journalist | Outlet) -> None:
        """Show a record; one that is being changed keeps what was typed."""
        kind = "outlet" if isinstance(record, Outlet) else "journalist"
        if (kind, record.id) == self.shown() and self.is_dirty:
            return
        self._open(kind, record.id, texts_of(record), record.name, _subtitle(record))
        if kind == "journalist":
            self._context.looked(kind, record.id, "opened")

    def field(self, name: str) -> Field:
        """Give one labelled input of what is shown."""
        return next(field for field in self._inputs[self._kind].fields() if field.name == name)

    def new(self, kind: str) -> None:
        """Show empty inputs."""
        empty = {name: "" for name, _span in shapes()[kind].inputs}
        self._open(
            kind, None, empty | ({"kind": "other"} if kind == "outlet" else {}), shapes()[kind].title, ""
        )
        self._inputs[kind].fields()[0].focus()

    def bring_back(self, kind: str, record_id: UUID | None, draft_id: UUID, texts: Texts) -> None:
        """Go on with a draft; a record that is already known is shown by ``show_record`` afterwards or before."""
        self._put_aside()
        self._unsaved[kind, record_id] = Unsaved(draft_id, texts)
        if record_id is None:
            self.new(kind)
        elif self.shown() == (kind, record_id):
            self._fill_unsaved()

    def save(self) -> None:
        """Keep what was typed."""
        desk = self._context.desk()
        if desk is None or self._saving:
            return
        commit_typing()
        self._saving = True
        self._context.courier.run(
            saving(desk, self._kind, self._id, self._collect()),
            owner=self,
            ok=self._saved,
            fail=self._refused,
            always=self._release,
            lane="write",
        )

    def refresh(self) -> None:
        """Look again at what passed with, and what belongs to, the record shown."""
        self._show_timeline()

    def flush(self) -> None:
        """Hand what was typed to the drafts at once."""
        if self.is_dirty:
            self.autosave.flush()

    def _build(self) -> None:
        self.body.setContentsMargins(0, 12, 0, 0)
        self._head = PageHeader("", parent=self, below=True)
        self._head.setContentsMargins(20, 0, 20, 0)
        self._undo = Button(_("Bỏ thay đổi"), self.undo_typing, parent=self)
        self._head.add_button(self._undo)
        self._head.add_button(PrimaryButton(_("Lưu"), self.save, "Ctrl+S", self, bind=False))
        self._scroll = QScrollArea(self)
        inside = QWidget(self._scroll.viewport())
        inside.setProperty("plain", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 4, 20, 16)
        column.setSpacing(12)
        self._notice = Note("", "amber", inside)
        column.addWidget(self._notice)
        self.same = SameNotes(self._context, inside)
        self.same.hide()
        column.addWidget(self.same)
        self._inputs = {kind: Inputs(self._context, shape, inside) for kind, shape in shapes().items()}
        for kind, inputs in self._inputs.items():
            inputs.setVisible(kind == self._kind)
            column.addWidget(inputs)
        self.parts = OutletParts(self._context, inside)
        self.parts.hide()
        column.addWidget(self.parts)
        self._history = Card(_("Dòng thời gian"), parent=inside)
        self.timeline = Timeline(self._context, _TIMELINE_ROWS, self._history)
        self.timeline.counted.connect(self._counted)
        self._history.add(self.timeline)
        column.addWidget(self._history)
        column.addStretch(1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        self.add(self._head)
        self.add(self._scroll, 1)

    def _open(self, kind: str, record_id: UUID | None, texts: Texts, title: str, subtitle: str) -> None:
        self._put_aside()
        another = (kind, record_id) != self.shown()
        self._kind, self._id = kind, record_id
        for name, inputs in self._inputs.items():
            inputs.setVisible(name == kind)
        self._head.set_title(title, subtitle)
        self._fill(texts)
        self._kept = self._collect()
        self.autosave.start_new(f"{kind}:{record_id}" if record_id else kind)
        self._notice.set_text("")
        self._fill_unsaved()
        self._show_timeline()
        if another:
            self._scroll.verticalScrollBar().setValue(0)

    def _fill(self, texts: Texts) -> None:
        self.autosave.set_quiet(True)
        self._inputs[self._kind].fill(texts)
        self.autosave.set_quiet(False)

    def _put_aside(self) -> None:
        if self.is_dirty and self._kept:
            self.autosave.flush()
            self._unsaved[self.shown()] = Unsaved(self.autosave.draft_id, self._collect())

    def _fill_unsaved(self) -> None:
        waiting = self._unsaved.pop(self.shown(), None)
        if waiting is not None:
            self._fill(waiting.texts)
            if waiting.draft_id is not None:
                self.autosave.resume(waiting.draft_id)
            self._notice.set_text(_("Những thay đổi chưa lưu đã được giữ lại. Nhấn Lưu để ghi vào danh bạ."))

    def undo_typing(self) -> None:
        """Show the record as it is kept; what was typed can be brought back for a while."""
        if not self.is_dirty:
            return
        self._unsaved[self.shown()] = Unsaved(None, self._collect())
        self._drop_draft()
        self._fill(self._kept)
        self._notice.set_text("")
        self._context.toast(_("Đã bỏ thay đổi."), self._fill_unsaved)

    def _drop_draft(self) -> None:
        desk, draft_id = self._context.desk(), self.autosave.draft_id
        if desk is not None and draft_id is not None:
            self._context.courier.run(partial(drafts.drop, desk, draft_id), owner=self, lane="write")
        self.autosave.start_new()

    def _collect(self) -> dict[str, object]:
        return self._inputs[self._kind].texts()

    def _saved(self, result: Saved) -> None:
        record = result[0]
        self._drop_draft()
        self._kept = self._collect()
        self._id = record.id
        self.show_record(record)
        self._context.saved("saved")
        self._context.toast(_("Đã lưu vào danh bạ: {name}").format(name=record.name))
        self.saved.emit(record)

    def _refused(self, error: DeskError) -> None:
        if not show_error(list(self._inputs[self._kind].fields()), error):
            self._notice.set_text(sentence(error))

    def _release(self) -> None:
        self._saving = False

    def _show_timeline(self) -> None:
        self.same.show_of(self._kind, self._id)
        self.parts.show_of(self._id if self._kind == "outlet" else None)
        self._history.setVisible(self._id is not None)
        if self._id is not None:
            self.timeline.show_of(
                self._context.desk(),
                outlet_id=self._id if self._kind == "outlet" else None,
                journalist_id=self._id if self._kind == "journalist" else None,
                name=str(self._kept.get("name", "")),
            )

    def _counted(self, count: int) -> None:
        self._history.set_note(_("{n} mục").format(n=count) if count else "")


def _subtitle(record: Journalist | Outlet) -> str:
    if isinstance(record, Outlet):
        return record.governing_body
    return record.outlet.name if record.outlet else ""
