"""The parts of the program with their licences: the installed program's own list, or what Python knows."""

import json
import re
from importlib import metadata
from pathlib import Path

from spokesdesk import assets
from spokesdesk.domain.parts import ProgramPart

LIST = "parts.cdx.json"
LICENCES = "licences"
_FILE = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)


def parts() -> tuple[ProgramPart, ...]:
    """Give every part once, by name, without the texts of licences."""
    folder = assets.program_folder()
    found = _installed() if folder is None else _listed(folder)
    return tuple(sorted(found, key=lambda part: part.name.lower()))


def licence_text(part: ProgramPart) -> str:
    """Give the full text of a part's licence, "" when it brings none."""
    folder = assets.program_folder()
    if folder is None:
        return _text_of_distribution(part.name)
    wanted = re.sub(r"[-.]", "_", part.name).lower()
    for held in sorted((folder / LICENCES).glob("*")):
        if re.sub(r"[-.]", "_", held.name).lower() in (wanted, f"{wanted}_txt"):
            files = sorted(path for path in held.rglob("*") if path.is_file()) if held.is_dir() else [held]
            return "\n\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files)
    return ""


def changes() -> str:
    """Give what is new in each version, as Markdown in Vietnamese, the newest first."""
    return assets.read_text("updates", "changes.md")


def _listed(folder: Path) -> list[ProgramPart]:
    """Read the list that came with the program; a part in several files is one part."""
    told = json.loads((folder / LIST).read_text(encoding="utf-8"))["components"]
    found = {
        (one["name"], one.get("version", "")): "; ".join(
            entry.get("license", {}).get("name", "") for entry in one.get("licenses", ())
        )
        for one in told
    }
    return [ProgramPart(name, version, licence) for (name, version), licence in found.items()]


def _installed() -> list[ProgramPart]:
    found = {}
    for one in metadata.distributions():
        told = one.metadata
        named = _said(told, "Name")
        if named:
            licence = _said(told, "License-Expression") or _short(_said(told, "License"))
            found[named] = ProgramPart(named, one.version, licence)
    return list(found.values())


def _said(told: metadata.PackageMetadata, name: str) -> str:
    # A part may bring a newer importlib, which raises KeyError for what is not said.
    return str(told[name] or "") if name in told else ""


def _short(text: str) -> str:
    plain = text.strip()
    return plain if len(plain) <= 80 and "\n" not in plain else ""


def _text_of_distribution(name: str) -> str:
    try:
        files = metadata.files(name) or []
    except metadata.PackageNotFoundError:
        return ""
    texts = [file.read_text() for file in files if ".dist-info/" in str(file) and _FILE.search(str(file))]
    return "\n\n".join(texts)
