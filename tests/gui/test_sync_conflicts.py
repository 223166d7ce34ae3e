"""Two people changed the same sentence: both versions are seen, and one key decides."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from spokesdesk.domain.papers import Move
from spokesdesk.domain.people import Outlet
from spokesdesk.gui.sync.screen import SyncScreen
from spokesdesk.gui.widgets.basic import Button
from spokesdesk.services import papers, people, sync
from tests.desks import AGENCY
from tests.gui.realcase import open_paper, rest
from tests.gui.stage import Stage, settle
from tests.server.running import RunningPortal
from tests.sync.desks import press_release
from tests.sync.pairs import Pair, paired

Open = Callable[..., Stage]
BODY = "Mưa lớn kéo dài. Thiệt hại ước 7,2 tỷ đồng.\n\nCác xã đã di dời 1.200 hộ dân."


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    running = RunningPortal(tmp_path / "portal").start()
    try:
        with paired(tmp_path / "desks", running) as made:
            yield made
    finally:
        running.stop()
        RunningPortal.close_all()


def two_figures(pair: Pair) -> UUID:
    """Let both write another figure into the text of one paper; gives the paper."""
    paper = papers.create(pair.first, press_release("về mưa lũ", BODY))[0].id
    pair.settle_down()
    for desk, figure in ((pair.first, "7,5 tỷ"), (pair.second, "7,1 tỷ")):
        found = papers.paper(desk, paper)
        body = found.letter.body.replace("7,2 tỷ", figure)
        papers.save_letter(desk, paper, replace(found.letter, body=body), found.version)
    return paper


def test_both_figures_are_seen_and_one_key_takes_the_other_one(stage: Open, pair: Pair, qtbot: QtBot) -> None:
    paper = two_figures(pair)
    pair.settle_down()
    opened = stage(pair.first)
    screen = opened.show("sync")
    assert isinstance(screen, SyncScreen)
    settle(opened.courier)
    card = screen.conflicts
    qtbot.waitUntil(card.isVisible, timeout=5_000)
    base, current, mine = (pane.toPlainText() for pane in card.panes)
    assert ("7,2 tỷ" in base, "7,5 tỷ" in current, "7,1 tỷ" in mine) == (True, True, True)
    if shots := os.environ.get("SPOKESDESK_SHOTS"):
        opened.window.grab().save(f"{shots}/conflict.png")
    QTest.keyClick(opened.window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    settle(opened.courier)
    qtbot.waitUntil(lambda: not card.isVisible(), timeout=5_000)
    assert "7,1 tỷ" in papers.paper(pair.first, paper).letter.body
    assert sync.conflicts(pair.first) == ()
    pair.settle_down()
    assert "7,1 tỷ" in papers.paper(pair.second, paper).letter.body


def two_conflicts(pair: Pair) -> None:
    """Let both desks change the agency's number, one of them its unit, too, and one outlet's number."""
    for desk, unit, phone in ((pair.first, "VP", "0263 3822 111"), (pair.second, "TTBCXB", "0263 3822 112")):
        agency = people.agency(desk)
        people.save_agency(desk, replace(agency, unit=unit, phone=phone, name=agency.name))
    outlet = people.save_outlet(pair.first, Outlet(pair.first.new_id(), "Báo Đồng Khởi"))[0]
    pair.settle_down()
    for desk, number in ((pair.first, "0275 3822 111"), (pair.second, "0275 3822 112")):
        people.save_outlet(desk, replace(outlet, phone=number))
    pair.settle_down()


def test_several_conflicts_are_listed_and_parts_of_a_setting_are_words(
    stage: Open, pair: Pair, qtbot: QtBot
) -> None:
    two_conflicts(pair)
    opened = stage(pair.first)
    screen = opened.show("sync")
    assert isinstance(screen, SyncScreen)
    settle(opened.courier)
    card = screen.conflicts
    qtbot.waitUntil(card.list.isVisible, timeout=5_000)
    names = [card.list.itemText(n) for n in range(card.list.count())]
    at = next(n for n, name in enumerate(names) if "Thông tin cơ quan · Điện thoại" in name)
    assert len(names) == 2
    card.list.setFocus()
    while card.list.currentIndex() != at:
        QTest.keyClick(card.list, Qt.Key.Key_Down)
    assert {pane.toPlainText() for pane in card.panes[1:]} == {
        "Điện thoại: 0263 3822 111",
        "Điện thoại: 0263 3822 112",
    }

    def press(where: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier, *, editing: bool) -> None:
        # A button that is pressed by its key stays down for a moment before it acts.
        QTest.keyClick(where, key, modifier)
        qtbot.waitUntil(lambda: card.panes[1].isReadOnly() is not editing, timeout=5_000)

    edit = partial(press, card.list, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier, editing=True)
    edit()
    card.panes[1].setPlainText("Đơn vị không có tên như thế: x")
    card.load()
    settle(opened.courier)
    with qtbot.waitSignal(opened.courier.failed, timeout=5_000):
        QTest.keyClick(card.panes[1], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert card.panes[1].toPlainText() == "Đơn vị không có tên như thế: x", "still there to be mended"
    press(card.panes[1], Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, editing=False)
    assert "Điện thoại: 0263 3822 11" in card.panes[1].toPlainText()
    edit()
    card.panes[1].setPlainText("Điện thoại: 0263 3822 113")
    press(card.panes[1], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, editing=False)
    settle(opened.courier)
    assert len(sync.conflicts(pair.first)) == 1
    pair.settle_down()
    for desk in (pair.first, pair.second):
        found = people.agency(desk)
        assert (found.unit, found.phone, found.name) == ("VP", "0263 3822 113", AGENCY.name)


def test_a_paper_that_waits_for_a_decision_leads_to_where_it_is_made(
    stage: Open, pair: Pair, qtbot: QtBot
) -> None:
    paper = two_figures(pair)
    papers.submit(pair.first, paper)
    pair.settle_down()
    opened = stage(pair.second)
    page = open_paper(opened, papers.paper(pair.second, paper), qtbot)
    page.top.buttons[Move.APPROVE].click()
    rest(opened, page, qtbot)
    panel = page.moving.panel
    assert panel is not None
    reasons: list[QPlainTextEdit] = list(panel.findChildren(QPlainTextEdit))
    for reason in reasons:
        reason.setPlainText("việc khẩn")
    panel.button.click()
    rest(opened, page, qtbot)
    [said] = page.notes.texts()
    assert "chưa duyệt" in said
    buttons: list[Button] = list(page.notes.findChildren(Button))
    shown = {button.accessibleName(): button for button in buttons if button.isVisible()}
    assert list(shown) == ["Mở trang Đồng bộ"]
    shown["Mở trang Đồng bộ"].click()
    settle(opened.courier)
    screen = opened.control.pages.screen("sync")
    assert isinstance(screen, SyncScreen)
    qtbot.waitUntil(screen.conflicts.isVisible, timeout=5_000)
