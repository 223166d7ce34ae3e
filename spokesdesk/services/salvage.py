"""Saving what can still be read of a damaged workspace into a new one (cứu dữ liệu)."""

from pathlib import Path

from spokesdesk.domain.salvage import Salvage
from spokesdesk.services import workspace
from spokesdesk.services.backups import never, no_progress
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.backups import Progress, Stopped


def salvage(
    desk: Desk, folder: Path, *, progress: Progress = no_progress, is_cancelled: Stopped = never
) -> Salvage:
    """Make a workspace in a new folder from everything that can be read of this one, and check it.

    Args:
        folder: missing or empty.

    Raises:
        UserError: ``folder_not_empty``, ``folder_is_file``.
        OutsideError: ``database_damaged``, ``disk_full``, ``network_folder``, ``read_only``.
        WaitError: ``stopped``; nothing is left of it then.
    """
    lost = desk.keeper.salvage(folder, progress, is_cancelled)
    with desk.keeper.opened(folder) as saved:
        return Salvage(str(folder), lost, workspace.sentences(workspace.doctor(saved)))
