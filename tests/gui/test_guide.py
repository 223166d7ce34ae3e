"""The guide: five steps on the real screens, each skippable, begun again from the help."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from spokesdesk.domain.backups import BackupPlan
from spokesdesk.domain.changes import Change
from spokesdesk.gui.guide import steps
from spokesdesk.services import backups
from spokesdesk.services.ports import Desk
from tests.gui.desk_fixtures import logged, said
from tests.gui.stage import Stage, settle

Opens = Callable[..., Stage]


def bar_says(opened: Stage) -> str:
    bar = opened.control.care.guide.bar
    assert bar is not None
    return said(bar) if bar.isVisible() else ""


def test_each_step_ends_when_it_was_done_on_the_real_screen(stage: Opens, desk: Desk) -> None:
    opened = stage(desk)
    opened.window.ask("guide")
    guide = opened.control.care.guide
    assert "Bước 1/5" in bar_says(opened)
    guide.go()
    screen = opened.control.pages.current()
    assert screen is not None
    assert screen.name == "journal"
    logged(desk, "Mục thử")
    opened.courier.changed_by((change("contact"),))
    assert "Bước 2/5" in bar_says(opened)
    guide.go()
    opened.control.palette.hide()
    assert "Bước 3/5" in bar_says(opened)
    guide.go()
    assert "Bước 3/5" in bar_says(opened), "an open form is no paper yet"
    opened.courier.changed_by((change("paper"),))
    assert "Bước 4/5" in bar_says(opened)
    guide.go()
    assert "Bước 5/5" in bar_says(opened)
    guide.go()
    settle(opened.courier)
    run, changes = backups.back_up(desk)
    assert run.ok
    opened.courier.changed_by(changes)
    settle(opened.courier)
    assert bar_says(opened) == ""


def change(kind: str) -> Change:
    return Change(kind)


def test_it_is_skipped_left_and_begun_again_by_keyboard_from_the_help(stage: Opens, desk: Desk) -> None:
    opened = stage(desk)
    opened.window.ask("help")
    link = opened.control.help.links[0]
    link.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(link, Qt.Key.Key_Space)
    guide = opened.control.care.guide
    assert guide.bar is not None
    for _step in steps():
        assert guide.bar.skip.focusPolicy() & Qt.FocusPolicy.TabFocus
        QTest.keyClick(guide.bar.skip, Qt.Key.Key_Space)
    assert bar_says(opened) == ""
    opened.window.ask("guide")
    assert "Bước 1/5" in bar_says(opened)
    QTest.keyClick(guide.bar.leave, Qt.Key.Key_Space)
    assert bar_says(opened) == ""
    logged(desk, "Sau hướng dẫn")
    opened.courier.changed_by((change("contact"),))
    assert guide.at == -1


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700)])
def test_the_bar_leaves_the_page_in_sight(stage: Opens, desk: Desk, size: tuple[int, int]) -> None:
    opened = stage(desk, size=size)
    backups.set_plan(desk, BackupPlan())
    opened.window.ask("guide")
    for _step in steps():
        settle(opened.courier)
        bar = opened.control.care.guide.bar
        assert bar is not None
        assert bar.height() < size[1] // 6
        assert bar.width() <= size[0]
        opened.control.care.guide.skip()
