"""What a step of a request still asks, in the page itself; kept while typing, Esc closes, Ctrl+S does it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.requests import Request, RequestMove
from spokesdesk.gui.requests.door import GOES_OUT
from spokesdesk.gui.requests.words import Names
from spokesdesk.gui.saying import sentence, show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton, label
from spokesdesk.gui.widgets.fields import ComboBox, Field, LineEdit, TextEdit
from spokesdesk.gui.widgets.states import Note
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services import requests as service
from spokesdesk.services.door import DoorSeen
from spokesdesk.services.ports import Desk
from spokesdesk.services.request_moves import Moved

Work = Callable[[], Moved]


class StepPanel(Card):
    """Asks for what one step needs.

    Args:
        context: courier and theme.
        request: as it was when the panel was opened.
        done: bound method called with the panel when the person confirms.
        closed: bound method called when the person thinks better of it.
        door: what is known of a request that came through the journalists' door.
    """

    step: ClassVar[RequestMove]
    title: ClassVar[str] = ""
    button_words: ClassVar[str] = ""
    said: ClassVar[str] = ""

    def __init__(
        self,
        context: Context,
        request: Request,
        done: Callable[["StepPanel"], object],
        closed: Callable[[], object],
        parent: QWidget,
        door: DoorSeen | None = None,
    ) -> None:
        super().__init__(self.title, parent=parent)
        self.context, self.request, self.door = context, request, door
        self._done, self._closed = done, closed
        self.fields: list[Field] = []
        self.problem = Note("", "amber", self)
        self.add(self.problem)
        self.ask()
        if door is not None and self.step in GOES_OUT:
            self.say(GOES_OUT[self.step])
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(_("Thôi"), self._cancel, parent=self))
        self.button = PrimaryButton(self.button_words, self.confirm, "Ctrl+S", self, bind=False)
        row.addWidget(self.button)
        self.body.addLayout(row)

    def ask(self) -> None:
        """Put the inputs into the panel."""
        raise NotImplementedError

    def work(self, desk: Desk) -> Work:
        """Give what writes the step (blocking); raises UserError naming a field that cannot be read."""
        raise NotImplementedError

    def add_field(self, text: str, edit: QWidget, name: str, hint: str = "") -> Field:
        """Put a labelled input below the others."""
        field = Field(text, edit, name, hint, self)
        if isinstance(edit, TextEdit):
            edit.setFixedHeight(edit.sizeHint().height())
        self.fields.append(field)
        self.add(field)
        return field

    def say(self, text: str) -> None:
        """Put a wrapped sentence below the others."""
        self.add(label(text, "muted", self, wrap=True))

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        typed: dict[str, object] = {"topic": self.request.topic}
        for field in self.fields:
            text = _typed(field.edit)
            if text is not None:
                typed[field.name] = text
        return typed

    def restore(self, values: Mapping[str, object]) -> None:
        """Take back what was typed."""
        for field in self.fields:
            if field.name in values:
                _fill(field.edit, str(values[field.name]))

    def focus_first(self) -> None:
        """Put the cursor where typing begins."""
        self.fields[0].focus()

    def confirm(self) -> None:
        """The person means it."""
        self._done(self)

    def show_problem(self, error: DeskError) -> None:
        """Say beside the field what cannot be taken, or above them what has happened meanwhile."""
        shown = show_error(self.fields, error)
        self.problem.set_text("" if shown else sentence(error))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
        else:
            super().keyPressEvent(event)

    def _cancel(self) -> None:
        self._closed()


class ReasonPanel(StepPanel):
    """A step that needs nothing but its reason."""

    question: ClassVar[str] = ""

    def ask(self) -> None:
        """Ask why."""
        self.reason = TextEdit(rows=2, parent=self)
        self.add_field(self.question, self.reason, "remark")


class WithdrawPanel(ReasonPanel):
    """Whoever asked has taken it back."""

    step = RequestMove.WITHDRAW
    title = _("Bên hỏi rút yêu cầu")
    button_words = _("Khép: bên hỏi rút")
    question = _("Ai báo rút, vì sao")
    said = _("Đã khép yêu cầu: bên hỏi rút.")

    def work(self, desk: Desk) -> Work:
        """Give what writes it."""
        seen = self.request.steps[-1].id
        return partial(service.withdraw, desk, self.request.id, self.reason.text(), seen)


class ReopenPanel(ReasonPanel):
    """A closed request is opened again."""

    step = RequestMove.REOPEN
    title = _("Mở lại yêu cầu")
    button_words = _("Mở lại")
    question = _("Lý do mở lại")
    said = _("Đã mở lại yêu cầu.")

    def work(self, desk: Desk) -> Work:
        """Give what writes it."""
        seen = self.request.steps[-1].id
        return partial(service.reopen, desk, self.request.id, self.reason.text(), seen)


class HoldPanel(StepPanel):
    """Who it waits on now."""

    step = RequestMove.HOLD
    title = _("Đang chờ ai")
    button_words = _("Ghi lại")
    said = _("Đã ghi ai đang giữ yêu cầu.")

    def ask(self) -> None:
        """Ask for a name."""
        desk, theme = self.context.desk(), self.context.theme
        names = Names(desk) if desk else None
        self.holder = Suggest(self.context.courier, theme, names, _("Người, phòng, lãnh đạo…"), self)
        self.holder.setText(self.request.holder)
        self.add_field(_("Đang chờ ai"), self.holder, "holder")
        self.remark = LineEdit(_("Không bắt buộc"), self)
        self.add_field(_("Ghi chú"), self.remark, "remark")

    def work(self, desk: Desk) -> Work:
        """Give what writes it."""
        seen = self.request.steps[-1].id
        return partial(service.hold, desk, self.request.id, self.holder.text(), self.remark.text(), seen)


class ReferPanel(StepPanel):
    """Another body is the one to answer."""

    step = RequestMove.REFER
    title = _("Chuyển nơi có thẩm quyền")
    button_words = _("Chuyển và soạn công văn")
    said = _("Đã chuyển; công văn chuyển đã được soạn.")

    def ask(self) -> None:
        """Ask where to and why."""
        self.to = LineEdit(_("Tên cơ quan, tổ chức có thẩm quyền trả lời"), self)
        self.add_field(_("Chuyển đến"), self.to, "refer_to")
        self.remark = TextEdit(rows=2, parent=self)
        self.add_field(_("Vì sao chuyển (để trống: theo thẩm quyền)"), self.remark, "remark")

    def work(self, desk: Desk) -> Work:
        """Give what writes it."""
        seen = self.request.steps[-1].id
        return partial(service.refer, desk, self.request.id, self.to.text(), self.remark.text(), seen)


def _typed(edit: QWidget) -> str | None:
    if isinstance(edit, LineEdit | TextEdit):
        return edit.text()
    return str(edit.value()) if isinstance(edit, ComboBox) else None


def _fill(edit: QWidget, text: str) -> None:
    if isinstance(edit, LineEdit):
        edit.setText(text)
    elif isinstance(edit, TextEdit):
        edit.set_text(text)
    elif isinstance(edit, ComboBox):
        edit.set_value(text)
