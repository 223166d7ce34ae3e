"""The calendar of periodic duties: next dates by kind of agency, done in one key, a file for other calendars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import end_of_day
from spokesdesk.domain.duties import DutyTurn
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import short_date
from spokesdesk.domain.words import word
from spokesdesk.gui.remaining import left
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.widgets.basic import Button, Card, Chip, LinkButton, clear_layout, label
from spokesdesk.gui.widgets.fields import ComboBox
from spokesdesk.services.ports import Desk

# Only the nearest turns of a duty that returns each month are listed; the file has them all.
NEAREST = 3
CHIP_WIDTH = 124


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page shows."""

    kind: str
    turns: tuple[DutyTurn, ...]


class DutiesView(QWidget):
    """Each turn with its last day, its law, and a mark for done."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._folder = QDir.homePath()
        self._last: tuple[str, date] | None = None
        self._is_filling = False
        card = Card(_("Việc định kỳ"), parent=self)
        row = QHBoxLayout()
        row.setSpacing(8)
        kinds = [
            ("central", _("Bộ, cơ quan trung ương")),
            ("province", _("Ủy ban nhân dân cấp tỉnh")),
            ("department", _("Sở, ngành, chi cục, đơn vị ngành dọc")),
            ("commune", _("Ủy ban nhân dân xã, phường, đặc khu")),
        ]
        self.kind: ComboBox[str] = ComboBox(kinds, card)
        self.kind.setAccessibleName(_("Loại cơ quan"))
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        row.addWidget(label(_("Loại cơ quan"), "", card))
        row.addWidget(self.kind)
        row.addStretch(1)
        row.addWidget(Button(_("Xuất lịch .ics…"), self.ask_where, parent=card))
        card.body.addLayout(row)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        card.body.addLayout(self._rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled((card,), self))

    def refresh(self) -> None:
        """Read the calendar again."""
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(partial(_seen, desk), owner=self, ok=self._show, lane="read")

    def clear(self) -> None:
        """Show nothing."""
        clear_layout(self._rows)

    def mark(self, turn: DutyTurn) -> None:
        """Note a turn as done today."""
        desk = self._context.desk()
        if desk is not None:
            self._last = (turn.rule.id, turn.due_on)
            work = partial(_done, desk, *self._last)
            self._context.courier.run(work, owner=self, ok=self._marked, fail=self._failed)

    def ask_where(self) -> QFileDialog:
        """Ask where to write the calendar file."""
        name = str(Path(self._folder) / "viec-dinh-ky.ics")
        dialog = QFileDialog(self.window(), _("Xuất lịch"), name, _("Lịch iCalendar (*.ics)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("ics")
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.export_to)
        dialog.open()
        return dialog

    @Slot(str)
    def export_to(self, target: str) -> None:
        """Write it there."""
        desk = self._context.desk()
        if desk is not None and target:
            work = partial(_export, desk, Path(target))
            self._context.courier.run(work, owner=self, ok=self._exported, fail=self._failed, lane="work")

    def _show(self, seen: Seen) -> None:
        self._is_filling = True
        self.kind.set_value(seen.kind)
        self._is_filling = False
        clear_layout(self._rows)
        counted: dict[str, int] = {}
        for turn in seen.turns:
            counted[turn.rule.id] = counted.get(turn.rule.id, 0) + (turn.done_on is None)
            if counted[turn.rule.id] <= NEAREST:
                self._rows.addWidget(self._row(turn))
        if not seen.turns:
            nothing = _("Bộ quy định không đặt việc định kỳ nào cho loại cơ quan này.")
            self._rows.addWidget(label(nothing, "muted", self, wrap=True))

    def _row(self, turn: DutyTurn) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        desk = self._context.desk()
        chip, tone = _("đã làm"), "green"
        if turn.done_on is None and desk is not None:
            chip, tone = left(end_of_day(turn.due_on), desk.now())
        row.addWidget(Chip(chip, tone, CHIP_WIDTH, box), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        rule = turn.rule
        words.addWidget(label(f"{short_date(turn.due_on)} · {rule.title}", "strong", box, wrap=True))
        told = [rule.action]
        if turn.data_from and turn.data_to:
            span = _("Số liệu từ {first} đến {last}.")
            told.append(span.format(first=short_date(turn.data_from), last=short_date(turn.data_to)))
        if turn.done_on:
            told.append(_("Đã làm ngày {day}.").format(day=short_date(turn.done_on)))
        words.addWidget(label(" ".join(told), "", box, wrap=True))
        doubt = f" ({rule.confidence.wording})" if rule.confidence.is_uncertain else ""
        words.addWidget(label(f"{rule.citation.text}{doubt}", "cite", box, wrap=True))
        row.addLayout(words, 1)
        if turn.done_on is None:
            button = LinkButton(_("Đã làm"), partial(self.mark, turn), box)
        else:
            button = LinkButton(_("Chưa làm"), partial(self._unmark, turn.rule.id, turn.due_on), box)
        button.setAccessibleName(f"{button.text()}: {rule.title} {short_date(turn.due_on)}")
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return box

    def _marked(self, _answer: object) -> None:
        self._context.toast(_("Đã ghi là đã làm."), self._undo)

    def _undo(self) -> None:
        if self._last is not None:
            self._unmark(*self._last)

    def _unmark(self, rule_id: str, due_on: date) -> None:
        desk = self._context.desk()
        if desk is not None:
            work = partial(_undone, desk, rule_id, due_on)
            self._context.courier.run(work, owner=self, fail=self._failed)

    @Slot()
    def _kind_chosen(self) -> None:
        desk = self._context.desk()
        if desk is not None and not self._is_filling:
            work = partial(_set_kind, desk, self.kind.value())
            self._context.courier.run(work, owner=self, fail=self._kind_refused)

    def _kind_refused(self, error: DeskError) -> None:
        self._failed(error)
        self.refresh()

    def _exported(self, path: Path) -> None:
        self._context.status(_("Đã lưu {name}.").format(name=path.name))

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))


def _seen(desk: Desk) -> Seen:
    from spokesdesk.services import duties

    return Seen(duties.agency_kind(desk), duties.upcoming(desk))


def _done(desk: Desk, rule_id: str, due_on: date) -> tuple[Sequence[DutyTurn], Changes]:
    from spokesdesk.services import duties

    return duties.done(desk, rule_id, due_on)


def _undone(desk: Desk, rule_id: str, due_on: date) -> tuple[Sequence[DutyTurn], Changes]:
    from spokesdesk.services import duties

    return duties.undone(desk, rule_id, due_on)


def _set_kind(desk: Desk, kind: str) -> tuple[str, Changes]:
    from spokesdesk.services import duties

    return duties.set_agency_kind(desk, kind)


def _export(desk: Desk, target: Path) -> Path:
    from spokesdesk.services import duties

    return duties.export(desk, target)
