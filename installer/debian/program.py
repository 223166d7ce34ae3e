"""The program folder for Linux: a virtual environment that borrows the system's Python and holds everything else."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from installer.debian import wheels as wheel_files
from installer.environment import ROOT
from installer.parts import Part, build_note, cyclonedx, digest, licences, part_of, program_version, sources

PLATFORM = "linux-x86_64"
WITHOUT = {
    "desk": ("spokesdesk/server/",),
    "portal": (
        "spokesdesk/gui/",
        "spokesdesk/cli/",
        "spokesdesk/store/",
        "spokesdesk/outside/",
        "spokesdesk/services/",
        "spokesdesk/bootstrap/",
    ),
}
"""The portal is never installed on a desk; it needs neither the window nor the desk's store."""


def made(folder: Path, kind: str, held: str, wheels: list[Path], version: str, at: int) -> list[Part]:
    """Make the program folder.

    Args:
        folder: made anew.
        kind: "desk" or "portal".
        held: "deb" or "folder", for ``BUILD.json``.
        at: the commit's time, which every file gets.

    Returns:
        The parts, the program itself first.
    """
    site = wheel_files.emptied(folder) / "lib" / f"python{wheel_files.PYTHONS[0]}" / "site-packages"
    wheel_files.laid_out(site, wheels)
    wheel_files.stripped(site)
    for name, source in sources("spokesdesk", "resources", without=WITHOUT[kind]).items():
        put(site / name, source.read_bytes())
    # A build under another number, to try upgrades with, says that number everywhere.
    said = site / "spokesdesk" / "__init__.py"
    said.write_text(
        said.read_text(encoding="utf-8").replace(f'"{program_version()}"', f'"{version}"'), "utf-8"
    )
    _borrow_python(folder)
    parts = parts_of(wheels, version)
    listed = cyclonedx(parts, datetime.fromtimestamp(at, UTC).isoformat())
    put(folder / "parts.cdx.json", json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True).encode())
    put(folder / "CHANGELOG.md", (ROOT / "CHANGELOG.md").read_bytes())
    for wheel in wheels:
        for name, data in licences(wheel).items():
            put(folder / "licences" / wheel.name.split("-")[0] / name, data)
    for file in sorted((ROOT / "resources").rglob("LICENSE*.txt")) + sorted(
        (ROOT / "resources" / "fonts").glob("*-OFL.txt")
    ):
        put(folder / "licences" / file.parent.name / file.name, file.read_bytes())
    put(folder / "BUILD.json", build_note(version, held, PLATFORM, at))
    return parts


def parts_of(wheels: Iterable[Path], version: str) -> list[Part]:
    """Give the parts: the program, every wheel file with its hash, the fonts."""
    own = Part("SpokesDesk", version, "", "", f"pkg:generic/spokesdesk@{version}")
    fonts = [
        Part(font.name, "", "OFL-1.1", digest(font), "")
        for font in sorted((ROOT / "resources" / "fonts").glob("*.ttf"))
    ]
    found = [part_of(wheel) for wheel in wheels]
    times = [part.purl for part in found]
    # A distribution comes as one wheel for each Python: each file is a part with its own hash.
    named = [
        replace(part, purl=f"{part.purl}?file_name={wheel.name}") if times.count(part.purl) > 1 else part
        for part, wheel in zip(found, wheels, strict=True)
    ]
    return [own, *named, *fonts]


def put(target: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file, with the folders it needs."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    target.chmod(mode)


def sealed(folder: Path, at: int) -> None:
    """Give files and folders one time and the usual rights, so that two builds are equal."""
    for path in [*folder.rglob("*"), folder]:
        if path.is_symlink():
            os.utime(path, (at, at), follow_symlinks=False)
            continue
        is_run = path.is_dir() or bool(path.stat().st_mode & 0o100)
        path.chmod(0o755 if is_run else 0o644)
        os.utime(path, (at, at))


def _borrow_python(folder: Path) -> None:
    """Make the folder a virtual environment of whichever of the Pythons the machine has."""
    put(folder / "pyvenv.cfg", b"home = /usr/bin\ninclude-system-site-packages = false\n")
    (folder / "bin").mkdir()
    first = wheel_files.PYTHONS[0]
    for python in wheel_files.PYTHONS:
        (folder / "bin" / f"python{python}").symlink_to(f"/usr/bin/python{python}")
        if python != first:
            (folder / "lib" / f"python{python}").symlink_to(f"python{first}")
