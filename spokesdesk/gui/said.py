"""Lần trước đã nói gì: earlier papers and answers beside the one being written, and numbers that differ."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.figures import Difference
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.widgets.basic import Card, Chip, LinkButton, clear_layout, label, line
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.services.said_before import Said, SaidBefore

_LONGEST = 700


class SaidSheet(Sheet):
    """Shows what was said earlier; Esc goes back to the text.

    Args:
        ask: blocking, for a worker.
        takes: whether a text can be put into what is being written.

    Emits:
        taken: ``Said`` to be put into the text.
        wanted: kind and ``UUID`` of a record to be opened.
    """

    taken = Signal(object)
    wanted = Signal(str, object)

    def __init__(
        self, context: Context, ask: Callable[[], SaidBefore], parent: QWidget, *, takes: bool
    ) -> None:
        super().__init__(parent, _("Lần trước đã nói gì"), 760)
        self._takes = takes
        self.said = label(_("Đang tìm…"), "muted", self, wrap=True)
        self.body.addWidget(self.said)
        self.figures = Card(_("Số liệu khác lần trước"), parent=self)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.figures.body.addLayout(self._lines)
        self.figures.hide()
        self.items = Card(_("Đã nói"), parent=self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.items.body.addLayout(self._rows)
        self.items.hide()
        scroll = scrolled([self.figures, self.items], self)
        scroll.setMinimumHeight(340)
        self.body.addWidget(scroll, 1)
        self.add_action(_("Đóng"), self.close)
        context.courier.run(ask, owner=self, ok=self._show, fail=self._failed, lane="read")

    def _show(self, found: SaidBefore) -> None:
        clear_layout(self._rows)
        clear_layout(self._lines)
        count = len(found.items)
        words = _("{n} văn bản, câu trả lời cùng chủ đề hoặc cùng cơ quan báo chí.").format(n=count)
        nothing = _("Chưa có văn bản hay câu trả lời nào cùng chủ đề hoặc cùng cơ quan báo chí.")
        self.said.setText(words if count else nothing)
        self.figures.setVisible(bool(found.differences))
        self.items.setVisible(bool(count))
        self._show_figures(found.differences, found.items)
        for at, each in enumerate(found.items):
            if at:
                self._rows.addWidget(line(self))
            self._rows.addWidget(self._row(each))

    def _show_figures(self, found: Sequence[Difference], items: Sequence[Said]) -> None:
        for each in found:
            box = QWidget(self)
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(2)
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(Chip(_("nay {text}").format(text=each.now.text), "amber", parent=box))
            row.addWidget(Chip(_("trước {text}").format(text=each.before.text), "neutral", parent=box))
            row.addStretch(1)
            column.addLayout(row)
            column.addWidget(label(each.before.sentence, "small", box, wrap=True))
            column.addWidget(label(items[each.source].origin, "cite", box, wrap=True))
            self._lines.addWidget(box)
        if found:
            words = _("Chỉ nêu để xem lại; số mới có thể đúng.")
            self._lines.addWidget(label(words, "muted", self, wrap=True))

    def _row(self, each: Said) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(each.title, "strong", box, wrap=True), 1)
        if each.same_outlet:
            head.addWidget(Chip(_("cùng báo"), "teal", parent=box), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(label(each.origin, "cite", box, wrap=True))
        text = each.text if len(each.text) <= _LONGEST else f"{each.text[: _LONGEST - 1]}…"
        column.addWidget(label(text, "small", box, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(LinkButton(_("Mở"), partial(self._open, each.kind, each.id), box))
        if self._takes:
            row.addWidget(LinkButton(_("Đưa vào bài đang viết"), partial(self._take, each), box))
        row.addStretch(1)
        column.addLayout(row)
        return box

    def _open(self, kind: str, record: UUID) -> None:
        self.wanted.emit(kind, record)
        self.close()

    def _take(self, each: Said) -> None:
        self.taken.emit(each)
        self.close()

    def _failed(self, error: DeskError) -> None:
        self.said.setText(word(error))
