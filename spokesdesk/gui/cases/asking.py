"""The panel that asks what a step needs (who was told, the outcome, a reason) before it is written down."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.cases import REMARK_LIMIT, CaseOutcome
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.steppanel import Shape, StepPanel
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


def _shape(ask: Ask) -> Shape:
    reason = _("Lý do")
    return {
        Ask.REPORT: Shape(
            _("Ghi nhận đã báo"), _("Ghi đã báo"), ("to", "done_at", "remark"), _("Cách báo, người tiếp nhận")
        ),
        Ask.CLOSE: Shape(_("Đóng hồ sơ"), _("Đóng hồ sơ"), ("outcome", "remark"), _("Kết quả cụ thể")),
        Ask.REOPEN: Shape(_("Mở lại hồ sơ"), _("Mở lại"), ("remark",), reason),
        Ask.HAND_OVER: Shape(
            _("Ghi nhận bàn giao"), _("Ghi bàn giao"), ("to", "remark"), _("Hình thức, biên bản số")
        ),
        Ask.WITHDRAW: Shape(_("Rút chứng cứ khỏi danh sách"), _("Rút"), ("remark",), reason),
        Ask.RESTORE: Shape(_("Đưa chứng cứ lại danh sách"), _("Đưa lại"), ("remark",), reason),
        Ask.REMARK: Shape(_("Ghi chú về chứng cứ"), _("Ghi chú"), ("remark",), _("Điều biết thêm")),
    }[ask]


class AskPanel(StepPanel):
    """One step being asked about; ``done`` tells the ``Ask`` that was written down."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ask: Ask = Ask.REPORT
        self._item_id: UUID | None = None
        self._name = ""
        self.to = TextEdit(_("mỗi dòng một nơi"), 3, self)
        self.done_at = LineEdit(_("để trống nếu là bây giờ"), self)
        self.outcome: ComboBox[CaseOutcome] = ComboBox([(one, one.wording) for one in CaseOutcome], self)
        self.remark = TextEdit("", 2, self)
        fields = [
            Field(_("Nơi nhận"), self.to, "to", parent=self),
            Field(_("Lúc báo"), self.done_at, "done_at", parent=self),
            Field(_("Kết quả"), self.outcome, "outcome", parent=self),
            Field(_("Lý do"), self.remark, "remark", parent=self),
        ]
        self._add_fields(fields, {"remark": REMARK_LIMIT}, FORM)

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
        self._focus_first()

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

    @property
    def has_text(self) -> bool:
        """Whether anything was typed."""
        return bool(self.remark.text().strip() or self.done_at.text().strip())

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        return {
            "ask": self._ask.value,
            "case": str(self._record_id or ""),
            "item": str(self._item_id or ""),
            "name": self._name,
            "to": self.to.text(),
            "done_at": self.done_at.text(),
            "outcome": self.outcome.value().value,
            "remark": self.remark.text(),
        }

    def work(self, desk: Desk, record_id: UUID) -> Callable[[], object]:
        """Give what writes the step down; raises UserError naming the moment that cannot be read."""
        item_id, remark = self._item_id, self.remark.text()
        done_at = self._moment(desk, self.done_at, "done_at")
        told = tuple(self.to.text().split("\n"))
        if item_id is not None:
            return {
                Ask.WITHDRAW: partial(evidence.withdraw, desk, item_id, remark),
                Ask.RESTORE: partial(evidence.restore, desk, item_id, remark),
                Ask.REMARK: partial(evidence.remark, desk, item_id, remark),
            }.get(self._ask, partial(evidence.hand_over, desk, (item_id,), self.to.text(), remark))
        if self._ask is Ask.CLOSE:
            return partial(cases.close, desk, record_id, self.outcome.value(), remark)
        if self._ask is Ask.REOPEN:
            return partial(cases.reopen, desk, record_id, remark)
        return partial(cases.report, desk, record_id, told, done_at=done_at, remark=remark)

    def _set_up(self, ask: Ask, case_id: UUID, item_id: UUID | None, name: str) -> None:
        self._item_id, self._name = item_id, name
        self._ask_for(ask, case_id, _shape(ask), name=name)

    def _fill(self, values: Mapping[str, object]) -> None:
        self.auto.set_quiet(True)
        self.to.set_text(str(values.get("to", "")))
        self.done_at.setText(str(values.get("done_at", "")))
        self.outcome.set_value(CaseOutcome(str(values.get("outcome", CaseOutcome.HANDLED.value))))
        self.remark.set_text(str(values.get("remark", "")))
        self.auto.set_quiet(False)
        self.auto.start_new(f"{FORM}:{self._record_id}")
        show_error(self.fields, None)
