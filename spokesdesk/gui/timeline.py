"""One timeline: everything that passed with a journalist or an outlet, the newest first."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.labels import value_label
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import PaperState
from spokesdesk.domain.text import short_date
from spokesdesk.gui.given import Given, GivenModel
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.rowlist import ROW_HEIGHT, RowCells, RowList
from spokesdesk.services import people
from spokesdesk.services.people import TimelineItem
from spokesdesk.services.ports import Desk


class Timeline(QWidget):
    """What passed with one journalist or outlet; Enter or a click opens it.

    Args:
        rows_shown: the list is exactly so high at most; 0 lets it take the room there is.

    Emits:
        counted: int, how many things passed.
    """

    counted = Signal(object)

    def __init__(self, context: Context, rows_shown: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._rows_shown = context, rows_shown
        self._name = ""
        self._model: GivenModel[TimelineItem] = GivenModel(context.courier, _key, self)
        self.rows = RowList(context.theme, self._cells, _("Dòng thời gian"), self, chip_left=True)
        self.rows.set_rows(self._model)
        self._empty = label(_("Chưa có lần làm việc nào được ghi."), "muted", self)
        self._empty.setContentsMargins(16, 8, 16, 8)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.rows)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self._model.loaded.connect(self._loaded)
        self.rows.opened.connect(self._open)
        self.rows.clicked.connect(self._clicked)

    def show_of(
        self,
        desk: Desk | None,
        *,
        outlet_id: UUID | None = None,
        journalist_id: UUID | None = None,
        name: str = "",
    ) -> None:
        """Show the timeline of a journalist or an outlet; nothing without a desk.

        Args:
            desk: the open desk.
            outlet_id: of an outlet.
            journalist_id: of a journalist.
            name: theirs, which need not be repeated in every row.
        """
        if desk is None:
            self._model.clear()
            return
        self._name = name
        self._model.show(partial(people.timeline, desk, outlet_id=outlet_id, journalist_id=journalist_id))

    def _loaded(self, count: int) -> None:
        self._pages.setCurrentWidget(self.rows if count else self._empty)
        if self._rows_shown:
            height = min(count, self._rows_shown) * ROW_HEIGHT if count else 40
            self._pages.setFixedHeight(height)
        self.counted.emit(count)

    def _cells(self, row: Given[TimelineItem]) -> RowCells:
        words = {
            "contact": _("Tiếp xúc"),
            "request": _("Yêu cầu"),
            "case": _("Vụ việc"),
            "article": _("Bài báo"),
            "paper": _("Văn bản"),
        }
        kind = words.get(row.item.kind, row.item.kind)
        return RowCells(row.item.title, "", "", _detail(row.item, self._name), kind, "neutral", quiet=True)

    def _open(self, row: Given[TimelineItem]) -> None:
        self._context.navigate(row.item.kind, row.item.id)

    def _clicked(self, index: QModelIndex) -> None:
        row = self._model.row_at(index.row())
        if row is not None:
            self._open(row)


def _key(item: TimelineItem) -> UUID:
    return item.id


def _detail(item: TimelineItem, name: str) -> str:
    moment = f"{to_vn(item.at):%H:%M}, {short_date(vn_day(item.at))}"
    said = _said(item)
    return moment if said in ("", name) else f"{moment} · {said}"


def _said(item: TimelineItem) -> str:
    if item.kind == "request":
        return str(value_label("request_state", item.detail))
    return _state(item.detail) if item.kind == "paper" else item.detail


def _state(value: str) -> str:
    return state_words()[PaperState(value)][0] if value in list(PaperState) else value


def state_words() -> dict[PaperState, tuple[str, str]]:
    """Give the words of every state of a paper and the tone of its chip."""
    return {
        PaperState.DRAFT: (_("Đang soạn"), "neutral"),
        PaperState.SUBMITTED: (_("Chờ duyệt"), "teal"),
        PaperState.RETURNED: (_("Bị trả lại"), "amber"),
        PaperState.APPROVED: (_("Chờ cấp số"), "teal"),
        PaperState.NUMBERED: (_("Chờ phát hành"), "teal"),
        PaperState.RELEASED: (_("Đã phát hành"), "green"),
        PaperState.CORRECTED: (_("Đã đính chính"), "amber"),
        PaperState.WITHDRAWN: (_("Đã thu hồi"), "red"),
    }
