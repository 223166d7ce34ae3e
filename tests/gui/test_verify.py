"""The page that checks any PDF's signatures, with and without an open desk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from spokesdesk import bootstrap
from spokesdesk.gui.control import Control
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.screen import Screen
from spokesdesk.gui.start.unlock import UnlockPage
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.verify import VerifyScreen
from spokesdesk.services.ports import Desk
from tests import pki
from tests.gui.desk_fixtures import said
from tests.gui.stage import Stage, settle, staged
from tests.typeset.signed import by_agency, by_leader

Open = Callable[..., Stage]


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """A paper signed by leader and agency."""
    file = tmp_path / "thư đến.pdf"
    file.write_bytes(by_agency(by_leader()))
    return file


@pytest.fixture(autouse=True)
def trusted(tmp_path: Path) -> None:
    folder = tmp_path / "roots"
    folder.mkdir()
    (folder / "goc.crt").write_bytes(pki.authority().pem)
    bootstrap.machine_settings().put("trust_folder", str(folder))


def verify_page(stage: Stage) -> VerifyScreen:
    stage.window.ask("verify")
    settle(stage.courier)
    screen: Screen | None = stage.control.pages.current()
    assert isinstance(screen, VerifyScreen)
    return screen


def drop(page: VerifyScreen, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(5, 5), copy, mime, left, none))


def test_a_file_dropped_is_judged_and_its_details_unfold(
    stage: Open, desk: Desk, received: Path, tmp_path: Path
) -> None:
    opened = stage(desk)
    page = verify_page(opened)
    assert not page.print_button.isVisible()
    drop(page, received)
    settle(opened.courier)
    assert page.view.headline.accessibleName().startswith("HỢP LỆ")
    first = page.view.cards[0]
    assert first.details.isHidden()
    first.toggle()
    shown = said(first)
    for words in (
        "+07:00",
        "chỉ điền số và ngày vào chỗ chừa sẵn",
        "chưa kiểm tra thu hồi",
        "Gốc thử nghiệm",
    ):
        assert words in shown
    page.write_to(str(tmp_path / "ket-qua.pdf"))
    settle(opened.courier)
    assert (tmp_path / "ket-qua.pdf").read_bytes().startswith(b"%PDF")


def test_an_altered_an_unsigned_and_a_broken_file_say_so(
    stage: Open, desk: Desk, received: Path, tmp_path: Path
) -> None:
    opened = stage(desk)
    page = verify_page(opened)
    altered = tmp_path / "sửa.pdf"
    altered.write_bytes(received.read_bytes().replace(b"/MediaBox", b"/MediaBux", 1))
    page.check(str(altered))
    settle(opened.courier)
    assert page.view.headline.accessibleName().startswith("KHÔNG HỢP LỆ")
    broken = tmp_path / "hỏng.pdf"
    broken.write_bytes(b"khong phai pdf")
    page.check(str(broken))
    settle(opened.courier)
    assert "không phải là PDF" in page.problem.accessibleName()
    assert page.checked is None, "the verdict of another file does not stay"


def test_it_works_before_the_desk_is_open(theme: Theme, courier: Courier, received: Path) -> None:
    opened = staged(theme, courier)
    cover = UnlockPage(theme, opened.session, opened.window)
    opened.window.cover(cover)
    control: Control = opened.control
    cover.verify_asked.connect(control.verify)
    opened.window.activateWindow()
    QTest.keyClick(cover, Qt.Key.Key_F9)
    settle(courier)
    page = control.pages.current()
    assert isinstance(page, VerifyScreen)
    assert not bool(opened.window.is_covered)
    page.check(str(received))
    settle(courier)
    assert page.view.headline.accessibleName().startswith("HỢP LỆ")
    control._cover_again()
    assert opened.window.is_covered
    opened.close()
