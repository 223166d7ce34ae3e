"""Windowed lists: pages on demand, late answers dropped, selection kept by id."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from spokesdesk.domain.changes import Change
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.rows import BEGINNING, KEPT, RowsModel
from spokesdesk.gui.rowsource import PAGE
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.rowlist import ROW_HEIGHT, RowCells, RowList
from tests.gui.stage import settle


@dataclass(frozen=True)
class Row:
    """One record of the list."""

    n: int
    id: UUID
    title: str


class Book:
    """Records behind the list; counts what is asked."""

    def __init__(self, count: int) -> None:
        self.rows = {n: Row(n, uuid4(), f"Tiếp xúc {n}") for n in range(count, 0, -1)}
        self.asked: list[int] = []

    def numbers(self) -> tuple[int, ...]:
        return tuple(sorted(self.rows, reverse=True))

    def some(self, numbers: Sequence[int]) -> tuple[Row, ...]:
        self.asked.append(len(numbers))
        return tuple(self.rows[n] for n in sorted(numbers))


def cells(row: Row) -> RowCells:
    return RowCells(row.title, detail="chủ đề", chip="Thẻ còn hạn", tone="green")


@pytest.fixture
def model(courier: Courier) -> RowsModel[Row]:
    return RowsModel(courier, lambda row: row.id, lambda row: row.n, courier)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, model: RowsModel[Row]) -> RowList:
    made = RowList(theme, cells, "Danh sách")
    qtbot.addWidget(made)
    made.set_rows(model)
    made.resize(420, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_only_what_is_seen_is_read(
    view: RowList, model: RowsModel[Row], courier: Courier, qtbot: QtBot
) -> None:
    book = Book(20_000)
    model.load(book.numbers, book.some)
    settle(courier)
    qtbot.waitUntil(lambda: model.rowCount() == 20_000)
    assert sum(book.asked) <= 2 * PAGE
    view.scrollToBottom()
    settle(courier)
    assert sum(book.asked) <= 4 * PAGE
    last = model.row_at(19_999)
    assert last is not None
    assert last.n == 1


def test_a_long_list_costs_its_first_paint_no_more_than_a_short_one(
    view: RowList, model: RowsModel[Row], courier: Courier, qtbot: QtBot
) -> None:
    told: list[int] = []
    model.modelReset.connect(lambda: told.append(model.rowCount()))
    model.rowsInserted.connect(lambda: told.append(model.rowCount()))
    book = Book(20_000)
    model.load(book.numbers, book.some)
    qtbot.waitUntil(lambda: told[-1:] == [20_000])
    assert told == [BEGINNING, 20_000]
    model.reload()
    settle(courier)
    assert told[2:] == [20_000]


def test_a_far_row_is_found_before_the_view_was_told_of_all(
    view: RowList, model: RowsModel[Row], courier: Courier, qtbot: QtBot
) -> None:
    book = Book(20_000)
    model.load(book.numbers, book.some)
    far = book.rows[5_000].id
    model.loaded.connect(lambda _count: model.row_at(15_000))
    model.arrived.connect(lambda _none: model.find(far))
    seen: list[tuple[int, int]] = []
    model.placed.connect(lambda placed: seen.append((placed.position, model.rowCount())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0] == (15_000, 20_000)


def test_the_cache_is_bounded_and_a_dropped_page_is_read_again(
    model: RowsModel[Row], courier: Courier
) -> None:
    book = Book(KEPT * 2)
    model.load(book.numbers, book.some)
    settle(courier)
    for position in range(0, KEPT * 2, PAGE):
        model.row_at(position)
        settle(courier)
    assert sum(map(len, model._pages.values())) <= KEPT
    assert model.row_at(0) is None
    settle(courier)
    assert model.row_at(0) is not None


def test_what_is_looked_at_now_is_read_before_what_was_passed_by(
    model: RowsModel[Row], courier: Courier
) -> None:
    book = Book(20_000)
    model.load(book.numbers, book.some)
    settle(courier)
    book.asked.clear()
    for position in range(0, 20_000, PAGE):
        model.row_at(position)
    settle(courier)
    assert model.row_at(19_999) is not None
    assert len(book.asked) <= 8


def test_a_list_read_again_stays_where_it_was(view: RowList, model: RowsModel[Row], courier: Courier) -> None:
    book = Book(500)
    model.load(book.numbers, book.some)
    settle(courier)
    view.verticalScrollBar().setValue(120 * ROW_HEIGHT + 7)
    settle(courier)
    before = model.row_at(view.rowAt(0))
    for n in range(501, 504):
        book.rows[n] = Row(n, uuid4(), f"Tiếp xúc {n}")
    model.refresh((Change("contact", book.rows[501].id),), ("contact",))
    settle(courier)
    assert model.rowCount() == 503
    assert model.row_at(view.rowAt(0)) == before
    assert view.verticalScrollBar().value() == 123 * ROW_HEIGHT + 7
    other = Book(400)
    model.load(other.numbers, other.some)
    settle(courier)
    assert view.verticalScrollBar().value() == 0


def test_an_answer_to_an_old_filter_is_dropped(model: RowsModel[Row], courier: Courier) -> None:
    gate, old, new = threading.Event(), Book(300), Book(3)

    def slow() -> tuple[int, ...]:
        gate.wait(10)
        return old.numbers()

    model.load(slow, old.some)
    model.load(new.numbers, new.some)
    gate.set()
    settle(courier)
    assert model.rowCount() == 3


def test_selection_is_kept_by_id_when_entries_come(
    view: RowList, model: RowsModel[Row], courier: Courier
) -> None:
    book, told = Book(50), list[Row]()
    view.current_changed.connect(told.append)
    model.load(book.numbers, book.some)
    settle(courier)
    chosen = book.rows[40]
    view.select(chosen.id)
    settle(courier)
    book.rows[51] = Row(51, uuid4(), "Tiếp xúc mới")
    assert model.refresh((Change("contact", book.rows[51].id),), ("contact",))
    settle(courier)
    assert model.rowCount() == 51
    assert view.current() == chosen
    assert [row.id for row in told] == [chosen.id]


def test_a_changed_record_is_read_anew_and_others_are_not_touched(
    view: RowList, model: RowsModel[Row], courier: Courier
) -> None:
    book = Book(5)
    model.load(book.numbers, book.some)
    settle(courier)
    known = book.rows[3]
    book.rows[3] = Row(3, known.id, "Đã đính chính")
    assert not model.refresh((Change("paper", known.id),), ("contact",))
    model.refresh((Change("contact", known.id),), ("contact",))
    settle(courier)
    changed = model.row_at(2)
    assert changed is not None
    assert changed.title == "Đã đính chính"


def test_the_keyboard_is_enough(view: RowList, model: RowsModel[Row], courier: Courier) -> None:
    book, opened, typed = Book(10), list[Row](), list[str]()
    view.opened.connect(opened.append)
    view.typed.connect(typed.append)
    model.load(book.numbers, book.some)
    settle(courier)
    view.setFocus()
    view.select_first()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClicks(view, "b")
    assert [row.n for row in opened] == [9]
    assert typed == ["b"]


def test_qts_own_tester_finds_nothing(model: RowsModel[Row], courier: Courier) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    book = Book(205)
    model.load(book.numbers, book.some)
    settle(courier)
    for position in range(205):
        model.row_at(position)
    settle(courier)
    model.clear()
    assert tester.model() is model
    assert model.rowCount() == 0


def test_enter_opens_the_first_of_rows_that_came_after_the_focus(
    view: RowList, model: RowsModel[Row], courier: Courier
) -> None:
    view.setFocus()
    book = Book(3)
    opened: list[int] = []
    view.opened.connect(lambda row: opened.append(row.n))
    model.load(book.numbers, book.some)
    settle(courier)
    view.rows().row_at(0)
    settle(courier)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == [3]
