"""The exchange with the province in the window: its place in the rail, alerts acknowledged, notes written by keys."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from spokesdesk.domain.changes import Change
from spokesdesk.domain.province import NoteKind, Severity, Standing
from spokesdesk.gui.province import ProvinceScreen
from spokesdesk.gui.province.keysheet import NewKeySheet
from spokesdesk.gui.province.listing import tabs
from spokesdesk.gui.today import TodayScreen
from spokesdesk.services import drafts, province, province_keys
from spokesdesk.services.ports import Desk
from spokesdesk.services.province_shown import Act, Tab
from tests.gui.desk_fixtures import said
from tests.gui.province_fixtures import AGENCIES, alert, by_new_key, fill, ident
from tests.gui.stage import Stage, settle

Open = Callable[..., Stage]


def opened_as(stage: Open, desk: Desk, standing: Standing) -> tuple[Stage, ProvinceScreen]:
    """Open the screen on a desk that the portal told what it is."""
    fill(desk, standing)
    opened = stage(desk)
    opened.courier.changed.emit((Change("province"),))
    settle(opened.courier)
    screen = opened.show("province")
    assert isinstance(screen, ProvinceScreen)
    opened.window.activateWindow()
    return opened, screen


def seen_tabs(screen: ProvinceScreen) -> list[str]:
    return [chip.text() for chip in screen.list.chips if not chip.isHidden()]


def test_the_province_has_its_place_in_the_rail_and_agencies_do_not(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    assert "Tỉnh" not in said(opened.window.rail)
    fill(desk, Standing.PROVINCE)
    opened.courier.changed.emit((Change("province"),))
    settle(opened.courier)
    button = opened.window.rail._buttons["province"]
    assert button.isVisible()
    button.click()
    settle(opened.courier)
    screen = opened.control.pages.current()
    assert isinstance(screen, ProvinceScreen)
    assert seen_tabs(screen) == [words for _tab, words in tabs()]
    fill(desk, Standing.AGENCY)
    opened.courier.changed.emit((Change("province"),))
    settle(opened.courier)
    assert not button.isVisible()
    assert seen_tabs(screen) == ["Cảnh báo", "Phản bác", "Khó khăn"]


def test_an_alert_is_acknowledged_by_keys_and_leaves_the_first_page(stage: Open, desk: Desk) -> None:
    opened, screen = opened_as(stage, desk, Standing.AGENCY)
    opened.show("today")
    opened.control.navigate("province", ident("heard"))
    settle(opened.courier)
    page = screen.page
    assert page.seen is not None
    assert "244/2026/NĐ-CP" in said(page)
    assert page.seen.acts == {Act.ACK, Act.ANSWER}
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_F3)
    assert page.asking.is_open
    QTest.keyClicks(page.asking.text, "da bao cao giam doc")
    QTest.keyClick(opened.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(opened.courier)
    [ack] = province.matter(desk, ident("heard")).acknowledged.values()
    assert (ack.by, ack.text) == (desk.member.name, "da bao cao giam doc")
    assert page.seen.acts == {Act.ANSWER}
    assert page.ack.isHidden()
    assert drafts.all_drafts(desk) == ()


def test_an_alert_without_a_time_is_told_on_a_first_page_that_has_nothing_else(
    stage: Open, desk: Desk
) -> None:
    fill(desk, Standing.AGENCY)
    with desk.write() as unit:
        unit.province.take([replace(alert(desk.now()), item=ident("plain"), detail={})], 3, "0" * 64)
    province.acknowledge(desk, ident("heard"))
    province.answer(desk, ident("heard"), "Đã xử lý.")
    opened = stage(desk)
    page = opened.show("today")
    assert isinstance(page, TodayScreen)
    assert page.alerts.isVisible()
    assert page.alerts.rows.model().rowCount() == 1
    opened.control.navigate("province", ident("plain"))
    settle(opened.courier)
    screen = opened.control.pages.current()
    assert isinstance(screen, ProvinceScreen)
    assert screen.page.seen is not None
    assert screen.page.seen.id == ident("plain")


def test_the_form_is_gone_through_in_the_order_in_which_it_is_read(stage: Open, desk: Desk) -> None:
    opened, screen = opened_as(stage, desk, Standing.PROVINCE)
    screen.write(NoteKind.ALERT)
    settle(opened.courier)
    form = screen.form
    gone = []
    for edit in (form.title_edit, form.text, form.answer_by):
        gone.append(QApplication.focusWidget() is edit)
        QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert gone == [True, True, True]
    assert QApplication.focusWidget() is form.rule


def test_an_alert_is_written_and_stands_in_the_list(stage: Open, desk: Desk) -> None:
    opened, screen = opened_as(stage, desk, Standing.PROVINCE)
    screen.list.list.setFocus()
    QTest.keyClick(screen.list.list, Qt.Key.Key_F3)
    settle(opened.courier)
    form = screen.form
    assert screen.shows(form)
    assert QApplication.focusWidget() is form.title_edit
    QTest.keyClicks(form.title_edit, "Tin sai ve gia dien")
    form.save()
    settle(opened.courier)
    assert [field.name for field in form.fields if field.error()] == ["text"]
    form.text.set_text("Đề nghị kiểm tra.")
    form.severity.set_value(Severity.URGENT)
    form.recipient.set_value(str(ident(AGENCIES[2])))
    form.rule.set_value(province.alert_events(desk)[0][0])
    QTest.keyClick(opened.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(opened.courier)
    assert screen.shows(screen.page)
    assert screen.page.seen is not None
    assert screen.page.seen.title == "Tin sai ve gia dien"
    assert AGENCIES[2] in said(screen.page)
    assert "khoản 4 Điều 7" in said(screen.page)
    [made] = [
        one.note for one in province.matters(desk, NoteKind.ALERT) if one.note.title == "Tin sai ve gia dien"
    ]
    assert (made.severity, made.recipient) == (Severity.URGENT, str(ident(AGENCIES[2])))


def test_what_was_typed_comes_back(stage: Open, desk: Desk) -> None:
    opened, screen = opened_as(stage, desk, Standing.PROVINCE)
    screen.write(NoteKind.ASK)
    screen.form.title_edit.setText("số liệu quý III")
    screen.form.recipient.set_value(str(ident(AGENCIES[1])))
    screen.flush()
    settle(opened.courier)
    [draft] = drafts.all_drafts(desk)
    screen.form._empty()
    screen.restore(draft)
    settle(opened.courier)
    assert screen.form.kind is NoteKind.ASK
    assert screen.form.title_edit.text() == "số liệu quý III"
    assert screen.form.recipient.value() == str(ident(AGENCIES[1]))


def test_an_alert_is_found_from_the_palette_and_opened(stage: Open, desk: Desk) -> None:
    fill(desk, Standing.AGENCY)
    opened = stage(desk)
    palette = opened.control.palette
    palette.open()
    QTest.keyClicks(palette._edit, "ca chet trang song")
    palette._search()
    settle(opened.courier)
    [entry] = [one for one in palette.entries() if one.kind == "province"]
    assert (entry.record_id, entry.right) == (ident("heard"), "Trao đổi với tỉnh")
    QTest.keyClick(palette._edit, Qt.Key.Key_Return)
    settle(opened.courier)
    screen = opened.control.pages.current()
    assert isinstance(screen, ProvinceScreen)
    assert screen.page.seen is not None
    assert screen.page.seen.id == ident("heard")


def test_lists_are_searched_and_every_one_opens(stage: Open, desk: Desk) -> None:
    opened, screen = opened_as(stage, desk, Standing.PROVINCE)
    for tab in Tab:
        screen.show_list()
        screen.list.choose(tab)
        settle(opened.courier)
        row = screen.list.list.rows().row_at(0)
        settle(opened.courier)
        row = screen.list.list.rows().row_at(0)
        assert row is not None, tab
        screen.list.list.select(row.id)
        screen.open_record("province", row.id)
        settle(opened.courier)
        assert screen.page.seen is not None
        assert (screen.page.seen.tab, screen.page.seen.id) == (tab, row.id)
    screen.show_list()
    screen.list.choose(Tab.AGENCIES)
    screen.list.search.setText("so y te")
    screen.list._search()
    settle(opened.courier)
    assert screen.list.list.rows().rowCount() == 1


def key_sheet(screen: ProvinceScreen) -> NewKeySheet:
    sheets: list[NewKeySheet] = list(screen.findChildren(NewKeySheet))
    [found] = [one for one in sheets if one.isVisible()]
    return found


def test_a_note_by_a_new_key_is_seen_after_its_mark_was_confirmed(stage: Open, desk: Desk) -> None:
    by_new_key(desk)
    opened, screen = opened_as(stage, desk, Standing.AGENCY)
    [sender] = province_keys.new_senders(desk)
    page = opened.show("today")
    assert isinstance(page, TodayScreen)
    settle(opened.courier)
    assert page.alerts.rows.model().rowCount() == 2  # the alert that is believed, and that one waits
    opened.control.navigate("province", sender.id)
    settle(opened.courier)
    sheet = key_sheet(screen)
    assert sender.mark in said(sheet)
    sheet.cancel()
    settle(opened.courier)
    assert [one.id for one in province_keys.new_senders(desk)] == [sender.id]
    assert screen.list._key.isVisible()
    screen.list._key.click()
    settle(opened.courier)
    buttons: list[QPushButton] = list(key_sheet(screen).findChildren(QPushButton))
    next(one for one in buttons if one.text() == "Mã đúng, xác nhận").click()
    settle(opened.courier)
    assert province_keys.new_senders(desk) == ()
    assert screen.list._key.isHidden()
    assert province.matter(desk, ident("held")).note.title == "Cảnh báo ký bằng khóa mới"
