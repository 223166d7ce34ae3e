"""The list of parts in a backup, with the hash of each; read with mistrust, for it comes from outside."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from spokesdesk.domain.backups import Told
from spokesdesk.domain.errors import OutsideError
from spokesdesk.outside.newfolder import DESCRIPTION
from spokesdesk.outside.workspace import BLOBS, DATABASE

FORMAT = 1
MANIFEST = "manifest.json"
LARGEST = 256 << 20
CHUNK = 1 << 20
# A byte that turned in a count or a date would otherwise be believed.
SEAL = "sha256"
_PART = re.compile(rf"workspace\.json|desk\.db|{BLOBS}/[0-9a-f]{{2}}/[0-9a-f]{{64}}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one part: SHA-256 of its stored (encrypted) bytes, and their number."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """When a backup was made, its parts by name, and what its database says of itself (None: was not asked)."""

    made_at: datetime
    parts: Mapping[str, Entry]
    told: Told | None = None

    def dump(self) -> bytes:
        """Give the manifest as it is written."""
        content: dict[str, Any] = {
            "format": FORMAT,
            "made_at": self.made_at.isoformat(),
            "parts": {name: {"sha256": one.sha256, "size": one.size} for name, one in self.parts.items()},
        }
        if self.told is not None:
            told = self.told
            content["told"] = {"links": told.links, "head": told.head, "rows": dict(told.rows)}
        return json.dumps({**content, SEAL: _digest(content)}, indent=1).encode()


def parse(data: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        OutsideError: ``backup_damaged`` (part ``manifest.json``), ``backup_newer``.
    """
    try:
        content = json.loads(data)
        if int(content["format"]) > FORMAT:
            raise OutsideError("backup_newer", found=content["format"], known=FORMAT)
        if content.pop(SEAL) != _digest(content):
            raise ValueError("changed since it was written")
        parts = {name: Entry(str(one["sha256"]), int(one["size"])) for name, one in content["parts"].items()}
        made_at = datetime.fromisoformat(str(content["made_at"])).astimezone(UTC)
        told = _told(content["told"]) if "told" in content else None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutsideError("backup_damaged", part=MANIFEST) from error
    if not all(map(_PART.fullmatch, parts)) or not {DESCRIPTION, DATABASE} <= set(parts):
        raise OutsideError("backup_damaged", part=MANIFEST)
    return Manifest(made_at, parts, told)


def copied(
    source: IO[bytes], target: IO[bytes] | None, limit: int = -1, told: Callable[[int], object] | None = None
) -> Entry:
    """Copy a part and give its hash and size.

    Args:
        source: read to its end, or until it is longer than ``limit`` bytes (negative: no limit).
        target: None to look only.
        told: called with the bytes of each piece; what it raises ends the copy.
    """
    digest, size = hashlib.sha256(), 0
    while (limit < 0 or size <= limit) and (chunk := source.read(CHUNK)):
        digest.update(chunk)
        size += len(chunk)
        if target:
            target.write(chunk)
        if told:
            told(len(chunk))
    return Entry(digest.hexdigest(), size)


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _told(content: Any) -> Told:
    rows = {str(name): int(count) for name, count in content["rows"].items()}
    return Told(int(content["links"]), str(content["head"]), rows)
