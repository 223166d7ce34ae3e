"""The address book: found without accents, changed and kept, one timeline each."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from spokesdesk.domain.people import NAME_LIMIT, Journalist, Outlet
from spokesdesk.gui.given import Given
from spokesdesk.gui.people.screen import PeopleScreen
from spokesdesk.gui.rows import ROW_ROLE
from spokesdesk.services import drafts, people
from spokesdesk.services.ports import Desk
from tests.gui.desk_fixtures import Typist, known_reporter, logged, said
from tests.gui.stage import Stage, settle

Open = Callable[..., Stage]


def people_of(stage: Stage) -> PeopleScreen:
    stage.window.activateWindow()
    screen = stage.show("people")
    assert isinstance(screen, PeopleScreen)
    return screen


def names(screen: PeopleScreen, stage: Stage) -> list[str]:
    model = screen.list.rows.rows()
    for _twice in range(2):
        found: list[Given[Journalist | Outlet]] = [
            model.index(n).data(ROW_ROLE) for n in range(model.rowCount())
        ]
        settle(stage.courier)
    return [given.item.name for given in found if given is not None]


def edit_of(screen: PeopleScreen, name: str) -> QLineEdit:
    edit = screen.page.field(name).edit
    assert isinstance(edit, QLineEdit)
    return edit


def test_people_are_found_without_accents(stage: Open, desk: Desk, qtbot: QtBot) -> None:
    known_reporter(desk)
    logged(desk, "Bãi thải")
    opened = stage(desk)
    screen = people_of(opened)
    assert names(screen, opened) == ["Vũ Quốc Huy", "Đặng Thị Đình Khuê"], "in the order of given names"
    QTest.keyClick(opened.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    Typist(opened.window).type("dinh khue")
    qtbot.waitUntil(lambda: names(screen, opened) == ["Đặng Thị Đình Khuê"])
    screen.list.search.clear()
    screen.list.show_kind("outlet")
    settle(opened.courier)
    assert names(screen, opened) == ["Báo Đại Đoàn Kết", "Báo Tuổi Trẻ"]


def test_a_click_on_the_row_that_has_the_focus_already_shows_it(stage: Open, desk: Desk) -> None:
    known_reporter(desk)
    logged(desk, "Bãi thải")
    opened = stage(desk)
    screen = people_of(opened)
    rows = screen.list.rows
    QTest.keyClick(opened.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    settle(opened.courier)
    assert rows.currentIndex().row() == 0
    before = screen.right.is_empty
    place = rows.visualRect(rows.rows().index(0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(opened.courier)
    assert (before, screen.right.is_empty) == (True, False)
    assert screen.page.title() == names(screen, opened)[0]


def test_a_journalist_shows_what_is_known_and_what_passed(stage: Open, desk: Desk) -> None:
    known = known_reporter(desk)
    logged(desk, "Giá đất đền bù", journalist=known.journalist.name, journalist_id=known.journalist.id)
    logged(desk, "Chuyện của người khác")
    opened = stage(desk)
    screen = people_of(opened)
    screen.open_record("journalist", known.journalist.id)
    settle(opened.courier)
    assert edit_of(screen, "card_number").text() == "IBT00123"
    assert edit_of(screen, "outlet").text() == "Báo Đại Đoàn Kết"
    assert timeline(screen, opened) == ["Giá đất đền bù"]
    screen.open_record("outlet", known.outlet.id)
    settle(opened.courier)
    assert timeline(screen, opened) == ["Chuyện của người khác", "Giá đất đền bù"]


def timeline(screen: PeopleScreen, stage: Stage) -> list[str]:
    model = screen.page.timeline.rows.rows()
    for _twice in range(2):
        found = [model.index(n).data(ROW_ROLE) for n in range(model.rowCount())]
        settle(stage.courier)
    return [given.item.title for given in found]


def test_a_line_of_the_timeline_opens_its_entry(stage: Open, desk: Desk) -> None:
    known = known_reporter(desk)
    entry = logged(desk, "Giá đất", journalist=known.journalist.name, journalist_id=known.journalist.id)
    opened = stage(desk)
    screen = people_of(opened)
    screen.open_record("journalist", known.journalist.id)
    settle(opened.courier)
    timeline(screen, opened)
    rows = screen.page.timeline.rows
    rows.setFocus()
    rows.select_first()
    QTest.keyClick(rows, Qt.Key.Key_Return)
    settle(opened.courier)
    shown = opened.control.pages.current()
    assert shown is not None
    assert shown.name == "journal"
    assert entry.topic in said(shown)


def test_a_change_is_kept_with_ctrl_s(stage: Open, desk: Desk) -> None:
    known = known_reporter(desk)
    opened = stage(desk)
    screen = people_of(opened)
    screen.open_record("journalist", known.journalist.id)
    settle(opened.courier)
    edit_of(screen, "phone").setText("0912 345 678")
    QTest.keyClick(opened.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(opened.courier)
    kept = people.journalist(desk, known.journalist.id)
    assert kept.phone == "0912 345 678"
    assert kept.outlet == known.outlet.ref
    assert kept.card_issued_on == known.journalist.card_issued_on
    assert not screen.page.is_dirty
    assert drafts.all_drafts(desk) == ()


def test_a_new_journalist_brings_a_new_outlet_along(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    screen = people_of(opened)
    screen.new("journalist")
    edit_of(screen, "name").setText("Hồ Ngọc Ấn")
    edit_of(screen, "outlet").setText("Báo Lao Động")
    screen.save()
    settle(opened.courier)
    made = people.journalists(desk)[0]
    assert made.name == "Hồ Ngọc Ấn"
    assert made.outlet is not None
    assert [outlet.name for outlet in people.outlets(desk)] == ["Báo Lao Động"]


def test_an_outlet_typed_without_accents_is_the_known_one(stage: Open, desk: Desk) -> None:
    known = known_reporter(desk)
    opened = stage(desk)
    screen = people_of(opened)
    screen.new("journalist")
    edit_of(screen, "name").setText("Hồ Ngọc Ấn")
    edit_of(screen, "outlet").setText("bao dai doan ket")
    screen.save()
    settle(opened.courier)
    assert {who.outlet for who in people.journalists(desk)} == {known.outlet.ref}


def test_wrong_input_is_said_at_its_field(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    screen = people_of(opened)
    screen.new("journalist")
    screen.save()
    settle(opened.courier)
    assert "“Họ và tên” còn trống" in screen.page.field("name").error()
    edit_of(screen, "name").setText("Hồ Ngọc Ấn")
    edit_of(screen, "card_issued_on").setText("hôm kia")
    screen.save()
    settle(opened.courier)
    assert "“Ngày cấp thẻ”" in screen.page.field("card_issued_on").error()
    assert edit_of(screen, "card_issued_on").text() == "hôm kia"
    edit_of(screen, "phone").setText("9" * (NAME_LIMIT + 1))
    assert str(NAME_LIMIT) in screen.page.field("phone").error()
    assert people.journalists(desk) == ()


def test_what_is_typed_waits_while_another_record_is_looked_at(stage: Open, desk: Desk) -> None:
    known = known_reporter(desk)
    opened = stage(desk)
    screen = people_of(opened)
    screen.open_record("journalist", known.journalist.id)
    settle(opened.courier)
    edit_of(screen, "phone").setText("0912")
    screen.open_record("outlet", known.outlet.id)
    settle(opened.courier)
    screen.open_record("journalist", known.journalist.id)
    settle(opened.courier)
    assert edit_of(screen, "phone").text() == "0912"
    assert screen.page.is_dirty


def test_what_was_typed_is_taken_back_after_a_kill(stage: Open, desk: Desk, qtbot: QtBot) -> None:
    known = known_reporter(desk)
    killed = stage(desk)
    screen = people_of(killed)
    screen.open_record("outlet", known.outlet.id)
    settle(killed.courier)
    edit_of(screen, "governing_body").setText("Ủy ban Trung ương MTTQ Việt Nam")
    qtbot.waitUntil(lambda: not screen.page.autosave.is_pending, timeout=1000)
    settle(killed.courier)
    kept = drafts.all_drafts(desk)
    assert [draft.form for draft in kept] == [f"outlet:{known.outlet.id}"]
    again = stage(desk)
    back = people_of(again)
    back.restore(kept[0])
    settle(again.courier)
    assert edit_of(back, "governing_body").text() == "Ủy ban Trung ương MTTQ Việt Nam"
    back.save()
    settle(again.courier)
    assert people.outlet(desk, known.outlet.id).governing_body == "Ủy ban Trung ương MTTQ Việt Nam"
    assert drafts.all_drafts(desk) == ()


def test_an_untouched_page_leaves_no_draft(stage: Open, desk: Desk) -> None:
    known = known_reporter(desk)
    opened = stage(desk)
    screen = people_of(opened)
    for kind, record in (("journalist", known.journalist.id), ("outlet", known.outlet.id)):
        screen.open_record(kind, record)
        settle(opened.courier)
    screen.flush()
    settle(opened.courier)
    assert drafts.all_drafts(desk) == ()


def test_changes_thrown_away_can_be_brought_back(stage: Open, desk: Desk) -> None:
    known = known_reporter(desk)
    opened = stage(desk)
    screen = people_of(opened)
    screen.open_record("journalist", known.journalist.id)
    settle(opened.courier)
    edit_of(screen, "phone").setText("0912")
    screen.page.undo_typing()
    assert edit_of(screen, "phone").text() == ""
    opened.control._toast._undone()
    assert edit_of(screen, "phone").text() == "0912"
