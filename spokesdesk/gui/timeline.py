"""One timeline: everything that passed with a journalist or an outlet, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.papers import PaperState
from spokesdesk.domain.text import short_date
from spokesdesk.gui.rows import RowsModel
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.rowlist import ROW_HEIGHT, RowCells, RowList
from spokesdesk.services import people
from spokesdesk.services.people import TimelineItem
from spokesdesk.services.ports import Desk


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """An item, its place, and what its second line says."""

    n: int
    item: TimelineItem
    detail: str


class _Passed:
    """Reads a timeline once, then gives its rows; used on the read lane only."""

    def __init__(self, desk: Desk, outlet_id: UUID | None, journalist_id: UUID | None, name: str) -> None:
        self._desk, self._outlet_id, self._journalist_id = desk, outlet_id, journalist_id
        self._name = name
        self._rows: tuple[TimelineRow, ...] = ()

    def numbers(self) -> Sequence[int]:
        items = people.timeline(self._desk, outlet_id=self._outlet_id, journalist_id=self._journalist_id)
        self._rows = tuple(TimelineRow(n, item, _detail(item, self._name)) for n, item in enumerate(items))
        return range(len(items))

    def rows(self, numbers: Sequence[int]) -> Sequence[TimelineRow]:
        return [self._rows[n] for n in numbers if n < len(self._rows)]


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
        self._model: RowsModel[TimelineRow] = RowsModel(context.courier, _key, _number, self)
        self.rows = RowList(context.theme, _cells, _("Dòng thời gian"), self, chip_left=True)
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
        passed = _Passed(desk, outlet_id, journalist_id, name)
        self._model.load(passed.numbers, passed.rows)

    def _loaded(self, count: int) -> None:
        self._pages.setCurrentWidget(self.rows if count else self._empty)
        if self._rows_shown:
            height = min(count, self._rows_shown) * ROW_HEIGHT if count else 40
            self._pages.setFixedHeight(height)
        self.counted.emit(count)

    def _open(self, row: TimelineRow) -> None:
        self._context.navigate(row.item.kind, row.item.id)

    def _clicked(self, index: QModelIndex) -> None:
        row = self._model.row_at(index.row())
        if row is not None:
            self._open(row)


def _key(row: TimelineRow) -> UUID:
    return row.item.id


def _number(row: TimelineRow) -> int:
    return row.n


def _cells(row: TimelineRow) -> RowCells:
    words = {"contact": _("Tiếp xúc"), "article": _("Bài báo"), "paper": _("Văn bản")}
    kind = words.get(row.item.kind, row.item.kind)
    return RowCells(row.item.title, "", "", row.detail, kind, "neutral", quiet=True)


def _detail(item: TimelineItem, name: str) -> str:
    moment = f"{to_vn(item.at):%H:%M}, {short_date(vn_day(item.at))}"
    said = _state(item.detail) if item.kind == "paper" else item.detail
    return moment if said in ("", name) else f"{moment} · {said}"


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
    }
