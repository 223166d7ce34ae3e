"""The first page: what is due with its law, what waits for me, and a calm beginning."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.journal import GivenForm
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.requests import GivenAnswer
from spokesdesk.gui.remaining import left
from spokesdesk.gui.tasks import TaskCard
from spokesdesk.gui.today import TodayScreen
from spokesdesk.gui.widgets.rowlist import RowCells
from spokesdesk.services import papers, requests
from spokesdesk.services.ports import Desk
from tests.desks import Office
from tests.gui.desk_fixtures import logged, said
from tests.gui.stage import Stage, settle

Open = Callable[..., Stage]


def today_of(stage: Stage) -> TodayScreen:
    screen = stage.show("today")
    assert isinstance(screen, TodayScreen)
    return screen


def rows(card: TaskCard, stage: Stage) -> list[RowCells]:
    for _twice in range(2):
        found = card.shown_cells()
        settle(stage.courier)
    return found


def test_what_is_due_stands_with_the_time_left_and_the_law(stage: Open, desk: Desk) -> None:
    now = desk.now()
    later = logged(desk, "Trả lời về giá đất", answer_event="answer_demanded")
    logged(desk, "Không có hạn")
    logged(desk, "Gọi lại", follow_up="Gửi quyết định 214", follow_up_on=vn_day(now) + timedelta(days=1))
    opened = stage(desk)
    due = rows(today_of(opened).due, opened)
    assert later.due is not None
    assert later.due.due_at is not None
    assert [row.title for row in due] == ["Gửi quyết định 214", "Trả lời về giá đất"], "the earliest first"
    assert due[1].chip == left(later.due.due_at, desk.now())[0]
    assert later.due.citation in due[1].detail
    assert "Vũ Quốc Huy" in due[1].note


def test_what_is_late_is_red_and_what_is_soon_amber(desk: Desk) -> None:
    now = datetime(2026, 11, 20, 2, 0, tzinfo=desk.now().tzinfo)
    tones = [left(now + timedelta(hours=hours), now)[1] for hours in (-1, 3, 30, 24 * 5)]
    assert tones == ["red", "red", "amber", "teal"]


def test_what_is_settled_leaves_the_page(stage: Open, desk: Desk) -> None:
    entry = logged(desk, "Trả lời về giá đất", answer_event="answer_demanded")
    opened = stage(desk)
    screen = today_of(opened)
    assert len(rows(screen.due, opened)) == 1
    asked = requests.of_contact(desk, entry.id)
    assert asked is not None
    answer = GivenAnswer("Đã có quyết định.", GivenForm.EMAIL, "", desk.now())
    _request, changes = requests.answer(desk, asked, answer)
    opened.courier.changed_by(changes)
    settle(opened.courier)
    assert rows(screen.due, opened) == []
    assert "Không có việc nào đến hạn" in said(screen)


def test_enter_on_a_line_opens_its_entry(stage: Open, desk: Desk) -> None:
    logged(desk, "Trả lời về giá đất", answer_event="answer_demanded")
    opened = stage(desk)
    opened.window.activateWindow()
    screen = today_of(opened)
    rows(screen.due, opened)
    screen.due.rows.setFocus()
    screen.due.rows.select_first()
    QTest.keyClick(screen.due.rows, Qt.Key.Key_Return)
    settle(opened.courier)
    shown = opened.control.pages.current()
    assert shown is not None
    assert shown.name == "requests", "an entry that brought a request waits as that request"
    assert "Trả lời về giá đất" in said(shown)


def test_what_waits_is_what_the_member_may_move(stage: Open, office: Office) -> None:
    blank = replace(
        papers.blank(office.drafter, LetterKind.THONG_CAO_BAO_CHI), subject="Về hạn mặn", body="Độ mặn giảm."
    )
    paper, _changes = papers.create(office.drafter, blank)
    papers.submit(office.drafter, paper.id)
    for_leader = stage(office.leader)
    waiting = rows(today_of(for_leader).waiting, for_leader)
    assert [(row.title, row.chip) for row in waiting] == [("Về hạn mặn", "Chờ duyệt")]
    for_registry = stage(office.registry)
    assert rows(today_of(for_registry).waiting, for_registry) == []


def test_the_day_is_counted(stage: Open, desk: Desk) -> None:
    logged(desk, "Hôm nay", received_at=desk.now())
    logged(desk, "Ba hôm trước", received_at=desk.now() - timedelta(days=3))
    told = said(today_of(stage(desk)))
    assert "1 lượt tiếp xúc hôm nay" in told
    assert "2 lượt trong 7 ngày" in told


def test_a_new_desk_says_how_to_begin(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    screen = today_of(opened)
    assert "Ctrl+N" in said(screen.start)
    QTest.mouseClick(screen.start.button, Qt.MouseButton.LeftButton)
    shown = opened.control.pages.current()
    assert shown is not None
    assert shown.name == "journal"


def test_locking_shows_nothing_of_the_day(stage: Open, desk: Desk) -> None:
    logged(desk, "Trả lời về giá đất", answer_event="answer_demanded")
    opened = stage(desk)
    screen = today_of(opened)
    assert rows(screen.due, opened)
    screen.desk_closed()
    settle(opened.courier)
    assert screen.due.shown_cells() == []
    assert "1 lượt" not in said(screen)
