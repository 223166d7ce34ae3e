"""workspace.json: what the workspace is called and the envelopes that open it; no secret in the clear."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from spokesdesk.domain.errors import DeskError, OutsideError
from spokesdesk.outside import disk
from spokesdesk.outside.envelope import Envelope, b64, unb64
from spokesdesk.outside.newfolder import DESCRIPTION

FORMAT = 1
_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Description:
    """The content of workspace.json.

    Attributes:
        workspace: the workspace's id, as text.
        agency_name: what the unlock screen shows.
        envelopes: by way of unlocking: keyring, passphrase, recovery.
        device: sealed secrets of this device, by name.
        extra: what a later version of the same format added; kept as it is.
    """

    workspace: str
    agency_name: str
    created_at: datetime
    envelopes: Mapping[str, Envelope]
    device: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    extra: Mapping[str, object] = field(default_factory=dict)

    def with_envelope(self, way: str, envelope: Envelope | None) -> "Description":
        """Give a description with one envelope exchanged, or taken away (None)."""
        others = {name: kept for name, kept in self.envelopes.items() if name != way}
        return replace(self, envelopes=others if envelope is None else others | {way: envelope})

    def with_device(self, name: str, sealed: bytes | None) -> "Description":
        """Give a description with one device secret exchanged, or taken away (None)."""
        others = {key: kept for key, kept in self.device.items() if key != name}
        return replace(self, device=others if sealed is None else others | {name: sealed})


def write(folder: Path, description: Description) -> None:
    """Write workspace.json so that it is the old or the new one, never half.

    Raises:
        OutsideError: ``disk_full``, ``read_only``, ``disk_failed``.
    """
    content = {
        **description.extra,
        "format": FORMAT,
        "program": "SpokesDesk",
        "workspace": description.workspace,
        "agency": description.agency_name,
        "created_at": description.created_at.isoformat(),
        "envelopes": {way: envelope.to_json() for way, envelope in description.envelopes.items()},
        "device": {name: b64(sealed) for name, sealed in description.device.items()},
    }
    disk.write_atomically(folder / DESCRIPTION, json.dumps(content, ensure_ascii=False, indent=1).encode())


def read(folder: Path) -> Description:
    """Read workspace.json.

    Raises:
        OutsideError: ``workspace_missing``, ``workspace_newer``, ``workspace_damaged``, ``read_only``.
    """
    path = folder / DESCRIPTION
    if not path.is_file():
        raise OutsideError("workspace_missing", path=str(folder))
    with disk.explained(path), path.open("rb") as handle:
        data = handle.read(_LARGEST + 1)
    return parse(data)


def parse(data: bytes) -> Description:
    """Read the bytes of workspace.json; raises ``workspace_newer`` or ``workspace_damaged``."""
    try:
        if len(data) > _LARGEST:
            raise ValueError("too large")
        content = json.loads(data)
        if int(content["format"]) > FORMAT:
            raise OutsideError("workspace_newer", found=content["format"], known=FORMAT)
        return _from_json(content)
    except DeskError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise OutsideError("workspace_damaged", part=DESCRIPTION) from error


def _from_json(content: Mapping[str, Any]) -> Description:
    known = {"format", "program", "workspace", "agency", "created_at", "envelopes", "device"}
    created_at = datetime.fromisoformat(content["created_at"])
    if created_at.tzinfo is None or not isinstance(content["workspace"], str):
        raise ValueError("not a workspace")
    return Description(
        workspace=content["workspace"],
        agency_name=str(content["agency"]),
        created_at=created_at,
        envelopes={way: Envelope.from_json(one) for way, one in content["envelopes"].items()},
        device={name: unb64(sealed) for name, sealed in content.get("device", {}).items()},
        extra={name: value for name, value in content.items() if name not in known},
    )
