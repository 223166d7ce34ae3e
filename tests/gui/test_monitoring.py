"""The queue of the press by keyboard: one key a judgement, the next item by itself, everything can be taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from spokesdesk.domain.coverage import Article
from spokesdesk.domain.monitoring import Item, ItemDraft, ItemState, SourceDraft, Triage
from spokesdesk.gui.coverage import CoverageScreen
from spokesdesk.gui.fetching import FETCH_NOW
from spokesdesk.gui.monitoring import MonitoringScreen
from spokesdesk.gui.papers import PapersScreen
from spokesdesk.outside.fetching import Fetcher
from spokesdesk.outside.web import Web
from spokesdesk.services import false_posts, monitoring, monitoring_sources
from spokesdesk.services.ports import Desk
from tests.gui.desk_fixtures import Typist, said
from tests.gui.stage import Stage, settle
from tests.press_server import LONG, Press

Open = Callable[..., Stage]
CTRL = Qt.KeyboardModifier.ControlModifier


def put(desk: Desk, title: str, minutes: int, url: str = "") -> Item:
    draft = ItemDraft("Báo A", title, desk.now() - timedelta(minutes=minutes), url, text="Nội dung của tin.")
    return monitoring.add_item(desk, draft)[0]


def now(desk: Desk, item: Item) -> tuple[ItemState, Triage | None, str, str]:
    found = monitoring.view(desk, item.id).item.now
    return found.state, found.verdict, found.assignee, found.done


def opened(stage: Stage) -> MonitoringScreen:
    stage.window.activateWindow()
    screen = stage.show("monitoring")
    assert isinstance(screen, MonitoringScreen)
    screen.queue.list.setFocus()
    screen.queue.list.select_first()
    settle(stage.courier)
    return screen


def press(stage: Stage, key: Qt.Key, ctrl: bool = False) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClick(focus, key, CTRL if ctrl else Qt.KeyboardModifier.NoModifier)
    settle(stage.courier)


def type_(stage: Stage, text: str) -> None:
    Typist(stage.window).type(text)
    settle(stage.courier)


def test_a_key_judges_and_the_next_item_is_there(stage: Open, desk: Desk) -> None:
    first, second, third = (put(desk, f"Tin {n}", n) for n in (1, 2, 3))
    shown = stage(desk)
    screen = opened(shown)
    assert screen.queue.reader.item_id == first.id
    press(shown, Qt.Key.Key_4)
    assert now(desk, first)[:2] == (ItemState.OPEN, Triage.FALSE)
    assert screen.queue.reader.item_id == second.id
    press(shown, Qt.Key.Key_0)
    assert now(desk, second)[:2] == (ItemState.CLOSED, Triage.UNRELATED)
    assert screen.queue.reader.item_id == third.id
    press(shown, Qt.Key.Key_Z, ctrl=True)
    assert now(desk, second)[:2] == (ItemState.NEW, None)
    press(shown, Qt.Key.Key_Z, ctrl=True)
    assert now(desk, first)[:2] == (ItemState.NEW, None)


def test_the_last_item_judged_leaves_an_empty_queue(stage: Open, desk: Desk) -> None:
    only = put(desk, "Tin duy nhất", 1)
    shown = stage(desk)
    screen = opened(shown)
    press(shown, Qt.Key.Key_1)
    assert now(desk, only)[1] is Triage.TRUE
    assert screen.queue.reader.item_id is None
    assert screen.queue.model.rowCount() == 0


def test_a_digit_in_the_search_is_a_digit(stage: Open, desk: Desk) -> None:
    item = put(desk, "Nghị quyết 57", 1)
    shown = stage(desk)
    screen = opened(shown)
    screen.focus_search()
    type_(shown, "57")
    QTest.keyClick(screen.queue.search, Qt.Key.Key_Return)
    settle(shown.courier)
    assert screen.queue.search.text() == "57"
    assert now(desk, item)[1] is None


def test_an_item_is_given_away_and_closed_with_what_was_done_without_a_mouse(stage: Open, desk: Desk) -> None:
    item = put(desk, "Tin cần xử lý", 1)
    shown = stage(desk)
    screen = opened(shown)
    press(shown, Qt.Key.Key_G, ctrl=True)
    type_(shown, "Lê Thị Ánh")
    press(shown, Qt.Key.Key_Return)
    assert now(desk, item)[2] == "Lê Thị Ánh"
    screen.open_record("news", item.id)
    settle(shown.courier)
    press(shown, Qt.Key.Key_D, ctrl=True)
    type_(shown, "đã gọi")
    press(shown, Qt.Key.Key_Return)
    assert "Chưa phân loại" in shown.window.status_line.said()
    press(shown, Qt.Key.Key_Escape)
    screen.queue.reader.judge(Triage.MISLEADING)
    settle(shown.courier)
    screen.open_record("news", item.id)
    settle(shown.courier)
    press(shown, Qt.Key.Key_D, ctrl=True)
    type_(shown, "đã gọi tòa soạn")
    press(shown, Qt.Key.Key_Return)
    assert now(desk, item) == (ItemState.CLOSED, Triage.MISLEADING, "Lê Thị Ánh", "đã gọi tòa soạn")


def test_an_item_becomes_an_article_and_the_day_a_report(stage: Open, desk: Desk) -> None:
    put(desk, "Tin về đê", 1)
    shown = stage(desk)
    opened(shown)
    press(shown, Qt.Key.Key_B, ctrl=True)
    screen = shown.control.pages.current()
    assert isinstance(screen, CoverageScreen)
    assert isinstance(screen.page.article, Article)
    assert screen.page.article.text == "Nội dung của tin."
    shown.show("monitoring")
    press(shown, Qt.Key.Key_T, ctrl=True)
    assert isinstance(shown.control.pages.current(), PapersScreen)


def test_what_is_typed_into_a_new_item_is_kept_and_saved_with_ctrl_s(stage: Open, desk: Desk) -> None:
    shown = stage(desk)
    screen = opened(shown)
    shown.control.create("news")
    type_(shown, "Facebook: Nhóm B")
    screen.form.title_edit.setText("Bài đăng lạ")
    press(shown, Qt.Key.Key_S, ctrl=True)
    assert screen.queue.reader.view is not None
    assert screen.queue.reader.view.item.title == "Bài đăng lạ"
    assert screen.queue.reader.view.item.where == "Facebook: Nhóm B"


def test_the_sheet_of_a_false_post_is_saved_and_names_what_is_missing(stage: Open, desk: Desk) -> None:
    item = put(desk, "Tin giả", 1)
    monitoring.judge(desk, item.id, Triage.FALSE_POST)
    shown = stage(desk)
    screen = opened(shown)
    screen.open_record("news", item.id)
    settle(shown.courier)
    press(shown, Qt.Key.Key_E, ctrl=True)
    press(shown, Qt.Key.Key_S, ctrl=True)
    fact = next(field for field in screen.sheet.fields if field.name == "fact")
    assert fact.error()
    type_(shown, "Không có việc ấy")
    press(shown, Qt.Key.Key_S, ctrl=True)
    assert false_posts.proposed(desk, item.id).fact == "Không có việc ấy"


def test_sources_are_fetched_when_asked_and_a_bad_one_says_why(
    stage: Open, desk: Desk, tmp_path: Path
) -> None:
    with Press(tmp_path) as server:
        online = replace(desk, web=Web(Fetcher(loopback_ports={server.port}, pace_s=0, patience_s=3)))
        for path in ("gone", "rss"):
            monitoring_sources.save_source(online, SourceDraft(path, server.url(path)))
        shown = stage(online)
        screen = opened(shown)
        shown.courier.changed_by(FETCH_NOW)
        rounds = shown.control._fetching
        settle(shown.courier)
        while rounds._waiting:
            rounds._look()
            settle(shown.courier)
        row = screen.queue.model.row_at(0)
        assert row is not None
        assert row.title == "Sở Thông tin và Truyền thông công bố dự án số"
        screen.show_watch()
        settle(shown.courier)
        assert "không còn ở địa chỉ này" in said(screen.watch)
        screen.show_queue()
        screen.open_record("news", row.id)
        settle(shown.courier)
        screen.queue.reader.capture()
        settle(shown.courier)
        assert LONG in screen.queue.reader.text.toPlainText()


@pytest.mark.parametrize("minutes", [0, 60])
def test_the_pause_between_two_looks_is_chosen_on_the_page(stage: Open, desk: Desk, minutes: int) -> None:
    shown = stage(desk)
    screen = opened(shown)
    screen.show_watch()
    settle(shown.courier)
    screen.watch.every.set_value(minutes)
    settle(shown.courier)
    assert monitoring_sources.every(desk) == minutes


def test_a_subject_and_a_source_are_typed_in_and_taken_out_again(stage: Open, desk: Desk) -> None:
    item = put(desk, "Giá rau tăng", 1)
    shown = stage(desk)
    screen = opened(shown)
    screen.show_watch()
    settle(shown.courier)
    screen.watch.name.setText("Giá cả")
    screen.watch.phrases.setText("gia rau; giá thịt")
    screen.watch.add_subject()
    settle(shown.courier)
    assert [one.phrases for one in monitoring_sources.subjects(desk)] == [("gia rau", "giá thịt")]
    assert [one.name for one in monitoring.view(desk, item.id).item.subjects] == ["Giá cả"]
    screen.watch.url.setText("khong phai")
    screen.watch.add_source()
    settle(shown.courier)
    assert next(field for field in screen.watch.fields if field.name == "url").error()
    screen.watch._drop_subject(monitoring_sources.subjects(desk)[0].id)
    settle(shown.courier)
    assert monitoring_sources.subjects(desk) == ()


def test_an_item_found_elsewhere_is_shown_although_the_queue_was_not_read_yet(
    stage: Open, desk: Desk
) -> None:
    older, _newer = put(desk, "Tin cần tìm", 90), put(desk, "Tin mới nhất", 1)
    shown = stage(desk)
    shown.control.navigate("news", older.id)
    settle(shown.courier)
    screen = shown.control.pages.current()
    assert isinstance(screen, MonitoringScreen)
    assert screen.queue.reader.item_id == older.id
    assert "Tin cần tìm" in said(screen.queue.reader)
