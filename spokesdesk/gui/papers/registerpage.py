"""Sổ đăng ký văn bản đi: the ten columns of a year and series on screen, gaps said above, printed as a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.holding import Holding
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.numbers import SeriesGaps, ranges_text
from spokesdesk.domain.register import Register, RegisterRow, cells, columns, mark
from spokesdesk.domain.words import word
from spokesdesk.gui.savedialog import ask_pdf
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, PageHeader, PrimaryButton
from spokesdesk.gui.widgets.fields import ComboBox, Field
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import holdings
from spokesdesk.services import papers as service
from spokesdesk.services.ports import Desk
from spokesdesk.services.writing import write_whole

WIDTHS = (146, 84, 190, 112, 160, 98, 66, 84, 56, 110)
HEAD_HEIGHT = 62
AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Book:
    """A register with the gaps of its series.

    Attributes:
        doubled: số, ký hiệu that more than one paper bears.
        away: what of the series is at other desks, in words.
    """

    register: Register
    gaps: tuple[SeriesGaps, ...]
    doubled: tuple[str, ...] = ()
    away: tuple[str, ...] = ()


def read_book(desk: Desk, year: int, series: str) -> Book:
    """Read a register and its gaps (blocking)."""
    found = tuple(each for each in service.gaps(desk, year) if series in ("", each.series))
    doubled = tuple(
        dict.fromkeys(
            mark(one.paper)
            for one in service.doubled(desk)
            if one.paper.numbered_on is not None and one.paper.numbered_on.year == year
        )
    )
    away = tuple(
        line for held in holdings.standings(desk) if series in ("", held.series) for line in _away(held, year)
    )
    return Book(service.register(desk, year, series), found, doubled, away)


def _away(held: Holding, year: int) -> list[str]:
    name = service.series_name(held.series)
    made = []
    here = sorted((span for span in held.elsewhere if span.year == year), key=lambda span: span.first)
    if here:
        numbers = ranges_text((span.first, span.last) for span in here)
        made.append(_("{series}: các số {numbers} cấp ở máy khác").format(series=name, numbers=numbers))
    for block in held.lent:
        if block.span.year == year:
            numbers = ranges_text([(block.span.first, block.span.last)])
            said = _("{series}: các số {numbers} đang cho {name} mượn")
            made.append(said.format(series=name, numbers=numbers, name=block.desk.name))
    return made


class _Rows(QAbstractTableModel):
    """Gives the view the cells it shows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: Sequence[RegisterRow] = ()
        self._heads = columns()

    def show(self, rows: Sequence[RegisterRow]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cells(self._rows[index.row()])[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return f"({section + 1}) {self._heads[section]}"
        return None


class RegisterPage(QWidget):
    """The register of a year.

    Emits:
        left: back to all papers.
    """

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asked = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(12)
        self._head = PageHeader(_("Sổ đăng ký văn bản đi"), "", self)
        self._head.add_button(Button(_("‹ Văn bản"), self.left.emit, parent=self))
        self.print_button = PrimaryButton(_("Lưu sổ để in (PDF)"), self.ask_where, parent=self)
        self._head.add_button(self.print_button)
        column.addWidget(self._head)
        self.year: ComboBox[int] = ComboBox(parent=self)
        self.series: ComboBox[str] = ComboBox(parent=self)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field(_("Năm"), self.year, "year", parent=self), 1)
        row.addWidget(Field(_("Hệ thống số"), self.series, "series", parent=self), 2)
        row.addStretch(3)
        column.addLayout(row)
        self.gaps = Note("", "amber", self)
        column.addWidget(self.gaps)
        self._rows = _Rows(self)
        self.table = QTableView(self)
        self._dress()
        column.addWidget(self.table, 1)
        self.year.activated.connect(self._chosen)
        self.series.activated.connect(self._chosen)

    def _dress(self) -> None:
        self.table.setModel(self._rows)
        self.table.setAccessibleName(_("Sổ đăng ký văn bản đi"))
        self.table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        centred = Qt.AlignmentFlag.AlignCenter
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag(centred.value | Qt.TextFlag.TextWordWrap.value)
        )
        self.table.horizontalHeader().setFixedHeight(HEAD_HEIGHT)
        self.table.horizontalHeader().setStretchLastSection(True)
        for at, width in enumerate(WIDTHS):
            self.table.setColumnWidth(at, width)

    def load(self, desk: Desk) -> None:
        """Offer the years and series that have numbers, and show the latest year."""
        self._context.courier.run(
            partial(service.series_years, desk), owner=self, ok=self._offer, fail=self._failed, lane="read"
        )

    def clear(self) -> None:
        """Show nothing."""
        self._rows.show(())
        self.gaps.set_text("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to all papers."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _offer(self, found: Sequence[tuple[str, int]]) -> None:
        desk = self._context.desk()
        if desk is None:
            return
        chosen = self.year.value() if self.year.count() else None
        years = sorted({year for _series, year in found} | {desk.now().year}, reverse=True)
        names = sorted({series for series, _year in found})
        kept = self.series.value() if self.series.count() else ""
        self.year.set_choices([(year, str(year)) for year in years])
        self.series.set_choices([("", _("Tất cả")), *((name, service.series_name(name)) for name in names)])
        self.year.set_value(chosen if chosen is not None else years[0])
        self.series.set_value(kept)
        self._chosen()

    @Slot()
    def _chosen(self) -> None:
        desk = self._context.desk()
        if desk is None or not self.year.count():
            return
        self._asked += 1
        work = partial(read_book, desk, self.year.value(), self.series.value())
        show = partial(self._show, self._asked)
        self._context.courier.run(work, owner=self, ok=show, fail=self._failed, lane="read")

    def _show(self, asked: int, book: Book) -> None:
        if asked != self._asked:
            return
        self._rows.show(book.register.rows)
        self._head.set_title(_("Sổ đăng ký văn bản đi"), _("{n} văn bản").format(n=len(book.register.rows)))
        self.table.resizeRowsToContents() if len(book.register.rows) < 200 else None
        said = [
            _("{series}: thiếu số {numbers}").format(
                series=service.series_name(each.series), numbers=ranges_text(each.missing)
            )
            for each in book.gaps
            if each.missing
        ]
        said += [_("Số trùng, chưa phát hành được: {mark}").format(mark=one) for one in book.doubled]
        self.gaps.set_text("\n".join([*said, *book.away]))

    @Slot()
    def ask_where(self) -> QFileDialog:
        """Ask where to write the register as a PDF."""
        name = f"so-dang-ky-van-ban-di-{self.year.value()}.pdf"
        return ask_pdf(self, _("Lưu sổ đăng ký văn bản đi"), name, self.write_to)

    @Slot(str)
    def write_to(self, target: str) -> None:
        """Write the register shown to this file."""
        desk = self._context.desk()
        if desk is not None and target:
            work = partial(_write, desk, self.year.value(), self.series.value(), Path(target))
            self._context.courier.run(
                work, owner=self, ok=self._written, fail=self._failed, lane="work", label=_("Đang lập sổ…")
            )

    def _written(self, target: Path) -> None:
        self._context.toast(_("Đã lưu {name}").format(name=target.name))

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))


def _write(desk: Desk, year: int, series: str, target: Path) -> Path:
    write_whole(target, service.register_pdf(desk, year, series))
    return target
