"""One row of the exchange whole: what was written, until when, who answered; what can be done with it."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.province.accounts import Deciding
from spokesdesk.gui.province.asking import ActPanel
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import beside, scrolled
from spokesdesk.gui.steppedpage import AskingPage
from spokesdesk.gui.widgets.basic import Button, Card, Chip, PrimaryButton, clear_layout, label
from spokesdesk.services import province_view
from spokesdesk.services.ports import SavedDraft
from spokesdesk.services.province_shown import Act, ProvinceView, Said, Tab


class ProvincePage(AskingPage):
    """The page of one row."""

    seen: ProvinceView | None
    asking: ActPanel

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._chip = Chip(parent=self)
        self.ack = PrimaryButton(_("Xác nhận đã nhận"), partial(self.ask, Act.ACK), "F3", self, bind=False)
        self.answer = Button(_("Trả lời"), partial(self.ask, Act.ANSWER), "F6", self, bind=False)
        self.remind = PrimaryButton(_("Nhắc lại"), partial(self.ask, Act.REMIND), "F3", self, bind=False)
        self.verify = PrimaryButton(_("Xác minh"), partial(self.ask, Act.VERIFY), "F3", self, bind=False)
        self.refuse = Button(_("Không chấp nhận…"), partial(self.ask, Act.REFUSE), "F6", self, bind=False)
        self.block = Button(_("Khóa…"), partial(self.ask, Act.BLOCK), "F8", self, bind=False)
        self._buttons = {
            Act.ACK: self.ack,
            Act.ANSWER: self.answer,
            Act.REMIND: self.remind,
            Act.VERIFY: self.verify,
            Act.REFUSE: self.refuse,
            Act.BLOCK: self.block,
        }
        self.deciding = Deciding(context, self)
        self._open = Button(_("Mở trang công khai"), self.open_url, parent=self)
        self.asking = ActPanel(context, self)
        self._facts, self._said = Card(_("Nội dung"), parent=self), Card(_("Diễn biến"), parent=self)
        self._build()
        self.asking.done.connect(self._done)
        self.asking.decided.connect(self.deciding.say)
        for done in (self.asking.refused, self.deciding.refused):
            done.connect(self.refresh)
        for keys, acts in _KEYS:
            self._key(keys, partial(self._first, acts))

    @property
    def record_id(self) -> UUID | None:
        """The row shown."""
        return self.seen.id if self.seen is not None else None

    def open(self, record_id: UUID, tab: Tab | None = None, draft: SavedDraft | None = None) -> None:
        """Show a row of a list; without the list, a note."""
        desk = self._context.desk()
        if desk is not None:
            self.flush()
            work = partial(province_view.view, desk, record_id, tab)
            self._read(work, partial(self._take, draft), self._failed)

    def refresh(self) -> None:
        """Something of the row was written."""
        desk = self._context.desk()
        if desk is not None and self.seen is not None:
            tab = self.seen.tab
            work = partial(province_view.view, desk, self.seen.id, tab)
            # What is not there any more, as an agency that left the portal, is left, too.
            self._read(work, self._show, lambda _error: self.left.emit())

    def ask(self, what: Act) -> None:
        """Ask what is to be written with an act, where it is possible."""
        if self.seen is None or what not in self.seen.acts:
            return
        self.flush()
        if what is Act.VERIFY:
            self.asking.hide()
            self.deciding.verify(self.seen.id)
        else:
            self.asking.begin(what, self.seen.id)
            self._side.verticalScrollBar().setValue(0)

    @Slot()
    def open_url(self) -> None:
        """Open the public page, or the article, in the browser."""
        if self.seen is not None and self.seen.url.startswith(("https://", "http://")):
            QDesktopServices.openUrl(QUrl(self.seen.url))

    def _first(self, wanted: Sequence[Act]) -> None:
        acts = self.seen.acts if self.seen is not None else frozenset()
        for what in wanted:
            if what in acts:
                self.ask(what)
                return

    def _take(self, draft: SavedDraft | None, seen: ProvinceView) -> None:
        if self.record_id != seen.id:
            self.asking.hide()
        self._show(seen)
        if draft is not None:
            self.asking.restore(seen.id, draft.id, draft.values)
            return
        for button in (self.ack, self.remind, self.answer, self.verify):
            if not button.isHidden():
                button.setFocus()
                return

    def _show(self, seen: ProvinceView) -> None:
        self.seen = seen
        self._title.set_text(seen.title)
        self._about.set_text(seen.about)
        self._chip.set(seen.chip, seen.tone)
        for what, button in self._buttons.items():
            button.setVisible(what in seen.acts)
        self._open.setVisible(bool(seen.url))
        self._open.set_text(_("Mở bài báo") if seen.tab is Tab.REBUTTALS else _("Mở trang công khai"))
        self._show_facts(seen)
        self._show_said(seen)

    def _show_facts(self, seen: ProvinceView) -> None:
        clear_layout(self._fact_rows)
        for name, value in (*seen.facts, *(((_("Nội dung"), seen.text),) if seen.text else ())):
            if value:
                self._fact_rows.addWidget(label(name, "small", self._facts))
                self._fact_rows.addWidget(_selectable(value, self._facts))
        self._facts.setVisible(bool(seen.facts or seen.text))

    def _show_said(self, seen: ProvinceView) -> None:
        clear_layout(self._said_rows)
        self._said.set_title(_said_title(seen))
        if not seen.told:
            self._said_rows.addWidget(label(_("Chưa có gì."), "muted", self._said))
        for one in seen.told:
            self._said_rows.addWidget(label(_head(one), "small", self._said, wrap=True))
            if one.text:
                self._said_rows.addWidget(_selectable(one.text, self._said))

    @Slot(object)
    def _done(self, what: Act) -> None:
        said = {
            Act.ACK: _("Đã xác nhận; tỉnh nhận ở lần đồng bộ tới."),
            Act.ANSWER: _("Đã ghi trả lời; gửi ở lần đồng bộ tới."),
            Act.REMIND: _("Đã ghi lời nhắc; gửi ở lần đồng bộ tới."),
        }
        if what in said:
            self._context.toast(said[what])
        self.refresh()

    def _build(self) -> None:
        ways = (self._open, self.block, self.refuse, self.answer, self.remind, self.ack, self.verify)
        column = self._add_head(_("‹ Danh sách"), self._chip, *ways)
        self._fact_rows, self._said_rows = QVBoxLayout(), QVBoxLayout()
        for card, rows in ((self._facts, self._fact_rows), (self._said, self._said_rows)):
            rows.setSpacing(6)
            card.body.addLayout(rows)
        self._side = scrolled([self.asking, self._said], self)
        column.addWidget(beside(scrolled([self._facts], self), self._side, self), 1)


_KEYS = (
    ("F3", (Act.ACK, Act.REMIND, Act.VERIFY, Act.ANSWER)),
    ("F6", (Act.ANSWER, Act.REFUSE)),
    ("F8", (Act.BLOCK,)),
)
_LISTED = frozenset({Tab.AGENCIES, Tab.LISTS, Tab.RELEASES})


def _said_title(seen: ProvinceView) -> str:
    if seen.tab is Tab.ACCOUNTS:
        return _("Đối chiếu, quyết định")
    return _("Đã công bố") if seen.tab in _LISTED else _("Trả lời, xác nhận")


def _head(one: Said) -> str:
    return f"{to_vn(one.at):%H:%M %d/%m/%Y} · {one.head}" if one.at else one.head


def _selectable(text: str, parent: QWidget) -> QWidget:
    made = label(text, "", parent, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
