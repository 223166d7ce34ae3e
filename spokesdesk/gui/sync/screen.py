"""Where this desk stands with the portal: what is on its way, a round when one asks for it, and the way by hand."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.elsewhere import Delivery
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member
from spokesdesk.domain.words import word
from spokesdesk.gui.connecting import ConnectCard
from spokesdesk.gui.given import Given
from spokesdesk.gui.screen import Action, Context, Screen
from spokesdesk.gui.sync.carry import CarryPage
from spokesdesk.gui.sync.conflicts import ConflictCard
from spokesdesk.gui.sync.files import FilesBar
from spokesdesk.gui.sync.ledger import ARRIVED, STATES, calm, said
from spokesdesk.gui.sync.listing import Item, LedgerList
from spokesdesk.gui.sync.nouns import entity_word
from spokesdesk.gui.sync.receipt import ReceiptSheet
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
        self.connect_card = ConnectCard(context, self)
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
        self.connect_card.show_member(desk.actor)
        self.conflicts.load()
        self.twice.load(desk)
        self._ask_state()

    def desk_closed(self) -> None:
        """Show nothing of the desk."""
        self.list.clear()
        self.conflicts.clear()
        self.carry.clear()
        self._timer.stop()
        self.files.watch(on=False)
        self.state = None

    def member_changed(self, member: Member) -> None:
        """Only an administrator connects a desk."""
        self.connect_card.show_member(member)

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
        """A round now."""
        return Action(_("Đồng bộ ngay"), self.sync_now) if self._is_connected() else None

    def actions_offered(self) -> tuple[Action, ...]:
        """What else can be done here."""
        if not self._is_connected():
            return ()
        return (
            Action(_("Mang đi – Nhận về"), self.show_carry),
            Action(_("Gửi, nhận tệp"), self.files.exchange),
            Action(_("Xuất, nhận hàng chờ bằng tệp"), self.show_outbox_files),
            Action(_("Biên nhận của mục đang chọn"), self.show_receipt),
            Action(_("Thử lại các mục để riêng"), self.try_aside),
        )

    def calm_words(self) -> str:
        """Say what the note over the list says."""
        return "" if self._note.isHidden() else self._note.accessibleName()

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
                partial(_stand, desk), owner=self, ok=self._show_stand, fail=self._not_told, lane="read"
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
        self._stack.setCurrentIndex(1 if connected else 0)
        self.button.setVisible(connected)
        self.carry_button.setVisible(connected)
        last = state.last_round_at
        when = (
            _("lần cuối {time}").format(time=f"{to_vn(last):%H:%M %d/%m/%Y}")
            if last
            else _("chưa đồng bộ lần nào")
        )
        self._header.set_title(
            _("Đồng bộ"), f"{state.portal} · {when}" if connected else _("chưa kết nối với cổng")
        )
        self._note.set_text(" ".join(part for part in (calm(state), aside_words(state)) if part))
        # Offline it goes by itself later; whatever else stops the rounds may never end.
        self.stuck.setVisible(bool(state.unsent) and state.fault not in ("", "portal_unreachable"))
        filling = _("Đang nhận sổ chung lần đầu: đã có {n} mục. Mọi trang dùng được ngay trong lúc chờ.")
        self._filling.set_text(
            filling.format(n=f"{state.filled:,}".replace(",", ".")) if state.filling else ""
        )
        if state.filling and self.isVisible():
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
        is_stuck = _stuck(row)
        url = _url(row)
        self.page.setVisible(bool(url))
        self.again.setVisible(is_stuck)
        self.receipt.setVisible(isinstance(row, SyncRow))

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
                partial(_receipt, desk, row), owner=self, ok=self._show_receipt, lane="read"
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
        url = _url(self.list.list.current())
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
        for button in (self.receipt, self.page, self.again, self.carry_button, self.button):
            self._header.add_button(button)
        for button in (self.receipt, self.page, self.again):
            button.hide()
        column.addWidget(self._header)
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack, 1)
        self._stack.addWidget(self._connecting())
        self._stack.addWidget(self._ledger())
        self._pages.addWidget(main)
        self._pages.addWidget(self.carry)

    def _connecting(self) -> QWidget:
        first = QWidget(self)
        row = QHBoxLayout(first)
        row.setContentsMargins(0, 0, 0, 0)
        side = QVBoxLayout()
        self.connect_card.setMaximumWidth(620)
        side.addWidget(self.connect_card)
        side.addStretch(1)
        row.addLayout(side, 3)
        row.addStretch(1)
        return first

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


def aside_words(state: SyncState) -> str:
    """Say that something was set aside, and what to do; "" when nothing was."""
    if not state.aside:
        return ""
    text = _(
        "{n} mục của đồng nghiệp mang dấu hiệu bí mật nhà nước được để riêng, không vào sổ; các mục khác vẫn về đủ. "
        "Chọn “Để riêng” để xem ai ghi và nhờ người ấy bỏ dấu hiệu."
    )
    return text.format(n=state.aside)


def _stuck(row: Item | None) -> bool:
    if isinstance(row, SyncRow):
        return row.state == "quarantined"
    return row is not None and isinstance(row.item, Delivery) and row.item.state == "quarantined"


def _url(row: Item | None) -> str:
    if isinstance(row, SyncRow):
        return row.url
    return row.item.url if row is not None and isinstance(row.item, Delivery) else ""


def _stand(desk: Desk) -> tuple[SyncState, dict[str, int]]:
    return service.state(desk), service.ledger_counts(desk)


def _receipt(desk: Desk, row: SyncRow) -> tuple[LedgerEntry, str]:
    entry = service.ledger_entry(desk, row.record)
    state = (STATES | ARRIVED).get(entry.row.state, (entry.row.state, ""))[0]
    reason = said(entry.row.reason) if entry.row.reason else ""
    return entry, service.receipt_text(desk, entry, entity_word(entry.row.entity), state, reason)
