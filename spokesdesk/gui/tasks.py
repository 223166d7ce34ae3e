"""A card of things to do: what is due or waits, the most urgent first."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from uuid import NAMESPACE_URL, UUID, uuid5

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import short_date
from spokesdesk.gui.given import Given, GivenModel
from spokesdesk.gui.remaining import left
from spokesdesk.gui.screen import Context
from spokesdesk.gui.timeline import state_words
from spokesdesk.gui.widgets.basic import Card, label
from spokesdesk.gui.widgets.rowlist import ROW_HEIGHT, RowCells, RowList
from spokesdesk.services.today import Alert, DueItem, WaitItem

Item = DueItem | WaitItem | Alert


class TaskCard(Card):
    """Things to do, each opened by Enter or a click.

    Emits:
        opened: the ``DueItem``, ``WaitItem`` or ``Alert``.
    """

    opened = Signal(object)

    def __init__(
        self, context: Context, title: str, nothing: str, now: Callable[[], datetime], parent: QWidget
    ) -> None:
        super().__init__(title, parent=parent)
        self._now = now
        self._room = 8
        self.body.setContentsMargins(1, 12, 1, 6)
        self.head.setContentsMargins(15, 0, 15, 0)
        self._model: GivenModel[Item] = GivenModel(context.courier, _key, self)
        self.rows = RowList(context.theme, self._cells, title, self, chip_left=True)
        self.rows.set_rows(self._model)
        self._nothing = label(nothing, "muted", self, wrap=True)
        self._nothing.setContentsMargins(15, 2, 15, 8)
        self.add(self.rows)
        self.add(self._nothing)
        self._model.loaded.connect(self._loaded)
        self.rows.opened.connect(self._open)
        self.rows.clicked.connect(self._clicked)
        self._loaded(0)

    def show_tasks(self, items: Sequence[Item], note: str) -> None:
        """Show these tasks; ``note`` is said at the right of the title."""
        self.set_note(note)
        self._model.show(partial(_same, tuple(items)))

    def set_room(self, rows: int) -> None:
        """Show at most so many rows at once; the others are reached by scrolling."""
        self._room = rows
        self._loaded(self._model.rowCount())

    def shown_cells(self) -> list[RowCells]:
        """Give the rows in words, those that have been read."""
        found = (self._model.row_at(n) for n in range(self._model.rowCount()))
        return [self._cells(task) for task in found if task is not None]

    def tick(self) -> None:
        """A while has passed: what remains is said anew."""
        self.rows.viewport().update()

    def _cells(self, task: Given[Item]) -> RowCells:
        item = task.item
        if isinstance(item, Alert):
            return RowCells(item.title, "", "", item.detail, _("Cần biết"), item.tone, quiet=True)
        if isinstance(item, WaitItem):
            chip, tone = state_words()[item.state] if item.state else (item.chip, "teal")
            since = _("từ {day}").format(day=short_date(vn_day(item.since))) if item.since else ""
            detail = " · ".join(part for part in (item.detail, since) if part)
            return RowCells(item.title, "", "", detail, chip, tone, quiet=True)
        chip, tone = _("chưa có hạn"), "neutral"
        if item.due.due_at is not None:
            chip, tone = left(item.due.due_at, self._now())
        own = item.due.wording if item.kind == "request" else _("việc tự đặt")
        law = item.due.cited or own
        if item.holder:
            law = " · ".join(
                part for part in (_("đang chờ {holder}").format(holder=item.holder), law) if part
            )
        return RowCells(item.title, item.detail, "", law, chip, tone, quiet=True)

    def _loaded(self, count: int) -> None:
        self.rows.setVisible(bool(count))
        self._nothing.setVisible(not count)
        self.rows.setFixedHeight(max(1, min(count, self._room)) * ROW_HEIGHT)

    def _open(self, task: Given[Item]) -> None:
        self.opened.emit(task.item)

    def _clicked(self, index: QModelIndex) -> None:
        task = self._model.row_at(index.row())
        if task is not None:
            self.opened.emit(task.item)


def _same(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return items


def _key(item: Item) -> UUID:
    """Give what tells rows apart; clocks of one incident are told apart by what is due."""
    if isinstance(item, DueItem):
        return uuid5(item.id, item.due.rule_id + item.title)
    return item.id or uuid5(NAMESPACE_URL, item.title)
