"""The list of incidents: what is due first leads, closed ones end it; live search without accents."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.incidents import IncidentRow, IncidentState
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.listpage import ListPage
from spokesdesk.gui.remaining import left
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, PrimaryButton
from spokesdesk.gui.widgets.rowlist import RowCells
from spokesdesk.services import incidents as service
from spokesdesk.services.ports import Desk

TONES = {IncidentState.OPEN: "amber", IncidentState.SPOKEN: "teal", IncidentState.CLOSED: "neutral"}


class IncidentList(ListPage[IncidentRow]):
    """All incidents.

    Emits:
        wanted: a new incident.
        figures_wanted: the figures of the yearly report are to be shown.
    """

    wanted = Signal()
    figures_wanted = Signal()
    title = _("Vụ việc đột xuất")
    search_words = _("Tìm theo tên, cơ quan, diễn biến, lời phát ngôn…")
    empty_icon = "clock-outline"
    empty_words = _(
        "Vụ việc đột xuất, bất thường nằm ở đây: đồng hồ phát ngôn theo quy định, lời đã phát ngôn, ai đồng ý bản nào. "
        "Ở bất cứ trang nào, nhấn F12 để mở vụ việc."
    )
    nothing_words = _("Không có vụ việc nào khớp. Thử từ khác.")
    kinds = ("incident",)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._states: tuple[IncidentState, ...] = ()
        super().__init__(context, parent)
        self.add_primary(Button(_("Số liệu báo cáo…"), self._want_figures, "Ctrl+G", self))
        self.add_primary(PrimaryButton(_("Mở vụ việc"), self._want, "F12", self, bind=False))
        self.set_empty_action(_("Mở vụ việc đầu tiên"), self._want)
        self.add_choices(
            (
                (_("Tất cả"), partial(self._only, ())),
                (_("Chưa phát ngôn"), partial(self._only, (IncidentState.OPEN,))),
                (_("Đã phát ngôn"), partial(self._only, (IncidentState.SPOKEN,))),
                (_("Đã đóng"), partial(self._only, (IncidentState.CLOSED,))),
            )
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a choice hides a part of the list."""
        return bool(self._states) or super().is_narrowed

    def fetches(
        self, desk: Desk, words: str
    ) -> tuple[Callable[[], Sequence[int]], Callable[[Sequence[int]], Sequence[IncidentRow]]]:
        """Read the incidents."""
        numbers = partial(service.incident_numbers, desk, words, self._states)
        return numbers, partial(service.incident_rows, desk)

    def counted(self, count: int) -> str:
        """Say how many incidents there are."""
        return _("{n} vụ việc").format(n=count)

    def cells(self, row: IncidentRow) -> RowCells:
        """Give the words of one incident: its chip is the time that is left while a clock runs."""
        desk = self._context.desk()
        chip, tone = row.state.wording, TONES[row.state]
        if row.due_at is not None and desk is not None:
            chip, tone = left(row.due_at, desk.now())
        lead = _("chủ trì: {name}").format(name=row.lead) if row.lead else ""
        return RowCells(
            title=row.title,
            right=f"{to_vn(row.opened_at):%d/%m/%Y %H:%M}",
            detail=" · ".join(part for part in (row.state.wording, lead, row.citation) if part),
            chip=chip,
            tone=tone,
            quiet=True,
        )

    def key(self, row: IncidentRow) -> UUID:
        """Give the incident."""
        return row.id

    def number(self, row: IncidentRow) -> int:
        """Give its place in the order of arrival."""
        return row.n

    def _only(self, states: tuple[IncidentState, ...]) -> None:
        self._states = states

    @Slot()
    def _want(self) -> None:
        self.wanted.emit()

    @Slot()
    def _want_figures(self) -> None:
        self.figures_wanted.emit()
