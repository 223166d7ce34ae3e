"""The panel that asks what a step needs (who was told, the outcome, a reason) before it is written down."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.cases import REMARK_LIMIT, CaseOutcome
from spokesdesk.domain.clock import parse_time
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton
from spokesdesk.gui.widgets.fields import ComboBox, Field, LineEdit, TextEdit
from spokesdesk.services import cases, evidence
from spokesdesk.services.ports import Desk

FORM = "case:ask"


class Ask(StrEnum):
    """Which step is asked about."""

    REPORT = "report"
    CLOSE = "close"
    REOPEN = "reopen"
    HAND_OVER = "hand_over"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the panel looks for a step: title, button, the fields it has, the label of the remark."""

    title: str
    button: str
    fields: tuple[str, ...]
    remark: str


def _shape(ask: Ask) -> _Shape:
    reason = _("Lý do")
    return {
        Ask.REPORT: _Shape(
            _("Ghi nhận đã báo"), _("Ghi đã báo"), ("to", "done_at", "remark"), _("Cách báo, người tiếp nhận")
        ),
        Ask.CLOSE: _Shape(_("Đóng hồ sơ"), _("Đóng hồ sơ"), ("outcome", "remark"), _("Kết quả cụ thể")),
        Ask.REOPEN: _Shape(_("Mở lại hồ sơ"), _("Mở lại"), ("remark",), reason),
        Ask.HAND_OVER: _Shape(
            _("Ghi nhận bàn giao"), _("Ghi bàn giao"), ("to", "remark"), _("Hình thức, biên bản số")
        ),
        Ask.WITHDRAW: _Shape(_("Rút chứng cứ khỏi danh sách"), _("Rút"), ("remark",), reason),
        Ask.RESTORE: _Shape(_("Đưa chứng cứ lại danh sách"), _("Đưa lại"), ("remark",), reason),
        Ask.REMARK: _Shape(_("Ghi chú về chứng cứ"), _("Ghi chú"), ("remark",), _("Điều biết thêm")),
    }[ask]


class AskPanel(Card):
    """One step being asked about.

    Emits:
        done: the ``Ask`` that was written down.
    """

    done = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._context = context
        self._ask = Ask.REPORT
        self._case_id: UUID | None = None
        self._item_id: UUID | None = None
        self._busy = False
        self._name = ""
        self.to = TextEdit(_("mỗi dòng một nơi"), 3, self)
        self.done_at = LineEdit(_("để trống nếu là bây giờ"), self)
        self.outcome: ComboBox[CaseOutcome] = ComboBox([(one, one.wording) for one in CaseOutcome], self)
        self.remark = TextEdit("", 2, self)
        self.fields = [
            Field(_("Nơi nhận"), self.to, "to", parent=self),
            Field(_("Lúc báo"), self.done_at, "done_at", parent=self),
            Field(_("Kết quả"), self.outcome, "outcome", parent=self),
            Field(_("Lý do"), self.remark, "remark", parent=self),
        ]
        for field in self.fields:
            self.add(field)
        LengthWatch(self.fields[3], REMARK_LIMIT)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(_("Thôi"), self.close_panel, parent=self))
        self.button = PrimaryButton("", self.save, parent=self)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.auto = Autosave(context, FORM, self.values, self)
        self.auto.watch(*(field.edit for field in self.fields))
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether something is being asked."""
        return not self.isHidden()

    def begin(
        self, ask: Ask, case_id: UUID, item_id: UUID | None = None, name: str = "", to: Sequence[str] = ()
    ) -> None:
        """Ask about a step.

        Args:
            item_id: the item it is about, and ``name``, what the list calls it.
            to: who is proposed as told.
        """
        self._set_up(ask, case_id, item_id, name)
        self._fill({"to": "\n".join(to), "outcome": CaseOutcome.HANDLED.value})
        first = next(field for field in self.fields if not field.isHidden())
        first.focus()

    def restore(self, draft_id: UUID, values: Mapping[str, object]) -> None:
        """Take back what was typed."""
        item = str(values.get("item", ""))
        self._set_up(
            Ask(str(values["ask"])),
            UUID(str(values["case"])),
            UUID(item) if item else None,
            str(values.get("name", "")),
        )
        self._fill(values)
        self.auto.resume(draft_id)

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        return {
            "ask": self._ask.value,
            "case": str(self._case_id or ""),
            "item": str(self._item_id or ""),
            "name": self._name,
            "to": self.to.text(),
            "done_at": self.done_at.text(),
            "outcome": self.outcome.value().value,
            "remark": self.remark.text(),
        }

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        if self.is_open and (self.remark.text().strip() or self.done_at.text().strip()):
            self.auto.flush()

    @Slot()
    def save(self) -> None:
        """Write the step down."""
        commit_typing()
        desk = self._context.desk()
        if desk is None or self._case_id is None or self._busy:
            self.flush()
            return
        try:
            work = self._work(desk, self._done_at(desk))
        except UserError as error:
            self._failed(error)
            return
        self._busy = True
        self._context.courier.run(work, owner=self, ok=self._kept, fail=self._failed, always=self._ready)

    @Slot()
    def close_panel(self) -> None:
        """Put the panel away; nothing was written."""
        self.auto.discard()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Ctrl+Enter writes."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _done_at(self, desk: Desk) -> datetime | None:
        typed = self.done_at.text().strip()
        return parse_time(typed, now=desk.now(), field="done_at") if typed else None

    def _work(self, desk: Desk, done_at: datetime | None) -> Callable[[], object]:
        case_id, item_id, remark = self._case_id, self._item_id, self.remark.text()
        told = tuple(self.to.text().split("\n"))
        if item_id is not None:
            return {
                Ask.WITHDRAW: partial(evidence.withdraw, desk, item_id, remark),
                Ask.RESTORE: partial(evidence.restore, desk, item_id, remark),
                Ask.REMARK: partial(evidence.remark, desk, item_id, remark),
            }.get(self._ask, partial(evidence.hand_over, desk, (item_id,), self.to.text(), remark))
        assert case_id is not None
        if self._ask is Ask.CLOSE:
            return partial(cases.close, desk, case_id, self.outcome.value(), remark)
        if self._ask is Ask.REOPEN:
            return partial(cases.reopen, desk, case_id, remark)
        return partial(cases.report, desk, case_id, told, done_at=done_at, remark=remark)

    def _ready(self) -> None:
        self._busy = False

    def _kept(self, _answer: object) -> None:
        self.auto.discard()
        self.hide()
        self._context.saved("saved")
        self.done.emit(self._ask)

    def _failed(self, error: DeskError) -> None:
        if not show_error([field for field in self.fields if not field.isHidden()], error):
            self._context.status(word(error))

    def _set_up(self, ask: Ask, case_id: UUID, item_id: UUID | None, name: str) -> None:
        self._ask, self._case_id, self._item_id, self._name = ask, case_id, item_id, name
        shape = _shape(ask)
        self.set_title(f"{shape.title}: {name}" if name else shape.title)
        self.button.set_text(shape.button)
        for field in self.fields:
            field.setVisible(field.name in shape.fields)
        self.fields[3].label.setText(shape.remark)
        self.remark.setAccessibleName(shape.remark)
        self.show()

    def _fill(self, values: Mapping[str, object]) -> None:
        self.auto.set_quiet(True)
        self.to.set_text(str(values.get("to", "")))
        self.done_at.setText(str(values.get("done_at", "")))
        self.outcome.set_value(CaseOutcome(str(values.get("outcome", CaseOutcome.HANDLED.value))))
        self.remark.set_text(str(values.get("remark", "")))
        self.auto.set_quiet(False)
        self.auto.start_new(f"{FORM}:{self._case_id}")
        show_error(self.fields, None)
