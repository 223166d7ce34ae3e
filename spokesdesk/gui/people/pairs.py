"""The pairs of records that look like one: compare them, or say that they are not the same."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.duplicates import Likely, Record
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Outlet
from spokesdesk.gui.people.sidepage import SidePage
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, LinkButton, clear_layout, label
from spokesdesk.services import merging

SHOWN = 50


class PairsPage(SidePage):
    """The pairs.

    Emits:
        compare_asked: (kind, ``Likely``) to be compared field by field.
        left: the page was put away.
    """

    compare_asked = Signal(object)
    left = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.kind = "journalist"
        self.pairs: tuple[Likely, ...] = ()
        self._apart: tuple[UUID, UUID] | None = None
        self.top.add_button(Button(_("Đóng"), self._leave, parent=self))
        told = _(
            "Máy chỉ gợi ý theo tên, số thẻ, điện thoại, thư điện tử. Người làm việc quyết định; "
            "gộp rồi vẫn hoàn tác được."
        )
        self.column.addWidget(label(told, "muted", self.inside, wrap=True))
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.column.addLayout(self._list)
        self.column.addStretch(1)

    def show_kind(self, kind: str) -> None:
        """Show the pairs of a kind: journalist or outlet."""
        self.kind = kind
        desk = self.context.desk()
        self.top.set_title(_("Có thể là một"), "")
        if desk is not None:
            work = partial(merging.duplicates, desk, kind)
            self.context.courier.run(work, owner=self, ok=self._show, lane="read")

    def _show(self, found: tuple[Likely, ...]) -> None:
        self.pairs = found
        clear_layout(self._list)
        if not found:
            self._list.addWidget(label(_("Không còn cặp nào."), "muted", self.inside))
        for item in found[:SHOWN]:
            self._list.addWidget(self._card(item))
        rest = len(found) - SHOWN
        if rest > 0:
            told = _("Còn {n} cặp nữa, hiện ra khi đã xử lý những cặp trên.").format(n=rest)
            self._list.addWidget(label(told, "muted", self.inside, wrap=True))

    def _card(self, item: Likely) -> Card:
        card = Card(parent=self.inside)
        for record in (item.one, item.other):
            card.add(label(record.name, "strong", card, wrap=True))
            card.add(label(_told(record), "muted", card, wrap=True))
        row = QHBoxLayout()
        row.addWidget(label(_("Giống nhau: {reasons}").format(reasons=reasons_said(item)), "small", card), 1)
        apart = LinkButton(_("Hai mục khác nhau"), partial(self._keep_apart, item), card)
        row.addWidget(apart)
        row.addWidget(Button(_("So sánh và gộp"), partial(self._compare, item), parent=card))
        card.body.addLayout(row)
        return card

    def _compare(self, item: Likely) -> None:
        self.compare_asked.emit((self.kind, item))

    def _keep_apart(self, item: Likely) -> None:
        desk = self.context.desk()
        if desk is not None:
            self._apart = (item.one.id, item.other.id)
            work = partial(merging.keep_apart, desk, self.kind, *self._apart)
            self.context.courier.run(work, owner=self, ok=self._kept_apart, lane="write")

    def _kept_apart(self, _changes: Changes) -> None:
        self.context.toast(_("Đã ghi là hai mục khác nhau."), self._ask_again)
        self.show_kind(self.kind)

    def _ask_again(self) -> None:
        desk = self.context.desk()
        if desk is not None and self._apart is not None:
            work = partial(merging.ask_again, desk, self.kind, *self._apart)
            self.context.courier.run(work, owner=self, ok=self._asked_again, lane="write")

    def _asked_again(self, _changes: Changes) -> None:
        self.show_kind(self.kind)

    def _leave(self) -> None:
        self.left.emit(None)


def reasons_said(item: Likely) -> str:
    """Say by what two records look like one."""
    words = {
        "name": _("tên"),
        "card": _("số thẻ"),
        "phone": _("điện thoại"),
        "email": _("thư điện tử"),
        "licence": _("giấy phép"),
        "website": _("trang thông tin"),
    }
    return ", ".join(words[reason] for reason in item.reasons)


def _told(record: Record) -> str:
    if isinstance(record, Outlet):
        parts = (record.governing_body, record.licence_number, record.phone, record.website)
    else:
        outlet = record.outlet.name if record.outlet else ""
        parts = (outlet, record.card_number, record.phone, record.email)
    return " · ".join(part for part in parts if part) or _("Chưa ghi gì thêm")
