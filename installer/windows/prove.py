"""Proves the Windows installer in wine: ``python3 installer/windows/prove.py NEW-setup.exe --before OLD-setup.exe``.

Installs, runs ``self-test`` from the installed program, upgrades with the window open, refuses what
it must, uninstalls, and looks for what is left. Needs root; the chroot with wine is made once and kept.
"""

from __future__ import annotations

import argparse
import json
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
from installer.windows.wine import LOCAL, Wine, machine, need_root

PROGRAM = rf"{LOCAL}\Programs\SpokesDesk"
PYTHON = rf"{PROGRAM}\program\python.exe"
WORKSPACE = rf"{LOCAL}\SpokesDesk\workspace"
CARRIED = r"C:\Ổ cứng\Thư mục của Nguyễn Văn Ổn"
PORTABLE = rf"{CARRIED}\SpokesDesk"
SECRET = {"SPOKESDESK_PASSPHRASE": "cụm mật khẩu để thử bộ cài"}
ENTRY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\SpokesDesk"
STARTS = 5


def main(arguments: list[str]) -> int:
    """Run the proof; the exit code is 0 when every step holds."""
    parser = argparse.ArgumentParser(description="Kiểm chứng bộ cài Windows trong wine.")
    parser.add_argument("setup", type=Path, help="bộ cài cần kiểm chứng")
    parser.add_argument("--before", type=Path, required=True, help="bộ cài của bản trước")
    parser.add_argument("--root", type=Path, default=ROOT / "build" / "wine", help="thư mục chroot")
    parser.add_argument("--pictures", type=Path, default=ROOT / "build" / "pictures", help="nhận ảnh")
    parser.add_argument("--only", default="", help="chỉ các bước này, cách nhau bằng dấu phẩy")
    given = parser.parse_args(arguments)
    need_root(given.root.resolve())
    with machine(given.root.resolve()) as wine:
        shutil.copy(given.before, wine.home / "before.exe")
        shutil.copy(given.setup, wine.home / "setup.exe")
        return Proof(wine, given.pictures).run(given.only.split(",") if given.only else ())


class Proof:
    """The steps in their order; each says what it saw, a failed one does not keep the next from running."""

    def __init__(self, wine: Wine, pictures: Path) -> None:
        self.wine, self.pictures = wine, pictures
        self.failed = 0

    def run(self, only: Sequence[str] = ()) -> int:
        """Run all steps, or only those named."""
        steps: tuple[Callable[[], str], ...] = (
            self.installs,
            self.keeps_a_workspace,
            self.refuses_while_in_use,
            self.upgrades_under_an_open_window,
            self.tests_itself,
            self.starts_in_time,
            self.leaves_nothing_on_a_full_disk,
            self.is_carried_in_a_folder,
            self.uninstalls,
        )
        for step in [each for each in steps if not only or each.__name__ in only]:
            begun = time.monotonic()
            try:
                said = step()
            except (AssertionError, OSError, ValueError, StopIteration, subprocess.SubprocessError) as error:
                self.failed += 1
                said = f"HỎNG: {type(error).__name__} {error}"
            say(f"{step.__name__.replace('_', ' ')} ({time.monotonic() - begun:.1f} s): {said}")
        return 1 if self.failed else 0

    def installs(self) -> str:
        """Install the version before, silently."""
        self._expect(0, "Z:\\proof\\before.exe", "/S")
        menu = list(self.wine.drive.rglob("Start Menu/Programs/SpokesDesk.lnk"))
        assert len(menu) == 1, "no entry in the Start menu"
        assert "DisplayVersion" in self._expect(0, "reg", "query", ENTRY)
        return self._version()

    def keeps_a_workspace(self) -> str:
        """Make a workspace with an entry, to be there at the end."""
        self._cli("init", "--workspace", WORKSPACE, "--agency", "Sở Nông nghiệp và Môi trường")
        self._cli(
            "visit", "add", *self._desk(), "--channel", "phone", "--outlet", "Báo Ấp Bắc", "--topic", "Ngập"
        )
        return self._count()

    def refuses_while_in_use(self) -> str:
        """A program that does not close: refused with exit code 3, the version before stays."""
        held = self.wine.start(PYTHON, "-c", "import time; time.sleep(45)")
        time.sleep(5)
        before = self._version()
        self._expect(3, "Z:\\proof\\setup.exe", "/S")
        assert self._version() == before
        assert not self.wine.path(PROGRAM + r"\program.new").exists()
        held.wait(120)
        return "mã thoát 3, bản cũ còn nguyên"

    def upgrades_under_an_open_window(self) -> str:
        """The window is asked to close; the workspace is whole afterwards."""
        window = self.wine.start(PYTHON, "-m", "spokesdesk", "--workspace", WORKSPACE, env=SECRET)
        time.sleep(25)
        assert window.poll() is None, "the window did not stay open"
        before = self._version()
        self._expect(0, "Z:\\proof\\setup.exe", "/S")
        window.wait(60)
        assert self._version() != before
        self._cli("doctor", *self._desk())
        return f"{before} → {self._version()}; {self._count()}"

    def tests_itself(self) -> str:
        """``self-test`` from the installed program, with the Windows credential store."""
        out = self._expect(0, PYTHON, "-m", "spokesdesk", "self-test", "--json", "--pictures", r"C:\pictures")
        told = json.loads(next(line for line in out.splitlines() if line.startswith("{")))
        results = {step["name"]: step["result"] for step in told["steps"]}
        assert results.pop("portal") == "skipped"
        assert set(results.values()) == {"ok"}, results
        shutil.copytree(self.wine.path(r"C:\pictures"), self.pictures, dirs_exist_ok=True)
        return f"{', '.join(results)}; ảnh ở {self.pictures}"

    def starts_in_time(self) -> str:
        """From start to first picture, against Linux on the same screen in the same minutes."""
        there, here = [], []
        environment = os.environ | {
            "SPOKESDESK_REPORT_MODULES": "/dev/null",
            "DISPLAY": self.wine.env["DISPLAY"],
            "QT_QPA_PLATFORM": "xcb",
        }
        linux = [str(ROOT / ".venv" / "bin" / "python"), "-m", "spokesdesk"]
        for _turn in range(STARTS):
            begun = time.monotonic()
            self.wine.run(PYTHON, "-m", "spokesdesk", env={"SPOKESDESK_REPORT_MODULES": r"C:\modules.txt"})
            there.append(time.monotonic() - begun)
            begun = time.monotonic()
            subprocess.run(linux, env=environment, cwd=ROOT, check=True, timeout=60)
            here.append(time.monotonic() - begun)
        assert self.wine.path(r"C:\modules.txt").is_file()
        ratio = median(there) / median(here)
        return f"wine {median(there):.2f} s, Linux {median(here):.2f} s, tỉ lệ {ratio:.2f}"

    def leaves_nothing_on_a_full_disk(self) -> str:
        """A disk of 20 MB: exit code 2, nothing half installed."""
        small = self.wine.path(r"C:\full")
        small.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(small)], check=True)
        try:
            self._expect(2, "Z:\\proof\\setup.exe", "/S", "/PORTABLE", r"/D=C:\full\SpokesDesk")
            left = [str(path) for path in small.rglob("*")]
        finally:
            subprocess.run(["umount", str(small)], check=True)
        assert not left, left[:5]
        return "mã thoát 2, không để lại gì"

    def is_carried_in_a_folder(self) -> str:
        """Portable, in a folder with accents and blanks: data beside the program, nothing registered anew."""
        self.wine.path(CARRIED).mkdir(parents=True)
        shutil.copy(self.wine.home / "setup.exe", self.wine.path(CARRIED))
        self._expect(0, rf"{CARRIED}\setup.exe", "/S", "/PORTABLE")
        python = rf"{PORTABLE}\program\python.exe"
        look = (
            "import sys, spokesdesk.outside.places as p; "
            "sys.stdout.buffer.write(str(p.default_workspace()).encode())"
        )
        assert rf"{PORTABLE}\data\workspace" in self._expect(0, python, "-c", look)
        assert not self.wine.path(rf"{PORTABLE}\uninstall.exe").exists()
        return PORTABLE

    def uninstalls(self) -> str:
        """Only the data is left."""
        self._expect(0, rf"{PROGRAM}\uninstall.exe", "/S")
        deadline = time.monotonic() + 60
        while self.wine.path(PROGRAM).exists() and time.monotonic() < deadline:
            time.sleep(1)
        assert not self.wine.path(PROGRAM).exists(), [p.name for p in self.wine.path(PROGRAM).iterdir()]
        assert not list(self.wine.drive.rglob("Start Menu/Programs/SpokesDesk.lnk"))
        assert self.wine.run("reg", "query", ENTRY)[0] != 0
        assert (self.wine.path(WORKSPACE) / "workspace.json").is_file()
        return f"còn lại: {LOCAL}\\SpokesDesk"

    def _expect(self, code: int, *words: str, env: dict[str, str] | None = None) -> str:
        got, out = self.wine.run(*words, env=env)
        assert got == code, f"{words[0]} gave {got} instead of {code}: {out[-600:]}"
        return out

    def _cli(self, *words: str) -> str:
        return self._expect(0, PYTHON, "-m", "spokesdesk", *words, env=SECRET)

    def _desk(self) -> tuple[str, ...]:
        return ("--workspace", WORKSPACE)

    def _count(self) -> str:
        rows = json.loads(self._cli("visit", "list", *self._desk(), "--json"))
        assert len(rows) == 1, rows
        return "sổ có 1 mục"

    def _version(self) -> str:
        return self.wine.path(PROGRAM + r"\program\VERSION.txt").read_text(encoding="utf-8").strip()


if __name__ == "__main__":
    sys.exit(run_door(main))
