"""A list of a million entries: scrolling and dragging the thumb against a delegate that paints rows from memory.

Each frame sets the scroll bar, paints and lets the event loop turn, as a hand on the thumb does sixty times a second.
"""

import os
import random
import statistics
import time
from typing import Any

from tests.benchmarks import million
from tests.benchmarks.measure import table

FRAMES = 150
ROUNDS = 4
SIZE = (430, 620)


def main() -> None:
    """Print the table: p95 of a frame, dragging and scrolling."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with million.workspace("million") as folder, million.opened(folder) as desk:
        taken = _frames(desk)
    rows = []
    for way in ("drag", "scroll", "page"):
        ours, base = _p95(taken[way]), _p95(taken[f"{way} in memory"])
        rows.append((f"{way}, p95 of a frame", _ms(ours), _ms(base), f"{ours / base:.2f}", "1.50"))
        ours, base = statistics.median(taken[way]), statistics.median(taken[f"{way} in memory"])
        rows.append((f"{way}, median", _ms(ours), _ms(base), f"{ours / base:.2f}", "-"))
    filled = taken["drag until filled"]
    rows.append(
        ("drag until rows are there", _ms(_p95(filled)), f"median {_ms(statistics.median(filled))}", "", "-")
    )
    table(rows)


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _frames(desk: Any) -> dict[str, list[float]]:
    import sys

    from PySide6.QtWidgets import QApplication

    from spokesdesk.gui.app import SWITCH_S
    from spokesdesk.gui.courier import Courier
    from spokesdesk.gui.journal.listing import cells
    from spokesdesk.gui.rows import RowsModel
    from spokesdesk.gui.theme import Theme
    from spokesdesk.gui.widgets.rowlist import RowList
    from spokesdesk.services import journal

    sys.setswitchinterval(SWITCH_S)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme, courier = Theme(app), Courier(app)
    theme.start(app, "light")
    model: RowsModel[Any] = RowsModel(courier, lambda row: row.id, lambda row: row.n, courier)
    ours = RowList(theme, cells, "Sổ tiếp xúc")
    ours.set_rows(model)
    found = journal.contact_list(desk)
    model.use(found)
    _settle(courier)
    listing = found.open()
    known = [cells(row) for row in found.page(listing, 0, 2_000)]
    base = _in_memory(theme, known, listing.count)
    for view in (ours, base):
        view.resize(*SIZE)
        view.show()
        app.processEvents()
    return _taken(app, courier, model, {"": ours, " in memory": base})


def _taken(app: Any, courier: Any, model: Any, views: dict[str, Any]) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {"drag until filled": []}
    chance = random.Random(4)
    for _round in range(ROUNDS):
        for way, step in (("drag", 0), ("scroll", 87), ("page", 580)):
            # Frame by frame in turn: what else the machine does must hit both alike.
            places = {name: _places(chance, view, step) for name, view in views.items()}
            for frame in range(FRAMES):
                for name, view in views.items():
                    at = time.perf_counter()
                    view.verticalScrollBar().setValue(places[name][frame])
                    view.viewport().repaint()
                    app.processEvents()
                    taken.setdefault(way + name, []).append(time.perf_counter() - at)
            _settle(courier)
        _until_filled(app, courier, model, views[""], chance, taken["drag until filled"])
    return taken


def _places(chance: random.Random, view: Any, step: int) -> list[int]:
    maximum = view.verticalScrollBar().maximum()
    start = chance.randrange(maximum - FRAMES * 600)
    return [start + frame * step if step else chance.randrange(maximum) for frame in range(FRAMES)]


def _until_filled(
    app: Any, courier: Any, model: Any, view: Any, chance: random.Random, got: list[float]
) -> None:
    bar = view.verticalScrollBar()
    for _frame in range(FRAMES // 2):
        at = time.perf_counter()
        bar.setValue(chance.randrange(bar.maximum()))
        view.viewport().repaint()
        while model.row_at(view.rowAt(0)) is None or model.row_at(view.rowAt(view.height() - 2)) is None:
            app.processEvents()
        view.viewport().repaint()
        got.append(time.perf_counter() - at)
        _settle(courier)


def _settle(courier: Any) -> None:
    from PySide6.QtCore import QCoreApplication

    while courier.is_busy:
        QCoreApplication.processEvents()


def _in_memory(theme: Any, known: list[Any], count: int) -> Any:
    """Give the baseline: a table view, a delegate that draws the same words, a model that has them all at hand."""
    from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, Qt
    from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QTableView

    class Model(QAbstractListModel):
        def rowCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
            return 0 if parent.isValid() else count

        def data(self, index: Any, role: int = 0) -> Any:
            return known[index.row() % len(known)] if role == Qt.ItemDataRole.UserRole else None

    class Painter(QStyledItemDelegate):
        strong, plain, small = theme.font(13, 600), theme.font(13), theme.font(12)

        def paint(self, painter: Any, option: Any, index: Any) -> None:
            row, box = index.data(Qt.ItemDataRole.UserRole), option.rect
            left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
            painter.setPen(theme.color("line"))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
            first = QRect(box.left() + 14, box.top() + 7, box.width() - 28, 22)
            second = first.translated(0, 22)
            painter.setPen(theme.color("text"))
            for font, text, place, side in (
                (self.strong, row.title, first, left),
                (self.plain, row.detail, second, left),
                (self.small, row.right, first, right),
                (self.plain, row.note, first.translated(130, 0), left),
                (self.small, row.chip, second, right),
            ):
                painter.setFont(font)
                painter.drawText(place, int(side), text)

    view = QTableView()
    model = Model(view)
    view.setModel(model)
    view.setItemDelegate(Painter(view))
    view.horizontalHeader().hide()
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(58)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    return view


if __name__ == "__main__":
    main()
