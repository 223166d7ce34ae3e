"""Proves updates with real programs: ``python3 installer/updates/prove.py OLD.tar.zst NEW.tar.zst``.

Holds the ceremony, publishes NEW, unpacks OLD in a folder with accents and lets it update itself from a web server,
start as the new version, test itself, go back, and update again from a folder without a network.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120

from installer.environment import ROOT
from installer.talk import SetupError, run_door, say
from installer.updates.release import ARCHIVE

TOOLS = ROOT / "installer" / "updates"
ROLES = ("targets", "snapshot", "timestamp")
PHRASE = {"SPOKESDESK_KEY_PASSPHRASE": "cụm mật khẩu của khóa thử"}


def main(arguments: list[str]) -> int:
    """Run the proof; the exit code is 0 when every step holds."""
    parser = argparse.ArgumentParser(description="Kiểm chứng việc tự cập nhật bằng hai bản thật.")
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="SpokesDesk cập nhật ") as name:
        Proof(Path(name), given.old, given.new).run()
    return 0


class Proof:
    """One publisher, one user."""

    def __init__(self, folder: Path, old: Path, new: Path) -> None:
        self.folder, self.new = folder, new
        self.before, self.after = (_version(file) for file in (old, new))
        self.site = folder / "kho phát hành"
        self.home = folder / "Nguyễn Văn Ổn" / "SpokesDesk"
        self.home.parent.mkdir()
        _run(["tar", "--zstd", "-xf", str(old), "-C", str(self.home.parent)])

    def run(self) -> None:
        """The steps in their order."""
        self._publish()
        served = subprocess.Popen(
            [
                sys.executable,
                "-u",
                "-m",
                "http.server",
                "--bind",
                "127.0.0.1",
                "--directory",
                str(self.site),
                "0",
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert served.stdout is not None
            port = served.stdout.readline().split(" port ")[1].split()[0]
            self._update_from(f"http://127.0.0.1:{port}")
        finally:
            served.kill()
            served.wait()
        self._go_back_and_forth()

    def _publish(self) -> None:
        keys = {name: self.folder / "khóa" / f"{name}.pem" for name in ("root1", "root2", "root3", *ROLES)}
        for key in keys.values():
            self._tool("ceremony", "new-key", str(key))
        root = self.folder / "root.json"
        public = {name: str(key.with_suffix(".pub")) for name, key in keys.items()}
        roots = [word for n in (1, 2, 3) for word in ("--root", public[f"root{n}"])]
        others = [word for role in ROLES for word in (f"--{role}", public[role])]
        self._tool("ceremony", "root", *roots, *others, "--out", str(root))
        self._tool("ceremony", "sign", str(root), str(keys["root1"]))
        self._tool("ceremony", "sign", str(root), str(keys["root3"]))
        # The folders of the other Pythons are links to the first.
        shipped = min(self.home.glob("program/lib/*/site-packages/spokesdesk/resources/updates"))
        finish = ("finish", str(root), str(self.site), "--shipped", str(shipped / "root.json"))
        self._tool("ceremony", *finish)
        changes = self.folder / "changes.md"
        changes.write_text(f"## {self.after}\n\n- Bản thử.\n", encoding="utf-8")
        signing = [word for role in ROLES for word in (f"--{role}", str(keys[role]))]
        told = ("--channel", "stable", "--changes", str(changes))
        self._tool("release", "add", str(self.site), str(self.new), *told, *signing)
        say(f"lễ tạo khóa xong, đã phát hành {self.after}")

    def _update_from(self, address: str) -> None:
        assert self._starts() == self.before
        self._desk("update", "set", "--address", address)
        assert self._state("check")["offer"]["version"] == self.after
        assert self._state("get")["beside"] == self.after
        assert self._starts() == self.before
        assert self._state("apply")["ready"] == self.after
        assert self._starts() == self.after
        say(f"{self.before} tự tải và thành {self.after}")
        told = json.loads(self._desk("self-test", "--json"))
        assert told["ok"], told
        say("bản mới tự kiểm tra đạt")

    def _go_back_and_forth(self) -> None:
        assert self._state("back")["ready"] == self.before
        assert self._starts() == self.before
        self._desk("update", "from", str(self.site))
        assert self._starts() == self.after
        say(f"quay về {self.before}, rồi lại lên {self.after} từ thư mục, không có mạng")

    def _starts(self) -> str:
        return self._desk("--version").strip().removeprefix("SpokesDesk ")

    def _state(self, what: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self._desk("update", what, "--json"))
        return told

    def _desk(self, *words: str) -> str:
        return _run([str(self.home / "spokesdesk"), *words], {"SPOKESDESK_HOME": str(self.folder / "nhà")})

    def _tool(self, name: str, *words: str) -> None:
        _run([sys.executable, str(TOOLS / f"{name}.py"), *words], PHRASE)


def _version(file: Path) -> str:
    named = ARCHIVE.fullmatch(file.name)
    if named is None:
        raise SetupError(f"{file.name}: tên gói không đúng dạng.")
    return named["version"]


def _run(command: list[str], env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, env=os.environ | (env or {}), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetupError(f"{' '.join(command[:4])}: {done.returncode}\n{(done.stdout + done.stderr)[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(run_door(main))
