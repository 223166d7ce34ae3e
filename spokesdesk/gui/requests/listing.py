"""The list of requests: what is due first stands first; by state, by who it waits on, mine."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.requests import CLOSED_STATES, OPEN_STATES, RequestRow, RequestState
from spokesdesk.gui.listpage import ListPage
from spokesdesk.gui.remaining import left
from spokesdesk.gui.requests.words import STATES, Names
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, PrimaryButton
from spokesdesk.gui.widgets.rowlist import RowCells
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services import requests as service
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.paging import Source

_TICK_MS = 30_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the list is narrowed to."""

    states: tuple[RequestState, ...] = tuple(OPEN_STATES)
    mine: bool = False


class RequestList(ListPage[RequestRow]):
    """All requests.

    Emits:
        wanted: a new request.
        day_end_wanted: the list of the end of the day.
    """

    wanted = Signal()
    day_end_wanted = Signal()
    title = _("Yêu cầu cung cấp thông tin")
    search_words = _("Tìm theo nội dung, bên hỏi, câu trả lời…")
    empty_icon = "comment-question-outline"
    empty_words = _(
        "Không có yêu cầu nào đang mở. Yêu cầu của báo chí, của Văn phòng hay cơ quan khác gửi đến nằm ở đây, "
        "kèm thời hạn theo luật và người đang giữ, cho tới khi được trả lời."
    )
    nothing_words = _("Không có yêu cầu nào khớp. Thử từ khác hoặc chọn “Tất cả”.")
    kinds = ("request",)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._chosen_now = Chosen()
        self.holder = Suggest(context.courier, context.theme, None, _("Đang chờ ai"), self)
        self.holder.setAccessibleName(_("Lọc theo người đang giữ"))
        self.holder.setClearButtonEnabled(True)
        self.holder.setFixedWidth(170)
        self.add_choices(
            [
                (_("Đang mở"), partial(self._choose, Chosen())),
                (_("Của tôi"), partial(self._choose, Chosen(mine=True))),
                (_("Đã khép"), partial(self._choose, Chosen(tuple(CLOSED_STATES)))),
                (_("Tất cả"), partial(self._choose, Chosen(()))),
            ]
        )
        self._row.addWidget(self.holder)
        self.add_primary(Button(_("Kết thúc ngày"), self._want_day_end, parent=self))
        self.add_primary(PrimaryButton(_("Ghi yêu cầu"), self._want, parent=self))
        self.set_empty_action(_("Ghi yêu cầu"), self._want)
        self.holder.textChanged.connect(self._typed)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._ticked)
        self._tick.start()

    def load(self, desk: Desk) -> None:
        """Read the list for what is searched and chosen."""
        self.holder.fetch_with(Names(desk))
        super().load(desk)

    def clear(self) -> None:
        """Show nothing: the desk is locked."""
        self.holder.fetch_with(None)
        super().clear()

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a choice hides a part of the list."""
        return super().is_narrowed or bool(self.holder.text().strip()) or self._chosen_now != Chosen()

    def source(self, desk: Desk, words: str) -> Source[RequestRow]:
        """Read the requests."""
        chosen = self._chosen_now
        mine = desk.actor.ref if chosen.mine and desk.actor else None
        return service.request_list(
            desk, words, states=chosen.states, mine=mine, holder=self.holder.text().strip()
        )

    def counted(self, count: int) -> str:
        """Say how many requests there are."""
        return _("{n} yêu cầu").format(n=count)

    def cells(self, row: RequestRow) -> RowCells:
        """Give the words of one request."""
        chip, tone = STATES[row.state]
        parts = [row.who]
        if row.closed_at is None:
            if row.due_at is not None:
                desk = self._context.desk()
                chip, tone = left(row.due_at, desk.now() if desk else row.due_at)
            holder = row.holder or row.owner or row.lead_unit
            parts.append(_("đang chờ {holder}").format(holder=holder) if holder else _("chưa rõ đang chờ ai"))
            parts += [row.citation] if row.citation else []
        else:
            parts.append(_("khép ngày {day}").format(day=f"{to_vn(row.closed_at):%d/%m/%Y}"))
        return RowCells(
            title=row.topic,
            right=f"{to_vn(row.received_at):%d/%m/%Y %H:%M}",
            detail=" · ".join(parts),
            chip=chip,
            tone=tone,
            quiet=True,
        )

    def key(self, row: RequestRow) -> UUID:
        """Give the request."""
        return row.id

    def number(self, row: RequestRow) -> int:
        """Give its place in the order of arrival."""
        return row.n

    def refresh(self, changes: Changes) -> None:
        """Show what was written; another state may move a request to another place."""
        desk = self._context.desk()
        if desk is not None and any(change.kind == "request" for change in changes):
            self.load(desk)

    def _choose(self, chosen: Chosen) -> None:
        self._chosen_now = chosen

    @Slot()
    def _ticked(self) -> None:
        self.list.viewport().update()

    @Slot()
    def _want(self) -> None:
        self.wanted.emit()

    @Slot()
    def _want_day_end(self) -> None:
        self.day_end_wanted.emit()
