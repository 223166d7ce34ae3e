"""Hạn duyệt: until when the leader should approve, typed by whoever submits."""

from functools import partial

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.clock import parse_time, to_vn
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.words import word
from spokesdesk.gui.papers.words import moment
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.fields import Field, LineEdit
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.services import papers as service


class DueSheet(Sheet):
    """Asks for a moment; an empty one takes the deadline away."""

    def __init__(self, context: Context, paper: Paper, parent: QWidget) -> None:
        super().__init__(parent, _("Hạn duyệt"))
        self._context, self._paper = context, paper
        self.at = LineEdit(_("ngày/tháng/năm giờ:phút"), self)
        if paper.due_at is not None:
            self.at.setText(f"{to_vn(paper.due_at):%d/%m/%Y %H:%M}")
        self._field = Field(_("Cần duyệt trước (để trống: không có hạn)"), self.at, "due", parent=self)
        self.body.addWidget(self._field)
        self.add_actions(_("Lưu hạn"), self.save)
        self._field.focus()

    def save(self) -> None:
        """Keep the moment typed."""
        desk, typed = self._context.desk(), self.at.text().strip()
        if desk is None:
            return
        try:
            due_at = parse_time(typed, now=desk.now(), field="due") if typed else None
        except UserError as error:
            self._field.set_error(word(error))
            return
        work = partial(service.set_due, desk, self._paper.id, due_at)
        self._context.courier.run(work, owner=self, ok=self._saved, fail=self._failed)

    def _saved(self, answer: tuple[Paper, object]) -> None:
        due_at = answer[0].due_at
        said = (
            _("Cần duyệt trước {moment}.").format(moment=moment(due_at)) if due_at else _("Đã bỏ hạn duyệt.")
        )
        self._context.toast(said)
        self.close()

    def _failed(self, error: DeskError) -> None:
        self._field.set_error(word(error))
