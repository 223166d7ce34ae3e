"""Builds the Debian packages and the portable folder: ``python3 installer/debian/build.py``.

Everything comes by the names and hashes of ``requirements/linux-*.txt`` through pip. The same commit gives the same
files.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120

from installer.debian import papers, program, wheels
from installer.environment import ROOT
from installer.parts import Part, commit_time, digest, program_version
from installer.talk import SetupError, run_door, say

FILES = Path(__file__).resolve().parent / "files"
ICON = ROOT / "installer" / "windows" / "spokesdesk.ico"
KINDS = ("desk", "portal", "folder")
PACKAGE = {"desk": "spokesdesk", "portal": "spokesdesk-portal"}


def main(arguments: list[str]) -> int:
    """Build; says where each file is and how large."""
    parser = argparse.ArgumentParser(description="Dựng gói Debian và thư mục mang theo cho Linux.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="thư mục nhận gói")
    parser.add_argument("--keep", type=Path, default=ROOT / "build" / "debian", help="thư mục làm việc")
    parser.add_argument(
        "--only", default=",".join(KINDS), help="desk, portal, folder; cách nhau bằng dấu phẩy"
    )
    parser.add_argument("--version", default="", help="số phiên bản khác, để thử nâng cấp")
    parser.add_argument("--fast", action="store_true", help="nén nhanh, để thử; không dùng để phát hành")
    given = parser.parse_args(arguments)
    need_programs()
    given.out.mkdir(parents=True, exist_ok=True)
    version, at = given.version or program_version(), commit_time()
    for kind in given.only.split(","):
        if kind not in KINDS:
            raise SetupError(f"--only: không có “{kind}”; chọn trong {', '.join(KINDS)}.")
        target = built(kind, given.keep, given.out, version, at, fast=given.fast)
        say(f"{target}: {target.stat().st_size / 1e6:.1f} MB, SHA-256 {digest(target)}")
    return 0


def need_programs() -> None:
    """Raise SetupError with the line to run when dpkg-deb, strip or zstd is missing."""
    missing = [name for name in ("dpkg-deb", "strip", "zstd") if shutil.which(name) is None]
    if missing:
        raise SetupError("Thiếu chương trình. Hãy chạy:\n  sudo apt-get install -y dpkg binutils zstd")


def built(kind: str, keep: Path, out: Path, version: str, at: int, *, fast: bool = False) -> Path:
    """Build one of the three.

    Args:
        kind: one of ``KINDS``.
        keep: working folder.
        out: receives the file.
        at: the commit's time.
        fast: weak compression, for trials.
    """
    fetched = wheels.fetched(keep, "portal" if kind == "portal" else "desk")
    if kind == "folder":
        return _portable(keep / "SpokesDesk", fetched, out, version, at, fast)
    if kind == "portal":
        fetched = wheels.needed(fetched, wheels.PORTAL_ROOTS)
    package = PACKAGE[kind]
    root = wheels.emptied(keep / package)
    inside = root / "usr" / "lib" / package
    parts = program.made(inside / "program", kind, "deb", fetched, version, at)
    (_add_desk if kind == "desk" else _add_portal)(root, inside, version, at)
    _add_papers(root, package, parts, version, at)
    return _packed(root, out / f"{package}_{version}_amd64.deb", at, fast)


def _add_desk(root: Path, inside: Path, version: str, at: int) -> None:
    program.put(inside / "spokesdesk", (FILES / "spokesdesk.sh").read_bytes(), 0o755)
    _link(root / "usr" / "bin" / "spokesdesk", "../lib/spokesdesk/spokesdesk")
    share = root / "usr" / "share"
    program.put(share / "applications" / "spokesdesk.desktop", (FILES / "spokesdesk.desktop").read_bytes())
    for width, picture in papers.icons(ICON).items():
        program.put(share / f"icons/hicolor/{width}x{width}/apps/spokesdesk.png", picture)
    program.put(share / "man/man1/spokesdesk.1.gz", papers.manual(FILES / "spokesdesk.1", version, at))
    _add_scripts(root, "spokesdesk", {"postinst": "desk.postinst", "prerm": "desk.prerm"})


def _add_portal(root: Path, _inside: Path, version: str, at: int) -> None:
    name = "spokesdesk-portal"
    program.put(root / "usr" / "bin" / name, (FILES / f"{name}.sh").read_bytes(), 0o755)
    program.put(root / f"lib/systemd/system/{name}.service", (FILES / f"{name}.service").read_bytes())
    program.put(root / "etc" / name / "portal.toml", (FILES / "portal.toml").read_bytes())
    program.put(root / "DEBIAN" / "conffiles", f"/etc/{name}/portal.toml\n".encode())
    program.put(root / f"usr/share/man/man8/{name}.8.gz", papers.manual(FILES / f"{name}.8", version, at))
    scripts = {"postinst": "portal.postinst", "prerm": "portal.prerm", "postrm": "portal.postrm"}
    _add_scripts(root, name, scripts)


def _add_scripts(root: Path, package: str, scripts: dict[str, str]) -> None:
    program.put(root / "DEBIAN" / "triggers", (FILES / "triggers").read_bytes())
    for name, file in scripts.items():
        text = (FILES / f"{file}.sh").read_text(encoding="utf-8").replace("@FOLDER@", f"/usr/lib/{package}")
        program.put(root / "DEBIAN" / name, text.encode(), 0o755)


def _add_papers(root: Path, package: str, parts: list[Part], version: str, at: int) -> None:
    told = root / "usr" / "share" / "doc" / package
    program.put(told / "copyright", papers.copyright_text(package, parts[1:]).encode())
    program.put(told / "changelog.gz", papers.packed(papers.debian_changelog(package, version, at)))
    passed_over = root / "usr" / "share" / "lintian" / "overrides" / package
    program.put(passed_over, papers.overrides(package).encode())
    size = sum(path.lstat().st_size for path in root.rglob("*") if path.is_file()) // 1024
    program.put(root / "DEBIAN" / "control", papers.control(package, version, size).encode())
    program.put(root / "DEBIAN" / "md5sums", papers.sums(root).encode())


def _packed(root: Path, target: Path, at: int, fast: bool) -> Path:
    program.sealed(root, at)
    shape = ["-Zzstd", "-z1"] if fast else ["-Zxz", "-z6", "--threads-max=1"]
    command = ["dpkg-deb", "--root-owner-group", *shape, "--build", str(root), str(target)]
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(at), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetupError(f"dpkg-deb: {done.stderr[-2000:]}")
    return target


def _portable(folder: Path, fetched: list[Path], out: Path, version: str, at: int, fast: bool) -> Path:
    program.made(folder / "program", "desk", "folder", fetched, version, at)
    program.put(folder / "spokesdesk", (FILES / "spokesdesk.sh").read_bytes(), 0o755)
    program.sealed(folder, at)
    return archived(folder, out / f"SpokesDesk-{version}-{program.PLATFORM}.tar.zst", at, fast=fast)


def archived(folder: Path, target: Path, at: int, *, fast: bool = False) -> Path:
    """Pack a folder as .tar.zst, the same bytes for the same files.

    Raises:
        SetupError: zstd failed.
    """
    bare = target.with_suffix("")
    with tarfile.open(bare, "w", format=tarfile.GNU_FORMAT) as archive:
        for path in sorted([folder, *folder.rglob("*")]):
            entry = archive.gettarinfo(path, str(path.relative_to(folder.parent)))
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime = at
            if entry.isreg():
                entry.type = tarfile.REGTYPE
                with path.open("rb") as data:
                    archive.addfile(entry, data)
            else:
                archive.addfile(entry)
    level = "-3" if fast else "-19"
    done = subprocess.run(
        ["zstd", "-q", "-f", "--rm", "-T1", level, str(bare), "-o", str(target)], check=False
    )
    if done.returncode:
        raise SetupError("zstd không nén được (thông báo ở trên).")
    return target


def _link(place: Path, target: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)


if __name__ == "__main__":
    sys.exit(run_door(main))
