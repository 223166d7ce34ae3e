"""What a service may do with the workspace as files: back up, check, change the keys."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from spokesdesk.domain.backups import Told
from spokesdesk.outside import backup, disk
from spokesdesk.outside.backupset import BackupSet, Progress, Stopped
from spokesdesk.outside.workspace import OpenWorkspace
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.backups import Copies


class WorkspaceKeeper:
    """Joins the workspace's folder and its database for the services.

    Args:
        workspace: the open workspace.
        copy_database: writes a keyed copy of the database to a path.
        faults: checks the database; one sentence per fault.
        scrub: writes the database anew without what was deleted.
        survey: opens a copy of the database with its key and tells what is in it.
        open_copy: opens a restored copy as a desk of its own.
    """

    def __init__(
        self,
        workspace: OpenWorkspace,
        copy_database: Callable[[Path], None],
        faults: Callable[[], list[str]],
        scrub: Callable[[], None],
        survey: Callable[[Path], Told],
        open_copy: Callable[[OpenWorkspace], Desk],
    ) -> None:
        self.folder = workspace.folder
        self.created_at: datetime = workspace.created_at
        self._survey, self._open_copy = survey, open_copy
        self._workspace = workspace
        self._copy_database = copy_database
        self._faults = faults
        self._scrub = scrub

    def backup(self, target: Path) -> Path:
        """Put everything into one file; see ``backup.backup``."""
        return backup.backup(self._workspace, self._copy_database, target)

    @property
    def own_place(self) -> Path:
        """Where copies are kept while nobody has chosen a place: beside the workspace."""
        return self.folder.with_name(f"{self.folder.name}-sao-luu")

    def make_own_place(self) -> None:
        """Make the folder beside the workspace."""
        with disk.explained(self.own_place):
            self.own_place.mkdir(mode=0o700, exist_ok=True)

    def copies(self, place: Path) -> BackupSet:
        """Give the daily copies in a place."""
        return BackupSet(self._workspace, place, self._copy_database, self._survey)

    @contextmanager
    def rehearse(
        self, copies: Copies, name: str, progress: Progress, is_stopped: Stopped
    ) -> Iterator[tuple[Desk, Told]]:
        """Restore a copy beside the workspace and open it for the block; nothing of it stays."""
        there = self.copies(copies.folder.parent)
        with there.rehearsed(name, progress, is_stopped) as restored:
            told = self._survey(restored.database_path)
            desk = self._open_copy(restored)
            try:
                yield desk, told
            finally:
                desk.close()

    def database_faults(self) -> list[str]:
        """Check the database; empty when it is whole."""
        return self._faults()

    def scrub(self) -> None:
        """Leave nothing of what was deleted in the database's file."""
        self._scrub()

    def change_passphrase(self, passphrase: str) -> None:
        """Set or change the passphrase."""
        self._workspace.change_passphrase(passphrase)

    def new_recovery_key(self) -> str:
        """Make another recovery key, to print."""
        return self._workspace.new_recovery_key()

    def unlock_ways(self) -> tuple[str, ...]:
        """Give the ways that open this workspace."""
        return self._workspace.unlock_ways()
