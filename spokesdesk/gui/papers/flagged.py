"""Tự duyệt: how many approvals were of one's own paper, and which of them nobody else has looked at."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Flagged, FlaggedApproval
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Card, Chip, ElidedLabel, LinkButton, clear_layout, label
from spokesdesk.services import papers as service
from spokesdesk.services.ports import Desk

SHOWN = 5


class FlaggedCard(Card):
    """Counts of the exceptions from the two-person rule; unfolded, one line each.

    Emits:
        opened: UUID of a paper to look at.
    """

    opened = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Tự duyệt"), parent=parent)
        self._context = context
        self._found = Flagged(0, ())
        self._is_open = False
        self._fold = LinkButton("", self.toggle, self)
        self.head.addWidget(self._fold)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.body.addLayout(self._rows)
        self.body.setContentsMargins(16, 6, 16, 6)
        self.hide()

    def load(self, desk: Desk) -> None:
        """Read the counts."""
        self._context.courier.run(
            partial(service.flagged, desk), owner=self, ok=self.show_flagged, lane="read"
        )

    def show_flagged(self, found: Flagged) -> None:
        """Show the counts; hidden when there is none."""
        self._found = found
        self.setVisible(bool(found.count))
        said = _("{count} lần trong {approvals} lần duyệt ({percent} %) · {open} lần chưa được xem lại")
        self.set_note(
            said.format(
                count=found.count, approvals=found.approvals, percent=found.percent, open=found.unreviewed
            )
        )
        self._fill()

    @Slot()
    def toggle(self) -> None:
        """Unfold or fold the lines."""
        self._is_open = not self._is_open
        self._fill()

    def _fill(self) -> None:
        clear_layout(self._rows)
        self._fold.set_text(_("Thu gọn") if self._is_open else _("Xem"))
        for item in self._found.items[:SHOWN] if self._is_open else ():
            self._rows.addWidget(self._row(item))
        rest = len(self._found.items) - SHOWN
        if self._is_open and rest > 0:
            self._rows.addWidget(label(_("và {n} lần khác").format(n=rest), "small", self))

    def _row(self, item: FlaggedApproval) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        step = item.approval
        review = step.review
        seen = _("Đã xem lại") if review is not None else _("Chưa xem lại")
        row.addWidget(Chip(seen, "green" if review is not None else "amber", parent=box))
        said = f"{to_vn(step.at):%d/%m/%Y} · {step.by.name} · {item.title} · {step.remark}"
        row.addWidget(ElidedLabel(said, "", box), 1)
        open_it = LinkButton(_("Mở"), partial(self.opened.emit, item.paper_id), box)
        open_it.setAccessibleName(_("Mở {title}").format(title=item.title))
        row.addWidget(open_it)
        return box
