"""The first page: what is due with the law beside it, what waits for me, the day's counts."""

from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.language import ngettext
from spokesdesk.domain.people import Member
from spokesdesk.domain.text import short_date
from spokesdesk.domain.words import word
from spokesdesk.gui.screen import Action, Context, Screen
from spokesdesk.gui.tasks import TaskCard
from spokesdesk.gui.widgets.basic import Button, Card, Chip, PageHeader, PrimaryButton, label, line
from spokesdesk.gui.widgets.rowlist import ROW_HEIGHT
from spokesdesk.gui.widgets.states import EmptyState, Note
from spokesdesk.services import today
from spokesdesk.services.ports import Desk
from spokesdesk.services.today import Alert, DueItem, Today, WaitItem

_TICK_MS = 30_000
_AROUND = 190


class CountsCard(Card):
    """The day in figures, and what has not been sent yet."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Trong ngày"), parent=parent)
        self._words = label("", "muted", self, wrap=True)
        self._sync_row = QWidget(self)
        row = QHBoxLayout(self._sync_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._chip = Chip(parent=self._sync_row)
        self._sync = label("", "", self._sync_row, wrap=True)
        row.addWidget(self._chip)
        row.addWidget(self._sync, 1)
        self.add(self._words)
        self._line = line(self)
        self.add(self._line)
        self.add(self._sync_row)

    def show_counts(self, board: Today) -> None:
        """Show the counts of a day."""
        counted = (
            _("{n} lượt tiếp xúc hôm nay").format(n=board.contacts_today),
            _("{n} lượt trong 7 ngày").format(n=board.contacts_week),
        )
        self._words.setText(" · ".join(counted))
        sync = board.sync
        if sync.quarantined:
            self._say(
                _("Bị cổng từ chối"),
                "red",
                ngettext("{n} mục cần xem lại", "{n} mục cần xem lại", sync.quarantined),
                sync.quarantined,
            )
        elif sync.queued:
            self._say(
                _("Chưa gửi"),
                "teal",
                ngettext("{n} mục chờ mang đi", "{n} mục chờ mang đi", sync.queued)
                if sync.by_hand
                else ngettext("{n} mục chờ có mạng", "{n} mục chờ có mạng", sync.queued),
                sync.queued,
            )
        else:
            self._say("", "neutral", "", 0)

    def _say(self, chip: str, tone: str, sentence: str, count: int) -> None:
        self._chip.set(chip, tone)
        self._sync.setText(sentence.format(n=count))
        self._sync_row.setVisible(bool(chip))
        self._line.setVisible(bool(chip))


class TodayScreen(Screen):
    """Hôm nay."""

    name = "today"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._day: date | None = None
        self._wants_focus = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.head = PageHeader(_("Hôm nay"), parent=self)
        self.head.add_button(PrimaryButton(_("Ghi tiếp xúc"), self._new_contact, "Ctrl+N", self, bind=False))
        self.notice = Note("", "amber", self)
        self.care = Note("", "amber", self)
        self.care.add_button(Button(_("Mở trang Sao lưu"), self._backups, parent=self.care))
        self.due = TaskCard(context, _("Đến hạn"), _("Không có việc nào đến hạn."), self._now, self)
        self.waiting = TaskCard(
            context, _("Chờ tôi"), _("Không có văn bản, yêu cầu nào chờ anh chị xử lý."), self._now, self
        )
        self.alerts = TaskCard(context, _("Cần biết"), "", self._now, self)
        self.drafts = TaskCard(context, _("Đang soạn"), "", self._now, self)
        self._cards = (self.due, self.alerts, self.waiting, self.drafts)
        self.counts = CountsCard(self)
        sentence = _(
            "Chưa có gì đến hạn và chưa có lần tiếp xúc nào. Khi nhà báo đến, gọi hay viết thư, "
            "nhấn Ctrl+N để ghi; hạn trả lời và văn bản chờ duyệt sẽ hiện ở trang này."
        )
        self.start = EmptyState(
            context.theme,
            "calendar-check-outline",
            sentence,
            _("Ghi lần tiếp xúc đầu tiên"),
            self._new_contact,
            parent=self,
        )
        self._lay_out()
        for card in self._cards:
            card.opened.connect(self._open)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._ticked)

    def desk_ready(self, desk: Desk) -> None:
        """Show this desk's day."""
        self._load()
        self._tick.start()

    def desk_closed(self) -> None:
        """Show nothing of the desk."""
        self._tick.stop()
        for card in self._cards:
            card.show_tasks((), "")
        self._pages.setCurrentIndex(1)

    def member_changed(self, member: Member) -> None:
        """Show what waits for whoever works now."""
        self._load()

    def on_changed(self, changes: Changes) -> None:
        """Something was written: the day may look different."""
        self._load()

    def shown(self) -> None:
        """Look again, and put the cursor on what is due first."""
        self._wants_focus = True
        self._load()

    def primary_action(self) -> Action:
        """Write down a contact."""
        return Action(_("Ghi tiếp xúc"), self._new_contact, "Ctrl+N")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the cards the rows that fit."""
        super().resizeEvent(event)
        rows = max(2, (event.size().height() - _AROUND) // ROW_HEIGHT)
        self.due.set_room(rows)
        self.waiting.set_room(max(2, rows // 2))
        self.drafts.set_room(max(2, rows // 2 - 2))
        self.alerts.set_room(2)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 8, 24, 16)
        outer.setSpacing(12)
        outer.addWidget(self.head)
        outer.addWidget(self.notice)
        outer.addWidget(self.care)
        self._pages = QStackedWidget(self)
        board, blank = QWidget(self), QWidget(self)
        row = QHBoxLayout(board)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for stretch, cards in (
            (11, (self.due,)),
            (10, (self.alerts, self.waiting, self.drafts, self.counts)),
        ):
            column = QVBoxLayout()
            column.setSpacing(16)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            row.addLayout(column, stretch)
        self._pages.addWidget(board)
        self._pages.addWidget(blank)
        self._pages.addWidget(self.start)
        self._pages.setCurrentWidget(blank)
        outer.addWidget(self._pages, 1)
        self._say_day()

    def _now(self) -> datetime:
        desk = self.context.desk()
        return desk.now() if desk else datetime.now().astimezone()

    def _say_day(self) -> None:
        self._day = vn_day(self._now())
        self.head.set_title(_("Hôm nay"), f"{_weekday(self._day)}, {short_date(self._day)}")

    def _load(self) -> None:
        desk = self.context.desk()
        if desk is not None:
            self.context.courier.run(
                partial(today.board, desk), owner=self, ok=self._show, fail=self._fail, lane="read"
            )

    def _show(self, board: Today) -> None:
        self._say_day()
        self.notice.set_text("")
        self.care.set_text(self.context.care())
        self.due.show_tasks(board.due, _due_words(len(board.due), board.due_total))
        self.alerts.show_tasks(board.alerts, "")
        self.alerts.setVisible(bool(board.alerts))
        self.waiting.show_tasks(board.waiting, _counted(len(board.waiting), _("{n} việc")))
        self.drafts.show_tasks(board.drafts, _counted(len(board.drafts), _("{n} văn bản")))
        self.drafts.setVisible(bool(board.drafts))
        self.counts.show_counts(board)
        has_news = any(alert.id is not None for alert in board.alerts)
        is_new = not (board.due or board.waiting or board.drafts or board.contacts_week or has_news)
        self._pages.setCurrentWidget(self.start if is_new else self._pages.widget(0))
        if self._wants_focus and self.isVisible():
            self._wants_focus = False
            self._focus_on(board, is_new=is_new).setFocus()

    def _focus_on(self, board: Today, *, is_new: bool) -> QWidget:
        """Give what the cursor belongs on: what is due first, else what waits, else nothing in particular."""
        if is_new:
            return self.start.button
        if board.due:
            return self.due.rows
        if board.waiting:
            return self.waiting.rows
        return self.alerts.rows if board.alerts else self

    def _fail(self, error: DeskError) -> None:
        self.notice.set_text(word(error))

    def _ticked(self) -> None:
        if self._day != vn_day(self._now()):
            self._load()
        for card in (self.due, self.waiting):
            card.tick()

    def _open(self, item: DueItem | WaitItem | Alert) -> None:
        self.context.navigate(item.kind, item.id)

    def _backups(self) -> None:
        self.context.create("backup")

    def _new_contact(self) -> None:
        self.context.create("contact")


def _counted(count: int, pattern: str) -> str:
    return pattern.format(n=count) if count else ""


def _due_words(listed: int, total: int) -> str:
    """Say how much is due; of more than the page lists, how many it lists."""
    if total <= listed:
        return _counted(listed, _("{n} việc"))
    grouped = f"{total:,}".replace(",", ".")
    return _("{n} việc gấp nhất trong {total}").format(n=listed, total=grouped)


def _weekday(on: date) -> str:
    names = (_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật"))
    return names[on.weekday()]
