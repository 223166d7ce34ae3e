"""The page of carrying by hand, the ledger's choices, and the receipt, as a person uses them."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spokesdesk.domain.people import Outlet, Role
from spokesdesk.gui.sync.listing import Choice, choices
from spokesdesk.gui.sync.screen import SyncScreen
from spokesdesk.services import people, sync
from spokesdesk.services.ports import Desk, SyncRow
from tests.desks import Office
from tests.gui.stage import Stage, settle
from tests.server.running import RunningPortal
from tests.sync.pairs import made_desk, well

Open = Callable[..., Stage]


@pytest.fixture
def colleague(tmp_path: Path) -> Iterator[Desk]:
    """A desk of the same agency."""
    desk = made_desk(tmp_path / "ban", "Lê Thị Mai")
    yield desk
    desk.close()


@pytest.fixture
def own(office: Office, colleague: Desk, portal: RunningPortal) -> Desk:
    """This desk, which shares a journal with the colleague's."""
    made = office.spokesperson.working_as(replace(office.spokesperson.member, roles=frozenset(Role)))
    agency = f"Sở {secrets.token_hex(4)}"
    for desk in (made, colleague):
        sync.connect(desk, portal.url, portal.quick_code(agency))
    for desk in (made, colleague, made):
        well(desk)
    return made


def sync_screen(stage: Stage) -> SyncScreen:
    screen = stage.show("sync")
    assert isinstance(screen, SyncScreen)
    settle(stage.courier)
    return screen


def said(screen: SyncScreen) -> str:
    return screen.carry.note.accessibleName()


def choice(words: str) -> Choice:
    return next(one for one in choices() if one.text == words)


def test_a_stick_goes_out_and_comes_back_and_each_step_is_said(
    stage: Open, own: Desk, colleague: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    stick = tmp_path / "the"
    stick.mkdir()
    opened = stage(own)
    screen = sync_screen(opened)
    QTest.keyClick(screen.carry_button, Qt.Key.Key_Space)
    assert screen.carry.isVisible()
    screen.carry.read(str(stick))
    qtbot.waitUntil(lambda: "không có gì do máy khác" in said(screen), timeout=10_000)
    people.save_outlet(own, Outlet(own.new_id(), "Báo Mang Tay"))
    screen.carry.write(str(stick))
    qtbot.waitUntil(lambda: "Đã ghi 1 thay đổi của máy này" in said(screen), timeout=10_000)
    assert "Lê Thị Mai" in said(screen)
    assert not screen.carry.pace.is_running()
    sync.carry_in(colleague, stick)
    well(colleague)
    sync.carry_out(colleague, stick)
    screen.carry.read(str(stick))
    qtbot.waitUntil(lambda: "1 thay đổi của máy này đã vào sổ chung" in said(screen), timeout=10_000)
    QTest.keyClick(screen.carry, Qt.Key.Key_Escape)
    assert not screen.carry.isVisible()


def test_the_ledger_is_narrowed_by_state_and_by_words_without_accents(
    stage: Open, own: Desk, qtbot: QtBot
) -> None:
    for name in ("Báo Đắk Lắk", "Báo Ấp Bắc"):
        people.save_outlet(own, Outlet(own.new_id(), name))
    sync.preview(own)
    opened = stage(own)
    screen = sync_screen(opened)
    screen.list.choose(choice("Chờ gửi"))
    settle(opened.courier)
    assert names(screen, opened) == {"Báo Đắk Lắk", "Báo Ấp Bắc"}
    assert [chip.text() for chip in screen.list.chips if chip.isChecked()] == ["Chờ gửi 2"]
    screen.list.search.setText("dak")
    qtbot.waitUntil(lambda: names(screen, opened) == {"Báo Đắk Lắk"}, timeout=10_000)
    screen.list.choose(choice("Chưa nhận"))
    settle(opened.courier)
    assert screen.model.rowCount() == 0


def names(screen: SyncScreen, stage: Stage) -> set[str]:
    settle(stage.courier)
    rows = [screen.model.row_at(n) for n in range(screen.model.rowCount())]
    settle(stage.courier)
    rows = [screen.model.row_at(n) for n in range(screen.model.rowCount())]
    return {row.title for row in rows if isinstance(row, SyncRow)}


def test_the_receipt_is_shown_by_enter_and_copied(stage: Open, own: Desk, qtbot: QtBot) -> None:
    made, _changes = people.save_outlet(own, Outlet(own.new_id(), "Báo Biên Nhận"))
    well(own)
    opened = stage(own)
    screen = sync_screen(opened)
    screen.list.search.setText("bien nhan")
    qtbot.waitUntil(lambda: names(screen, opened) == {"Báo Biên Nhận"}, timeout=10_000)
    screen.list.list.select_first()
    QTest.keyClick(screen.list.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hasattr(screen, "sheet"), timeout=10_000)
    text = screen.sheet.text.toPlainText()
    assert "Đã vào sổ chung" in text
    assert str(made.id) in text
    screen.sheet.copy()
    assert QGuiApplication.clipboard().text() == text
    screen.sheet.close()


def test_files_are_listed_with_their_state(stage: Open, own: Desk) -> None:
    from datetime import timedelta

    from spokesdesk.domain.journal import Channel, ContactDraft
    from spokesdesk.services import journal

    kept = own.files.put_bytes(b"%PDF anh", "ảnh hiện trường.pdf")
    at = own.now() - timedelta(hours=1)
    journal.log_contact(own, ContactDraft(Channel.PHONE, at, "Báo Z", "Lê An", "sạt lở", attachments=(kept,)))
    opened = stage(own)
    screen = sync_screen(opened)
    screen.list.choose(choice("Tệp"))
    settle(opened.courier)
    states = {row.name: row.state for row in sync.file_rows(own)}
    assert states["ảnh hiện trường.pdf"] == "queued"
    assert screen.model.rowCount() == len(states)
    well(own)
    sync.exchange_files(own)
    assert {row.name: row.state for row in sync.file_rows(own)}["ảnh hiện trường.pdf"] == "accepted"
