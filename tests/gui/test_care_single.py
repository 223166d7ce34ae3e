"""One window per workspace: the second start raises the first, whatever became of an earlier one."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from spokesdesk import bootstrap
from spokesdesk.domain.errors import WaitError
from spokesdesk.gui import session
from spokesdesk.gui.opening import Opening
from spokesdesk.gui.single import SingleWindow, raise_other, server_name
from spokesdesk.gui.start.unlock import UnlockPage
from spokesdesk.store import migrate
from spokesdesk.store.migrations import SCHEMA
from tests.desks import PASSPHRASE, copied
from tests.gui.desk_fixtures import said
from tests.gui.stage import Stage, real_door, settle

Opens = Callable[..., Stage]
ROOT = Path(__file__).parents[2]
RAISE = (
    "import sys; from pathlib import Path; from spokesdesk.gui.single import raise_other; "
    "sys.exit(0 if raise_other(Path(sys.argv[1])) else 1)"
)
LISTEN = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from spokesdesk import bootstrap
from spokesdesk.gui.single import SingleWindow
app = QCoreApplication([])
desk = bootstrap.open_desk(Path(sys.argv[1]), for_window=True)
window = SingleWindow()
if sys.argv[2] == "listens":
    window.listen(Path(sys.argv[1]))
    window.asked.connect(lambda _nothing: print("raised", flush=True))
print("open", flush=True)
app.exec() if sys.argv[2] == "listens" else sys.stdin.read()
"""


@pytest.fixture
def folder(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    return copied(template, tmp_path)


@contextmanager
def another_program(folder: Path, how: str = "listens") -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", LISTEN, str(folder), how]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        try:
            yield other
        finally:
            other.kill()


def began(opened: Stage, folder: Path) -> tuple[Opening, list[object]]:
    opening = Opening(opened.window, opened.courier, real_door())
    gone: list[object] = []
    opening.gone.connect(gone.append)
    opening.begin(folder)
    settle(opened.courier)
    return opening, gone


def test_a_second_start_raises_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    assert not raise_other(tmp_path)
    first = SingleWindow()
    assert first.listen(tmp_path)
    with qtbot.waitSignal(first.asked):
        other = subprocess.Popen([sys.executable, "-c", RAISE, str(tmp_path)], cwd=ROOT)
    assert other.wait(20) == 0
    assert not raise_other(tmp_path / "another")
    first._server.close()


def test_a_start_beside_an_open_window_raises_it_and_leaves(stage: Opens, folder: Path) -> None:
    with another_program(folder) as other:
        _opening, gone = began(stage(), folder)
        assert gone == [None]
        assert other.stdout is not None
        assert other.stdout.readline() == "raised\n"


def test_after_a_kill_the_next_start_opens_and_can_be_raised_again(stage: Opens, folder: Path) -> None:
    with another_program(folder) as other:
        os.kill(other.pid, signal.SIGKILL)
        other.wait(10)
    opened = stage()
    opening, gone = began(opened, folder)
    assert gone == []
    desk = opening.session.desk()
    assert desk is not None
    assert raise_other(folder)
    desk.close()


def test_a_window_that_hangs_keeps_its_place_and_the_second_says_so(
    stage: Opens, folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(session, "KNOCK_MS", 1)
    opened = stage()
    with another_program(folder, "hangs"):
        opening, gone = began(opened, folder)
        qtbot.waitUntil(lambda: bool(opened.window.findChildren(UnlockPage)))
        settle(opened.courier)
        pages: list[UnlockPage] = list(opened.window.findChildren(UnlockPage))
        page = pages[0]
        assert "đang mở ở một cửa sổ khác" in said(page)
        assert gone == []
        assert opening.session.desk() is None
    page._secret.setText(PASSPHRASE)
    page._open()
    settle(opened.courier)
    desk = opening.session.desk()
    assert desk is not None
    desk.close()


def test_two_first_runs_for_one_folder_are_one_window(stage: Opens, tmp_path: Path, qtbot: QtBot) -> None:
    place = tmp_path / "chưa có"
    _first, gone = began(stage(), place)
    assert gone == []
    other = subprocess.run([sys.executable, "-c", RAISE, str(place)], cwd=ROOT, check=False, timeout=30)
    assert other.returncode == 0


def test_a_lock_screen_lets_no_second_window_in_unnoticed(stage: Opens, folder: Path) -> None:
    opened = stage()
    opening, _gone = began(opened, folder)
    opening.control.lock()
    settle(opened.courier)
    assert raise_other(folder), "the locked window answers"
    bootstrap.open_desk(folder).close()


def test_a_stale_socket_is_taken_over_and_a_living_one_is_not(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleWindow(), SingleWindow()
    assert first.listen(tmp_path)
    assert not second.listen(tmp_path)
    first._server.close()
    # What a killed program leaves behind: the name, with nobody at it.
    place = Path(QLocalServer().fullServerName() or "/tmp") / server_name(tmp_path)
    stale = "import socket, sys; s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1])"
    subprocess.run([sys.executable, "-c", stale, str(place)], check=True)
    assert second.listen(tmp_path)
    assert raise_other(tmp_path)
    second._server.close()


@pytest.mark.parametrize("sent", [b"", b"raise\n", b"\x00" * 70_000, b"run rm -rf", b"\xff\xfe quit"])
def test_whatever_is_sent_the_window_only_comes_to_the_front(
    qtbot: QtBot, tmp_path: Path, sent: bytes
) -> None:
    window = SingleWindow()
    window.listen(tmp_path)
    asked: list[object] = []
    window.asked.connect(asked.append)
    socket = QLocalSocket()
    socket.connectToServer(server_name(tmp_path))
    assert socket.waitForConnected(2000)
    socket.write(sent)
    socket.flush()
    qtbot.waitUntil(lambda: asked == [None])
    socket.abort()
    window._server.close()


def test_a_newer_program_does_not_change_the_shape_under_an_open_window(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = bootstrap.open_desk(folder, for_window=True)
    monkeypatch.setattr(migrate, "SCHEMA", SCHEMA + 1)
    with pytest.raises(WaitError, match="upgrade_waits"):
        bootstrap.open_desk(folder)
    window.close()


def test_commands_work_beside_the_window_and_a_second_window_does_not(folder: Path) -> None:
    window = bootstrap.open_desk(folder, for_window=True)
    bootstrap.open_desk(folder).close()
    with pytest.raises(WaitError, match="workspace_in_use"):
        bootstrap.open_desk(folder, for_window=True)
    window.close()
    bootstrap.open_desk(folder, for_window=True).close()
