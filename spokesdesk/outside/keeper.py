"""What a service may do with the workspace as files: back up, restore, check, salvage, change the keys."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from spokesdesk.domain.backups import Told
from spokesdesk.domain.salvage import Lost
from spokesdesk.outside import backup, disk, envelope, restoring, salvaging
from spokesdesk.outside.backupset import BackupSet
from spokesdesk.outside.blobs import BlobStore
from spokesdesk.outside.restoring import Progress, Stopped
from spokesdesk.outside.workspace import OpenWorkspace
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.backups import Copies


@dataclass(frozen=True, slots=True)
class DatabaseTools:
    """What the database can do as a file.

    Attributes:
        copy: writes a keyed copy to a path.
        faults: checks the file; one sentence per fault.
        scrub: writes the file anew without what was deleted.
        survey: opens a copy with its key and tells what is in it.
        salvage: writes every row that can be read into a new file.
    """

    copy: Callable[[Path], None]
    faults: Callable[[], list[str]]
    scrub: Callable[[], None]
    survey: Callable[[Path], Told]
    salvage: Callable[[Path, Progress, Stopped], tuple[Lost, ...]]


class WorkspaceKeeper:
    """Joins the workspace's folder and its database for the services.

    Args:
        workspace: the open workspace.
        database: its database as a file.
        open_copy: opens a copy of the workspace as a desk of its own.
    """

    def __init__(
        self,
        workspace: OpenWorkspace,
        database: DatabaseTools,
        open_copy: Callable[[OpenWorkspace], Desk],
    ) -> None:
        self.folder = workspace.folder
        self.created_at: datetime = workspace.created_at
        self._workspace, self._database, self._open_copy = workspace, database, open_copy

    def backup(self, target: Path) -> Path:
        """Put everything into one file; see ``backup.backup``."""
        return backup.backup(self._workspace, self._database.copy, target)

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
        return BackupSet(self._workspace, place, self._database.copy, self._database.survey)

    @contextmanager
    def rehearse(
        self, copies: Copies, name: str, progress: Progress, is_stopped: Stopped
    ) -> Iterator[tuple[Desk, Told]]:
        """Restore a copy beside the workspace and open it for the block; nothing of it stays."""
        there = self.copies(copies.folder.parent)
        with there.rehearsed(name, progress, is_stopped) as folder:
            told = self._database.survey(folder.database_path)
            with self.opened(folder.folder) as desk:
                yield desk, told

    @contextmanager
    def opened(self, folder: Path) -> Iterator[Desk]:
        """Open a copy of this workspace that lies elsewhere, for the block."""
        desk = self._open_copy(self._workspace.same_key(folder))
        try:
            yield desk
        finally:
            desk.close()

    def restore(self, source: Path, folder: Path, progress: Progress, is_stopped: Stopped) -> None:
        """Make a workspace of any backup in a new folder; see ``restoring.restore``."""
        restoring.restore(source, folder, progress, is_stopped)

    def fetch_file(self, place: Path, sha256: str) -> bool:
        """Bring a lost or damaged attachment back from the copies in a place; False when none has it."""
        store = BlobStore(self._workspace.blobs_path, self._workspace.blob_key)
        return self.copies(place).fetch(store.stored_name(sha256)) and store.is_whole(sha256)

    def salvage(self, folder: Path, progress: Progress, is_stopped: Stopped) -> tuple[Lost, ...]:
        """Make a workspace in a new folder from everything that can still be read of this one."""
        return salvaging.salvage(self._workspace, folder, self._database.salvage, progress, is_stopped)

    def database_faults(self) -> list[str]:
        """Check the database; empty when it is whole."""
        return self._database.faults()

    def scrub(self) -> None:
        """Leave nothing of what was deleted in the database's file."""
        self._database.scrub()

    def change_passphrase(self, passphrase: str) -> None:
        """Set or change the passphrase."""
        self._workspace.change_passphrase(passphrase)

    def new_recovery_key(self) -> str:
        """Make another recovery key, to print."""
        return self._workspace.new_recovery_key()

    def recovery_box(self, typed: str) -> bytes:
        """Give the private key to which the agency's keys were handed over for a printed recovery key, of any desk.

        Raises:
            AccessError: ``recovery_mistyped``.
        """
        return envelope.recovery_box(envelope.read_recovery(typed))

    def unlock_ways(self) -> tuple[str, ...]:
        """Give the ways that open this workspace."""
        return self._workspace.unlock_ways()
