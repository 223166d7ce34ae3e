"""Tables taken in through the window: by keyboard from the file to the undoing."""

from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spokesdesk.domain.imports import Noun, RunState
from spokesdesk.gui.exporting import Exporter
from spokesdesk.gui.imports import ImportsScreen
from spokesdesk.services import imports, people
from spokesdesk.services.ports import Desk
from tests.gui.stage import Stage, settle

Open = Callable[..., Stage]

ROWS = [
    ["Họ và tên", "Nơi làm", "Điện thoại", "Ngày cấp"],
    ["Trần Thị Đào", "Báo Đồng Khởi", "0912 345 678", "05/3/2021"],
    ["Nguyễn Văn Ấn", "Báo Ấp Bắc", "", "31/02/2021"],
]


def table(path: Path) -> Path:
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet()
    for line, row in enumerate(ROWS):
        sheet.write_row(line, 0, row)
    made.close()
    return path


def page_of(stage: Stage) -> ImportsScreen:
    stage.window.activateWindow()
    screen = stage.show("imports")
    assert isinstance(screen, ImportsScreen)
    return screen


def test_a_table_goes_in_by_keyboard_and_out_again(
    stage: Open, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    opened = stage(desk)
    screen = page_of(opened)
    screen.take(str(table(tmp_path / "ds.xlsx")))
    settle(opened.courier)
    assert [choice.value() for choice in screen.columns.choices()] == ["name", "", "phone", "card_issued_on"]
    outlet = screen.columns.choices()[1]
    outlet.setFocus()
    QTest.keyClick(outlet, Qt.Key.Key_Down)
    while outlet.value() != "outlet":
        QTest.keyClick(outlet, Qt.Key.Key_Down)
        settle(opened.courier)
    settle(opened.courier)
    assert "1 dòng nhập được" in screen.findings.summary()
    assert "1 dòng sai" in screen.findings.summary()
    QTest.keyClick(opened.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(opened.courier)
    (dao,) = people.journalists(desk)
    assert (dao.name, dao.outlet and dao.outlet.name) == ("Trần Thị Đào", "Báo Đồng Khởi")
    (run,) = imports.runs(desk)
    screen.past.rows.setFocus()
    screen.past.rows.select_first()
    settle(opened.courier)
    qtbot.waitUntil(screen.past.button.isVisible)
    QTest.keyClick(screen.past.button, Qt.Key.Key_Space)
    settle(opened.courier)
    assert people.journalists(desk) == ()
    assert [each.state for each in imports.runs(desk)] == [RunState.UNDONE]
    assert run.made == 1


def test_a_file_that_cannot_be_read_says_what_is_safe(stage: Open, desk: Desk, tmp_path: Path) -> None:
    opened = stage(desk)
    screen = page_of(opened)
    bad = tmp_path / "hong.xlsx"
    bad.write_bytes(b"no table")
    screen.take(str(bad))
    settle(opened.courier)
    assert "hong.xlsx" in screen.note.accessibleName()
    assert "Chưa có gì được nhập" in screen.note.accessibleName()


def test_faulty_rows_are_written_to_a_file_and_the_list_goes_out(
    stage: Open, desk: Desk, tmp_path: Path
) -> None:
    opened = stage(desk)
    screen = page_of(opened)
    screen.take(str(table(tmp_path / "ds.xlsx")))
    settle(opened.courier)
    screen.write_faulty(str(tmp_path / "sua.xlsx"))
    settle(opened.courier)
    again = imports.look(desk, tmp_path / "sua.xlsx")
    assert [cells[0] for _line, cells in again.rows] == ["Nguyễn Văn Ấn"]
    screen.save()
    settle(opened.courier)
    exporter = Exporter(screen.context, screen)
    exporter.write(Noun.JOURNALIST, "dao", str(tmp_path / "ra.csv"))
    settle(opened.courier)
    assert "Trần Thị Đào" in (tmp_path / "ra.csv").read_text(encoding="utf-8-sig")
