"""Letters to the outlet and above it: each round with its state, what is due, and what may come next."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.journal import Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.rebuttals import Round, RoundMove, RoundTo, move_words, state_words, to_words
from spokesdesk.gui.dueline import DueLine
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Card, Chip, LinkButton, clear_layout, label, line
from spokesdesk.services.rebuttal_clocks import Limit, due_of
from spokesdesk.services.rebuttals import RoundsView, RoundView

CHIP = 140


class RoundsCard(Card):
    """The rounds of one article.

    Emits:
        note_wanted: ``Round`` of which something is to be written down.
        undo_wanted: ``Round`` whose last step is to be taken back.
        paper_wanted: ``UUID`` of a letter to be opened.
        escalation_wanted: ``Way``, where the matter is to go.
    """

    note_wanted = Signal(object)
    undo_wanted = Signal(object)
    paper_wanted = Signal(object)
    escalation_wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Các lần yêu cầu"), parent=parent)
        self._context = context
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)

    def show_rounds(self, view: RoundsView) -> None:
        """Show the rounds; the card is out of sight while there is none."""
        clear_layout(self._rows)
        self.setVisible(bool(view.rounds))
        counted = len(view.to_outlet)
        said = _("{n} lần").format(n=counted)
        if view.limit is not None:
            said = _("lần {n} / {most}").format(n=counted, most=view.limit.times)
        self.set_note(said if counted else "")
        for at, each in enumerate(reversed(view.rounds)):
            if at:
                self._rows.addWidget(line(self))
            self._rows.addWidget(self._row(each))
        if view.limit is not None and view.rounds:
            self._rows.addWidget(line(self))
            self._rows.addWidget(label(_limit_words(view.limit, counted), "cite", self, wrap=True))
        if view.next_steps:
            self._rows.addWidget(self._next(view))

    def _row(self, seen: RoundView) -> QWidget:
        each = seen.round
        box, column = self._box()
        head = QHBoxLayout()
        head.setSpacing(8)
        number = _("Lần {n} · {to}").format(n=each.number, to=to_words()[each.to])
        head.addWidget(label(number, "strong", box), 1)
        words, tone = state_words()[each.state]
        head.addWidget(Chip(words, tone, width=CHIP, parent=box))
        column.addLayout(head)
        column.addWidget(label(each.addressee, "small", box, wrap=True))
        for step in each.standing[1:]:
            column.addWidget(label(_step_words(each, step.move), "small", box, wrap=True))
        desk = self._context.desk()
        due = DueLine(box)
        due.show_due(each.next_due, desk.now() if desk else None)
        column.addWidget(due)
        column.addLayout(self._buttons(seen, box))
        return box

    def _buttons(self, seen: RoundView, box: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        offered: list[tuple[str, Callable[[], object]]] = []
        each = seen.round
        if any(move is not RoundMove.UNDO for move in each.moves):
            offered.append((_("Ghi diễn biến…"), partial(self.note_wanted.emit, each)))
        if each.paper_id is not None:
            offered.append((_("Công văn"), partial(self.paper_wanted.emit, each.paper_id)))
        if RoundMove.UNDO in each.moves:
            offered.append((_("Lấy lại"), partial(self.undo_wanted.emit, each)))
        for words, run in offered:
            row.addWidget(LinkButton(words, run, box))
        row.addStretch(1)
        return row

    def _next(self, view: RoundsView) -> QWidget:
        box, column = self._box()
        column.addWidget(label(_("Có thể gửi tiếp"), "strong", box))
        for way in view.ways:
            words = _("Soạn gửi {to}").format(to=way.name)
            if way.step.to is RoundTo.COURT:
                words = _("Ghi việc khởi kiện")
            button = LinkButton(words, partial(self.escalation_wanted.emit, way), box)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if all(way.step.to is not RoundTo.GOVERNING_BODY for way in view.ways):
            missing = _("Danh bạ chưa ghi cơ quan chủ quản nên chưa soạn gửi được.")
            column.addWidget(label(missing, "small", box, wrap=True))
        said = dict.fromkeys(_doubt(due_of(step)) for step in view.next_steps)
        for words in said:
            column.addWidget(label(words, "cite", box, wrap=True))
        return box

    def _box(self) -> tuple[QWidget, QVBoxLayout]:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        return box, column


def _step_words(each: Round, move: RoundMove) -> str:
    step = next(step for step in each.standing if step.move is move)
    at = to_vn(step.done_at)
    parts = [f"{at:%H:%M %d/%m/%Y}", move_words()[move], step.remark, step.url]
    return " · ".join(part for part in parts if part)


def _limit_words(limit: Limit, counted: int) -> str:
    form = _("Luật dự liệu {most} lần đăng ý kiến phản hồi ({law}).")
    said = [form.format(most=limit.times, law=limit.due.cited)]
    said += [limit.due.note] if limit.due.note else []
    if counted > limit.times:
        said.append(_("Đã quá số lần ấy: cơ quan báo chí có quyền ngừng đăng."))
    elif counted == limit.times:
        said.append(_("Đây là lần cuối: hãy đưa đủ chứng cứ."))
    return " ".join(said)


def _doubt(due: Due) -> str:
    return " ".join(part for part in (due.cited + ".", due.note) if part)


def wanted_round(view: RoundsView | None) -> UUID | None:
    """Give the round that something is most likely to be written down of: the last one that takes more."""
    for seen in reversed(view.rounds if view else ()):
        if any(move is not RoundMove.UNDO for move in seen.round.moves):
            return seen.round.id
    return None
