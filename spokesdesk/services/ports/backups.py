"""What backups may ask for: the copies in a place, and the notes of what was done."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from spokesdesk.domain.backups import BackupRun, Copy, RunKind, Told

Progress = Callable[[int, int], object]
Stopped = Callable[[], bool]


class Copies(Protocol):
    """The copies of this workspace in one place; see ``outside.backupset``."""

    folder: Path

    def is_on_same_disk(self) -> bool: ...
    def all(self) -> tuple[Copy, ...]: ...
    def add(self, progress: Progress, is_stopped: Stopped) -> Copy: ...
    def mend(self) -> int: ...
    def keep_only(self, names: Collection[str]) -> int: ...


class Rehearse(Protocol):
    """Restores a copy beside the workspace and opens it for the block; gives its Desk and what its database says.

    The Desk has this among its parts, so it cannot be named here.
    """

    def __call__(
        self, copies: Copies, name: str, progress: Progress, is_stopped: Stopped
    ) -> AbstractContextManager[tuple[Any, Told]]: ...


class BackupStore(Protocol):
    """Notes of copies made and tried out."""

    def add(self, run: BackupRun) -> None: ...
    def last(self, kind: RunKind, *, good_only: bool = False) -> BackupRun | None: ...
    def all(
        self, kind: RunKind | None = None, *, limit: int = 100, good_only: bool = False
    ) -> tuple[BackupRun, ...]: ...
