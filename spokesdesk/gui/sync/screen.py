"""Where this desk stands with the portal: what is on its way, a round when one asks for it, and the way by hand."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.elsewhere import Delivery
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member
from spokesdesk.domain.words import word
from spokesdesk.gui.given import Given
from spokesdesk.gui.screen import Action, Context, Screen
from spokesdesk.gui.sync.carry import CarryPage
from spokesdesk.gui.sync.conflicts import ConflictCard
from spokesdesk.gui.sync.files import FilesBar
from spokesdesk.gui.sync.joinpage import JoinPage
from spokesdesk.gui.sync.ledger import calm
from spokesdesk.gui.sync.listing import Item, LedgerList
from spokesdesk.gui.sync.receipt import ReceiptSheet
from spokesdesk.gui.sync.standing import (
    aside_words,
    filling_words,
    is_stuck,
    receipt,
    stand,
    under_title,
    url_of,
)
from spokesdesk.gui.sync.twice import TwiceNote
from spokesdesk.gui.widgets.basic import Button, PageHeader, PrimaryButton
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import sync as service
from spokesdesk.services.ports import Desk, SyncRow, SyncState
from spokesdesk.services.ports.sync import LedgerEntry, SetAside

FILLING_MS = 1_500
LEAST_LIST = 150


class SyncScreen(Screen):
    """The way to the portal: offline is a calm state with a count."""

    name: ClassVar[str] = "sync"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.state: SyncState | None = None
        self._busy = False
        self.list = LedgerList(context, self)
        self.model = self.list.model
        self.button = PrimaryButton(_("Đồng bộ ngay"), self.sync_now, parent=self)
        self.carry_button = Button(_("Mang đi – Nhận về"), self.show_carry, parent=self)
        self.page = Button(_("Mở trang công khai"), self._open_page, parent=self)
        self.again = Button(_("Gửi lại"), self.send_again, parent=self)
        self.receipt = Button(_("Biên nhận"), self.show_receipt, parent=self)
        self.hand_button = PrimaryButton(_("Mang đi – Nhận về"), self.show_carry, parent=self)
        self.line_button = Button(_("Nối với cổng…"), self.show_connecting, parent=self)
        self.back_button = Button(_("‹ Đồng bộ"), self.leave_connecting, parent=self)
        self._wants_line = False
        self.joining = JoinPage(context, self)
        self.connect_card = self.joining.connect_card
        self.conflicts = ConflictCard(context, self)
        self.carry = CarryPage(context, self)
        self.files = FilesBar(context, self)
        self.twice = TwiceNote(context, self)
        self._note = Note("", "neutral", self)
        self.stuck = Button(_("Xuất hàng chờ…"), self.show_outbox_files, parent=self._note)
        self._note.add_button(self.stuck)
        self._filling = Note("", "teal", self)
        self._timer = QTimer(self)
        self._timer.setInterval(FILLING_MS)
        self._timer.timeout.connect(self._ask_state)
        self._build()
        self.carry.left.connect(self.show_ledger)
        self.list.list.current_changed.connect(self._chosen)
        self.list.opened.connect(self._opened)
        self.model.loaded.connect(self._loaded)

    def desk_ready(self, desk: Desk) -> None:
        """Read where things stand."""
        self.list.load(desk)
        self.joining.load(desk)
        self.conflicts.load()
        self.twice.load(desk)
        self._ask_state()

    def desk_closed(self) -> None:
        """Show nothing of the desk."""
        self.list.clear()
        self.conflicts.clear()
        self.carry.clear()
        self.joining.clear()
        self._wants_line = False
        self._timer.stop()
        self.files.watch(on=False)
        self.state = None

    def member_changed(self, member: Member) -> None:
        """Only an administrator connects a desk."""
        self.joining.show_member(member)
        self.carry.show_state(member, by_hand=self.state is not None and self.state.by_hand)

    def on_changed(self, changes: Changes) -> None:
        """Something went on its way, or arrived."""
        if any(change.kind in self.list.kinds for change in changes):
            self.list.refresh(changes)
            self.conflicts.load()
            self._ask_state()
        desk = self.context.desk()
        if desk is not None and any(change.kind in ("sync", "member") for change in changes):
            self.twice.load(desk)

    def shown(self) -> None:
        """Say where things stand now."""
        self.files.watch(on=True)
        self._ask_state()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask nothing while nobody looks."""
        self.files.watch(on=False)
        self._timer.stop()
        super().hideEvent(event)

    def primary_action(self) -> Action | None:
        """A round now, or the stick where there is no other way."""
        if self.state is None or not self._is_connected():
            return None
        if self.state.by_hand:
            return Action(_("Mang đi – Nhận về"), self.show_carry)
        return Action(_("Đồng bộ ngay"), self.sync_now)

    def actions_offered(self) -> tuple[Action, ...]:
        """What else can be done here."""
        if self.state is None or not self._is_connected():
            return ()
        by_line = (
            Action(_("Mang đi – Nhận về"), self.show_carry),
            Action(_("Gửi, nhận tệp"), self.files.exchange),
        )
        by_hand = (Action(_("Nối với cổng, hoặc xin vào sổ lại"), self.show_connecting),)
        return (
            *(by_hand if self.state.by_hand else by_line),
            Action(_("Xuất, nhận hàng chờ bằng tệp"), self.show_outbox_files),
            Action(_("Biên nhận của mục đang chọn"), self.show_receipt),
            Action(_("Thử lại các mục để riêng"), self.try_aside),
        )

    def calm_words(self) -> str:
        """Say what the note over the list says."""
        return "" if self._note.isHidden() else self._note.accessibleName()

    @Slot()
    def show_connecting(self) -> None:
        """Show a desk that goes by hand how it gets onto the line, or asks once more."""
        self._wants_line = True
        self._ask_state()

    @Slot()
    def leave_connecting(self) -> None:
        """Back to what is on its way."""
        self._wants_line = False
        self._ask_state()

    def _show_carry(self, state: SyncState) -> None:
        desk = self.context.desk()
        self.carry.show_state(desk.actor if desk else None, by_hand=state.by_hand)

    @Slot()
    def show_carry(self) -> None:
        """Show the way by hand."""
        self._pages.setCurrentWidget(self.carry)
        self.carry.out.setFocus()

    @Slot()
    def show_outbox_files(self) -> None:
        """Show where what waits is written into a file for another desk of the agency, or taken from one."""
        self.context.create("portal")

    @Slot()
    def show_ledger(self) -> None:
        """Show what is on its way."""
        self._pages.setCurrentIndex(0)
        self.carry_button.setFocus()

    @Slot()
    def sync_now(self) -> None:
        """Exchange with the portal once, then files and other places."""
        desk = self.context.desk()
        if desk is None or self._busy:
            return
        self._busy = True
        self.button.set_text(_("Đang đồng bộ…"))
        self.context.courier.run(
            partial(service.run_round, desk),
            owner=self,
            ok=self._done,
            fail=self._failed,
            always=self._ready,
            lane="net",
            label=_("Đang đồng bộ với cổng…"),
        )

    def _ready(self) -> None:
        self._busy = False
        self.button.set_text(_("Đồng bộ ngay"))

    def _done(self, answer: tuple[service.SyncReport, Changes]) -> None:
        report, _changes = answer
        if report.fault is None:
            text = _("Đồng bộ xong: gửi {sent}, đăng {published}, nhận {received}.")
            self.context.toast(
                text.format(sent=report.sent, published=report.published, received=report.received)
            )
            self.files.exchange()
        self._show_state(report.state)

    def _failed(self, error: DeskError) -> None:
        self.context.status(word(error))
        self._ask_state()

    @Slot()
    def _ask_state(self) -> None:
        desk = self.context.desk()
        if desk is not None:
            self.context.courier.run(
                partial(stand, desk), owner=self, ok=self._show_stand, fail=self._not_told, lane="read"
            )

    def _not_told(self, _error: DeskError) -> None:
        """The desk was closed meanwhile."""

    def _show_stand(self, found: tuple[SyncState, dict[str, int]]) -> None:
        state, counts = found
        self.list.count(counts | {"aside": state.aside})
        self._show_state(state)

    def _show_state(self, state: SyncState) -> None:
        self.state = state
        connected = self._is_connected()
        self._wants_line = self._wants_line and state.by_hand
        is_joining = not connected or self._wants_line
        self._stack.setCurrentIndex(0 if is_joining else 1)
        self.button.setVisible(connected and not state.by_hand)
        self.carry_button.setVisible(connected and not state.by_hand)
        self.line_button.setVisible(state.by_hand and not is_joining)
        self.hand_button.setVisible(state.by_hand and not is_joining)
        self.back_button.setVisible(connected and is_joining)
        self.joining.show_state(state)
        self.list.show_way(by_hand=state.by_hand)
        self._show_carry(state)
        self._chosen(self.list.list.current())
        self._header.set_title(_("Đồng bộ"), under_title(state))
        self._note.set_text(" ".join(part for part in (calm(state), aside_words(state)) if part))
        # Offline it goes by itself later; whatever else stops the rounds may never end.
        self.stuck.setVisible(bool(state.unsent) and state.fault not in ("", "portal_unreachable"))
        self._filling.set_text(filling_words(state))
        if state.filling and not state.by_hand and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _is_connected(self) -> bool:
        return self.state is not None and bool(self.state.portal)

    @Slot(object)
    def _loaded(self, _count: int) -> None:
        self._chosen(self.list.list.current())

    @Slot(object)
    def _chosen(self, row: Item | None) -> None:
        is_shown = self._stack.currentWidget() is not self.joining
        self.page.setVisible(is_shown and bool(url_of(row)))
        self.again.setVisible(is_shown and is_stuck(row))
        self.receipt.setVisible(is_shown and isinstance(row, SyncRow))

    @Slot(object)
    def _opened(self, row: Item) -> None:
        if isinstance(row, SyncRow):
            self.show_receipt()
        elif isinstance(row.item, Delivery):
            self.context.navigate("paper", row.item.record)
        elif isinstance(row.item, SetAside):
            self.try_aside()

    @Slot()
    def show_receipt(self) -> None:
        """Show all that is known of the chosen record's way."""
        row, desk = self.list.list.current(), self.context.desk()
        if desk is not None and isinstance(row, SyncRow):
            self.context.courier.run(
                partial(receipt, desk, row), owner=self, ok=self._show_receipt, lane="read"
            )

    def _show_receipt(self, found: tuple[LedgerEntry, str]) -> None:
        entry, text = found
        again = self.send_again if entry.row.state == "quarantined" else None
        self.sheet = ReceiptSheet(self, text, again)
        self.sheet.open()

    @Slot()
    def send_again(self) -> None:
        """Queue what was refused once more."""
        row, desk = self.list.list.current(), self.context.desk()
        if desk is None:
            return
        if isinstance(row, SyncRow):
            work = partial(service.retry, desk, row.record)
        elif isinstance(row, Given) and isinstance(row.item, Delivery):
            work = partial(service.retry_elsewhere, desk, row.item.place, row.item.record)
        else:
            return
        self.context.courier.run(work, owner=self, ok=self._queued)

    def _queued(self, _answer: object) -> None:
        self.sync_now()

    @Slot()
    def try_aside(self) -> None:
        """Try once more what was set aside."""
        desk = self.context.desk()
        if desk is not None:
            self.context.courier.run(partial(service.try_aside, desk), owner=self, ok=self._tried)

    def _tried(self, answer: tuple[int, Changes]) -> None:
        left, _changes = answer
        text = _("Còn {n} mục để riêng.").format(n=left) if left else _("Không còn mục nào để riêng.")
        self.context.toast(text)

    @Slot()
    def _open_page(self) -> None:
        url = url_of(self.list.list.current())
        if url.startswith(("http://", "https://")):
            QDesktopServices.openUrl(QUrl(url))

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 8, 24, 16)
        self._pages = QStackedWidget(self)
        outer.addWidget(self._pages)
        main = QWidget(self)
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._header = PageHeader(_("Đồng bộ"), "", self)
        always = (self.carry_button, self.button)
        at_times = (self.receipt, self.page, self.again, self.line_button, self.hand_button, self.back_button)
        for button in (*at_times, *always):
            self._header.add_button(button)
        for button in at_times:
            button.hide()
        column.addWidget(self._header)
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack, 1)
        self._stack.addWidget(self.joining)
        self._stack.addWidget(self._ledger())
        self._pages.addWidget(main)
        self._pages.addWidget(self.carry)

    def _ledger(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self._note, self._filling, self.twice, self.files, self.conflicts):
            column.addWidget(part)
        # Its words for an empty list would ask for more than what is left beside a conflict on a small screen.
        self.list.setMinimumHeight(LEAST_LIST)
        column.addWidget(self.list, 1)
        return page
