"""Getting a workspace back: from one file, or from one day's copy; into a new folder, whole or not at all."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from spokesdesk.domain.errors import OutsideError, WaitError
from spokesdesk.outside import backup, description, disk, newfolder
from spokesdesk.outside.manifest import LARGEST, MANIFEST, Manifest, copied, parse
from spokesdesk.outside.workspace import BLOBS, DATABASE

DAYS = "days"
# What stays free on the disk: neither a backup nor a drill must be what fills it.
SPARE = 200 << 20
Progress = Callable[[int, int], object]
Stopped = Callable[[], bool]


@dataclass
class Steps:
    """Counts bytes for the progress bar, and ends the work when somebody asked for it."""

    progress: Progress
    is_stopped: Stopped
    total: int
    done: int = 0

    def step(self, size: int) -> None:
        """Note bytes; raises WaitError("stopped")."""
        self.done += size
        self.progress(self.done, max(self.total, self.done))
        if self.is_stopped():
            raise WaitError("stopped")


def restore(backup_file: Path, folder: Path, progress: Progress, is_stopped: Stopped) -> None:
    """Make a workspace from a backup of either kind: a file, or a folder; raises as ``restore_day`` does."""
    if backup_file.is_dir():
        restore_day(backup_file, folder, progress, is_stopped)
    else:
        backup.restore(backup_file, folder)


def is_copy(folder: Path) -> bool:
    """Tell whether a folder is one day's copy."""
    return (folder / MANIFEST).is_file() and (folder / DATABASE).is_file()


def restore_day(copy: Path, folder: Path, progress: Progress, is_stopped: Stopped) -> None:
    """Make a workspace from one day's copy; it opens with the passphrase or recovery key of that day.

    Args:
        copy: folder of the day, or the folder above, whose latest day is taken.
        folder: missing or empty.

    Raises:
        OutsideError: ``backup_missing``, ``backup_damaged`` (names the part), ``backup_newer``, ``disk_full``,
            ``network_folder``, ``read_only``. Nothing is left in the folder then.
        UserError: ``folder_not_empty``, ``folder_is_file``.
        WaitError: ``stopped``.
    """
    copy = _latest(copy)
    manifest = manifest_of(copy)
    shared = copy.parent.parent
    total = sum(entry.size for entry in manifest.parts.values())
    steps = Steps(progress, is_stopped, total)
    with newfolder.made_whole(folder) as part:
        if total + SPARE > shutil.disk_usage(part).free:
            raise OutsideError("disk_full", path=str(folder))
        (part / BLOBS).mkdir(mode=0o700)
        for name, entry in manifest.parts.items():
            source = shared / name if name.startswith(f"{BLOBS}/") else copy / name
            place = part / name
            place.parent.mkdir(mode=0o700, exist_ok=True)
            if not source.is_file():
                raise OutsideError("backup_damaged", part=name)
            with source.open("rb") as handle, place.open("xb") as made:
                found = copied(handle, made, entry.size, steps.step)
            if found != entry:
                raise OutsideError("backup_damaged", part=name)
            disk.sync_file(place)
        description.read(part)


def _latest(copy: Path) -> Path:
    """Give the day that is meant: the folder itself, or the latest one below it."""
    if is_copy(copy):
        return copy
    days = [item for item in (*copy.glob("[0-9]*"), *copy.glob(f"{DAYS}/[0-9]*")) if is_copy(item)]
    if not days:
        raise OutsideError("backup_missing", path=str(copy))
    return max(days, key=lambda item: item.name)


def manifest_of(folder: Path) -> Manifest:
    """Read the list of parts of one day's copy; raises OutsideError ``backup_missing``, ``backup_damaged``."""
    file = folder / MANIFEST
    if not file.is_file():
        raise OutsideError("backup_missing", path=str(folder))
    with disk.explained(file), file.open("rb") as handle:
        return parse(handle.read(LARGEST))
