"""Chờ tôi duyệt: what waits for the official, the oldest deadline first; Enter opens, and after approval the next."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import LetterKind
from spokesdesk.gui.given import Given, GivenModel
from spokesdesk.gui.papers.words import KINDS, URGENCIES, titled
from spokesdesk.gui.remaining import left
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, PageHeader
from spokesdesk.gui.widgets.rowlist import RowCells, RowList
from spokesdesk.gui.widgets.states import EmptyState
from spokesdesk.services import papers as service
from spokesdesk.services.approvals import ApprovalItem
from spokesdesk.services.ports import Desk


class WaitingPage(QWidget):
    """The papers that the member at work may approve.

    Emits:
        opened: UUID of a paper to look at.
        left: back to all papers.
    """

    opened = Signal(object)
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(12)
        self._head = PageHeader(_("Chờ tôi duyệt"), "", self)
        self._head.add_button(Button(_("‹ Văn bản"), self.left.emit, parent=self))
        column.addWidget(self._head)
        self.model: GivenModel[ApprovalItem] = GivenModel(context.courier, _key, self)
        self.rows = RowList(context.theme, self.cells, _("Chờ tôi duyệt"), self, chip_left=True)
        self.rows.set_rows(self.model)
        sentence = _(
            "Không có văn bản nào chờ anh/chị duyệt. Văn bản được trình sẽ hiện ở đây, hạn sớm nhất trước."
        )
        self._empty = EmptyState(context.theme, "check-circle-outline", sentence, parent=self)
        card = Card(parent=self)
        card.body.setContentsMargins(1, 6, 1, 6)
        self._stack = QStackedWidget(card)
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self._empty)
        card.add(self._stack, 1)
        column.addWidget(card, 1)
        self.model.loaded.connect(self._loaded)
        self.rows.opened.connect(self._open)
        self.rows.clicked.connect(self._clicked)

    def load(self, desk: Desk) -> None:
        """Read what waits."""
        self.model.show(partial(service.to_approve, desk))

    def clear(self) -> None:
        """Show nothing."""
        self.model.show(tuple)

    def cells(self, row: Given[ApprovalItem]) -> RowCells:
        """Give the words of one paper."""
        item = row.item
        kind = LetterKind(item.kind)
        sent = _("{who} trình {moment}").format(
            who=item.author, moment=f"{to_vn(item.submitted_at):%H:%M %d/%m/%Y}"
        )
        due_at = item.due.due_at if item.due else None
        desk = self._context.desk()
        chip, tone = "", "neutral"
        if due_at is not None and desk is not None:
            chip, tone = left(due_at, desk.now())
        elif item.urgency is not None:
            chip, tone = URGENCIES[item.urgency], "red"
        law = (item.due.cited or item.due.wording) if item.due else ""
        own = _("chính anh/chị soạn hoặc trình") if item.is_own else ""
        return RowCells(
            title=titled(kind, item.title) or _("(chưa có trích yếu)"),
            note=KINDS[kind],
            right=f"{to_vn(due_at):%H:%M %d/%m/%Y}" if due_at else "",
            detail=" · ".join(part for part in (sent, law, own) if part),
            chip=chip,
            tone=tone,
            quiet=True,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to all papers."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot(object)
    def _loaded(self, count: int) -> None:
        self._head.set_title(_("Chờ tôi duyệt"), _("{n} văn bản").format(n=count) if count else "")
        self._stack.setCurrentIndex(0 if count else 1)
        if count:
            self.rows.select_first()

    def _open(self, row: Given[ApprovalItem]) -> None:
        self.opened.emit(row.item.id)

    def _clicked(self, index: QModelIndex) -> None:
        row = self.model.row_at(index.row())
        if row is not None:
            self._open(row)


def _key(item: ApprovalItem) -> UUID:
    return item.id
