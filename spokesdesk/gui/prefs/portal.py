"""The province's portal: address and one-time code; without it the desk is whole."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Card, PrimaryButton, label
from spokesdesk.gui.widgets.fields import Field, LineEdit, show_field_error
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Desk, SyncState


class PortalSection(Section):
    """Connects the desk with the portal."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        card = Card(_("Cổng thông tin báo chí"), parent=self)
        self._state = label("", "muted", card, wrap=True)
        card.add(self._state)
        self._address, self._code = LineEdit("https://", card), LineEdit(parent=card)
        hint = _("Mã dùng một lần do nơi quản trị cổng cấp.")
        self._fields = [
            Field(_("Địa chỉ cổng"), self._address, "portal", parent=card),
            Field(_("Mã kết nối"), self._code, "code", hint, card),
        ]
        for field in self._fields:
            card.add(field)
        self._said = Note("", "red", card)
        card.add(self._said)
        row = QHBoxLayout()
        row.addStretch(1)
        self._button = PrimaryButton(_("Kết nối"), self._connect, parent=card)
        row.addWidget(self._button)
        card.body.addLayout(row)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def desk_ready(self, desk: Desk) -> None:
        """Ask how it stands."""
        self.context.courier.run(
            partial(_state, desk), owner=self, ok=self._show, fail=self._unknown, lane="read"
        )

    def on_changed(self, changes: Changes) -> None:
        """Ask again after a round."""
        desk = self.context.desk()
        if desk is not None and any(change.kind == "sync" for change in changes):
            self.desk_ready(desk)

    def _show(self, state: SyncState) -> None:
        if state.portal:
            self._state.setText(_("Đã nối với {portal}.").format(portal=state.portal))
            self._address.setText(state.portal)
        else:
            self._state.setText(
                _("Chưa nối cổng. Mọi việc vẫn làm được trên máy này; nối khi cần đăng tải công khai.")
            )

    def _unknown(self, error: DeskError) -> None:
        self._state.setText(words.word(error))

    def _connect(self) -> None:
        desk = self.context.desk()
        if desk is None:
            return
        self._button.setEnabled(False)
        self._said.set_text("")
        self.context.courier.run(
            partial(_connect, desk, self._address.text().strip(), self._code.text().strip()),
            owner=self,
            ok=self._connected,
            fail=self._refused,
            always=self._ready,
            lane="net",
            label=_("Đang kết nối cổng…"),
        )

    def _ready(self) -> None:
        self._button.setEnabled(True)

    def _connected(self, _result: object) -> None:
        self._code.clear()
        self.context.toast(_("Đã kết nối cổng."))
        desk = self.context.desk()
        if desk is not None:
            self.desk_ready(desk)

    def _refused(self, error: DeskError) -> None:
        if not show_field_error(self._fields, error.field, words.word(error)):
            self._said.set_text(words.word(error))


def _state(desk: Desk) -> SyncState:
    from spokesdesk.services import sync

    return sync.state(desk)


def _connect(desk: Desk, portal: str, code: str) -> object:
    from spokesdesk.services import sync

    return sync.connect(desk, portal, code)
