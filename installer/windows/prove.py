"""Proves the Windows installer in wine: ``python3 installer/windows/prove.py NEW-setup.exe --before OLD-setup.exe``.

Installs, upgrades with the window open, runs ``self-test`` from the installed program, joins a portal, lets it renew
itself, refuses what it must, uninstalls, and looks for what is left. Needs root; the chroot with wine is made once.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120

from installer.environment import ROOT
from installer.talk import run_door, say
from installer.windows.installed import PROGRAM, PYTHON, SECRET, SETUP, WORKSPACE, json_in, until
from installer.windows.renewing import Renewing
from installer.windows.wine import LOCAL, Wine, machine, need_root

ENTRY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\SpokesDesk"
STARTS = 5
HELD = r"C:\held"
HOLD = f"import os, time; open({HELD!r}, 'w').close()\nwhile os.path.exists({HELD!r}): time.sleep(0.1)"
"""A program that stays until the file it makes is taken away."""
BARE = (
    "from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication, QMainWindow; "
    "a = QApplication(['bare']); w = QMainWindow(); w.show(); QTimer.singleShot(0, a.quit); a.exec()"
)
"""The least program with a window: what it takes is Windows', Python's and Qt's, not ours."""


def main(arguments: list[str]) -> int:
    """Run the proof; the exit code is 0 when every step holds."""
    parser = argparse.ArgumentParser(description="Kiểm chứng bộ cài Windows trong wine.")
    parser.add_argument("setup", type=Path, help="bộ cài cần kiểm chứng")
    parser.add_argument("--before", type=Path, required=True, help="bộ cài của bản trước")
    parser.add_argument("--update", type=Path, required=True, help="gói .tar.zst của một bản mới hơn nữa")
    parser.add_argument("--root", type=Path, default=ROOT / "build" / "wine", help="thư mục chroot")
    parser.add_argument("--pictures", type=Path, default=ROOT / "build" / "pictures", help="nhận ảnh")
    parser.add_argument("--only", default="", help="chỉ các bước này, cách nhau bằng dấu phẩy")
    given = parser.parse_args(arguments)
    need_root(given.root.resolve())
    with machine(given.root.resolve()) as wine:
        shutil.copy(given.before, wine.home / "before.exe")
        shutil.copy(given.setup, wine.home / "setup.exe")
        proof = Proof(wine, given.pictures, given.update.resolve())
        return proof.run(given.only.split(",") if given.only else ())


class Proof(Renewing):
    """The steps in their order; each says what it saw, a failed one does not keep the next from running."""

    def __init__(self, wine: Wine, pictures: Path, newer: Path) -> None:
        super().__init__(wine)
        self.pictures, self.newer = pictures, newer
        self.failed = 0

    def run(self, only: Sequence[str] = ()) -> int:
        """Run all steps, or only those named."""
        steps: tuple[Callable[[], str], ...] = (
            self.installs,
            self.keeps_a_workspace,
            self.refuses_while_in_use,
            self.upgrades_under_an_open_window,
            self.tests_itself,
            self.syncs_with_a_portal,
            self.starts_in_time,
            self.chooses_among_versions,
            self.renews_itself,
            self.leaves_a_version_that_does_not_come_up,
            self.refuses_a_second_installer,
            self.refuses_an_old_windows,
            self.refuses_a_path_too_long,
            self.says_that_a_workspace_lies_too_deep,
            self.leaves_nothing_on_a_full_disk,
            self.keeps_the_version_before_when_the_disk_fills_up,
            self.leaves_nothing_where_it_may_not_write,
            self.says_that_a_profile_cannot_be_written,
            self.refuses_drives_that_lose_data,
            self.works_in_a_vietnamese_folder,
            self.is_carried_in_a_folder,
            self.uninstalls,
        )
        for step in [each for each in steps if not only or each.__name__ in only]:
            begun = time.monotonic()
            try:
                said = step()
            except (
                AssertionError,
                OSError,
                ValueError,
                StopIteration,
                KeyError,
                subprocess.SubprocessError,
            ) as error:
                self.failed += 1
                said = f"HỎNG: {type(error).__name__} {error}"
            say(f"{step.__name__.replace('_', ' ')} ({time.monotonic() - begun:.1f} s): {said}")
        return 1 if self.failed else 0

    def installs(self) -> str:
        """Install the version before, silently."""
        self.expect(0, "Z:\\proof\\before.exe", "/S")
        menu = list(self.wine.drive.rglob("Start Menu/Programs/SpokesDesk.lnk"))
        assert len(menu) == 1, "no entry in the Start menu"
        assert "DisplayVersion" in self.expect(0, "reg", "query", ENTRY)
        return self.version()

    def keeps_a_workspace(self) -> str:
        """Make a workspace with an entry, to be there at the end."""
        self.cli("init", "--workspace", WORKSPACE, "--agency", "Sở Nông nghiệp và Môi trường")
        self.cli(
            "visit", "add", *self.desk(), "--channel", "phone", "--outlet", "Báo Ấp Bắc", "--topic", "Ngập"
        )
        return self.count()

    def refuses_while_in_use(self) -> str:
        """A program that does not close: refused with exit code 3, the version before stays."""
        held = self.wine.start(PYTHON, "-c", HOLD)
        until(self.wine.path(HELD).exists, "the interpreter is at work")
        before = self.version()
        try:
            self.expect(3, SETUP, "/S")
        finally:
            self.wine.path(HELD).unlink()
            held.wait(120)
        assert self.version() == before
        assert not self.left_half_done(), self.left_half_done()
        return "mã thoát 3, bản cũ còn nguyên"

    def upgrades_under_an_open_window(self) -> str:
        """The window is asked to close; the workspace is whole afterwards."""
        window = self.wine.start(PYTHON, "-m", "spokesdesk", "--workspace", WORKSPACE, env=SECRET)
        # The lock is taken by the window that opens the workspace, and kept.
        until((self.wine.path(WORKSPACE) / "lock").exists, "the window opens the workspace")
        assert window.poll() is None, "the window did not stay open"
        before = self.version()
        self.expect(0, SETUP, "/S")
        window.wait(60)
        assert self.version() != before
        self.cli("doctor", *self.desk())
        return f"{before} → {self.version()}; {self.count()}"

    def tests_itself(self) -> str:
        """``self-test`` from the installed program, with the Windows credential store."""
        out = self.expect(0, PYTHON, "-m", "spokesdesk", "self-test", "--json", "--pictures", r"C:\pictures")
        told = json_in(out)
        results = {step["name"]: step["result"] for step in told["steps"]}
        assert results.pop("portal") == "skipped"
        assert set(results.values()) == {"ok"}, results
        shutil.copytree(self.wine.path(r"C:\pictures"), self.pictures, dirs_exist_ok=True)
        return f"{', '.join(results)}; ảnh ở {self.pictures}"

    def starts_in_time(self) -> str:
        """From start to first picture, against Linux on the same screen in the same minutes."""
        environment = os.environ | {
            "SPOKESDESK_REPORT_MODULES": "/dev/null",
            "DISPLAY": self.wine.env["DISPLAY"],
            "QT_QPA_PLATFORM": "xcb",
        }
        linux = str(ROOT / ".venv" / "bin" / "python")
        took: dict[str, list[float]] = {"ours": [], "bare": [], "Linux": [], "bare on Linux": []}
        for _turn in range(STARTS):
            report = {"SPOKESDESK_REPORT_MODULES": r"C:\modules.txt"}
            took["ours"].append(_seconds(self.wine.run, PYTHON, "-m", "spokesdesk", env=report))
            took["bare"].append(_seconds(self.wine.run, PYTHON, "-c", BARE))
            for name, words in (("Linux", ("-m", "spokesdesk")), ("bare on Linux", ("-c", BARE))):
                command = [linux, *words]
                took[name].append(
                    _seconds(subprocess.run, command, env=environment, cwd=ROOT, check=True, timeout=60)
                )
        assert self.wine.path(r"C:\modules.txt").is_file()
        ours, bare, here, bare_here = (median(took[name]) for name in took)
        return (
            f"wine {ours:.2f} s, cửa sổ trống trong wine {bare:.2f} s, Linux {here:.2f} s, "
            f"cửa sổ trống trên Linux {bare_here:.2f} s; tỉ lệ {ours / here:.1f}, trống {bare / bare_here:.1f}, "
            f"phần của chương trình {(ours - bare) / max(here - bare_here, 0.01):.1f}"
        )

    def uninstalls(self) -> str:
        """Only the data is left."""
        self.expect(0, rf"{PROGRAM}\uninstall.exe", "/S")
        until(lambda: not self.wine.path(PROGRAM).exists(), PROGRAM)
        assert not list(self.wine.drive.rglob("Start Menu/Programs/SpokesDesk.lnk"))
        assert self.wine.run("reg", "query", ENTRY)[0] != 0
        assert (self.wine.path(WORKSPACE) / "workspace.json").is_file()
        return f"còn lại: {LOCAL}\\SpokesDesk"


def _seconds(work: Callable[..., object], *words: object, **more: object) -> float:
    begun = time.monotonic()
    work(*words, **more)
    return time.monotonic() - begun


if __name__ == "__main__":
    sys.exit(run_door(main))
