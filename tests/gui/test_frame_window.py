"""The whole window on a real, encrypted desk: opening, locking, switching, finding, and drafts that survive."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from spokesdesk.domain.people import Outlet
from spokesdesk.gui import places
from spokesdesk.gui.help import PAGES, page
from spokesdesk.gui.idle import IdleLock
from spokesdesk.gui.rounds import chip_of
from spokesdesk.gui.screen import Context
from spokesdesk.gui.start.unlock import UnlockPage
from spokesdesk.gui.who import WhoSheet
from spokesdesk.gui.widgets.fields import LineEdit
from spokesdesk.gui.widgets.states import Note, Toast
from spokesdesk.services import drafts, people
from spokesdesk.services.ports import Desk, SyncState
from tests.desks import PASSPHRASE, Office, copied
from tests.gui.stage import Stage, settle

Opens = Callable[..., Stage]


def visible(root: QWidget, kind: type[QWidget]) -> list[QWidget]:
    found: list[QWidget] = list(root.findChildren(kind))
    return [widget for widget in found if widget.isVisible()]


def notes(stage: Stage) -> list[str]:
    return [note.accessibleName() for note in visible(stage.window, Note)]


def click(root: QWidget, name: str) -> None:
    for button in visible(root, QPushButton):
        if button.accessibleName() == name:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            return
    raise AssertionError(f"no button {name}")


def unlock_page(stage: Stage) -> UnlockPage:
    found = visible(stage.window, UnlockPage)
    assert len(found) == 1
    assert isinstance(found[0], UnlockPage)
    return found[0]


def test_every_place_of_the_rail_opens_and_is_named(stage: Opens, desk: Desk) -> None:
    opened = stage(desk)
    for place in (*places.rail(), places.settings()):
        screen = opened.show(place.name)
        assert place.title in screen.accessibleName()
        assert len(page(place.name)) > 200, "a help page that says nothing"


def test_there_is_a_help_page_for_every_screen_and_the_start() -> None:
    names = {place.name for place in (*places.rail(), places.settings(), *places.beside())}
    assert names | {"start"} == set(PAGES)
    for name in PAGES:
        assert page(name).startswith("# ")


def test_shortcuts_leave_single_letters_and_the_typing_tools_keys_alone(stage: Opens) -> None:
    shortcuts: list[QShortcut] = list(stage().window.findChildren(QShortcut))
    keys = [shortcut.key().toString() for shortcut in shortcuts]
    assert {"Ctrl+N", "Ctrl+K", "F1", "Ctrl+6", "Ctrl+Shift+L"} <= set(keys)
    assert len(keys) == len(set(keys))
    forbidden = {"Alt+Z", "Ctrl+Shift", "Ctrl+Shift+F", "Ctrl+Alt"}
    assert not forbidden & set(keys)
    for key in keys:
        assert key.startswith(("Ctrl+", "F")), key


def test_who_works_is_shown_and_switched_with_a_pin(stage: Opens, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.spokesperson)
    who = opened.window.top._who
    assert "Trần Minh Khuê" in who.text()
    opened.control.ask_who()
    settle(opened.courier)
    sheet = visible(opened.window, WhoSheet)[0]
    leader = next(b for b in visible(sheet, QRadioButton) if isinstance(b, QRadioButton) and "Ổn" in b.text())
    leader.setChecked(True)
    pin = visible(sheet, QLineEdit)[0]
    QTest.keyClicks(pin, "1111")
    click(sheet, "Làm việc")
    settle(opened.courier)
    assert sheet.isVisible()
    assert "Trần Minh Khuê" in who.text()
    QTest.keyClicks(pin, "2468")
    click(sheet, "Làm việc")
    settle(opened.courier)
    assert "Nguyễn Văn Ổn" in who.text()
    desk = opened.session.desk()
    assert desk is not None
    assert desk.member.name == "Nguyễn Văn Ổn"


def test_the_palette_keeps_room_for_its_words_when_nothing_is_found(stage: Opens, desk: Desk) -> None:
    opened = stage(desk)
    palette = opened.control.palette
    palette.open()
    QTest.keyClicks(palette._edit, "khong co dau nhu vay")
    palette._search()
    settle(opened.courier)
    assert palette._none.isVisible()
    assert palette._edit.height() >= palette._edit.sizeHint().height()
    assert palette._none.geometry().bottom() <= palette.rect().bottom()


def test_the_palette_finds_entries_without_accents_and_opens_them(stage: Opens, desk: Desk) -> None:
    outlet = Outlet(desk.new_id(), "Báo Tuổi Trẻ")
    people.save_outlet(desk, outlet)
    opened = stage(desk, first="settings")
    went: list[tuple[str, UUID | None]] = []

    def noted(kind: str, record_id: UUID | None = None) -> None:
        went.append((kind, record_id))

    palette = opened.control.palette
    palette._context = _with_navigate(opened.control.context, noted)
    palette.open()
    QTest.keyClicks(palette._edit, "tuoi tre")
    palette._search()
    settle(opened.courier)
    assert "Báo Tuổi Trẻ" in [entry.title for entry in palette.entries()]
    QTest.keyClick(palette._edit, Qt.Key.Key_Return)
    assert went == [("outlet", outlet.id)]
    assert not palette.isVisible()


def test_the_palette_carries_out_commands(stage: Opens, desk: Desk) -> None:
    opened = stage(desk, first="settings")
    palette = opened.control.palette
    palette.open()
    QTest.keyClicks(palette._edit, "dong bo")
    assert palette.entries()[0].title == "Mở trang Đồng bộ"
    QTest.keyClick(palette._edit, Qt.Key.Key_Return)
    settle(opened.courier)
    current = opened.control.pages.current()
    assert current is not None
    assert current.name == "sync"


def test_the_palette_offers_only_what_is_possible_before_the_desk_is_open(stage: Opens) -> None:
    palette = stage().control.palette
    palette.open()
    assert [entry.title for entry in palette.entries()] == [
        "Ghi tiếp xúc mới",
        "Kiểm tra chữ ký số của tệp PDF",
        "Trợ giúp về trang này",
    ]


def test_locking_closes_the_desk_and_the_passphrase_opens_it_again(
    stage: Opens, template: Path, tmp_path: Path, courier: object
) -> None:
    opened = stage()
    _look(opened, copied(template, tmp_path))
    unlock = unlock_page(opened)
    QTest.keyClicks(unlock._secret, "wrong")
    QTest.keyClick(unlock._secret, Qt.Key.Key_Return)
    settle(opened.courier)
    assert unlock._secret_field.error()
    unlock._secret.setText(PASSPHRASE)
    QTest.keyClick(unlock._secret, Qt.Key.Key_Return)
    settle(opened.courier)
    desk = opened.session.desk()
    assert desk is not None
    for sheet in visible(opened.window, WhoSheet):
        sheet.close()
    opened.window.ask("lock")
    settle(opened.courier)
    assert opened.session.desk() is None
    assert unlock_page(opened).isVisible()


def test_a_reporter_at_the_locked_door_is_written_down_and_kept(
    stage: Opens, template: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    opened = stage()
    _look(opened, copied(template, tmp_path))
    opened.window.ask("new:contact")
    settle(opened.courier)
    assert any("chờ trong bộ nhớ" in note for note in notes(opened))
    screen = opened.control.pages.current()
    assert screen is not None
    fields = [field for field in visible(screen, LineEdit) if field.isEnabled()]
    QTest.keyClicks(fields[0], "nguyen van a")
    settle(opened.courier)
    click(opened.window, "Mở khóa")
    unlock = unlock_page(opened)
    unlock._secret.setText(PASSPHRASE)
    QTest.keyClick(unlock._secret, Qt.Key.Key_Return)
    settle(opened.courier)
    desk = opened.session.desk()
    assert desk is not None
    qtbot.waitUntil(lambda: len(drafts.all_drafts(desk)) > 0)
    assert "nguyen van a" in str(drafts.all_drafts(desk)[0].values)
    assert not any("chờ trong bộ nhớ" in note for note in notes(opened))
    desk.close()


def test_a_draft_of_a_killed_program_is_offered_back_and_can_be_dropped(stage: Opens, desk: Desk) -> None:
    drafts.save(desk, "contact", desk.new_id(), {"topic": "Giá đất"})
    opened = stage(desk, first="settings")
    assert [note for note in notes(opened) if "viết dở" in note]
    click(opened.window, "Bỏ bản này")
    settle(opened.courier)
    assert drafts.all_drafts(desk) == ()
    assert not [note for note in notes(opened) if "viết dở" in note]


def test_a_draft_is_taken_back_by_its_screen(stage: Opens, desk: Desk) -> None:
    drafts.save(desk, "contact", desk.new_id(), {"topic": "Giá đất đền bù"})
    opened = stage(desk, first="settings")
    click(opened.window, "Viết tiếp")
    settle(opened.courier)
    current = opened.control.pages.current()
    assert current is not None
    assert current.name == "journal"
    assert not [note for note in notes(opened) if "viết dở" in note]


def test_a_page_called_by_its_key_takes_the_cursor(stage: Opens, desk: Desk) -> None:
    opened = stage(desk)
    opened.window.activateWindow()
    for name in ("sync", "people", "settings", "papers", "coverage", "journal"):
        visible(opened.window.rail, QAbstractButton)[0].setFocus()
        screen = opened.show(name)
        here = QApplication.focusWidget()
        assert here is not None, name
        assert screen.isAncestorOf(here), name


def test_what_was_done_is_said_over_no_field_and_under_no_page(stage: Opens, desk: Desk) -> None:
    opened = stage(desk)
    opened.control.create("contact")
    opened.control.context.toast("Đã ghi vào sổ: " + "giá đất đền bù vành đai 4, " * 12)
    toast = visible(opened.window, Toast)[0]
    opened.show("people")
    opened.show("journal")
    top = toast.mapTo(opened.window, QPoint(0, 0)).y()
    shown = [
        field for field in visible(opened.window.stack, QLineEdit) if not field.visibleRegion().isEmpty()
    ]
    assert shown
    for field in shown:
        seen = field.visibleRegion().boundingRect().bottomLeft()
        assert field.mapTo(opened.window, seen).y() < top, f"{field.accessibleName()} is hidden"
    assert opened.window.childAt(toast.geometry().center()) in (toast, *toast.findChildren(QWidget))
    assert 600 < toast.width() < opened.window.width()


def test_a_desk_left_alone_locks_itself(stage: Opens, desk: Desk) -> None:
    locked: list[str] = []
    opened = stage(desk, first="settings")
    watch = IdleLock(opened.window, lambda: locked.append("locked"), 1)
    watch._limit_ms = 0
    watch.look()
    assert locked == ["locked"]


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 700)])
def test_no_screen_needs_a_horizontal_scroll_bar(stage: Opens, desk: Desk, width: int, height: int) -> None:
    opened = stage(desk, size=(width, height))
    wide: dict[str, tuple[int, int]] = {}
    for place in (*places.rail(), places.settings()):
        screen = opened.show(place.name)
        room = opened.window.stack.width()
        if screen.minimumSizeHint().width() > room:
            wide[place.name] = (screen.minimumSizeHint().width(), room)
    assert (opened.window.width(), opened.window.height()) == (width, height)
    assert wide == {}


@pytest.mark.parametrize(
    ("state", "offline", "chip"),
    [
        (SyncState("", 0, 0, 0, 0, None), False, ("", "neutral")),
        (SyncState("https://cong.example", 2, 0, 0, 0, None), True, ("Ngoại tuyến · 2 chờ gửi", "amber")),
        (SyncState("https://cong.example", 2, 0, 0, 0, None), False, ("2 chờ gửi", "teal")),
        (SyncState("https://cong.example", 0, 1, 3, 0, None), False, ("1 đã gửi, chờ đăng", "teal")),
        (SyncState("https://cong.example", 0, 0, 3, 0, None), False, ("3 đã đăng", "green")),
        (SyncState("https://cong.example", 0, 0, 0, 0, None), False, ("Đã kết nối cổng", "green")),
        (SyncState("https://cong.example", 0, 0, 3, 1, None), False, ("1 mục cổng chưa nhận", "amber")),
        (
            SyncState("https://cong.example", 1, 0, 3, 1, None),
            True,
            ("1 mục cổng chưa nhận · ngoại tuyến", "amber"),
        ),
        (
            SyncState("https://cong.example", 1, 0, 3, 0, None, conflicts=2),
            True,
            ("2 chỗ sửa khác nhau · ngoại tuyến", "amber"),
        ),
    ],
)
def test_the_status_line_says_how_it_stands_with_the_portal(
    state: SyncState, offline: bool, chip: tuple[str, str]
) -> None:
    assert chip_of(state, offline=offline) == chip


def _look(opened: Stage, folder: Path) -> None:
    """Let the product's own opening take over, as at a start."""
    from spokesdesk.gui.opening import Opening

    opening = Opening(opened.window, opened.courier, opened.session._door)
    opened.session, opened.control = opening.session, opening.control
    opening.begin(folder)
    settle(opened.courier)


def _with_navigate(context: Context, navigate: Callable[..., None]) -> Context:
    from dataclasses import replace

    return replace(context, navigate=navigate)
