"""What a Debian package says of itself: control, copyright, changelog, manual page, icons, check sums."""

from __future__ import annotations

import gzip
import hashlib
import struct
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from installer.environment import ROOT
from installer.parts import Part
from installer.system import DESK
from installer.talk import SetupError

MAINTAINER = "SpokesDesk <spokesdesk@localhost.invalid>"
PYTHON = "python3.11 | python3.12 | python3.13"
RECOMMENDED = frozenset({"cups-client"})
DESK_NEEDS = ("libc6 (>= 2.28)", PYTHON, *(name for name in DESK if name not in RECOMMENDED))
PORTAL_NEEDS = ("libc6 (>= 2.28)", PYTHON, "adduser")
ABOUT = {
    "spokesdesk": (
        "desk of the people who speak to the press for an agency",
        "Journal of contacts with the press, requests for information, official\n"
        " letters and press releases in the form of Vietnam's Decree 30/2020, case\n"
        " files, signing, and exchange with the province's portal. Works without a\n"
        " server; everything is kept encrypted on the machine. The window is in\n"
        " Vietnamese.\n"
        " .\n"
        " Bàn làm việc của người phát ngôn cơ quan nhà nước.",
    ),
    "spokesdesk-portal": (
        "web service that publishes what SpokesDesk desks release",
        "Receives signed operations of the desks of a province or an agency, keeps\n"
        " their order, and shows what was released on a public page and in an Atom\n"
        " feed. Keeps its data in an embedded database or in PostgreSQL.",
    ),
}


def control(package: str, version: str, size_kb: int) -> str:
    """Give the control file.

    Args:
        package: one of ``ABOUT``.
        size_kb: of the installed files.
    """
    needs = DESK_NEEDS if package == "spokesdesk" else PORTAL_NEEDS
    brief, long = ABOUT[package]
    lines = [
        f"Package: {package}",
        f"Version: {version}",
        "Architecture: amd64",
        f"Maintainer: {MAINTAINER}",
        f"Installed-Size: {size_kb}",
        f"Depends: {', '.join(needs)}",
        f"Section: {'misc' if package == 'spokesdesk' else 'web'}",
        "Priority: optional",
        f"Description: {brief}",
        f" {long}",
    ]
    if package == "spokesdesk":
        lines.insert(6, "Recommends: cups-client, gnome-keyring | kwalletmanager, ibus | fcitx5")
    else:
        lines.insert(6, "Suggests: postgresql, nginx | apache2")
    return "\n".join(lines) + "\n"


def overrides(package: str) -> str:
    """Give what lintian is to pass over, with the reason."""
    return (
        "# Parts come as their makers built and tested them, fetched by hash; parts.cdx.json names each.\n"
        f"{package}: embedded-library *\n"
        "# What a maker moved and patched after linking is not touched again.\n"
        f"{package}: unstripped-binary-or-object *\n"
    )


def copyright_text(package: str, parts: Iterable[Part]) -> str:
    """Give the copyright file: every part with its licence; full texts lie beside the program."""
    licences = f"/usr/lib/{package}/program/licences"
    lines = [
        "SpokesDesk",
        "==========",
        "",
        "The source tree declares no licence for the program's own files; whoever publishes the package states it.",
        "The package holds the parts below, as their makers built them, under their own licences. The full texts",
        f"are in {licences}; GPL, LGPL, Apache-2.0 and MPL texts also in /usr/share/common-licenses.",
        "Copyright of each part is held by those whom its licence file names.",
        "",
    ]
    seen = {f"{part.name} {part.version}".strip(): part.licence or "see its licence file" for part in parts}
    lines += [
        f"{name}\n    {licence}" for name, licence in sorted(seen.items(), key=lambda item: item[0].lower())
    ]
    return "\n".join(lines) + "\n"


def debian_changelog(package: str, version: str, at: int) -> str:
    """Give the changelog in Debian's form, out of the top section of ``CHANGELOG.md``."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    section = text.split("\n## ", 2)[1]
    points: list[str] = []
    for line in section.splitlines():
        if line.startswith("- "):
            points.append(line[2:])
        elif line.startswith("  ") and points:
            points[-1] += f" {line.strip()}"
    day = datetime.fromtimestamp(at, UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    body = "\n".join(f"  * {wrapped(point)}" for point in points)
    return f"{package} ({version}) stable; urgency=medium\n\n{body}\n\n -- {MAINTAINER}  {day}\n"


def wrapped(text: str) -> str:
    """Break a point of the changelog into lines of at most 78 signs, indented below its star."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) > 72:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n    ".join([*lines, line])


def packed(text: str) -> bytes:
    """Give a text compressed as manual pages and changelogs are, with no time in it."""
    return gzip.compress(text.encode(), 9, mtime=0)


def manual(file: Path, version: str, at: int) -> bytes:
    """Give a manual page with its version and day, compressed."""
    day = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")
    return packed(file.read_text(encoding="utf-8").replace("@DATE@", day).replace("@VERSION@", version))


def icons(file: Path) -> dict[int, bytes]:
    """Give the PNG pictures inside a Windows icon file by their width.

    Raises:
        SetupError: a picture is not kept as PNG.
    """
    data = file.read_bytes()
    (count,) = struct.unpack_from("<H", data, 4)
    found = {}
    for number in range(count):
        width, _height, _c, _r, _p, _b, size, offset = struct.unpack_from("<BBBBHHII", data, 6 + 16 * number)
        picture = data[offset : offset + size]
        if not picture.startswith(b"\x89PNG"):
            raise SetupError(f"{file.name}: ảnh {width} điểm không phải PNG.")
        found[width or 256] = picture
    return found


def sums(folder: Path) -> str:
    """Give the lines of ``md5sums``, the form dpkg knows, for every file but the package's own description."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    lines = [
        f"{hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()}  {file.relative_to(folder)}"
        for file in files
        if file.relative_to(folder).parts[0] != "DEBIAN"
    ]
    return "\n".join(lines) + "\n"
