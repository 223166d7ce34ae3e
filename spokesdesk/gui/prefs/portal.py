"""Where releases are published: the portal, and other places; without any of them the desk is whole."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member
from spokesdesk.gui.connecting import ConnectCard
from spokesdesk.gui.prefs.elsewhere import ElsewhereCard
from spokesdesk.gui.prefs.keys import KeysCard
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, label
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Desk, SyncState


class PortalSection(Section):
    """Says whether the desk is connected; asks for address and code while it is not."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        card = Card(_("Cổng thông tin báo chí"), parent=self)
        self._state = label("", "muted", card, wrap=True)
        card.add(self._state)
        self.said = Note("", "green", card)
        card.add(self.said)
        row = QHBoxLayout()
        self.check_button = Button(_("Thử kết nối"), self.check, parent=card)
        self.check_button.hide()
        row.addWidget(self.check_button)
        row.addStretch(1)
        card.body.addLayout(row)
        self.connect_card = ConnectCard(context, self)
        self.connect_card.hide()
        self.keys = KeysCard(context, self)
        self.column.addWidget(card)
        self.column.addWidget(self.keys)
        self.column.addWidget(self.connect_card)
        self.elsewhere = ElsewhereCard(context, self)
        self.column.addWidget(self.elsewhere)
        self.column.addStretch(1)

    def desk_ready(self, desk: Desk) -> None:
        """Ask how it stands."""
        self.connect_card.show_member(desk.actor)
        self.keys.show_member(desk.actor)
        self.elsewhere.show_member(desk.actor)
        self.elsewhere.load(desk)
        self._ask(desk)

    def desk_closed(self) -> None:
        """Show nothing of the desk."""
        self._state.setText("")
        self.said.set_text("")
        self.check_button.hide()
        self.connect_card.hide()
        self.keys.hide()
        self.elsewhere.clear()

    def member_changed(self, member: Member) -> None:
        """Only an administrator connects a desk, or sees to its keys."""
        self.connect_card.show_member(member)
        self.keys.show_member(member)
        self.elsewhere.show_member(member)

    def on_changed(self, changes: Changes) -> None:
        """Ask again after a round."""
        desk = self.context.desk()
        if desk is not None and any(change.kind == "sync" for change in changes):
            self._ask(desk)
            self.elsewhere.load(desk)

    @Slot()
    def check(self) -> None:
        """Try the way to the portal; nothing is sent."""
        desk = self.context.desk()
        if desk is not None:
            self.check_button.setEnabled(False)
            self.context.courier.run(
                partial(_check, desk),
                owner=self,
                ok=self._answered,
                fail=self._not_answered,
                always=self._checked,
                lane="net",
            )

    def _checked(self) -> None:
        self.check_button.setEnabled(True)

    def _answered(self, _answer: object) -> None:
        self.said.set_tone("green")
        self.said.set_text(_("Cổng trả lời tốt và nhận ra máy này."))

    def _not_answered(self, error: DeskError) -> None:
        self.said.set_tone("amber")
        self.said.set_text(words.word(error))

    def _ask(self, desk: Desk) -> None:
        self.context.courier.run(
            partial(_state, desk), owner=self, ok=self._show, fail=self._unknown, lane="read"
        )

    def _show(self, state: SyncState) -> None:
        self.connect_card.setVisible(not state.portal or state.by_hand)
        self.connect_card.show_place(state)
        self.keys.setVisible(bool(state.portal))
        desk = self.context.desk()
        if desk is not None and state.portal:
            self.keys.load(desk)
        self.check_button.setVisible(bool(state.portal) and not state.by_hand)
        self._state.setText(_stand(state))

    def _unknown(self, error: DeskError) -> None:
        self._state.setText(words.word(error))


def _stand(state: SyncState) -> str:
    if state.by_hand:
        words = _(
            "Máy này vào sổ chung bằng thẻ nhớ và không gọi lên cổng {portal}. Khi máy có mạng, nối ở đây: hàng chờ và "
            "sổ giữ nguyên."
        )
    elif state.portal:
        words = _("Đã kết nối với {portal}. Trang Đồng bộ cho biết từng văn bản đang ở đâu.")
    else:
        words = _(
            "Chưa kết nối với cổng. Mọi việc vẫn làm được trên máy này; kết nối khi cần đăng tải công khai. Máy ở nơi "
            "không có mạng thì xin vào sổ bằng thẻ nhớ ở trang Đồng bộ."
        )
    return words.format(portal=state.portal)


def _check(desk: Desk) -> object:
    from spokesdesk.services import sync

    return sync.check_portal(desk)


def _state(desk: Desk) -> SyncState:
    from spokesdesk.services import sync

    return sync.state(desk)
