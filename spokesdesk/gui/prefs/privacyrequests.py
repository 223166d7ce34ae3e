"""Requests of people about their own data, with what is left of their clocks."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.privacy import Step, SubjectRequest
from spokesdesk.domain.privacy_words import step_word, wish_word
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Card, LinkButton, clear_layout, label
from spokesdesk.gui.widgets.sheet import AskSheet
from spokesdesk.services.ports import Desk

Pair = tuple[SubjectRequest, SubjectRequest | None]
_SHOWN = 30


class RequestsCard(Card):
    """The requests, open ones with two ways to end them."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(_("Yêu cầu của người có dữ liệu"), parent=parent)
        self._context = context
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)
        self.clear()

    def use(self, desk: Desk) -> None:
        """Ask for the requests."""
        self._context.courier.run(partial(_requests, desk), owner=self, ok=self._show, lane="read")

    def clear(self) -> None:
        """Show none."""
        clear_layout(self._rows)
        self._rows.addWidget(label(_("Chưa có yêu cầu nào."), "muted", self))

    def _show(self, found: tuple[Sequence[Pair], dict[UUID, str]]) -> None:
        pairs, names = found
        self.clear()
        if pairs:
            clear_layout(self._rows)
        for asked, answered in pairs[:_SHOWN]:
            self._rows.addWidget(self._row(asked, answered, names.get(asked.subject, _("(đã xóa)"))))

    def _row(self, asked: SubjectRequest, answered: SubjectRequest | None, name: str) -> QWidget:
        row = QWidget(self)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        step = step_word(answered.step if answered else asked.step)
        lines = [f"{name} · {wish_word(asked.wish)} · {to_vn(asked.at):%d/%m/%Y} · {step}"]
        lines += [f"{due.wording} – {due.cited}" for due in asked.clocks if answered is None]
        lines += [answered.ground] if answered and answered.ground else []
        across.addWidget(label("\n".join(lines), "", row, wrap=True), 1)
        if answered is None:
            across.addWidget(LinkButton(_("Đã thực hiện"), partial(self._end, asked, Step.DONE), row))
            across.addWidget(LinkButton(_("Từ chối…"), partial(self._ask_refuse, asked), row))
        return row

    def _ask_refuse(self, asked: SubjectRequest) -> None:
        from spokesdesk.services import privacy

        ground = privacy.law().refuse[0]
        sentence = _("Căn cứ: {text} ({citation}). Việc từ chối được ghi vào sổ.").format(
            text=ground.text, citation=ground.citation
        )
        run = partial(self._end, asked, Step.REFUSED)
        AskSheet(self.window(), _("Từ chối yêu cầu này?"), sentence, _("Từ chối"), run).open()

    def _end(self, asked: SubjectRequest, step: Step) -> None:
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(partial(_answer, desk, asked, step), owner=self, ok=self._ended)

    def _ended(self, _answer: object) -> None:
        self._context.toast(_("Đã ghi vào sổ."))
        desk = self._context.desk()
        if desk is not None:
            self.use(desk)


def _requests(desk: Desk) -> tuple[Sequence[Pair], dict[UUID, str]]:
    from spokesdesk.services import privacy, subject_requests

    pairs = subject_requests.requests(desk)
    return pairs, privacy.names(desk, [asked.subject for asked, _answered in pairs])


def _answer(desk: Desk, asked: SubjectRequest, step: Step) -> tuple[SubjectRequest, Changes]:
    from spokesdesk.services import privacy, subject_requests

    ground = privacy.law().refuse[0].id if step is Step.REFUSED else ""
    return subject_requests.answer(desk, asked.id, step, ground)
