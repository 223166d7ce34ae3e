"""The queue: items found at the left, the one that is read and judged at the right; every judgement is one key."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.monitoring import ItemRow, ItemState
from spokesdesk.gui.listpage import ListPage
from spokesdesk.gui.monitoring.reader import Reader
from spokesdesk.gui.monitoring.words import chip
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import beside
from spokesdesk.gui.widgets.basic import Button, PrimaryButton
from spokesdesk.gui.widgets.rowlist import RowCells
from spokesdesk.services import monitoring as service
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.monitoring import Wanted

NEW = Wanted((ItemState.NEW,), matched=True)


class QueuePage(ListPage[ItemRow]):
    """What was found, and what is made of it.

    Emits:
        wanted: an item put in by hand.
        watch_wanted: sources and subjects.
        digest_wanted: the synthesis of the day.
    """

    wanted = Signal()
    watch_wanted = Signal()
    digest_wanted = Signal()
    title = _("Tin mới")
    search_words = _("Tìm theo tên bài, nơi đăng, nội dung…")
    empty_icon = "newspaper-variant-outline"
    empty_words = _(
        "Không còn tin nào chờ xem. Tin từ các nguồn RSS có tên cơ quan hoặc chủ đề theo dõi sẽ tự vào đây; "
        "tin thấy ở nơi khác thì dán vào."
    )
    nothing_words = _("Không có tin nào ở mục này. Thử từ khác hoặc chọn mục khác.")
    kinds = ("news",)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._wanted = NEW
        self._mine = False
        self._next: tuple[UUID, int] | None = None
        self._asked: UUID | None = None
        super().__init__(context, parent)
        self.add_choices(
            [
                (_("Chưa xem"), partial(self._choose, NEW)),
                (_("Đang xử lý"), partial(self._choose, Wanted((ItemState.OPEN,)))),
                (_("Của tôi"), partial(self._choose, Wanted((ItemState.OPEN,)), mine=True)),
                (_("Đã xong"), partial(self._choose, Wanted((ItemState.CLOSED,), matched=True))),
                (_("Mọi tin"), partial(self._choose, Wanted())),
            ]
        )
        self.add_primary(Button(_("Nguồn, chủ đề"), self.watch_wanted.emit, parent=self))
        self.add_primary(
            Button(_("Tổng hợp trong ngày"), self.digest_wanted.emit, "Ctrl+T", self, bind=False)
        )
        self.add_primary(PrimaryButton(_("Ghi tin"), self.wanted.emit, parent=self))
        self.set_empty_action(_("Chọn nguồn, chủ đề theo dõi"), self.watch_wanted.emit)
        self.list.current_changed.connect(self._read)
        self.list.opened.connect(self._enter)
        self.model.loaded.connect(self._step_on)
        self.reader.stepped.connect(self.remember)
        for key, run in self.reader.keys().items():
            self._bind(key, run)
        self._bind("Ctrl+T", self.digest_wanted.emit)

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a choice hides a part of the list."""
        return super().is_narrowed or self._wanted != NEW

    def load(self, desk: Desk) -> None:
        """Read the list for what is searched and chosen."""
        mine = desk.actor.ref if self._mine and desk.actor else None
        wanted = Wanted(self._wanted.states, self._wanted.matched, mine)
        self.model.use(service.queue(desk, wanted, self.search.text().strip()))

    def refresh(self, changes: Changes) -> None:
        """Show what was written; the item that is read is shown as it stands now."""
        super().refresh(changes)
        if any(change.kind in self.kinds for change in changes):
            self.reader.refresh()

    def clear(self) -> None:
        """Show nothing: the desk is locked."""
        super().clear()
        self.reader.clear()

    def counted(self, count: int) -> str:
        """Say how many items there are."""
        return _("{n} tin").format(n=count)

    def cells(self, row: ItemRow) -> RowCells:
        """Give the words of one item."""
        new = row.now.state is ItemState.NEW
        parts = [row.where, *row.subjects[new : 2 + new]]
        parts += [_("{n} nơi đăng lại").format(n=row.copies)] if row.copies else []
        parts += [_("giao {name}").format(name=row.now.assignee)] if row.now.assignee else []
        # Before anybody judged it, what it is about tells more than that it is new.
        text, tone = (row.subjects[0], "teal") if new and row.subjects else chip(row.now)
        return RowCells(
            title=row.title,
            right=f"{to_vn(row.published_at):%d/%m %H:%M}",
            detail=" · ".join(parts),
            chip=text,
            tone=tone,
            quiet=True,
        )

    def key(self, row: ItemRow) -> UUID:
        """Give the item."""
        return row.id

    def number(self, row: ItemRow) -> int:
        """Give its place in the order of arrival."""
        return row.n

    def show_item(self, item_id: UUID) -> None:
        """Show one item that was asked for elsewhere, also while the list is still being read."""
        self._asked = item_id
        self.list.select(item_id)
        self.reader.open(item_id)

    @Slot(object)
    def remember(self, item_id: UUID) -> None:
        """An item is being judged: when the list is read again, the next one is taken."""
        self._next = (item_id, max(self.list.currentIndex().row(), 0))

    def _build(self) -> None:
        super()._build()
        self.reader = Reader(self._context, self)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        last = column.takeAt(column.count() - 1)
        assert last is not None
        card = last.widget()
        card.setMinimumWidth(280)
        column.addWidget(beside(card, self.reader, self), 1)

    def _bind(self, key: str, run: object) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(run)

    def _choose(self, wanted: Wanted, *, mine: bool = False) -> None:
        self._wanted, self._mine = wanted, mine
        self._next = self._asked = None
        self.list.select(None)
        self.reader.clear()

    @Slot(object)
    def _read(self, row: ItemRow | None) -> None:
        if row is not None and row.id != self.reader.item_id:
            self._asked = None
            self.reader.open(row.id)

    @Slot(object)
    def _enter(self, row: ItemRow) -> None:
        self._read(row)

    @Slot(object)
    def _step_on(self, count: int) -> None:
        if self._next is None:
            shows_one = self.reader.item_id is not None or self._asked is not None
            if count and not self.list.currentIndex().isValid() and not shows_one:
                self.list.select_first()
            return
        (judged, place), self._next = self._next, None
        if not count:
            self.reader.clear()
            return
        row = self.model.row_at(min(place, count - 1))
        if row is not None and row.id == judged:
            place += 1
        self.list.select(None)
        self.list.setCurrentIndex(self.model.index(min(place, count - 1)))
        self.list.setFocus()
