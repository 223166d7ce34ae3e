"""The parts of ``self-test`` that run as programs of their own: the window, and a portal on loopback."""

import json
import os
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.services import sync
from spokesdesk.services.ports import Desk
from spokesdesk.services.selftest import LackError, TrialError

_WINDOW_S = 300
_PORTAL_S = 60
_FEWEST_COLOURS = 8


def show_window(folder: Path, passphrase: str, pictures: Path) -> str:
    """Start the window on a workspace, let it show every screen and close by itself.

    Args:
        pictures: folder for a picture of each screen; holds ``letter.pdf`` to be printed.

    Raises:
        TrialError: it did not start, or a screen failed or stayed empty.
    """
    env = os.environ | {"SPOKESDESK_PASSPHRASE": passphrase, "SPOKESDESK_PICTURES": str(pictures)}
    if sys.platform == "linux" and not ("DISPLAY" in env or "WAYLAND_DISPLAY" in env):
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = _program("--workspace", str(folder))
    try:
        done = subprocess.run(
            command, env=env, input=b"", capture_output=True, timeout=_WINDOW_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TrialError(_("Cửa sổ không tự đóng sau {seconds} giây.").format(seconds=_WINDOW_S)) from error
    report = pictures / "window.json"
    if not report.is_file():
        raise TrialError(f"{done.returncode}: {done.stderr.decode(errors='replace')[-800:]}")
    told = json.loads(report.read_text(encoding="utf-8"))
    empty = [name for name, colours in told["screens"].items() if colours < _FEWEST_COLOURS]
    if told["faults"] or told["left"] or empty:
        raise TrialError("; ".join([*told["faults"], *told["left"], *empty]))
    return _("Đã vẽ {n} màn hình.").format(n=len(told["screens"]))


def try_portal(desk: Desk, folder: Path) -> str:
    """Serve a portal on loopback, join it and exchange once.

    Raises:
        LackError: the portal's parts are not installed.
    """
    if find_spec("starlette") is None or find_spec("uvicorn") is None:
        raise LackError(_("Phần cổng không cài trên máy này."))
    folder.mkdir()
    port = _free_port()
    serve = _program("portal", "serve", "--data", str(folder), "--port", str(port))
    portal = subprocess.Popen(
        serve, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        enrol = _program("portal", "enrol", "--data", str(folder), "--agency", "Cơ quan thử", "--json")
        told = subprocess.run(enrol, input=b"", capture_output=True, timeout=_PORTAL_S, check=True).stdout
        sync.connect(desk, f"http://127.0.0.1:{port}", json.loads(told)["code"])
        report, _changes = sync.run_round(desk)
    finally:
        portal.terminate()
        portal.wait(_PORTAL_S)
    if report.fault is not None:
        raise TrialError(word(report.fault))
    return _("Đã ghi danh và trao đổi một lượt.")


def _program(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "spokesdesk", *arguments]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _PORTAL_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
