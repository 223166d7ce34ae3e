"""The agency's keys in the settings: their mark, who holds them, and the ways back when they are gone."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.people import Role
from spokesdesk.gui.prefs.keys import KeysCard, RecoverySheet
from spokesdesk.services import journal, sync, workspace
from spokesdesk.services.ports import Desk
from tests.desks import Office
from tests.gui.stage import Stage, settle
from tests.server.running import RunningPortal
from tests.sync.pairs import made_desk, well

Open = Callable[..., Stage]


@pytest.fixture
def desk_of_one(office: Office) -> Desk:
    """The desk with one person in every role."""
    return office.spokesperson.working_as(replace(office.spokesperson.member, roles=frozenset(Role)))


@pytest.fixture
def colleague(tmp_path: Path) -> Iterator[Desk]:
    made = made_desk(tmp_path / "colleague", "Vũ Thị Sen")
    yield made
    made.close()


def card_of(opened: Stage) -> KeysCard:
    settle(opened.courier)
    found: list[KeysCard] = list(opened.window.findChildren(KeysCard))
    (card,) = found
    return card


def visit(desk: Desk, given: str) -> None:
    at = desk.now() - timedelta(hours=1)
    journal.log_contact(desk, ContactDraft(Channel.PHONE, at, "Báo A", "Phạm Hà", "hạn mặn", given=given))


def test_the_mark_and_the_holders_are_shown_and_what_waits_goes_as_a_file(
    stage: Open, desk_of_one: Desk, portal: RunningPortal, colleague: Desk, tmp_path: Path
) -> None:
    agency = f"Sở {secrets.token_hex(4)}"
    for desk in (desk_of_one, colleague):
        sync.connect(desk, portal.url, portal.quick_code(agency))
        well(desk)
    well(desk_of_one)
    well(colleague)
    card = card_of(stage(desk_of_one, first="settings"))
    assert not card.isHidden()
    assert sync.key_state(colleague).mark in card.mark.text()
    assert card.holders.text().count("có khóa") == 2
    assert "máy này" in card.holders.text()
    assert card.warning.isHidden()
    assert (card.recover.isHidden(), card.begin.isHidden(), card.out.isHidden()) == (True, True, False)
    visit(colleague, "gửi nhờ")
    sync.export_outbox(colleague, tmp_path / "a.hangcho")
    card.take_in(str(tmp_path / "a.hangcho"))
    settle(card._context.courier)
    assert [
        journal.contact(desk_of_one, row.id).given
        for row in journal.contact_rows(desk_of_one, journal.contact_numbers(desk_of_one, ""))
    ] == ["gửi nhờ"]
    card.write_out(str(tmp_path / "b.hangcho"))
    settle(card._context.courier)
    assert (tmp_path / "b.hangcho").read_bytes().startswith(b"SpokesDesk outbox 1")


def test_a_desk_that_waits_says_so_and_opens_with_a_printed_key(
    stage: Open, desk_of_one: Desk, portal: RunningPortal, colleague: Desk
) -> None:
    agency = f"Sở {secrets.token_hex(4)}"
    printed = workspace.new_recovery_key(colleague)
    sync.connect(colleague, portal.url, portal.quick_code(agency))
    visit(colleague, "của máy đã mất")
    well(colleague)
    sync.connect(desk_of_one, portal.url, portal.quick_code(agency))
    well(desk_of_one)
    opened = stage(desk_of_one, first="settings")
    card = card_of(opened)
    assert "đang chờ khóa" in card.mark.text()
    assert "đang chờ khóa" in card.warning.accessibleName()
    assert (card.recover.isHidden(), card.begin.isHidden(), card.out.isHidden()) == (False, False, True)
    card.ask_recovery()
    sheet = card.sheet
    assert isinstance(sheet, RecoverySheet)
    sheet.typed.setText("AAAA-BBBB")
    sheet.go_on()
    settle(opened.courier)
    assert sheet.field.error()
    sheet.typed.setText(printed.lower())
    sheet.go_on()
    settle(opened.courier)
    assert sync.key_state(desk_of_one).mark in card.mark.text()
    assert card.warning.isHidden()


def test_who_is_no_administrator_sees_the_key_and_cannot_open_or_take_in(
    stage: Open, office: Office, portal: RunningPortal
) -> None:
    admin = office.spokesperson.working_as(replace(office.spokesperson.member, roles=frozenset(Role)))
    sync.connect(admin, portal.url, portal.quick_code(f"Sở {secrets.token_hex(4)}"))
    well(admin)
    card = card_of(stage(office.drafter, first="settings"))
    assert "mã đối chiếu" in card.mark.text()
    assert (card.take.isHidden(), card.recover.isHidden(), card.begin.isHidden()) == (True, True, True)
