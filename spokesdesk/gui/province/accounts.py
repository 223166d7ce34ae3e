"""Accounts of journalists in the window: asked for at the portal while their list is seen, decided on there at once."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.door import AccountState, JournalistAccount
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import province_journalists
from spokesdesk.services.province_journalists import Decision, Known

AGAIN_MS = 60_000
Decided = tuple[Decision, Changes]


class AskingAccounts(QObject):
    """Asks the portal for the accounts when their list is opened, and once a minute while it stays open.

    Attributes:
        note: says since when the list stands as it does, when the portal could not be asked.
    """

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._list = context, parent
        self._is_seen = self._is_asking = False
        self.note = Note("", "amber", parent)
        self.note.add_button(LinkButton(_("Hỏi lại cổng"), self.ask, self.note))
        self._timer = QTimer(self)
        self._timer.setInterval(AGAIN_MS)
        self._timer.timeout.connect(self._ask_again)

    def watch(self, *, is_seen: bool) -> None:
        """The list is seen now, or another one."""
        self._is_seen = is_seen
        if is_seen:
            self._timer.start()
            self.ask()
        else:
            self._timer.stop()
            self.note.set_text("")

    @Slot()
    def ask(self) -> None:
        """Ask the portal now."""
        desk = self._context.desk()
        if desk is None or not self._is_seen or self._is_asking:
            return
        self._is_asking = True
        self._context.courier.run(
            partial(province_journalists.ask, desk),
            owner=self,
            ok=self._told,
            fail=self._not_told,
            always=self._asked,
            lane="net",
        )

    @Slot()
    def _ask_again(self) -> None:
        if self._list.isVisible():
            self.ask()

    def _asked(self) -> None:
        self._is_asking = False

    def _told(self, _answer: tuple[Known, Changes]) -> None:
        self.note.set_text("")

    def _not_told(self, error: DeskError) -> None:
        desk = self._context.desk()
        if desk is not None and self._is_seen:
            say = partial(self._say, error)
            work = partial(province_journalists.known, desk)
            self._context.courier.run(work, owner=self, ok=say, lane="read")

    def _say(self, error: DeskError, known: Known) -> None:
        if not self._is_seen:
            return
        if error.code == "portal_unreachable":
            self.note.set_text(offline_words(known))
        else:
            self.note.set_text(word(error))


class Deciding(QObject):
    """Verifies an account, says what was decided, and takes it back when asked to.

    Emits:
        refused: nothing was decided; why is said already.
    """

    refused = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._is_busy = False

    def verify(self, account_id: UUID) -> None:
        """Verify an account at the portal."""
        desk = self._context.desk()
        if desk is not None:
            self._ask(partial(province_journalists.verify, desk, account_id), self._decided)

    @Slot(object)
    def say(self, decision: Decision) -> None:
        """Say what was decided, and offer to take it back."""
        self._context.toast(decided_words(decision.made), partial(self._take_back, decision))

    def _take_back(self, decision: Decision) -> None:
        desk = self._context.desk()
        if desk is not None:
            self._ask(partial(province_journalists.take_back, desk, decision), self._taken_back)

    def _ask(self, work: Callable[[], Decided], ok: Callable[[Decided], object]) -> None:
        if self._is_busy:
            return
        self._is_busy = True
        self._context.courier.run(
            work,
            owner=self,
            ok=ok,
            fail=self._failed,
            always=self._ready,
            lane="net",
            label=_("Đang báo cổng"),
        )

    def _ready(self) -> None:
        self._is_busy = False

    def _decided(self, answer: Decided) -> None:
        self.say(answer[0])

    def _taken_back(self, answer: Decided) -> None:
        self._context.toast(decided_words(answer[0].made))

    def _failed(self, error: DeskError) -> None:
        self._context.toast(word(error))
        self.refused.emit()


def offline_words(known: Known) -> str:
    """Say of when the list is, and what can be done without the portal."""
    if known.told_at is None:
        return _(
            "Chưa liên lạc được với cổng nên chưa có danh sách. Khi có mạng trở lại, tài khoản hiện ở đây "
            "và xác minh được."
        )
    return _(
        "Chưa liên lạc được với cổng. Danh sách như lúc {at}; xem được, còn xác minh thì chờ có mạng trở lại."
    ).format(at=f"{to_vn(known.told_at):%H:%M %d/%m/%Y}")


def decided_words(made: JournalistAccount) -> str:
    """Say what was decided on an account."""
    said = {
        AccountState.PENDING: _("{name} chờ xác minh trở lại."),
        AccountState.VERIFIED: _("Đã xác minh {name}; câu hỏi của nhà báo này giờ đến được cơ quan."),
        AccountState.REFUSED: _("Không chấp nhận {name}; nhà báo đọc được lý do."),
        AccountState.BLOCKED: _("Đã khóa {name} và đăng xuất mọi máy; nhà báo đọc được lý do."),
    }
    return said[made.state].format(name=made.person.name)
