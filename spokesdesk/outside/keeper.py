"""What a service may do with the workspace as files: back up, check, change the keys."""

from collections.abc import Callable
from pathlib import Path

from spokesdesk.outside import backup
from spokesdesk.outside.workspace import OpenWorkspace


class WorkspaceKeeper:
    """Joins the workspace's folder and its database for the services.

    Args:
        workspace: the open workspace.
        copy_database: writes a keyed copy of the database to a path.
        faults: checks the database; one sentence per fault.
        scrub: writes the database anew without what was deleted.
    """

    def __init__(
        self,
        workspace: OpenWorkspace,
        copy_database: Callable[[Path], None],
        faults: Callable[[], list[str]],
        scrub: Callable[[], None],
    ) -> None:
        self.folder = workspace.folder
        self._workspace = workspace
        self._copy_database = copy_database
        self._faults = faults
        self._scrub = scrub

    def backup(self, target: Path) -> Path:
        """Put everything into one file; see ``backup.backup``."""
        return backup.backup(self._workspace, self._copy_database, target)

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
