"""Files that no journal holds any more, and no backup either: counted, or let go."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import Engine

from spokesdesk.domain.errors import UserError
from spokesdesk.server.administering import note
from spokesdesk.server.database import in_transaction
from spokesdesk.server.files import FileStore
from spokesdesk.server.letting_go import is_held

KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found.

    Attributes:
        files: hashes of the files that went, or would go.
        bytes: what they take.
        young: held by nobody, but not for long enough.
        backed: held by nobody, but by a backup.
    """

    files: tuple[str, ...]
    bytes: int
    young: int
    backed: int


def sweep(
    engine: Engine,
    store: FileStore,
    backups: Sequence[Path],
    now: datetime,
    days: int = KEPT_DAYS,
    *,
    dry: bool,
) -> Swept:
    """Let go of files that no journal holds: put there more than some days ago, and in no backup.

    Args:
        backups: folders of ``portal backup``; what a copy in them names stays.
        days: at least 30: a desk may still bring the record of a file that a restored portal does not know.
        dry: only tell.

    Raises:
        UserError: ``sweep_days_range``; ``backup_unreadable``: a copy that cannot be read might name anything.
    """
    if not KEPT_DAYS <= days <= 3650:
        raise UserError("sweep_days_range", field="days", least=KEPT_DAYS)
    copied = {sha256 for folder in backups for sha256 in _named(folder)}
    before = (now - timedelta(days=days)).timestamp()
    gone: list[str] = []
    size = young = backed = 0
    for sha256, bytes_, at in list(store.stored()):
        if is_held(engine, sha256):
            continue
        if at > before:
            young += 1
        elif sha256 in copied:
            backed += 1
        else:
            gone.append(sha256)
            size += bytes_
            if not dry:
                store.remove(sha256)
    if gone and not dry:
        told: dict[str, object] = {"files": len(gone), "bytes": size}
        in_transaction(engine, lambda connection: note(connection, "sweep", "", now, told))
    return Swept(tuple(gone), size, young, backed)


def _named(folder: Path) -> set[str]:
    found: set[str] = set()
    manifests = sorted(folder.glob("portal-*.json"))
    if not manifests:
        raise UserError("backup_unreadable", field="backups", path=str(folder))
    for manifest in manifests:
        try:
            found |= {str(one) for one in json.loads(manifest.read_text(encoding="utf-8"))["files"]}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UserError("backup_unreadable", field="backups", path=str(manifest)) from error
    return found
