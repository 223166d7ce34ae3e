"""The panel in which an alert is acknowledged, a note answered, silent agencies reminded, an account refused."""

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.journal import TEXT_LIMIT
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.steppanel import Shape, StepPanel
from spokesdesk.gui.widgets.fields import Field, TextEdit
from spokesdesk.services import province_view
from spokesdesk.services.ports import Desk
from spokesdesk.services.province_shown import DECISIONS, Act

FORM = "province:step"


class ActPanel(StepPanel):
    """What is written with an act; ``done`` tells the ``Act``.

    Emits:
        decided: the ``Decision`` on an account that the portal took.
        refused: an act was not done; why is said already.
    """

    decided = Signal(object)
    refused = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.text = TextEdit("", 5, self)
        self._add_fields([Field("", self.text, "text", parent=self)], {"text": TEXT_LIMIT}, FORM)

    def begin(self, what: Act, note_id: UUID) -> None:
        """Ask what is to be written."""
        self.auto.start_new(f"{FORM}:{note_id}")
        self.auto.set_quiet(True)
        self.text.set_text("")
        self.auto.set_quiet(False)
        show_error(self.fields, None)
        self.lane = "net" if what in DECISIONS else "write"
        self._ask_for(what, note_id, shape(what))
        self._focus_first()

    def restore(self, note_id: UUID, draft_id: UUID, values: Mapping[str, object]) -> None:
        """Take back what was typed."""
        self.begin(Act(str(values["act"])), note_id)
        self.auto.set_quiet(True)
        self.text.set_text(str(values.get("text", "")))
        self.auto.set_quiet(False)
        self.auto.resume(draft_id)

    @property
    def has_text(self) -> bool:
        """Whether anything was typed."""
        return bool(self.text.text().strip())

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        return {"act": self._ask.value, "text": self.text.toPlainText()}

    def work(self, desk: Desk, record_id: UUID) -> Callable[[], object]:
        """Give what does it."""
        return partial(province_view.act, desk, self._ask, record_id, self.text.text(), self.auto.draft_id)

    def _kept(self, answer: object) -> None:
        super()._kept(answer)
        if self._ask in DECISIONS and isinstance(answer, tuple):
            self.decided.emit(answer[0])

    def _failed(self, error: DeskError) -> None:
        super()._failed(error)
        self.refused.emit()


def shape(what: Act) -> Shape:
    """Give how the panel looks for an act."""
    return {
        Act.ACK: Shape(
            _("Xác nhận đã nhận cảnh báo"),
            _("Xác nhận đã nhận"),
            ("text",),
            _("Ghi thêm, nếu cần: ai đã được báo cáo, sẽ làm gì"),
        ),
        Act.ANSWER: Shape(_("Trả lời"), _("Gửi trả lời"), ("text",), _("Nội dung trả lời")),
        Act.REMIND: Shape(
            _("Nhắc các cơ quan còn chờ"), _("Gửi lời nhắc"), ("text",), _("Ghi thêm, nếu cần")
        ),
        Act.REFUSE: Shape(
            _("Không chấp nhận tài khoản"),
            _("Không chấp nhận"),
            ("text",),
            _("Lý do, nhà báo đọc được; ví dụ: tòa soạn không xác nhận số thẻ"),
        ),
        Act.BLOCK: Shape(
            _("Khóa tài khoản"),
            _("Khóa tài khoản"),
            ("text",),
            _("Lý do, nhà báo đọc được; tài khoản bị đăng xuất mọi máy"),
        ),
    }[what]
