"""Files that are whole or absent: atomic writing, and what the system's disk errors mean to a person."""

import errno
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from spokesdesk.domain.errors import DeskError, OutsideError

T = TypeVar("T")
# EFBIG is what a quota by file size gives: for the person it is the same lack of room.
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_REFUSED = {errno.EROFS, errno.EACCES, errno.EPERM}
# ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION: another program has the file open.
_HELD = {32, 33}
_ATTEMPTS = 6
_SCANNED = os.name == "nt"


def meaning(error: OSError, path: Path) -> DeskError:
    """Translate an error of the file system.

    Args:
        error: what the system said.
        path: the file or folder that was being read or written.

    Returns:
        ``disk_full``, ``file_held``, ``read_only``, ``workspace_missing`` or ``disk_failed``.
    """
    if error.errno in _FULL:
        return OutsideError("disk_full", path=str(path.parent))
    if getattr(error, "winerror", None) in _HELD:
        return OutsideError("file_held", path=str(path))
    if error.errno in _REFUSED:
        return OutsideError("read_only", path=str(path))
    if error.errno == errno.ENOENT:
        return OutsideError("workspace_missing", path=str(path))
    return OutsideError("disk_failed", path=str(path.parent))


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the system's errors of the block into errors with a code."""
    try:
        yield
    except OSError as error:
        raise meaning(error, path) from error


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a path to write; when the block ends well it takes the target's place, on the disk and at once.

    Args:
        target: the file to make or replace; its folder exists.

    Yields:
        A path in the same folder, not yet there. A failed block leaves the target as it was.
    """
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        yield part
        sync_file(part)
        replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(target.parent)


def write_atomically(target: Path, data: bytes) -> None:
    """Write a small file so that a kill or a power cut leaves the old content or the new one.

    Raises:
        OutsideError: ``disk_full``, ``read_only``, ``disk_failed``.
    """
    with explained(target), replacing(target) as part:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(data)


def replace(part: Path, target: Path) -> None:
    """Rename over the target, patiently."""
    patiently(lambda: part.replace(target))


def patiently(work: Callable[[], T]) -> T:
    """Do something with a file that a virus scanner may hold for a moment: on Windows a few tries, some 1.5 s in all.

    Raises:
        PermissionError: it is still held; ``meaning`` gives ``file_held``.
    """
    for attempt in range(_ATTEMPTS - 1):
        try:
            return work()
        except PermissionError:
            if not _SCANNED:
                raise
            time.sleep(0.05 * 2**attempt)
    return work()


def sync_file(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk; Windows does that by itself."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
