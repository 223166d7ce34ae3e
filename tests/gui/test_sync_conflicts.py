"""Two people changed the same sentence: both versions are seen, and one key decides."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spokesdesk.gui.sync.screen import SyncScreen
from spokesdesk.services import papers, sync
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


def test_both_figures_are_seen_and_one_key_takes_the_other_one(stage: Open, pair: Pair, qtbot: QtBot) -> None:
    paper = papers.create(pair.first, press_release("về mưa lũ", BODY))[0].id
    pair.settle_down()
    for desk, figure in ((pair.first, "7,5 tỷ"), (pair.second, "7,1 tỷ")):
        found = papers.paper(desk, paper)
        body = found.letter.body.replace("7,2 tỷ", figure)
        papers.save_letter(desk, paper, replace(found.letter, body=body), found.version)
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
    card.take.setFocus()
    QTest.keyClick(card.take, Qt.Key.Key_Space)
    settle(opened.courier)
    qtbot.waitUntil(lambda: not card.isVisible(), timeout=5_000)
    assert "7,1 tỷ" in papers.paper(pair.first, paper).letter.body
    assert sync.conflicts(pair.first) == ()
    pair.settle_down()
    assert "7,1 tỷ" in papers.paper(pair.second, paper).letter.body
