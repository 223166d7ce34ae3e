"""Journalists' accounts in the window of the province: verified, refused, blocked and taken back at a real portal."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from spokesdesk.domain.changes import Change
from spokesdesk.domain.door import AccountState
from spokesdesk.domain.people import Journalist, Role
from spokesdesk.domain.province import Standing
from spokesdesk.gui.province import ProvinceScreen
from spokesdesk.gui.today import TodayScreen
from spokesdesk.server import administering
from spokesdesk.server.door import deciding
from spokesdesk.services import drafts, people, province_journalists, sync, today
from spokesdesk.services.ports import Desk
from spokesdesk.services.province_shown import Tab
from tests.desks import Office
from tests.gui.desk_fixtures import said
from tests.gui.province_fixtures import fill, ident
from tests.gui.stage import Stage, settle
from tests.server.running import RunningPortal
from tests.server.visitors import Visitor
from tests.sync.pairs import well

Open = Callable[..., Stage]


@pytest.fixture
def province(office: Office, portal: RunningPortal) -> Desk:
    """The desk of the province, with one person in every role."""
    desk = office.spokesperson.working_as(replace(office.spokesperson.member, roles=frozenset(Role)))
    sync.connect(desk, portal.url, portal.quick_code(f"UBND {secrets.token_hex(4)}", province=True))
    well(desk)
    return desk


@pytest.fixture
def lan(portal: RunningPortal) -> Iterator[Visitor]:
    """A journalist who has just asked for an account, signed in."""
    visitor = Visitor(portal, name=f"Nguyễn Lan {secrets.token_hex(4)}")
    visitor.register()
    visitor.sign_in()
    yield visitor
    visitor.close()


def opened_at(stage: Open, desk: Desk, visitor: Visitor) -> tuple[Stage, ProvinceScreen]:
    """Open the list of accounts and the account of a visitor in it."""
    opened = stage(desk)
    screen = opened.show("province")
    assert isinstance(screen, ProvinceScreen)
    screen.list.choose(Tab.ACCOUNTS)
    settle(opened.courier)
    screen.list.search.setText(visitor.email)
    screen.list._search()
    settle(opened.courier)
    opened.window.activateWindow()
    screen.list.search.setFocus()
    QTest.keyClick(screen.list.search, Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget() or screen, Qt.Key.Key_Return)
    settle(opened.courier)
    assert screen.shows(screen.page)
    return opened, screen


def may_ask(visitor: Visitor) -> bool:
    return "<textarea" in visitor.get("/nha-bao/hoi").text


def state(portal: RunningPortal, visitor: Visitor) -> tuple[str, str]:
    [one] = deciding.accounts(portal.engine, words=visitor.email)
    return one.state, one.reason


def test_an_account_is_found_and_verified_by_keys_and_may_ask_at_once(
    stage: Open, province: Desk, portal: RunningPortal, lan: Visitor
) -> None:
    known = Journalist(province.new_id(), "Nguyễn Thị Lan Anh", card_number="IBT-02311")
    people.save_journalist(province, known)
    assert not may_ask(lan)
    opened, screen = opened_at(stage, province, lan)
    page = screen.page
    for told in (lan.name, "Báo Tuổi Trẻ", "IBT-02311", "0912 345 678", lan.email, known.name):
        assert told in said(page)
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_F3)
    settle(opened.courier)
    assert may_ask(lan)
    assert page.verify.isHidden()
    assert "Đã xác minh" in said(page)
    [act, *_] = administering.acts(portal.engine, 1)
    device = province_device(province)
    assert (act.act, act.told["device"]) == ("journalist_verified", device)
    assert lan.name not in str(act.told)


def province_device(desk: Desk) -> str:
    with desk.read() as unit:
        place = unit.outbox.enrolment()
    assert place is not None
    return str(place.device)


def test_what_was_verified_is_taken_back(
    stage: Open, province: Desk, portal: RunningPortal, lan: Visitor
) -> None:
    opened, screen = opened_at(stage, province, lan)
    screen.page.verify.click()
    settle(opened.courier)
    assert state(portal, lan) == ("verified", "")
    opened.control._toast._button.click()
    settle(opened.courier)
    assert state(portal, lan) == ("pending", "")
    assert not may_ask(lan)
    assert not screen.page.verify.isHidden()


def test_a_refusal_needs_a_reason_which_the_journalist_reads(
    stage: Open, province: Desk, portal: RunningPortal, lan: Visitor
) -> None:
    opened, screen = opened_at(stage, province, lan)
    page = screen.page
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_F6)
    page.asking.save()
    settle(opened.courier)
    assert [field.name for field in page.asking.fields if field.error()] == ["text"]
    assert state(portal, lan) == ("pending", "")
    page.asking.text.set_text("Tòa soạn không xác nhận\nsố thẻ.")
    QTest.keyClick(opened.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(opened.courier)
    assert state(portal, lan) == ("refused", "Tòa soạn không xác nhận số thẻ.")
    assert "Tòa soạn không xác nhận số thẻ." in lan.get("/nha-bao").text
    assert drafts.all_drafts(province) == ()


def test_a_block_is_lifted_to_what_it_was(
    stage: Open, province: Desk, portal: RunningPortal, lan: Visitor
) -> None:
    deciding.decide(portal.engine, lan.email, "verified", "", province.now())
    opened, screen = opened_at(stage, province, lan)
    QTest.keyClick(QApplication.focusWidget() or screen.page, Qt.Key.Key_F8)
    screen.page.asking.text.set_text("Thẻ đã bị thu hồi.")
    screen.page.asking.save()
    settle(opened.courier)
    assert state(portal, lan) == ("blocked", "Thẻ đã bị thu hồi.")
    opened.control._toast._button.click()
    settle(opened.courier)
    assert state(portal, lan) == ("verified", "")


def test_another_card_than_the_one_seen_is_not_verified(
    stage: Open, province: Desk, portal: RunningPortal, lan: Visitor
) -> None:
    opened, screen = opened_at(stage, province, lan)
    changed = {"name": lan.name, "outlet": "Báo Tuổi Trẻ", "card_number": "KHAC-1", "phone": "0912 345 678"}
    assert lan.send("/nha-bao/tai-khoan", **changed).status_code == 303
    screen.page.verify.click()
    settle(opened.courier)
    assert state(portal, lan) == ("pending", "")
    assert "vừa sửa" in opened.control._toast.accessibleName()
    assert "KHAC-1" in said(screen.page)
    screen.page.verify.click()
    settle(opened.courier)
    assert state(portal, lan) == ("verified", "")


def test_away_from_the_portal_the_list_is_read_and_nothing_is_decided(
    stage: Open, office: Office, tmp_path: Path
) -> None:
    portal = RunningPortal(tmp_path / "portal").start()
    desk = office.spokesperson.working_as(replace(office.spokesperson.member, roles=frozenset(Role)))
    sync.connect(desk, portal.url, portal.quick_code("UBND tỉnh", province=True))
    visitor = Visitor(portal)
    visitor.register()
    visitor.close()
    well(desk)
    portal.stop()
    opened, screen = opened_at(stage, desk, visitor)
    assert screen.list.asking.note.accessibleName().startswith("Chưa liên lạc được với cổng. Danh sách như")
    screen.page.verify.click()
    settle(opened.courier)
    assert "chưa quyết định gì" in opened.control._toast.accessibleName()
    [one] = province_journalists.known(desk).accounts
    assert one.state is AccountState.PENDING
    portal.start()
    try:
        screen.list.asking.ask()
        settle(opened.courier)
        assert screen.list.asking.note.isHidden()
        screen.page.verify.click()
        settle(opened.courier)
        assert state(portal, visitor) == ("verified", "")
    finally:
        portal.stop()
        RunningPortal.close_all()


def test_the_first_page_leads_to_the_account_that_waits_longest_and_to_a_complaint(
    stage: Open, desk: Desk
) -> None:
    fill(desk, Standing.PROVINCE)
    opened = stage(desk)
    opened.courier.changed.emit((Change("province"),))
    settle(opened.courier)
    page = opened.show("today")
    assert isinstance(page, TodayScreen)
    [item] = [one for one in today.board(desk).waiting if "tài khoản nhà báo" in one.title]
    assert item.title.startswith("3 ")
    first = province_journalists.known(desk).waiting[0]
    page._open(item)
    settle(opened.courier)
    screen = opened.control.pages.current()
    assert isinstance(screen, ProvinceScreen)
    assert screen.page.seen is not None
    assert (screen.page.seen.tab, screen.page.seen.title) == (Tab.ACCOUNTS, first.person.name)
    [item] = [one for one in today.board(desk).waiting if one.id == ident("complaint")]
    page._open(item)
    settle(opened.courier)
    assert (screen.page.seen.tab, screen.page.seen.id) == (Tab.COMPLAINTS, ident("complaint"))
