"""A bare Debian or Ubuntu in a chroot, thrown away after use: where the packages are proven. Needs root."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from installer import system
from installer.talk import SetupError, say

DISPLAY = ":78"
PATIENCE_S = 900
SOCKETS = "/tmp/.X11-unix"


class Machine:
    """The chroot's programs as this machine runs them.

    Args:
        root: where its files are.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.env = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "LC_ALL": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            "DISPLAY": DISPLAY,
        }

    def run(self, *words: str, user: str = "", env: dict[str, str] | None = None) -> tuple[int, str]:
        """Run a program to its end; gives exit code and output.

        Args:
            user: who runs it; root when empty.
            env: more of the environment.
        """
        done = subprocess.run(
            self._command(words, user),
            env=self.env | (env or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE_S,
            check=False,
        )
        return done.returncode, done.stdout.decode(errors="replace")

    def must(self, *words: str, user: str = "", env: dict[str, str] | None = None) -> str:
        """Run a program that must succeed; gives its output.

        Raises:
            AssertionError: it did not.
        """
        code, out = self.run(*words, user=user, env=env)
        assert code == 0, f"{' '.join(words[:3])} gave {code}: {out[-1500:]}"
        return out

    def start(self, *words: str, user: str = "") -> subprocess.Popen[bytes]:
        """Start a program that goes on running; whoever starts it ends it."""
        return subprocess.Popen(
            self._command(words, user), env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )

    def path(self, inside: str) -> Path:
        """Give where a file of the chroot is for us."""
        return self.root / inside.lstrip("/")

    def files(self) -> set[str]:
        """Give every file and folder whose change would be seen after a package has gone."""
        found = set()
        for top in ("etc", "usr", "var/lib", "lib/systemd"):
            for folder, folders, names in os.walk(self.root / top):
                inside = Path(folder).relative_to(self.root)
                found |= {str(inside / name) for name in (*folders, *names)}
        return found

    def _command(self, words: tuple[str, ...], user: str) -> list[str]:
        # Unlike runuser, setpriv becomes the program: a signal reaches it.
        as_user = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--"] if user else []
        return ["chroot", str(self.root), *as_user, *words]


@contextmanager
def machine(bare: Path, work: Path, suite: str, mirror: str) -> Iterator[Machine]:
    """Give a machine as bare as debootstrap makes it, with a screen; afterwards nothing of it is left.

    Args:
        bare: its files; made once, never changed.
        work: folder for what the proof changes.
        suite: "bookworm", "noble", …
        mirror: where its packages are; empty for debootstrap's own choice.

    Raises:
        SetupError: not root, or Debian's packages cannot be had.
    """
    need_root(bare, suite, mirror)
    shutil.rmtree(work, ignore_errors=True)
    for name in ("upper", "turn", "root"):
        (work / name).mkdir(parents=True)
    root = work / "root"
    with ExitStack() as undone:
        undone.callback(shutil.rmtree, work, ignore_errors=True)
        laid = f"lowerdir={bare},upperdir={work / 'upper'},workdir={work / 'turn'}"
        _mount(undone, ["-t", "overlay", "overlay", "-o", laid], root)
        _mount(undone, ["-t", "proc", "proc"], root / "proc")
        _mount(undone, ["--bind", "/dev"], root / "dev")
        screen = ["Xvfb", DISPLAY, "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-ac"]
        xvfb = subprocess.Popen(screen, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        undone.callback(xvfb.wait)
        undone.callback(xvfb.terminate)
        _wait_for(Path(SOCKETS) / f"X{DISPLAY[1:]}")
        sockets = root / SOCKETS.lstrip("/")
        sockets.mkdir(parents=True)
        _mount(undone, ["--bind", SOCKETS], sockets)
        shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
        shutil.copy("/etc/hosts", root / "etc" / "hosts")
        # Nothing is to start by itself in a chroot.
        (root / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
        (root / "usr/sbin/policy-rc.d").chmod(0o755)
        yield Machine(root)


def need_root(bare: Path, suite: str, mirror: str) -> None:
    """Make the bare system when it is not there yet."""
    if os.geteuid() != 0:
        raise SetupError("Kiểm chứng trong chroot cần quyền root.")
    missing = [p for p, c in {"debootstrap": "debootstrap", "xvfb": "Xvfb"}.items() if not shutil.which(c)]
    if missing:
        system.apt_install(missing)
    if (bare / "usr" / "bin" / "dpkg").exists():
        return
    say(f"Chuẩn bị {suite} trong {bare} (một lần)…")
    command = [
        "debootstrap",
        "--variant=minbase",
        *_components(suite),
        suite,
        str(bare),
        *([mirror] if mirror else []),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, errors="replace")
    if done.returncode:
        raise SetupError(f"debootstrap: {(done.stdout + done.stderr)[-1500:]}")


def _components(suite: str) -> list[str]:
    # Ubuntu keeps the newer Pythons of 22.04 in universe.
    return ["--components=main,universe"] if suite in {"jammy", "noble"} else []


def _mount(undone: ExitStack, how: list[str], target: Path) -> None:
    subprocess.run(["mount", *how, str(target)], check=True)
    undone.callback(subprocess.run, ["umount", "-l", str(target)], check=False)


def _wait_for(socket: Path) -> None:
    deadline = time.monotonic() + 20
    while not socket.exists():
        if time.monotonic() > deadline:
            raise SetupError("Xvfb không khởi động.")
        time.sleep(0.1)
