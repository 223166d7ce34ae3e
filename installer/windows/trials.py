"""What may go wrong on a user's machine, tried in wine: each ends with a clear answer and nothing half done."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from installer.windows.choosing import Choosing
from installer.windows.installed import PYTHON, SECRET, SETUP, json_in, until
from installer.windows.wine import LOCAL, USER

CARRIED = r"C:\Ổ cứng\Thư mục của Nguyễn Văn Ổn"
PORTABLE = rf"{CARRIED}\SpokesDesk"
LONG = "C:\\" + "\\".join(["Sở Nông nghiệp và Môi trường tỉnh Đồng Tháp"] * 5)
"""More than 200 characters: files of the program inside it would go beyond what Windows lets a path have."""
SECOND = rf"{LOCAL}\SpokesDesk\Bàn làm việc số một"
AS_IT_IS = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1]))"
TWO_VERSIONS_MB = 620
"""Room for one version, and for a second one as the installer reckons it: with 50 MB to spare."""
CLOUD = rf"C:\users\{USER}\OneDrive"
DRIVES = r"HKLM\Software\Wine\Drives"


class Trials(Choosing):
    """Each method is a step of the proof and gives what it saw."""

    def refuses_a_second_installer(self) -> str:
        """Two installers at once: the later one says so with exit code 4, the first goes on."""
        first = self.wine.start(SETUP, "/S", "/PORTABLE", r"/D=C:\twice")
        until(self.wine.path(r"C:\twice").exists, "the first installer unpacks")
        at_work = [pid for pid, line in self.wine.at_work() if line.startswith(SETUP)]
        try:
            # Held where it is, so that it is still at work however long the second one takes to begin.
            for pid in at_work:
                os.kill(pid, signal.SIGSTOP)
            self.expect(4, SETUP, "/S", "/PORTABLE", r"/D=C:\other")
        finally:
            for pid in at_work:
                os.kill(pid, signal.SIGCONT)
            first.communicate(timeout=600)
        assert first.returncode == 0
        assert not self.wine.path(r"C:\other").exists()
        shutil.rmtree(self.wine.path(r"C:\twice"))
        return "bộ cài thứ hai: mã thoát 4, bộ cài thứ nhất làm xong"

    def refuses_an_old_windows(self) -> str:
        """Windows 8.1: exit code 5, nothing written."""
        shutil.copy(self.wine.home / "setup.exe", self.wine.home / "old.exe")
        key = r"HKCU\Software\Wine\AppDefaults\old.exe"
        self.expect(0, "reg", "add", key, "/v", "Version", "/d", "win81", "/f")
        self.expect(5, r"Z:\proof\old.exe", "/S", "/PORTABLE", r"/D=C:\old")
        assert not self.wine.path(r"C:\old").exists()
        return "mã thoát 5"

    def refuses_a_path_too_long(self) -> str:
        """A folder of 200 characters: exit code 2 before a byte is written."""
        # NSIS takes a folder with blanks only without quotes, which wine's own command line would put.
        self.expect(2, PYTHON, "-c", AS_IT_IS, rf"{SETUP} /S /PORTABLE /D={LONG}")
        assert not self.wine.path(LONG).exists()
        return f"{len(LONG)} ký tự: mã thoát 2"

    def says_that_a_workspace_lies_too_deep(self) -> str:
        """A workspace in a path of 200 characters: a sentence instead of files that cannot be opened later."""
        said = self._refused(rf"{LONG}\workspace")
        assert "path_too_long" in said, said
        assert not self.wine.path(rf"{LONG}\workspace").exists()
        return said

    def leaves_nothing_on_a_full_disk(self) -> str:
        """A disk of 20 MB: exit code 2; before a byte is written, and also when only writing shows it."""
        small = ("-t", "tmpfs", "-o", "size=20m", "tmpfs")
        with self._mounted(r"C:\asked", *small) as disk:
            drive = self.wine.home / ".wine" / "dosdevices" / "f:"
            drive.symlink_to("../drive_c/asked")
            # The drive says how much is free: nothing is unpacked.
            self.expect(2, SETUP, "/S", "/PORTABLE", r"/D=F:\SpokesDesk")
            assert not any(disk.iterdir())
            drive.unlink()
        with self._mounted(r"C:\full", *small) as disk:
            # Drive C has room, the folder has not.
            self.expect(2, SETUP, "/S", "/PORTABLE", r"/D=C:\full\SpokesDesk")
            left = [str(path) for path in disk.rglob("*")]
        assert not left, left[:5]
        return "mã thoát 2, không để lại gì"

    def keeps_the_version_before_when_the_disk_fills_up(self) -> str:
        """Room enough at the beginning, taken by another program while it unpacks: exit code 2, nothing half done."""
        with self._mounted(r"C:\fills", "-t", "tmpfs", "-o", f"size={TWO_VERSIONS_MB}m", "tmpfs") as small:
            words = ("/S", "/PORTABLE", r"/D=C:\fills\SpokesDesk")
            self.expect(0, SETUP, *words)
            home = small / "SpokesDesk"
            before = _content(home)
            second = self.wine.start(SETUP, *words)
            until((home / "program.new" / "app").exists, "the second installer unpacks")
            _fill(small / "another program's")
            second.communicate(timeout=600)
            assert second.returncode == 2, second.returncode
            assert _content(home) == before, "the version before is not as it was"
            python = r"C:\fills\SpokesDesk\program\python.exe"
            assert "SpokesDesk" in self.expect(0, python, "-B", "-m", "spokesdesk", "--version")
        return "mã thoát 2, bản trước còn nguyên và chạy được"

    def leaves_nothing_where_it_may_not_write(self) -> str:
        """A read-only profile: exit code 2."""
        with self._mounted(r"C:\readonly", "-t", "tmpfs", "-o", "ro,size=900m", "tmpfs"):
            self.expect(2, SETUP, "/S", "/PORTABLE", r"/D=C:\readonly\SpokesDesk")
        return "mã thoát 2"

    def says_that_a_profile_cannot_be_written(self) -> str:
        """A workspace where nothing may be written: a sentence, no traceback."""
        with self._mounted(r"C:\hồ sơ chỉ đọc", "-t", "tmpfs", "-o", "ro", "tmpfs"):
            said = self._refused(r"C:\hồ sơ chỉ đọc\workspace")
        assert "read_only" in said, said
        return said

    def refuses_drives_that_lose_data(self) -> str:
        """A network drive, a stick and OneDrive's folder: refused with the reason, nothing made there."""
        said = []
        for letter, kind in (("n", "network"), ("u", "floppy")):
            drive = self.wine.home / kind
            drive.mkdir()
            (self.wine.home / ".wine" / "dosdevices" / f"{letter}:").symlink_to(f"/proof/{kind}")
            self.expect(0, "reg", "add", DRIVES, "/v", f"{letter}:", "/d", kind, "/f")
        self.wine.restart()
        for folder, env in (
            (r"N:\workspace", {}),
            (r"U:\workspace", {}),
            (rf"{CLOUD}\workspace", {"OneDrive": CLOUD}),
        ):
            told = self._refused(folder, env)
            assert "network_folder" in told, told
            said.append(told)
        assert not any(any((self.wine.home / kind).iterdir()) for kind in ("network", "floppy"))
        return "; ".join(said)

    def works_in_a_vietnamese_folder(self) -> str:
        """A second workspace whose folder has accents and blanks, as the user's name has."""
        self.cli("init", "--workspace", SECOND, "--agency", "Ủy ban nhân dân xã Mỹ Phước")
        where = ("--workspace", SECOND)
        self.cli("visit", "add", *where, "--channel", "phone", "--outlet", "Báo Ấp Bắc", "--topic", "Hạn mặn")
        assert len(self.told("visit", "list", *where)) == 1
        return SECOND

    def is_carried_in_a_folder(self) -> str:
        """Portable, in a folder with accents and blanks: data beside the program, nothing registered anew."""
        self.wine.path(CARRIED).mkdir(parents=True, exist_ok=True)
        shutil.copy(self.wine.home / "setup.exe", self.wine.path(CARRIED))
        self.expect(0, rf"{CARRIED}\setup.exe", "/S", "/PORTABLE")
        python = rf"{PORTABLE}\program\python.exe"
        look = (
            "import sys, spokesdesk.outside.places as p; "
            "sys.stdout.buffer.write(str(p.default_workspace()).encode())"
        )
        assert rf"{PORTABLE}\data\workspace" in self.expect(0, python, "-c", look)
        assert not self.wine.path(rf"{PORTABLE}\uninstall.exe").exists()
        return PORTABLE

    def _refused(self, folder: str, env: dict[str, str] | None = None) -> str:
        """Ask for a workspace in a folder that must be refused; gives code and sentence."""
        words = ("init", "--workspace", folder, "--agency", "Sở Y tế", "--json")
        code, out = self.wine.run(PYTHON, "-m", "spokesdesk", *words, env=SECRET | (env or {}))
        assert code not in {0, 1}, f"{folder}: {code} {out[-400:]}"
        assert "Traceback" not in out, out[-800:]
        told = json_in(out)
        return f"{told['error']}: {told['message']}"

    @contextmanager
    def _mounted(self, windows: str, *how: str) -> Iterator[Path]:
        place = self.wine.path(windows)
        place.mkdir()
        subprocess.run(["mount", *how, str(place)], check=True)
        try:
            yield place
        finally:
            subprocess.run(["umount", str(place)], check=True)
            place.rmdir()


def _content(folder: Path) -> dict[str, int]:
    """Give the files below a folder and their sizes, without what Python compiled meanwhile."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {str(path.relative_to(folder)): path.stat().st_size for path in files}


def _fill(file: Path) -> None:
    """Take all the room that a disk has, while others write there, too."""
    with file.open("wb", buffering=0) as taken, suppress(OSError):
        while taken.write(bytes(1_000_000)):
            pass
