"""Connecting this desk with the portal: address and one-time code, or a sign-in in the browser."""

from collections.abc import Callable
from functools import partial
from threading import Event

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member, Role
from spokesdesk.domain.words import word
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton, label
from spokesdesk.gui.widgets.fields import Field, LineEdit
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import sync as service
from spokesdesk.services.ports import Desk, SyncState

# Which field an answer of the portal is about, by the first words of its code.
_FIELD_OF = {"portal_url": "portal", "enrol_code": "code"}


class ConnectCard(Card):
    """Asks for the portal's address and the one-time code."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Kết nối với cổng"), parent=parent)
        self._context = context
        self._busy = False
        self.portal, self.code = LineEdit("https://", self), LineEdit("", self)
        words = _(
            "Quản trị cổng cấp cho cơ quan địa chỉ cổng và một mã ghi danh dùng một lần. Trước khi kết nối, không có gì"
            " được gửi đi; sau khi kết nối, văn bản đã phát hành được đăng lên cổng, còn sổ, hồ sơ và bản thảo đi qua"
            " cổng sang các máy khác của cơ quan. Nội dung tiếp xúc và hồ sơ vụ việc được niêm phong, chỉ máy của cơ"
            " quan đọc được; danh bạ, yêu cầu và bản thảo thì người quản trị cổng đọc được."
        )
        self.add(label(words, "muted", self, wrap=True))
        self.fields = [
            Field(_("Địa chỉ cổng"), self.portal, "portal", parent=self),
            Field(_("Mã ghi danh (dùng một lần)"), self.code, "code", parent=self),
        ]
        for field in self.fields:
            self.add(field)
        self._hint = Note("", "amber", self)
        self.add(self._hint)
        row = QHBoxLayout()
        row.addStretch(1)
        self.browse = Button(_("Đăng nhập bằng trình duyệt"), self.connect_by_browser, parent=self)
        row.addWidget(self.browse)
        self.button = PrimaryButton(_("Kết nối"), self.connect_now, parent=self)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.portal.returnPressed.connect(self.code.setFocus)
        self.code.returnPressed.connect(self.connect_now)

    def show_member(self, member: Member | None) -> None:
        """Say who may connect the desk."""
        allowed = member is not None and Role.ADMIN in member.roles
        self.button.setEnabled(allowed)
        self.browse.setEnabled(allowed)
        self._hint.set_text(
            "" if allowed else _("Việc kết nối do người có vai trò quản trị làm (F4 để chuyển người).")
        )

    def show_place(self, state: SyncState) -> None:
        """Fill in the address of the portal that a desk without a network knows from its colleagues."""
        if state.by_hand and not self.portal.text():
            self.portal.setText(state.portal)

    @Slot()
    def connect_now(self) -> None:
        """Connect this desk."""
        desk = self._ready_desk((self.portal, self.code))
        if desk is not None:
            self._run(partial(service.connect, desk, self.portal.text().strip(), self.code.text().strip()))

    @Slot()
    def connect_by_browser(self) -> None:
        """Connect this desk by signing in at the portal, in the system's browser."""
        desk, gone = self._ready_desk((self.portal,)), Event()
        if desk is not None:
            self._hint.set_text(
                _("Hãy đăng nhập trong trình duyệt vừa mở; chương trình đợi tối đa năm phút.")
            )
            address = self.portal.text().strip()
            work = partial(service.connect_by_browser, desk, address, lambda: not gone.is_set())
            self._run(work, gone.set)

    def _ready_desk(self, needed: tuple[LineEdit, ...]) -> Desk | None:
        """Give the desk to connect when all that is needed was typed."""
        desk = self._context.desk()
        commit_typing()
        if desk is None or self._busy or not self.button.isEnabled():
            return None
        show_error(self.fields, None)
        self._hint.set_text("")
        for field, edit in zip(self.fields, (self.portal, self.code), strict=True):
            if edit in needed and not edit.text().strip():
                show_error(self.fields, UserError("field_required", field=field.name))
                return None
        return desk

    def _run(self, work: Callable[[], object], end: Callable[[], object] | None = None) -> None:
        self._busy = True
        self._context.courier.run(
            work,
            owner=self,
            ok=self._connected,
            fail=self._failed,
            always=self._ready,
            end=end,
            lane="net",
            label=_("Đang kết nối với cổng…"),
        )

    def _ready(self) -> None:
        self._busy = False

    def _connected(self, _answer: object) -> None:
        self._hint.set_text("")
        self.code.clear()
        self._context.toast(_("Đã kết nối với cổng."))

    def _failed(self, error: DeskError) -> None:
        name = error.field or _FIELD_OF.get(error.code.rpartition("_")[0], "")
        known = UserError(error.code, field=name, **error.params)
        if not (name and show_error(self.fields, known)):
            self._hint.set_text(word(error))
