"""Every picture of the gallery: nothing cut, everything named, no key of two meanings."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from spokesdesk.gui.sync import SyncScreen
from spokesdesk.gui.theme import Theme
from spokesdesk.services.ports import Desk
from tests.gui.gallery.pictures import all_pictures
from tests.gui.looked import PARTS, cut, doubled, faults_of, part_of, unnamed
from tests.gui.stage import Stage, settle


def test_the_checks_see_what_is_cut_and_what_has_no_name(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    low, narrow, nameless = QLabel("Ấ Ỗ Ễ", page), QLabel("Giấy giới thiệu hợp lệ", page), QLineEdit(page)
    low.setFixedHeight(12)
    narrow.setFixedWidth(40)
    nameless.setFixedHeight(16)
    page.show()
    assert len(cut(page)) == 3
    assert unnamed(page) == ["QLineEdit in QWidget"]
    press, again = QPushButton("Ghi", page), QShortcut(QKeySequence("Ctrl+3"), page)
    press.setShortcut(QKeySequence("Ctrl+3"))
    press.show()
    assert doubled(page) == ["two things: Ctrl+3"]
    again.setEnabled(False)
    assert doubled(page) == []


def test_the_parts_are_every_picture_once() -> None:
    parts = [picture.name for part in PARTS for picture in part_of(part)]
    assert sorted(parts) == sorted(picture.name for picture in all_pictures())


@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_cut_and_everything_has_a_name(stage: Callable[..., Stage], demo: Desk, part: int) -> None:
    assert faults_of(stage(demo, size=(1366, 768)), part) == {}


def test_a_conflict_leaves_its_buttons_room_beside_a_note(stage: Callable[..., Stage], demo: Desk) -> None:
    opened = stage(demo, size=(1366, 700))
    next(picture for picture in all_pictures() if picture.name == "sync-conflict").prepare(opened)
    screen = opened.control.pages.screen("sync")
    assert isinstance(screen, SyncScreen)
    screen._note.set_text("Đang ngoại tuyến. 12 mục chờ gửi được giữ an toàn tại đây và tự gửi khi có mạng.")
    settle(opened.courier)
    card = screen.conflicts
    assert card.isVisible()
    for pane in card.panes:
        assert pane.geometry().bottom() < card.take.geometry().top()
        assert pane.viewport().height() >= 4 * pane.fontMetrics().lineSpacing()
