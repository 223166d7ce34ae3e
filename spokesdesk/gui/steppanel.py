"""The panel that asks what a step needs before it is written down; what is typed in it is kept as a draft."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.clock import parse_time
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.courier import Lane
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton
from spokesdesk.gui.widgets.fields import Field, LineEdit
from spokesdesk.services.ports import Desk


@dataclass(frozen=True, slots=True)
class Shape:
    """How the panel looks for a step: title, button, the fields it has, the label of the remark."""

    title: str
    button: str
    fields: tuple[str, ...]
    remark: str = ""


class StepPanel(Card):
    """One step being asked about; the last of its fields is the remark.

    Emits:
        done: which step was written down.
    """

    done = Signal(object)
    # Where the step is written: somebody else's machine is asked on the lane of the network.
    lane: Lane = "write"
    # Made by the panel, once its fields are there.
    auto: Autosave

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._context = context
        self._record_id: UUID | None = None
        self._ask: Any = None
        self._busy = False
        self.fields: list[Field] = []

    @property
    def is_open(self) -> bool:
        """Whether something is being asked."""
        return not self.isHidden()

    @property
    def has_text(self) -> bool:
        """Whether anything was typed that is to be kept."""
        raise NotImplementedError

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        raise NotImplementedError

    def work(self, desk: Desk, record_id: UUID) -> Callable[[], object]:
        """Give what writes the step down (blocking).

        Raises:
            UserError: what was typed cannot be read; names the field.
        """
        raise NotImplementedError

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        if self.is_open and self.has_text:
            self.auto.flush()

    @Slot()
    def save(self) -> None:
        """Write the step down."""
        commit_typing()
        desk = self._context.desk()
        if desk is None or self._record_id is None or self._busy:
            self.flush()
            return
        try:
            work = self.work(desk, self._record_id)
        except UserError as error:
            self._failed(error)
            return
        self._busy = True
        self._context.courier.run(
            work, owner=self, ok=self._kept, fail=self._failed, always=self._ready, lane=self.lane
        )

    @Slot()
    def close_panel(self) -> None:
        """Put the panel away; nothing was written."""
        self.auto.discard()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Ctrl+Enter writes."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _ask_for(self, ask: Any, record_id: UUID, shape: Shape, *, name: str = "", but: str = "") -> None:
        """Show the fields of a step.

        Args:
            name: of what it is about, for the title.
            but: a field that is left out after all.
        """
        self._ask, self._record_id = ask, record_id
        self.set_title(f"{shape.title}: {name}" if name else shape.title)
        self.button.set_text(shape.button)
        for field in self.fields:
            field.setVisible(field.name in shape.fields and field.name != but)
        remark = self.fields[-1]
        remark.label.setText(shape.remark)
        remark.edit.setAccessibleName(shape.remark)
        self.show()

    def _focus_first(self) -> None:
        next(field for field in self.fields if not field.isHidden()).focus()

    def _moment(self, desk: Desk, edit: LineEdit, name: str) -> datetime | None:
        typed = edit.text().strip()
        return parse_time(typed, now=desk.now(), field=name) if typed else None

    def _add_fields(self, fields: list[Field], limits: Mapping[str, int], form: str) -> None:
        """Put the fields and the buttons into the panel, which is hidden until something is asked."""
        self.fields = fields
        for field in fields:
            self.add(field)
            if field.name in limits:
                LengthWatch(field, limits[field.name])
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(_("Thôi"), self.close_panel, parent=self))
        self.button = PrimaryButton("", self.save, parent=self)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.auto = Autosave(self._context, form, self.values, self)
        self.auto.watch(*(field.edit for field in fields))
        self.hide()

    def _ready(self) -> None:
        self._busy = False

    def _kept(self, _answer: object) -> None:
        self.auto.discard()
        self.hide()
        self._context.saved("saved")
        self.done.emit(self._ask)

    def _failed(self, error: DeskError) -> None:
        if not show_error([field for field in self.fields if not field.isHidden()], error):
            self._context.status(word(error))
