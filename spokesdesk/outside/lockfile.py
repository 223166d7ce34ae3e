"""A lock that the system itself lets go when the process ends, however it ends."""

import os
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from spokesdesk.domain.errors import WaitError
from spokesdesk.outside import disk

_WINDOW_LOCK = "lock"
_PATIENCE_S = 10.0


class FileLock:
    """One holder per file, across processes; released by ``release``, by ``with``, or by the process's end.

    Args:
        path: the lock file, made when missing and left in place (removing it would let two holders in).
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self, patience_s: float = 0.0) -> bool:
        """Try to become the holder.

        Args:
            patience_s: how long to go on trying.

        Returns:
            Whether this object holds the lock now.

        Raises:
            OutsideError: ``read_only``, ``disk_full``.
        """
        with disk.explained(self._path):
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + patience_s
        while not _try_lock(descriptor):
            if time.monotonic() >= deadline:
                os.close(descriptor)
                return False
            time.sleep(0.02)
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let others in; harmless when not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        if self._descriptor is None and not self.take(_PATIENCE_S):
            raise WaitError("database_busy")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def acquire_window_lock(folder: Path) -> FileLock:
    """Take the one place for a window on this workspace; commands do not need it.

    Returns:
        The held lock; keep it as long as the window lives.

    Raises:
        WaitError: ``workspace_in_use`` when another window has the workspace open.
        OutsideError: ``read_only``, ``workspace_missing``.
    """
    lock = FileLock(folder / _WINDOW_LOCK)
    if not lock.take():
        raise WaitError("workspace_in_use", path=str(folder))
    return lock


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
