"""A new workspace from what can still be read of a damaged one; the damaged one is not touched."""

import shutil
from collections.abc import Callable
from pathlib import Path

from spokesdesk.domain.errors import WaitError
from spokesdesk.domain.salvage import Lost
from spokesdesk.outside import disk, newfolder
from spokesdesk.outside.newfolder import DESCRIPTION
from spokesdesk.outside.restoring import Progress, Stopped
from spokesdesk.outside.workspace import BLOBS, DATABASE, OpenWorkspace


def salvage(
    workspace: OpenWorkspace,
    folder: Path,
    save_rows: Callable[[Path, Progress, Stopped], tuple[Lost, ...]],
    progress: Progress,
    is_stopped: Stopped,
) -> tuple[Lost, ...]:
    """Make the new workspace; it opens with the same keys.

    Args:
        workspace: the damaged one, unlocked.
        folder: missing or empty.
        save_rows: writes every row that can be read into a new database file.
        progress: told steps done and steps in all.
        is_stopped: asked now and then.

    Returns:
        What could not be read, by table.

    Raises:
        UserError: ``folder_not_empty``, ``folder_is_file``.
        OutsideError: ``database_damaged``: not even the list of tables can be read; ``disk_full``,
            ``network_folder``, ``read_only``. Nothing is left in the folder then.
        WaitError: ``stopped``.
    """
    with newfolder.made_whole(folder) as part:
        lost = save_rows(part / DATABASE, progress, is_stopped)
        blobs = sorted(workspace.blobs_path.glob("??/*"))
        for n, path in enumerate(blobs):
            progress(n, len(blobs))
            if is_stopped():
                raise WaitError("stopped")
            place = part / BLOBS / path.parent.name / path.name
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copyfile(path, place)
            disk.sync_file(place)
        disk.write_atomically(part / DESCRIPTION, (workspace.folder / DESCRIPTION).read_bytes())
    return lost
