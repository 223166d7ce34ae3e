"""Wine 10 in a Debian 13 chroot: where the Windows program runs on Debian 12. Needs root."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installer import system
from installer.talk import SetupError, say

DISPLAY = ":77"
PACKAGES = "wine wine64 xvfb"
USER = "Nguyễn Thị Ấu Ổn"
"""Every step of the proof is done by a user whose name, and so whose profile, has accents and blanks."""
LOCAL = rf"C:\users\{USER}\AppData\Local"
# Wine's console needs pipes on both sides: a file or the null device stops the interpreter.
PIPED = ': | wine "$@" 2>&1 | cat; exit ${PIPESTATUS[1]}'
PATIENCE_S = 600


class Wine:
    """One Windows user, new for every run of the proof.

    Args:
        root: the chroot; made once, kept.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / "proof"
        self.drive = self.home / ".wine" / "drive_c"
        self.env = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/proof",
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "LC_ALL": "C.UTF-8",
            "DISPLAY": DISPLAY,
        }

    def run(self, *words: str, env: dict[str, str] | None = None) -> tuple[int, str]:
        """Run a Windows program to its end; gives exit code and output."""
        child = self.start(*words, env=env)
        out, _ = child.communicate(timeout=PATIENCE_S)
        return child.returncode, out

    def start(self, *words: str, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
        """Start a Windows program and go on."""
        command = ["chroot", str(self.root), "bash", "-c", PIPED, "wine", *words]
        return subprocess.Popen(
            command, env=self.env | (env or {}), stdout=subprocess.PIPE, text=True, errors="replace"
        )

    def restart(self) -> None:
        """End all of Windows: the next program starts it anew, with the drives that the registry names by then."""
        for word in ("-k", "-w"):
            subprocess.run(["chroot", str(self.root), "wineserver", word], env=self.env, check=False)

    def at_work(self) -> list[tuple[int, str]]:
        """Give the Windows programs at work: process and command line, as Linux knows them."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                line = (process / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ").strip()
                if (process / "root").readlink() == self.root:
                    found.append((int(process.name), line))
            except OSError:
                continue
        return found

    def path(self, windows: str) -> Path:
        """Give where a path of drive C lies for the machine outside."""
        return self.drive.joinpath(*windows.removeprefix("C:\\").split("\\"))


def need_root(root: Path) -> None:
    """Make the chroot with wine when it is not there yet (about two minutes).

    Raises:
        SetupError: not root, or Debian's packages cannot be had.
    """
    if os.geteuid() != 0:
        raise SetupError("Kiểm chứng bằng wine cần quyền root (chroot).")
    # Inside, wine is a link to /etc/alternatives, which leads nowhere from outside.
    if (root / "usr" / "bin" / "wine").is_symlink() and (root / "usr" / "bin" / "Xvfb").exists():
        return
    if not shutil.which("debootstrap"):
        system.apt_install(["debootstrap"])
    say(f"Chuẩn bị wine trong {root} (một lần, vài phút)…")
    install = f"apt-get update -qq && apt-get install -y -qq --no-install-recommends {PACKAGES}"
    for command in (
        ["debootstrap", "--variant=minbase", "--include=ca-certificates", "trixie", str(root)],
        ["chroot", str(root), "env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", install],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False, errors="replace")
        if done.returncode:
            raise SetupError(f"{command[0]}: {(done.stdout + done.stderr)[-1500:]}")


@contextmanager
def machine(root: Path) -> Iterator[Wine]:
    """Give a fresh Windows user with a screen; afterwards everything started here is stopped."""
    wine = Wine(root)
    shutil.rmtree(wine.home, ignore_errors=True)
    wine.home.mkdir()
    _name_the_user(root / "etc" / "passwd")
    mounts = [(["-t", "proc", "proc"], root / "proc"), (["--bind", "/dev"], root / "dev")]
    made = [target for how, target in mounts if not target.is_mount() and _mount(how, target)]
    screen = ["chroot", str(root), "Xvfb", DISPLAY, "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    xvfb = subprocess.Popen(screen, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(2)
        wine.run("wineboot", "-u")
        with kept_warm(wine):
            yield wine
    finally:
        subprocess.run(["chroot", str(root), "wineserver", "-k"], env=wine.env, check=False)
        xvfb.terminate()
        xvfb.wait()
        for target in made:
            subprocess.run(["umount", str(target)], check=False)


@contextmanager
def kept_warm(wine: Wine) -> Iterator[None]:
    """Keep one idle program at work: without any, wine starts its services anew for the next, as Windows never does."""
    idle = ["chroot", str(wine.root), "bash", "-c", "wine cmd 2>&1 | cat"]
    keeper = subprocess.Popen(idle, env=wine.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert keeper.stdout is not None
    # Once it speaks wine's services run, with its pipe and not with that of a program whose end is waited for.
    keeper.stdout.readline()
    try:
        yield
    finally:
        keeper.terminate()
        keeper.wait()


def _name_the_user(accounts: Path) -> None:
    """Let the first name of the chroot's root be the Windows user's: wine asks for the name of its user's number."""
    line = f"{USER}:x:0:0::/proof:/bin/bash\n"
    known = accounts.read_text(encoding="utf-8")
    if not known.startswith(line):
        accounts.write_text(line + known, encoding="utf-8")


def _mount(how: list[str], target: Path) -> bool:
    return subprocess.run(["mount", *how, str(target)], check=False).returncode == 0
