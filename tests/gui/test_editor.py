"""The rich text editor: what is read is shown and read back, every change can be undone, nobody sees markup."""

import random
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from spokesdesk.domain.blocks import Heading, Paragraph, Run, Side, Table, read_body
from spokesdesk.domain.letters import tidy
from spokesdesk.domain.markers import clause, point
from spokesdesk.gui.editor import shaping, tables
from spokesdesk.gui.editor.edit import RichEdit
from spokesdesk.gui.editor.places import Spot, position_of, select, spot_of
from spokesdesk.gui.editor.reading import blocks_of, parts
from spokesdesk.gui.editor.showing import show
from spokesdesk.gui.theme import Theme
from tests.gui.realcase import press, type_text
from tests.gui.typing import EXPECTED, WAYS, check_field

BODY = (
    "# Chương I. Mở đầu\n\nMột **đậm** và *nghiêng*\nđoạn tiếp.\n\n1. Khoản một\n2. Khoản hai\n\n"
    "| STT | Nội dung |\n|:---:|---|\n| 1 | a \\| b |\n| 2 | **c** |\n\nHết."
)
LINES = st.text(alphabet="aăẩ 1.)-*|\\#đ\u00a0\ufdd0😀", max_size=20) | st.sampled_from(
    [
        "# Điều 1. A",
        "**đậm** và *nghiêng*",
        "1. mục",
        "a) điểm",
        "- gạch",
        "# Mục 2",
        "\\# b",
        "",
        "***cả hai***",
    ]
)
CELLS = st.lists(st.text(alphabet="aẩ *b\\", max_size=6), min_size=1, max_size=3).map(
    lambda cells: "|" + "|".join(cells) + "|"
)
BODIES = st.lists(LINES | CELLS | st.just("|---|:-:|"), max_size=10).map("\n".join)


@pytest.fixture
def edit(qtbot: QtBot, theme: Theme) -> RichEdit:
    made = RichEdit(theme)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.setFocus()
    return made


def at(edit: RichEdit, words: str, *, end: bool = False) -> None:
    """Put the cursor before (after) some words."""
    place = edit.toPlainText().index(words) + (len(words) if end else 0)
    cursor = edit.textCursor()
    cursor.setPosition(place)
    edit.setTextCursor(cursor)


def test_any_body_comes_back_as_it_was(theme: Theme, qapp: QApplication) -> None:
    edit = RichEdit(theme)

    @given(BODIES)
    @settings(max_examples=150, deadline=None)
    def check(body: str) -> None:
        edit.set_text(body)
        assert edit.blocks() == read_body(tidy(body))
        if read_body(tidy(body)):
            assert read_body(edit.text()) == read_body(tidy(body))
            first = edit.parts()[0].source
            assert first == 0, "what is not touched is known for what was read"

    check()


def test_a_key_that_is_taken_back_leaves_the_text_as_it_was_opened(theme: Theme, qapp: QApplication) -> None:
    edit = RichEdit(theme)

    @given(BODIES)
    @settings(max_examples=60, deadline=None)
    def check(body: str) -> None:
        edit.set_text(body)
        opened = edit.text()
        edit.moveCursor(QTextCursor.MoveOperation.End)
        type_text(edit, "x")
        press(edit, Qt.Key.Key_Backspace)
        assert edit.text() == opened

    check()


def test_blocks_without_memory_of_their_markup_come_back_too(theme: Theme, qapp: QApplication) -> None:
    edit = RichEdit(theme)

    @given(BODIES)
    @settings(max_examples=100, deadline=None)
    def check(body: str) -> None:
        edit.set_text("")
        show(QTextCursor(edit.document()), read_body(tidy(body).replace("\ufdd0", "")))
        once = edit.text()
        edit.set_text(once)
        assert edit.blocks() == read_body(once)
        edit.document().setModified(True)
        assert edit.text() == once

    check()


def test_what_is_not_touched_is_written_as_it_was(edit: RichEdit) -> None:
    edit.set_text(BODY)
    assert edit.text() == BODY
    assert edit.blocks() == read_body(BODY)
    assert "*" not in edit.toPlainText()
    assert "#" not in edit.toPlainText()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    type_text(edit, " Thêm")
    assert edit.text() == BODY + " Thêm"


def test_a_table_too_big_to_show_is_kept(edit: RichEdit) -> None:
    rows = "\n".join(f"| {n} | a | b |" for n in range(2_000))
    body = f"Trước.\n\n| x | y | z |\n|---|---|---|\n{rows}\n\nSau."
    edit.set_text(body)
    assert "2001 hàng × 3 cột" in edit.toPlainText()
    at(edit, "Sau.", end=True)
    type_text(edit, " Thêm.")
    assert edit.text() == body + " Thêm."
    at(edit, "Trước.")
    type_text(edit, "Ngay ")
    assert read_body(edit.text())[1] == read_body(body)[1]


def test_enter_goes_on_with_a_list_and_ends_it(edit: RichEdit) -> None:
    type_text(edit, "Mở đầu:\n1. một\nhai\n")
    assert edit.toPlainText() == "Mở đầu:\n1. một\n2. hai\n3. "
    type_text(edit, "\nThường")
    assert edit.text() == "Mở đầu:\n\n1. một\n\n2. hai\n\nThường"
    edit.set_text("1. một hai")
    at(edit, " hai")
    type_text(edit, "\n")
    assert edit.toPlainText() == "1. một\n2. hai"
    edit.set_text("d) bốn")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    type_text(edit, "\nnăm")
    assert edit.toPlainText() == "d) bốn\nđ) năm"


def test_headings_are_numbered_on_and_taken_back(edit: RichEdit) -> None:
    edit.set_text("# Điều 3. Phạm vi\n\nHiệu lực\n\n1. Khoản")
    at(edit, "Hiệu")
    shaping.set_heading(edit, "dieu")
    assert edit.text() == "# Điều 3. Phạm vi\n\n# Điều 4. Hiệu lực\n\n1. Khoản"
    shaping.set_heading(edit, "chuong")
    assert "# Chương I. Hiệu lực" in edit.text()
    shaping.set_heading(edit, "")
    assert "\n\nChương I. Hiệu lực" in edit.text()
    for _step in range(3):
        edit.undo()
    assert edit.text() == "# Điều 3. Phạm vi\n\nHiệu lực\n\n1. Khoản"
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    edit.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    type_text(edit, "\nMới")
    assert isinstance(edit.blocks()[1], Paragraph), "the line after a heading is text"
    assert isinstance(edit.blocks()[0], Heading)


def test_selected_lines_become_a_list_in_one_step(edit: RichEdit) -> None:
    edit.set_text("một\n\nhai\n\nba")
    edit.selectAll()
    shaping.lead(edit, clause)
    assert edit.toPlainText() == "1. một\n2. hai\n3. ba"
    shaping.lead(edit, point)
    assert edit.toPlainText() == "a) một\nb) hai\nc) ba"
    shaping.lead(edit, point)
    assert edit.toPlainText() == "một\nhai\nba"
    edit.undo()
    edit.undo()
    edit.undo()
    assert edit.text() == "một\n\nhai\n\nba"


def test_tab_stays_in_a_table_and_leaves_the_text_elsewhere(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    edit, other = RichEdit(theme, page), QLineEdit(page)
    column.addWidget(edit)
    column.addWidget(other)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    edit.setFocus()
    tables.insert(edit, 2, 2)
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    type_text(edit, "B")
    assert edit.text() == "|  | B |\n|---|---|\n|  |  |"
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert other.hasFocus()


def test_tab_moves_between_cells_and_makes_a_row(edit: RichEdit) -> None:
    edit.set_text("Trước")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    tables.insert(edit, 2, 2)
    for words in ("A", "B", "1", "2", "3"):
        type_text(edit, words)
        QTest.keyClick(edit, Qt.Key.Key_Tab)
    QTest.keyClick(edit, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    type_text(edit, "ba")
    assert edit.text() == "Trước\n\n| A | B |\n|---|---|\n| 1 | 2 |\n| ba |  |"
    type_text(edit, "\nSau")
    assert edit.text().endswith("| ba |  |\n\nSau")
    assert edit.hasFocus()


def test_rows_and_columns_come_and_go(edit: RichEdit) -> None:
    edit.set_text("| A | B |\n|---|:---:|\n| 1 | 2 |\n\nSau")
    at(edit, "B")
    tables.add_column(edit, 0)
    type_text(edit, "X")
    tables.align(edit, Side.RIGHT)
    at(edit, "1")
    tables.add_row(edit, 0)
    type_text(edit, "0")
    assert edit.text() == "| A | X | B |\n|---|---:|:---:|\n| 0 |  |  |\n| 1 |  | 2 |\n\nSau"
    tables.remove_row(edit)
    at(edit, "X")
    tables.remove_column(edit)
    tables.toggle_head(edit)
    assert edit.blocks()[0] == Table(
        (), (((Run("A"),), (Run("B"),)), ((Run("1"),), (Run("2"),))), (Side.LEFT, Side.CENTER)
    )
    tables.remove(edit)
    assert edit.text() == "Sau"
    while edit.document().isUndoAvailable():
        edit.undo()
    assert edit.text() == "| A | B |\n|---|:---:|\n| 1 | 2 |\n\nSau"


OPERATIONS: tuple[Callable[[RichEdit], object], ...] = (
    partial(type_text, text="chữ "),
    partial(type_text, text="\n"),
    lambda edit: press(edit, Qt.Key.Key_Backspace),
    lambda edit: press(edit, Qt.Key.Key_Delete),
    lambda edit: QTest.keyClick(edit, Qt.Key.Key_Tab),
    shaping.toggle_bold,
    shaping.toggle_italic,
    partial(shaping.lead, marker=point),
    partial(shaping.set_heading, kind="dieu"),
    partial(shaping.set_heading, kind=""),
    tables.insert,
    partial(tables.add_row, side=0),
    partial(tables.add_column, side=1),
    tables.remove_row,
    tables.remove_column,
    tables.remove,
    tables.toggle_head,
    partial(tables.align, side=Side.RIGHT),
    lambda edit: edit.insert_blocks(read_body(BODY)),
    lambda edit: edit.textCursor().removeSelectedText(),
)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_done_is_undone_and_redone(edit: RichEdit, seed: int) -> None:
    chance = random.Random(seed)
    edit.set_text(BODY)
    for _step in range(40):
        cursor = edit.textCursor()
        last = edit.document().characterCount() - 1
        cursor.setPosition(chance.randint(0, last))
        if chance.random() < 0.4:
            cursor.setPosition(chance.randint(0, last), QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)
        chance.choice(OPERATIONS)(edit)
        assert read_body(edit.text()) == edit.blocks()
        assert edit.blocks() == blocks_of(parts(edit.document(), edit._source), edit._source)
    after = edit.text()
    while edit.document().isUndoAvailable():
        edit.undo()
    assert edit.text() == BODY
    while edit.document().isRedoAvailable():
        edit.redo()
    assert edit.text() == after


@pytest.mark.parametrize("way", WAYS)
def test_vietnamese_is_typed_into_text_and_cells(edit: RichEdit, way: str) -> None:
    assert check_field(edit, way) == ""
    edit.set_text("")
    tables.insert(edit, 2, 2)
    WAYS[way](edit)
    assert edit.text() == f"| {EXPECTED} |  |\n|---|---|\n|  |  |"
    edit.set_text("1. mục")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    type_text(edit, "\n")
    WAYS[way](edit)
    assert edit.toPlainText() == f"1. mục\n2. {EXPECTED}"


def test_a_place_in_the_markup_is_selected_in_the_text(edit: RichEdit) -> None:
    edit.set_text(BODY)
    for words in ("đậm", "nghiêng*\nđoạn", "Khoản hai", "a \\| b", "Hết", "Chương I"):
        start = BODY.index(words)
        select(edit, start, start + len(words))
        shown = words.replace("*\n", " ").replace("\\", "")
        assert edit.textCursor().selectedText() == shown


def test_the_letter_under_the_cursor_is_known(edit: RichEdit) -> None:
    edit.set_text(BODY)
    at(edit, "nghiêng")
    assert spot_of(edit, edit.textCursor()) == Spot(1, 0, len("Một đậm và "))
    at(edit, "a | b")
    assert spot_of(edit, edit.textCursor()) == Spot(4, 3, 0)
    assert position_of(edit, Spot(4, 3, 0)) == edit.toPlainText().index("a | b")
