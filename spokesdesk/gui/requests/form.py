"""The form that takes a request: typed in the order of the call, kept while typing, saved with Ctrl+S."""

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member
from spokesdesk.domain.requests import Request
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.recordform import RecordForm
from spokesdesk.gui.requests.inputs import RequestInputs
from spokesdesk.gui.saying import sentence, show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Card, LinkButton, PageHeader, PrimaryButton
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import people
from spokesdesk.services import requests as service
from spokesdesk.services.ports import Desk

NEW = "request:new"


class RequestForm(RecordForm):
    """A new request."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._scroll = QScrollArea(self)
        self.inputs = RequestInputs(context, self._scroll.viewport())
        self._notice = Note("", "red", self)
        self._build()
        self.auto = Autosave(context, NEW, self.inputs.values, self)
        self.auto.set_quiet(True)
        self.inputs.fill({})
        self.auto.set_quiet(False)
        self.auto.watch(self.inputs)
        self.inputs.edited.connect(self.auto.touch)

    @property
    def has_text(self) -> bool:
        """Whether anything was typed."""
        return self.inputs.has_text()

    def desk_ready(self, desk: Desk) -> None:
        """Offer known names and keep what was typed before."""
        self.auto.set_quiet(True)
        self.inputs.use(desk)
        self.auto.set_quiet(False)
        self._context.courier.run(partial(people.members, desk), owner=self, ok=self._members, lane="read")
        self.auto.desk_ready(self.has_text)

    def desk_closed(self) -> None:
        """The desk was locked; what was typed stays."""
        self.inputs.use(None)

    def begin(self) -> None:
        """Begin with empty fields, unless something is typed there already."""
        if not self.has_text:
            self._empty()
        self.inputs.field("journalist").focus()

    def restore(self, draft_id: UUID, values: Mapping[str, object]) -> None:
        """Take back what was typed."""
        self.auto.set_quiet(True)
        self.inputs.fill(values)
        self.auto.set_quiet(False)
        self.auto.resume(draft_id)
        self.inputs.field("topic").focus()

    def writing(self, desk: Desk) -> Callable[[], tuple[Request, Changes]]:
        """Give what writes the request."""
        return partial(service.open_request, desk, self.inputs.draft(), self.auto.draft_id)

    def _members(self, members: tuple[Member, ...]) -> None:
        desk = self._context.desk()
        if desk is not None:
            self.auto.set_quiet(True)
            self.inputs.use(desk, members)
            self.auto.set_quiet(False)

    def _failed(self, error: DeskError) -> None:
        shown = show_error(self.inputs.fields(), error)
        self._notice.set_text("" if shown else sentence(error))

    def _empty(self) -> None:
        self.auto.set_quiet(True)
        self.inputs.fill({})
        self.auto.set_quiet(False)
        self.auto.start_new()
        self._notice.set_text("")

    @Slot()
    def _throw_away(self) -> None:
        self.auto.discard()
        self._empty()
        self.left.emit()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(12)
        head = PageHeader(_("Ghi yêu cầu"), _("Bản nháp được giữ tự động trong lúc gõ"), self)
        head.add_button(LinkButton(_("Bỏ"), self._throw_away, self))
        head.add_button(LinkButton(_("‹ Danh sách"), self.left.emit, self))
        head.add_button(PrimaryButton(_("Lưu yêu cầu"), self.save, "Ctrl+S", self, bind=False))
        column.addWidget(head)
        column.addWidget(self._notice)
        card = Card(parent=self)
        card.body.setContentsMargins(1, 8, 1, 1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self.inputs)
        card.add(self._scroll, 1)
        column.addWidget(card, 1)
