"""The lists of a batch: outlets to tick in the address book, and what became of each row."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Outlet
from spokesdesk.domain.text import fold
from spokesdesk.gui.widgets.basic import LinkButton, label
from spokesdesk.gui.widgets.fields import LineEdit
from spokesdesk.services.batch_run import RowResult, RowState

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
STATES: dict[RowState, str] = {
    RowState.DONE: _("Đã lập"),
    RowState.FAILED: _("Lỗi"),
    RowState.LEFT: _("Chưa lập"),
}
WIDTHS = (56, 92, 210)


class OutletChoice(QWidget):
    """Outlets of the address book, each to be ticked; Space ticks the one in hand.

    Emits:
        changed: others are ticked now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._outlets: tuple[Outlet, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        self.search = LineEdit(_("Lọc theo tên"), self)
        self.search.setAccessibleName(_("Lọc theo tên"))
        self.search.textChanged.connect(self._filter)
        row.addWidget(self.search, 1)
        row.addWidget(LinkButton(_("Chọn tất cả"), self.tick_all, self))
        row.addWidget(LinkButton(_("Bỏ chọn"), self.tick_none, self))
        column.addLayout(row)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Cơ quan báo chí"))
        self.list.setMinimumHeight(96)
        self.list.itemChanged.connect(self._ticked)
        column.addWidget(self.list, 1)
        self._nobody = label(
            _("Danh bạ chưa có cơ quan báo chí nào. Hãy thêm ở trang Danh bạ, hoặc chọn một danh sách .csv."),
            "muted",
            self,
            wrap=True,
        )
        column.addWidget(self._nobody)
        self._nobody.hide()

    def show_outlets(self, found: Sequence[Outlet]) -> None:
        """Offer these; what was ticked stays ticked."""
        kept = {one.id for one in self.chosen()}
        self._outlets = tuple(found)
        self._nobody.setVisible(not found)
        self.list.setVisible(bool(found))
        self.list.blockSignals(True)
        self.list.clear()
        for one in self._outlets:
            item = QListWidgetItem(one.name, self.list)
            item.setFlags(
                Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Checked if one.id in kept else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._filter()

    def chosen(self) -> tuple[Outlet, ...]:
        """Give the outlets that are ticked, in their order."""
        ticked = [self.list.item(at).checkState() is Qt.CheckState.Checked for at in range(self.list.count())]
        return tuple(one for one, is_ticked in zip(self._outlets, ticked, strict=False) if is_ticked)

    @Slot()
    def tick_all(self) -> None:
        """Tick every outlet in sight."""
        self._tick(Qt.CheckState.Checked)

    @Slot()
    def tick_none(self) -> None:
        """Tick none of those in sight."""
        self._tick(Qt.CheckState.Unchecked)

    def _tick(self, state: Qt.CheckState) -> None:
        self.list.blockSignals(True)
        for at in range(self.list.count()):
            item = self.list.item(at)
            if not item.isHidden():
                item.setCheckState(state)
        self.list.blockSignals(False)
        self.changed.emit()

    @Slot()
    def _filter(self) -> None:
        wanted = fold(self.search.text())
        for at, one in enumerate(self._outlets):
            self.list.item(at).setHidden(bool(wanted) and wanted not in fold(one.name))

    @Slot()
    def _ticked(self) -> None:
        self.changed.emit()


class _Rows(QAbstractTableModel):
    """Gives the view the cells it shows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[RowResult] = ()

    def show(self, rows: Sequence[RowResult]) -> None:
        self.beginResetModel()
        # What went wrong first: it is what somebody has to do something about.
        order = {RowState.FAILED: 0, RowState.LEFT: 1, RowState.DONE: 2}
        self.rows = sorted(rows, key=lambda one: (order[one.state], one.at))
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else 4

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        one = self.rows[index.row()]
        return (str(one.at), STATES[one.state], one.name, one.reason or one.file)[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        heads = (_("Dòng"), _("Kết quả"), _("Nơi nhận"), _("Tệp hoặc lý do"))
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return heads[section]
        return None


class ResultTable(QTableView):
    """What became of each row, failures first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setAccessibleName(_("Kết quả từng dòng"))
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        for at, width in enumerate(WIDTHS):
            self.setColumnWidth(at, width)

    @property
    def count(self) -> int:
        """How many rows are shown."""
        return len(self._rows.rows)

    def show_results(self, results: Sequence[RowResult]) -> None:
        """Show these."""
        self._rows.show(results)

    def texts(self) -> list[tuple[str, ...]]:
        """Give the rows as they are shown."""
        return [
            tuple(str(self._rows.data(self._rows.index(row, column))) for column in range(4))
            for row in range(self.count)
        ]
