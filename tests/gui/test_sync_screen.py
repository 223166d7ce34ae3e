"""The way to the portal in the window: connecting, a ledger one can trust, and offline as a calm state."""

import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from spokesdesk.domain.errors import OutsideError
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Role
from spokesdesk.gui.prefs.keys import KeysCard
from spokesdesk.gui.prefs.portal import PortalSection
from spokesdesk.gui.sync.listing import choices
from spokesdesk.gui.sync.screen import SyncScreen
from spokesdesk.server import accounts
from spokesdesk.server.portal import utc_now
from spokesdesk.services import sync
from spokesdesk.services.ports import Desk, SyncRow
from tests.desks import Office
from tests.gui.realcase import open_paper
from tests.gui.stage import Stage, settle
from tests.server.running import RunningPortal
from tests.sync.desks import press_release, released

Open = Callable[..., Stage]


@pytest.fixture
def desk_of_one(office: Office) -> Desk:
    """The desk with one person in every role."""
    return office.spokesperson.working_as(replace(office.spokesperson.member, roles=frozenset(Role)))


def sync_screen(stage: Stage) -> SyncScreen:
    screen = stage.show("sync")
    assert isinstance(screen, SyncScreen)
    settle(stage.courier)
    return screen


def enrolled(desk: Desk, portal: RunningPortal) -> None:
    sync.connect(desk, portal.url, portal.quick_code(f"Sở {secrets.token_hex(4)}"))


def give_release(desk: Desk) -> Paper:
    return released(desk, press_release(f"về thông tin {secrets.token_hex(4)}"))


def test_only_an_administrator_connects(stage: Open, office: Office) -> None:
    screen = sync_screen(stage(office.drafter))
    assert not screen.connect_card.button.isEnabled()
    assert screen.primary_action() is None


def test_connecting_asks_for_what_is_missing_and_says_what_is_wrong(
    stage: Open, desk_of_one: Desk, portal: RunningPortal, qtbot: QtBot
) -> None:
    opened = stage(desk_of_one)
    screen = sync_screen(opened)
    card = screen.connect_card
    card.connect_now()
    assert [field.name for field in card.fields if field.error()] == ["portal"]
    card.portal.setText("http://cong.vi.du")
    card.code.setText("AAAA-BBBB")
    card.connect_now()
    settle(opened.courier)
    assert [field.name for field in card.fields if field.error()] == ["portal"]
    card.portal.setText(portal.url)
    card.connect_now()
    settle(opened.courier)
    assert [field.name for field in card.fields if field.error()] == ["code"]
    assert (card.portal.text(), card.code.text()) == (portal.url, "AAAA-BBBB")
    card.code.setText(portal.quick_code(f"Sở {secrets.token_hex(4)}"))
    card.connect_now()
    settle(opened.courier)
    assert screen.state is not None
    assert screen.state.portal == portal.url
    assert screen.primary_action() is not None


def test_signing_in_by_the_browser_needs_no_code_and_says_when_it_failed(
    stage: Open, desk_of_one: Desk, portal: RunningPortal, qtbot: QtBot
) -> None:
    class NoBrowser:
        def sign_in(
            self, page: Callable[[str], str], state: str, is_wanted: Callable[[], bool] | None = None
        ) -> tuple[str, str]:
            shown.append(page("http://127.0.0.1:8000/x"))
            raise OutsideError("browser_missing")

    shown: list[str] = []
    opened = stage(replace(desk_of_one, browser=NoBrowser()))
    card = sync_screen(opened).connect_card
    card.portal.setText(portal.url)
    card.browse.click()
    settle(opened.courier)
    assert card.browse.isEnabled()
    assert not card._hint.isHidden()
    assert shown[0].startswith(
        f"{portal.url}/dang-nhap-may?response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1"
    )


def test_a_release_goes_out_and_its_page_is_known(
    stage: Open, desk_of_one: Desk, portal: RunningPortal, qtbot: QtBot
) -> None:
    enrolled(desk_of_one, portal)
    paper = give_release(desk_of_one)
    opened = stage(desk_of_one)
    screen = sync_screen(opened)
    screen.sync_now()
    qtbot.waitUntil(lambda: [row.state for row in sync.ledger(desk_of_one)] == ["published"], timeout=20_000)
    settle(opened.courier)
    screen.list.choose(next(one for one in choices() if one.states == ("published",)))
    settle(opened.courier)
    row = screen.model.row_at(0)
    assert isinstance(row, SyncRow)
    assert (row.record, row.state) == (paper.id, "published")
    assert row.url.startswith(portal.url)
    page = open_paper(opened, paper, qtbot)
    assert page.top.sync_said() == "Đã đăng trên cổng"


def test_offline_is_calm_and_counts_what_waits(
    stage: Open, desk_of_one: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    own = RunningPortal(tmp_path / "portal").start()
    try:
        enrolled(desk_of_one, own)
    finally:
        own.stop()
        RunningPortal.close_all()
    paper = give_release(desk_of_one)
    opened = stage(desk_of_one)
    screen = sync_screen(opened)
    screen.sync_now()
    said = re.compile(r"Đang ngoại tuyến\. (\d+) mục chờ gửi")
    qtbot.waitUntil(lambda: said.search(screen.calm_words()) is not None, timeout=20_000)
    settle(opened.courier)
    count = sync.state(desk_of_one).unsent
    assert count > 1, "the release, and what was written on the way to it"
    assert said.findall(screen.calm_words()) == [str(count)]
    assert opened.window.status_line._chip.text() == f"Ngoại tuyến · {count} chờ gửi"
    assert [row.state for row in sync.ledger(desk_of_one)] == ["queued"]
    page = open_paper(opened, paper, qtbot)
    assert page.top.sync_said() == "Chờ gửi lên cổng"


def test_a_round_asked_for_brings_the_status_line_back_from_offline(
    stage: Open, desk_of_one: Desk, portal: RunningPortal, qtbot: QtBot
) -> None:
    enrolled(desk_of_one, portal)
    opened = stage(desk_of_one)
    opened.control._rounds._not_done(OutsideError("portal_unreachable", portal=portal.url))
    settle(opened.courier)
    assert opened.window.status_line._chip.text().startswith("Ngoại tuyến")
    sync_screen(opened).sync_now()
    qtbot.waitUntil(lambda: opened.window.status_line._chip.text() == "Đã kết nối cổng", timeout=20_000)
    assert opened.window.status_line._round.text().startswith("Đồng bộ lần cuối")


def test_the_settings_ask_for_a_portal_only_while_there_is_none(
    stage: Open, desk_of_one: Desk, portal: RunningPortal
) -> None:
    opened = stage(desk_of_one, first="settings")
    found: list[PortalSection] = list(opened.window.findChildren(PortalSection))
    (section,) = found
    assert not section.connect_card.isHidden()
    section.connect_card.portal.setText(portal.url)
    section.connect_card.code.setText(portal.quick_code(f"Sở {secrets.token_hex(4)}"))
    section.connect_card.connect_now()
    settle(opened.courier)
    assert section.connect_card.isHidden()
    assert portal.url in section._state.text()


def test_a_desk_that_may_not_send_any_more_is_led_to_the_file_of_what_waits(
    stage: Open, desk_of_one: Desk, portal: RunningPortal, qtbot: QtBot
) -> None:
    enrolled(desk_of_one, portal)
    sync.run_round(desk_of_one)
    with desk_of_one.read() as unit:
        place = unit.outbox.enrolment()
    assert place is not None
    accounts.revoke(portal.engine, place.device, utc_now())
    give_release(desk_of_one)
    opened = stage(desk_of_one)
    screen = sync_screen(opened)
    screen.sync_now()
    qtbot.waitUntil(screen.stuck.isVisible, timeout=20_000)
    assert "thu hồi" in screen.calm_words()
    screen.stuck.click()
    settle(opened.courier)
    settings = opened.control.pages.screen("settings")
    cards: list[KeysCard] = list(settings.findChildren(KeysCard))
    [card] = [one for one in cards if one.isVisible()]
    qtbot.waitUntil(card.out.isVisible, timeout=5_000)
