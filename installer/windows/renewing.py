"""The installed program renews itself in wine: a signed list on loopback, the window open, and back again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from installer.environment import ROOT
from installer.updates.prove import PHRASE, ROLES
from installer.updates.release import ARCHIVE
from installer.windows.installed import PROGRAM, SECRET, WORKSPACE, json_in, until
from installer.windows.trials import Trials

TOOLS = ROOT / "installer" / "updates"
SHIPPED = r"\program\app\spokesdesk\resources\updates\root.json"
LAUNCHER = rf"{PROGRAM}\SpokesDesk.exe"
STICK = r"C:\thẻ nhớ"
DESK_PYTHON = ROOT / ".venv" / "bin" / "python"


class Renewing(Trials):
    """The steps with a server on this machine: updates and the portal."""

    newer: Path

    def renews_itself(self) -> str:
        """Fetch a version while the window is open, start it, go back, survive a broken one, take it from a folder."""
        before, after = self._versions()
        with tempfile.TemporaryDirectory(prefix="SpokesDesk phát hành ") as name:
            site = Path(name) / "kho phát hành"
            published(Path(name), site, self.newer, self.wine.path(PROGRAM + SHIPPED))
            with served(site) as address:
                self._fetch(address, before, after)
            self._back_and_forth(before, after)
            shutil.copytree(site, self.wine.path(STICK))
        self._state("from", STICK)
        assert self._starts() == after
        self._state("back")
        return f"{before} → {after} khi cửa sổ đang mở, quay về, bản hỏng thì mở bản giữ lại, từ thư mục"

    def leaves_a_version_that_does_not_come_up(self) -> str:
        """Spoil the window of a new version before its first start: the next start is the one before and says so."""
        before, after = self._versions()
        self._state("from", STICK)
        folder = self.wine.path(rf"{PROGRAM}\program-{after}")
        spoilt = folder / "app" / "spokesdesk" / "gui" / "window.py"
        spoilt.write_text("raise ImportError\n", encoding="utf-8")
        for compiled in spoilt.parent.glob("__pycache__/window.*"):
            compiled.unlink()
        self.wine.run(LAUNCHER, "--workspace", WORKSPACE, env=SECRET)
        until(lambda: not self._windows(f"program-{after}"), "the spoilt version ends")
        assert self._notes() == ["begun"], self._notes()
        assert self._starts() == after, "a command without a window decided"
        window = self.wine.start(LAUNCHER, "--workspace", WORKSPACE, env=SECRET)
        until(lambda: self._windows("program\\"), "the window of the version before")
        until(lambda: not self._notes(), "the version before takes note of the spoilt one")
        assert not (folder / "BUILD.json").exists(), "the spoilt version still counts as whole"
        assert self._starts() == before
        self.close_windows()
        window.wait(60)
        return f"{after} hỏng khi mở lần đầu; lần sau mở {before}"

    def _versions(self) -> tuple[str, str]:
        """Give the installed version and the one that it renews itself to."""
        named = ARCHIVE.fullmatch(self.newer.name)
        assert named is not None, self.newer.name
        return self.version().removeprefix("SpokesDesk "), named["version"]

    def _notes(self) -> list[str]:
        """Give which notes about the first start of a version lie beside the launcher."""
        names = ("untried", "begun", "failed")
        return [name for name in names if self.wine.path(rf"{PROGRAM}\{name}").exists()]

    def _fetch(self, address: str, before: str, after: str) -> None:
        window = self.wine.start(LAUNCHER, "--workspace", WORKSPACE, env=SECRET)
        until(lambda: self._windows("program"), "the window of the version at work")
        assert self._starts() == before
        self.launch("update", "set", "--address", address)
        assert self._state("check")["offer"]["version"] == after
        assert self._state("get")["beside"] == after
        assert self._starts() == before
        assert self._state("apply")["ready"] == after
        assert self._windows("program\\"), "the open window did not live through the update"
        # Two versions at once on one workspace: the later one calls the window at work and goes.
        self.wine.run(LAUNCHER, "--workspace", WORKSPACE, env=SECRET)
        assert not self._windows(f"program-{after}"), "two versions have the workspace open"
        assert self._windows("program\\"), "the window at work was closed"
        assert self._starts() == after
        self.close_windows()
        window.wait(60)

    def _back_and_forth(self, before: str, after: str) -> None:
        window = self.wine.start(LAUNCHER, "--workspace", WORKSPACE, env=SECRET)
        until(lambda: self._windows(f"program-{after}"), "the window of the new version")
        until(lambda: not self._notes(), "the new version's first window is on the screen")
        self.close_windows()
        window.wait(60)
        self.launch("doctor", *self.desk())
        note = self.wine.path(rf"{PROGRAM}\program-{after}\BUILD.json")
        kept = note.read_bytes()
        note.unlink()
        assert self._starts() == before, "a folder that is not whole was started"
        note.write_bytes(kept)
        assert self._state("back")["ready"] == before
        assert self._starts() == before
        self.count()

    def syncs_with_a_portal(self) -> str:
        """Join a portal that runs on this machine and exchange once."""
        with tempfile.TemporaryDirectory(prefix="SpokesDesk cổng ") as name:
            serve = [str(DESK_PYTHON), "-u", "-m", "spokesdesk", "portal"]
            portal = subprocess.Popen(
                [*serve, "serve", "--json", "--data", name, "--port", "0"], stdout=subprocess.PIPE, text=True
            )
            try:
                assert portal.stdout is not None
                address = json_in(portal.stdout.readline())["url"]
                enrol = [*serve, "enrol", "--data", name, "--agency", "Cơ quan thử", "--json"]
                told = subprocess.run(enrol, capture_output=True, text=True, check=True).stdout
                code = json_in(told)["code"]
                self.cli("connect", *self.desk(), "--portal", address, "--code", code)
                self.cli("sync", *self.desk())
                return self.cli("sync", *self.desk()).splitlines()[0]
            finally:
                portal.terminate()
                portal.wait(60)

    def launch(self, *words: str) -> str:
        """Run a command through ``spokesdesk.cmd``, which chooses among the versions."""
        return self.expect(0, "cmd", "/c", "call", rf"{PROGRAM}\spokesdesk.cmd", *words, env=SECRET)

    def close_windows(self) -> None:
        """End what runs from a program folder, as a user who closes the window."""
        until(self._asked_to_close, "the window closes")

    def _asked_to_close(self) -> bool:
        # Again and again: a program that has no window yet is not told.
        for name in ("pythonw.exe", "python.exe"):
            self.wine.run("taskkill", "/im", name)
        return not self._windows("program")

    def _windows(self, folder: str) -> list[int]:
        """Give the processes whose interpreter is the one of a program folder, by its full path."""
        wanted = rf"{PROGRAM}\{folder}"
        return [pid for pid, line in self.wine.at_work() if line.startswith(wanted)]

    def _starts(self) -> str:
        return self.launch("--version").strip().splitlines()[-1].removeprefix("SpokesDesk ")

    def _state(self, *words: str) -> Any:
        return json_in(self.launch("update", *words, "--json"))


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on loopback; gives its address."""
    command = [
        sys.executable,
        "-u",
        "-m",
        "http.server",
        "--bind",
        "127.0.0.1",
        "--directory",
        str(site),
        "0",
    ]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{server.stdout.readline().split(' port ')[1].split()[0]}"
    finally:
        server.kill()
        server.wait()


def published(folder: Path, site: Path, archive: Path, shipped: Path) -> None:
    """Hold the ceremony with trial keys and publish a version.

    Args:
        folder: receives the keys.
        site: made; what a web server would serve.
        archive: of the version.
        shipped: where the program looks for its root of trust.
    """
    keys = {name: folder / "khóa" / f"{name}.pem" for name in ("root1", "root2", "root3", *ROLES)}
    root, changes = folder / "root.json", folder / "changes.md"
    for key in keys.values():
        _tool("ceremony", "new-key", str(key))
    public = {name: str(key.with_suffix(".pub")) for name, key in keys.items()}
    given = [word for n in (1, 2, 3) for word in ("--root", public[f"root{n}"])]
    given += [word for role in ROLES for word in (f"--{role}", public[role])]
    _tool("ceremony", "root", *given, "--out", str(root))
    for signer in ("root1", "root3"):
        _tool("ceremony", "sign", str(root), str(keys[signer]))
    _tool("ceremony", "finish", str(root), str(site), "--shipped", str(shipped))
    named = ARCHIVE.fullmatch(archive.name)
    assert named is not None, archive.name
    changes.write_text(f"## {named['version']}\n\n- Bản thử.\n", encoding="utf-8")
    signing = [word for role in ROLES for word in (f"--{role}", str(keys[role]))]
    told = ("--channel", "stable", "--changes", str(changes))
    _tool("release", "add", str(site), str(archive), *told, *signing)


def _tool(name: str, *words: str) -> None:
    command = [sys.executable, str(TOOLS / f"{name}.py"), *words]
    done = subprocess.run(
        command, env=os.environ | PHRASE, capture_output=True, text=True, check=False, errors="replace"
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-1500:]
