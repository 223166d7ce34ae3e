"""Where this desk stands with the portal: what is on its way, and a round when one asks for it."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member
from spokesdesk.domain.words import word
from spokesdesk.gui.connecting import ConnectCard
from spokesdesk.gui.rows import RowsModel
from spokesdesk.gui.screen import Action, Context, Screen
from spokesdesk.gui.sync.conflicts import ConflictCard
from spokesdesk.gui.sync.ledger import STATES, Ledger, LedgerRow, calm, cells, key_of, number_of
from spokesdesk.gui.widgets.basic import Button, Card, Chip, PageHeader, PrimaryButton
from spokesdesk.gui.widgets.rowlist import RowList
from spokesdesk.gui.widgets.states import EmptyState, Note
from spokesdesk.services import sync as service
from spokesdesk.services.ports import Desk, SyncState


class SyncScreen(Screen):
    """The way to the portal: offline is a calm state with a count."""

    name: ClassVar[str] = "sync"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.state: SyncState | None = None
        self._busy = False
        self.model: RowsModel[LedgerRow] = RowsModel(context.courier, key_of, number_of, self)
        self.list = RowList(context.theme, cells, _("Trên đường tới cổng"), self, chip_left=True)
        self.list.set_rows(self.model)
        self.button = PrimaryButton(_("Đồng bộ ngay"), self.sync_now, parent=self)
        self.page = Button(_("Mở trang công khai"), self._open_page, parent=self)
        self.connect_card = ConnectCard(context, self)
        self.conflicts = ConflictCard(context, self)
        self.again = Button(_("Gửi lại"), self.send_again, parent=self)
        self._note = Note("", "neutral", self)
        self._counts = {state: Chip("", tone, parent=self) for state, (_text, tone) in STATES.items()}
        self._shared = Chip("", "teal", parent=self)
        self._build()
        self.model.loaded.connect(self._loaded)
        self.list.current_changed.connect(self._chosen)
        self.list.opened.connect(self._opened)

    def desk_ready(self, desk: Desk) -> None:
        """Read where things stand."""
        ledger = Ledger(desk)
        self.model.load(ledger.numbers, ledger.rows)
        self.connect_card.show_member(desk.actor)
        self.conflicts.load()
        self._ask_state()

    def desk_closed(self) -> None:
        """Show nothing of the desk."""
        self.model.clear()
        self.conflicts.clear()
        self.state = None

    def member_changed(self, member: Member) -> None:
        """Only an administrator connects a desk."""
        self.connect_card.show_member(member)

    def on_changed(self, changes: Changes) -> None:
        """Something went on its way, or arrived."""
        if any(change.kind in ("sync", "paper") for change in changes):
            self.model.reload()
            self.conflicts.load()
            self._ask_state()

    def shown(self) -> None:
        """Say where things stand now."""
        self._ask_state()

    def primary_action(self) -> Action | None:
        """A round now."""
        return (
            Action(_("Đồng bộ ngay"), self.sync_now) if self.state is not None and self.state.portal else None
        )

    def calm_words(self) -> str:
        """Give what is said about the last round, "" when it went well."""
        return "" if self._note.isHidden() else self._note.accessibleName()

    @Slot()
    def sync_now(self) -> None:
        """Exchange with the portal once."""
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
            said = _("Đồng bộ xong: gửi {sent}, đăng {published}, nhận {received}.")
            self.context.toast(
                said.format(sent=report.sent, published=report.published, received=report.received)
            )
        self._show_state(report.state)

    def _failed(self, error: DeskError) -> None:
        self.context.status(word(error))
        self._ask_state()

    def _ask_state(self) -> None:
        desk = self.context.desk()
        if desk is not None:
            self.context.courier.run(
                partial(service.state, desk), owner=self, ok=self._show_state, lane="read"
            )

    def _show_state(self, state: SyncState) -> None:
        self.state = state
        connected = bool(state.portal)
        self._stack.setCurrentIndex(1 if connected else 0)
        self.button.setVisible(connected)
        last = state.last_round_at
        when = (
            _("lần cuối {time}").format(time=f"{to_vn(last):%H:%M %d/%m/%Y}")
            if last
            else _("chưa đồng bộ lần nào")
        )
        self._header.set_title(
            _("Đồng bộ"), f"{state.portal} · {when}" if connected else _("chưa kết nối với cổng")
        )
        for name, chip in self._counts.items():
            count = getattr(state, name)
            chip.set(f"{STATES[name][0]}: {count}" if count else "", STATES[name][1])
        waiting = _("Sổ chung chờ gửi: {n}").format(n=state.waiting) if state.waiting else ""
        self._shared.set(waiting, "teal")
        self._note.set_text(calm(state))

    @Slot(object)
    def _loaded(self, count: int) -> None:
        self._rows.setCurrentIndex(0 if count else 1)
        self._chosen(self.list.current())

    @Slot(object)
    def _chosen(self, row: LedgerRow | None) -> None:
        self.page.setVisible(row is not None and bool(row.row.url))
        self.again.setVisible(row is not None and row.row.state == "quarantined")

    @Slot(object)
    def _opened(self, row: LedgerRow) -> None:
        if row.row.entity in ("paper", "release"):
            self.context.navigate("paper", row.row.record)

    @Slot()
    def send_again(self) -> None:
        """Queue what the portal refused once more."""
        row, desk = self.list.current(), self.context.desk()
        if desk is not None and isinstance(row, LedgerRow):
            self.context.courier.run(
                partial(service.retry, desk, row.row.record), owner=self, ok=self._queued
            )

    def _queued(self, _answer: object) -> None:
        self.sync_now()

    @Slot()
    def _open_page(self) -> None:
        row = self.list.current()
        if isinstance(row, LedgerRow) and row.row.url.startswith(("http://", "https://")):
            QDesktopServices.openUrl(QUrl(row.row.url))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(12)
        self._header = PageHeader(_("Đồng bộ"), "", self)
        self._header.add_button(self.page)
        self._header.add_button(self.button)
        self._header.add_button(self.again)
        self.page.hide()
        self.again.hide()
        column.addWidget(self._header)
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack, 1)
        first = QWidget(self)
        row = QHBoxLayout(first)
        row.setContentsMargins(0, 0, 0, 0)
        side = QVBoxLayout()
        self.connect_card.setMaximumWidth(620)
        side.addWidget(self.connect_card)
        side.addStretch(1)
        row.addLayout(side, 3)
        row.addStretch(1)
        self._stack.addWidget(first)
        self._stack.addWidget(self._ledger())

    def _ledger(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._note)
        chips = QHBoxLayout()
        chips.setSpacing(8)
        for chip in (*self._counts.values(), self._shared):
            chips.addWidget(chip)
        chips.addStretch(1)
        column.addLayout(chips)
        column.addWidget(self.conflicts)
        card = Card(parent=page)
        card.body.setContentsMargins(1, 6, 1, 6)
        self._rows = QStackedWidget(card)
        self._rows.addWidget(self.list)
        sentence = _("Văn bản đã phát hành nằm ở đây trên đường tới cổng: chờ gửi, đã gửi, đã đăng.")
        self._rows.addWidget(EmptyState(self.context.theme, "cloud-check-outline", sentence, parent=card))
        card.add(self._rows, 1)
        column.addWidget(card, 1)
        return page
