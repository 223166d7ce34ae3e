"""A desk without a network joins by a stick in the window, and is shown as what it is: nothing nags, nothing lies."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spokesdesk.domain.people import Outlet, Role
from spokesdesk.gui.rounds import chip_of
from spokesdesk.gui.sync.screen import SyncScreen
from spokesdesk.gui.sync.vouching import VouchSheet
from spokesdesk.services import people, sync
from spokesdesk.services.ports import Desk, SyncState
from tests.desks import Office
from tests.gui.stage import Stage, settle
from tests.server.running import RunningPortal
from tests.sync.pairs import made_desk, well
from tests.sync.rooms import unplugged

Open = Callable[..., Stage]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "the"
    made.mkdir()
    return made


@pytest.fixture
def own(office: Office) -> Desk:
    """This desk, with an administrator at it."""
    return office.spokesperson.working_as(replace(office.spokesperson.member, roles=frozenset(Role)))


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """The other desk of the agency."""
    desk = made_desk(tmp_path / "ban", "Lê Thị Mai")
    yield desk
    desk.close()


@pytest.fixture
def agency() -> str:
    return f"Sở {secrets.token_hex(4)}"


def sync_screen(stage: Stage) -> SyncScreen:
    screen = stage.show("sync")
    assert isinstance(screen, SyncScreen)
    settle(stage.courier)
    return screen


def connected(desk: Desk, portal: RunningPortal, agency: str) -> None:
    sync.connect(desk, portal.url, portal.quick_code(agency))
    well(desk)


def test_it_asks_shows_the_digits_and_enters_after_a_look(
    stage: Open, own: Desk, other: Desk, portal: RunningPortal, agency: str, stick: Path, qtbot: QtBot
) -> None:
    connected(other, portal, agency)
    opened = stage(unplugged(own))
    screen = sync_screen(opened)
    card = screen.joining.ask_card
    assert card.isVisible()
    assert card.ask_target() is None
    assert card.fields[0].error()  # the code is missing
    code = portal.quick_code(agency)
    card.code.setText("ABCD")
    card.write(str(stick))
    settle(opened.courier)
    assert "16" in card.fields[0].error()
    card.code.setText(code)
    card.write(str(stick))
    settle(opened.courier)
    [waiting] = sync.waiting_asks(other, stick)
    assert card.check.text() == waiting.check
    assert (card.code.text(), card.forget_button.isEnabled()) == ("", True)
    card.look(str(stick))
    settle(opened.courier)
    assert "chưa có giấy đón" in card.note.accessibleName()
    sync.vouch(other, stick, waiting.check, code)
    card.look(str(stick))
    qtbot.waitUntil(lambda: card.sheet is not None, timeout=10_000)
    assert card.sheet is not None
    assert sync.state(own).portal == ""  # looked at, not entered
    QTest.keyClick(card.sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sync.state(own).by_hand, timeout=10_000)
    qtbot.waitUntil(lambda: screen.state is not None and screen.state.by_hand, timeout=10_000)
    settle(opened.courier)
    assert not card.isVisible()
    assert screen.hand_button.isVisible()
    assert not screen.button.isVisible()
    assert not screen.carry_button.isVisible()


@pytest.fixture
def by_hand(own: Desk, other: Desk, portal: RunningPortal, agency: str, stick: Path) -> Desk:
    """This desk, which joined by a stick and asks no network."""
    connected(other, portal, agency)
    far, code = unplugged(own), portal.quick_code(agency)
    asked, _changes = sync.ask_to_join(far, stick, code)
    sync.vouch(other, stick, asked.check, code)
    sync.enter(far, stick)
    return far


def test_a_desk_that_goes_by_stick_is_calm_and_asks_nothing(
    stage: Open, by_hand: Desk, qtbot: QtBot, stick: Path
) -> None:
    people.save_outlet(by_hand, Outlet(by_hand.new_id(), "Báo Mang Tay"))
    opened = stage(by_hand)
    screen = sync_screen(opened)
    opened.control._rounds._round()  # what the clock does every minute
    settle(opened.courier)
    state = sync.state(by_hand)
    assert state.fault == ""
    assert "giữ tại đây" in screen.calm_words()
    assert "ngoại tuyến" not in screen.calm_words().lower()
    action = screen.primary_action()
    assert action is not None
    action.run()
    assert screen.carry.isVisible()
    assert not screen.carry._card_newcomer.isVisible()  # it cannot let anybody in
    screen.show_ledger()
    screen.show_connecting()
    settle(opened.courier)
    assert screen.connect_card.isVisible()
    assert screen.connect_card.portal.text() == state.portal
    assert screen.joining.ask_card.anew.isVisible()
    screen.leave_connecting()
    settle(opened.courier)
    assert not screen.connect_card.isVisible()


STATE = SyncState("https://cong.vi.du", 0, 0, 0, 0, None, by_hand=True)


@pytest.mark.parametrize(
    ("state", "words", "tone"),
    [
        (STATE, "Mang tay", "green"),
        (replace(STATE, waiting=3), "Mang tay · 3 chưa vào sổ chung", "teal"),
        (replace(STATE, conflicts=1), "1 chỗ sửa khác nhau", "amber"),
        (replace(STATE, fault="carry_gap"), "Mang tay · cần xem lại", "amber"),
    ],
)
def test_the_chip_never_speaks_of_a_network(state: SyncState, words: str, tone: str) -> None:
    for offline in (True, False):
        assert chip_of(state, offline=offline) == (words, tone)


def test_an_administrator_lets_a_desk_in_after_comparing(
    stage: Open, own: Desk, other: Desk, portal: RunningPortal, agency: str, stick: Path, qtbot: QtBot
) -> None:
    connected(own, portal, agency)
    code = portal.quick_code(agency)
    asked, _changes = sync.ask_to_join(unplugged(other), stick, code)
    opened = stage(own)
    screen = sync_screen(opened)
    screen.show_carry()
    assert screen.carry.newcomer.isEnabled()
    sheet = looked(screen, stick, qtbot)
    assert sheet.check.text() == asked.check
    assert not sheet.button.isEnabled()  # not before somebody has compared
    sheet.compared.setChecked(True)
    QTest.mouseClick(sheet.button, Qt.MouseButton.LeftButton)
    assert sheet.fields[0].error()
    sheet.code.setText(portal.quick_code(agency))
    QTest.mouseClick(sheet.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "không phải mã đã gõ ở máy mới" in said(screen), timeout=10_000)
    sheet = looked(screen, stick, qtbot)
    sheet.compared.setChecked(True)
    sheet.code.setText(code)
    QTest.mouseClick(sheet.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Đã đón máy mới" in said(screen), timeout=20_000)
    found, _changes = sync.enter(unplugged(other), stick)
    assert [one.fault for one in found] == [None]


def test_only_an_administrator_lets_desks_in(
    stage: Open, office: Office, own: Desk, portal: RunningPortal, agency: str
) -> None:
    connected(own, portal, agency)
    screen = sync_screen(stage(office.drafter))
    screen.show_carry()
    assert not screen.carry.newcomer.isEnabled()


def looked(screen: SyncScreen, stick: Path, qtbot: QtBot) -> VouchSheet:
    before = screen.carry.sheet
    screen.carry.look(str(stick))
    qtbot.waitUntil(lambda: screen.carry.sheet is not before, timeout=10_000)
    sheet = screen.carry.sheet
    assert sheet is not None
    return sheet


def said(screen: SyncScreen) -> str:
    return screen.carry.note.accessibleName()
