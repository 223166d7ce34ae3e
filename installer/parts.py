"""What a packaged program is made of: version, time of the commit, files, wheels, licences, the CycloneDX list."""

from __future__ import annotations

import email
import hashlib
import json
import os
import re
import subprocess
import uuid
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from installer.environment import ROOT
from installer.talk import SetupError

LICENCE_FILE = re.compile(r"(^|/)(licen[cs]es?/|(licen[cs]e|copying|notice|authors)[^/]*$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One part as the list of parts names it; ``sha256`` is of the file it came in."""

    name: str
    version: str
    licence: str
    sha256: str
    purl: str


def program_version() -> str:
    """Give the version; it is written in ``spokesdesk/__init__.py`` alone."""
    text = (ROOT / "spokesdesk" / "__init__.py").read_text(encoding="utf-8")
    return text.partition('__version__ = "')[2].partition('"')[0]


def commit_time() -> int:
    """Give the commit's time in seconds since 1970, or ``SOURCE_DATE_EPOCH``."""
    asked = os.environ.get("SOURCE_DATE_EPOCH")
    if asked:
        return int(asked)
    return int(git("log", "-1", "--format=%ct"))


def sources(*shipped: str, without: tuple[str, ...] = ()) -> dict[str, Path]:
    """Give the program's own files as committed: path in the program → file of the checkout.

    Args:
        shipped: folders of the checkout; the data files get their place inside the package.
        without: beginnings of paths in the program that are left out.
    """
    found = {}
    for name in git("ls-files", *shipped).splitlines():
        inside = name if name.startswith("spokesdesk/") else f"spokesdesk/{name}"
        if not inside.startswith(without):
            found[inside] = ROOT / name
    return dict(sorted(found.items()))


def git(*words: str) -> str:
    """Give what git says about this checkout.

    Raises:
        SetupError: this is no checkout.
    """
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetupError("Bộ cài dựng từ một bản git của mã nguồn.")
    return done.stdout


def build_note(version: str, kind: str, platform: str, at: int) -> bytes:
    """Give ``BUILD.json``: what the installed program knows of how it was made.

    Args:
        kind: "deb" (apt owns the files) or "folder" (the program renews its own folder).
        platform: as ``services.updates`` names it, e.g. "linux-x86_64".
        at: seconds since 1970; a clock before it is wrong.
    """
    made = datetime.fromtimestamp(at, UTC).isoformat()
    note = {"version": version, "kind": kind, "platform": platform, "made_at": made}
    return (json.dumps(note, indent=1, sort_keys=True) + "\n").encode()


def part_of(wheel: Path) -> Part:
    """Read name, version and licence of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n))
        told = email.message_from_bytes(archive.read(name))
    licence = told["License-Expression"] or _short(told["License"]) or _classified(told.get_all("Classifier"))
    title, version = str(told["Name"]), str(told["Version"])
    return Part(title, version, licence, digest(wheel), f"pkg:pypi/{title.lower()}@{version}")


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
        names = [
            n for n in archive.namelist() if ".dist-info/" in n and LICENCE_FILE.search(n) and n[-1] != "/"
        ]
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
