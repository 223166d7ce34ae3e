"""Builds twice and compares: ``python3 installer/reproduce.py [--only desk,portal,folder,windows] [--fast]``.

The second build runs in another folder, at another time, with another umask. What differs is listed file by file;
other builders use ``differences`` for the same.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120

from installer.environment import ROOT
from installer.parts import digest
from installer.talk import SetupError, run_door, say

DEBIAN = ROOT / "installer" / "debian" / "build.py"
WINDOWS = ROOT / "installer" / "windows" / "build.py"
UMASKS = (0o022, 0o077)


def main(arguments: list[str]) -> int:
    """Build twice; the exit code is 0 when nothing differs."""
    parser = argparse.ArgumentParser(description="Dựng hai lần rồi so từng byte.")
    parser.add_argument("--only", default="desk,portal,folder", help="phần cần dựng; windows: bộ cài Windows")
    parser.add_argument(
        "--keep", type=Path, default=ROOT / "build" / "debian", help="thư mục có các gói đã tải"
    )
    parser.add_argument(
        "--keep-windows", type=Path, default=ROOT / "build" / "windows", help="như --keep, của bộ cài Windows"
    )
    parser.add_argument("--fast", action="store_true", help="nén nhanh")
    parser.add_argument("--out", type=Path, help="thư mục giữ bản dựng thứ nhất, để kiểm chứng đúng bản ấy")
    given = parser.parse_args(arguments)
    given.keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="spokesdesk-reproduce-", dir=given.keep) as name:
        made = [_build(Path(name) / str(turn), umask, given) for turn, umask in enumerate(UMASKS)]
        names = sorted({file.name for folder in made for file in folder.iterdir()})
        found = {name: differences(made[0] / name, made[1] / name) for name in names}
        if given.out is not None:
            shutil.copytree(made[0], given.out, dirs_exist_ok=True)
    for name, lines in found.items():
        say(f"{name}: {'giống từng byte' if not lines else 'KHÁC'}")
        for line in lines:
            say(f"  {line}")
    return 1 if any(found.values()) else 0


def differences(first: Path, second: Path) -> list[str]:
    """Give in which files two builds differ; empty when they are the same byte by byte.

    Args:
        first: a folder, a .deb, a .tar.zst or any other file.
        second: the same of the other build.
    """
    if first.is_dir() and second.is_dir():
        return _between_folders(first, second)
    if not (first.is_file() and second.is_file()):
        return [f"{first.name}: chỉ có ở một bản"]
    if digest(first) == digest(second):
        return []
    with tempfile.TemporaryDirectory(prefix="spokesdesk-differences-") as name:
        folders = [_unpacked(file, Path(name) / str(turn)) for turn, file in enumerate((first, second))]
        inside = _between_folders(*folders) if None not in folders else []  # type: ignore[arg-type]
    return inside or [f"{first.name}: cùng nội dung, khác cách đóng gói"]


def _between_folders(first: Path, second: Path) -> list[str]:
    sides = [{str(path.relative_to(side)): path for path in side.rglob("*")} for side in (first, second)]
    found = [f"{name}: chỉ có ở một bản" for name in sorted(sides[0].keys() ^ sides[1].keys())]
    for name in sorted(sides[0].keys() & sides[1].keys()):
        one, other = sides[0][name], sides[1][name]
        if _told(one) != _told(other):
            found.append(name)
    return found


def _told(path: Path) -> tuple[object, ...]:
    """Give what of a file must be equal: kind, rights, time, content."""
    state = path.lstat()
    if path.is_symlink():
        return ("link", str(path.readlink()))
    content = digest(path) if path.is_file() else ""
    return (state.st_mode, int(state.st_mtime), content)


def _unpacked(file: Path, target: Path) -> Path | None:
    target.mkdir()
    if file.suffix == ".deb":
        command = ["dpkg-deb", "--raw-extract", str(file), str(target)]
    elif file.name.endswith(".tar.zst"):
        command = ["tar", "--zstd", "-xpf", str(file), "-C", str(target)]
    else:
        return None
    return target if subprocess.run(command, check=False, capture_output=True).returncode == 0 else None


def _build(out: Path, umask: int, given: argparse.Namespace) -> Path:
    work = out / "work"
    work.mkdir(parents=True)
    fetched = [*given.keep.glob("wheels-*"), *(given.keep_windows / name for name in ("wheels", "embed"))]
    for folder in fetched:
        if folder.is_dir():
            (work / folder.name).symlink_to(folder.resolve())
    before = os.umask(umask)
    try:
        for builder, more in _builders(given.only.split(",")):
            command = [sys.executable, str(builder), "--out", str(out / "dist"), "--keep", str(work), *more]
            fast = ["--fast"] if given.fast else []
            if subprocess.run([*command, *fast], stdout=subprocess.DEVNULL, check=False).returncode:
                raise SetupError("Không dựng được (thông báo ở trên).")
    finally:
        os.umask(before)
    shutil.rmtree(work)
    return out / "dist"


def _builders(wanted: list[str]) -> list[tuple[Path, list[str]]]:
    """Give which program builds what is wanted, with its own options."""
    packages = ",".join(kind for kind in wanted if kind != "windows")
    found: list[tuple[Path, list[str]]] = [(DEBIAN, ["--only", packages])] if packages else []
    return [*found, (WINDOWS, [])] if "windows" in wanted else found


if __name__ == "__main__":
    sys.exit(run_door(main))
