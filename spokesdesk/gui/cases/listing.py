"""The list of cases: live search without accents, the latest opened first, open ones on their own."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.cases import CaseRow, CaseState
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.listpage import ListPage
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import PrimaryButton
from spokesdesk.gui.widgets.rowlist import RowCells
from spokesdesk.services import cases as service
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.paging import Source

TONES = {CaseState.OPEN: "amber", CaseState.REPORTED: "teal", CaseState.CLOSED: "neutral"}


class CaseList(ListPage[CaseRow]):
    """All case files.

    Emits:
        wanted: a new case.
    """

    wanted = Signal()
    title = _("Vụ việc")
    search_words = _("Tìm theo tên, người, diễn biến, chứng cứ…")
    empty_icon = "shield-alert-outline"
    empty_words = _(
        "Hồ sơ sách nhiễu, mạo danh nhà báo nằm ở đây. Đang xem một lần tiếp xúc thì nhấn F2 để mở hồ sơ từ đó; "
        "dữ liệu được điền sẵn, kéo chứng cứ vào là xong."
    )
    nothing_words = _("Không có hồ sơ nào khớp. Thử từ khác.")
    kinds = ("case",)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._states: tuple[CaseState, ...] = ()
        super().__init__(context, parent)
        self.add_primary(PrimaryButton(_("Mở hồ sơ"), self._want, parent=self))
        self.set_empty_action(_("Mở hồ sơ đầu tiên"), self._want)
        self.add_choices(
            (
                (_("Tất cả"), partial(self._only, ())),
                (_("Đang thu thập"), partial(self._only, (CaseState.OPEN,))),
                (_("Đã báo"), partial(self._only, (CaseState.REPORTED,))),
                (_("Đã đóng"), partial(self._only, (CaseState.CLOSED,))),
            )
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a choice hides a part of the list."""
        return bool(self._states) or super().is_narrowed

    def source(self, desk: Desk, words: str) -> Source[CaseRow]:
        """Read the cases."""
        return service.case_list(desk, words, self._states)

    def counted(self, count: int) -> str:
        """Say how many cases there are."""
        return _("{n} hồ sơ").format(n=count)

    def cells(self, row: CaseRow) -> RowCells:
        """Give the words of one case."""
        who = " – ".join(part for part in (row.person, row.outlet) if part)
        items = _("{n} chứng cứ").format(n=row.items) if row.items else _("chưa có chứng cứ")
        return RowCells(
            title=row.title,
            right=f"{to_vn(row.happened_at or row.opened_at):%d/%m/%Y %H:%M}",
            detail=" · ".join(part for part in (row.kind.wording, who, items) if part),
            chip=row.state.wording,
            tone=TONES[row.state],
            quiet=True,
        )

    def key(self, row: CaseRow) -> UUID:
        """Give the case."""
        return row.id

    def number(self, row: CaseRow) -> int:
        """Give its place in the order of arrival."""
        return row.n

    def _only(self, states: tuple[CaseState, ...]) -> None:
        self._states = states

    @Slot()
    def _want(self) -> None:
        self.wanted.emit()
