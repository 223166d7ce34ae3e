"""What a driver error means to a person: each becomes an error with a code, or stays a bug."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from spokesdesk.domain.errors import ConflictError, DeskError, OutsideError, WaitError

BUSY, LOCKED, READONLY, INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN = 5, 6, 8, 9, 10, 11, 13, 14
CONSTRAINT, NOTADB = 19, 26
SCARCE_BYTES = 1 << 20
# The driver's backup call raises without a code.
_BY_MESSAGE = {
    "database is locked": BUSY,
    "interrupted": INTERRUPT,
    "attempt to write a readonly database": READONLY,
    "disk I/O error": IOERR,
    "database disk image is malformed": CORRUPT,
    "database or disk is full": FULL,
    "unable to open database file": CANTOPEN,
    "file is not a database": NOTADB,
}


def primary_code(error: BaseException) -> int:
    """Give SQLite's primary result code of a driver error; 0 when it has none."""
    code = int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    return code or _BY_MESSAGE.get(str(error), 0)


def meaning(error: BaseException, path: Path) -> DeskError | None:
    """Translate a driver error.

    Args:
        error: what the driver raised.
        path: the database file, for the message and to ask how much room is left.

    Returns:
        The error to raise instead; None for what only a bug in the program can cause.
    """
    code = primary_code(error)
    if code in (BUSY, LOCKED):
        return WaitError("database_busy")
    if code == INTERRUPT:
        return WaitError("stopped")
    if code == READONLY:
        return OutsideError("read_only", path=str(path))
    if code == FULL or (code == IOERR and _is_scarce(path)):
        return OutsideError("disk_full", path=str(path.parent))
    if code in (CORRUPT, NOTADB):
        return OutsideError("database_damaged", path=str(path))
    if code == CANTOPEN:
        return _cannot_open(path)
    if code == IOERR:
        return OutsideError("disk_failed", path=str(path.parent))
    if code == CONSTRAINT and str(error).startswith("UNIQUE"):
        return ConflictError("record_exists", where=str(error).removeprefix("UNIQUE constraint failed: "))
    return None


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn driver errors of the block into errors with a code; bugs pass as they are."""
    try:
        yield
    except PoolTimeout as error:
        raise WaitError("database_busy") from error
    except DBAPIError as error:
        known = meaning(error.orig, path) if error.orig is not None else None
        if known is None:
            raise
        raise known from error


def _is_scarce(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < SCARCE_BYTES
    except OSError:
        return False


def _cannot_open(path: Path) -> DeskError:
    if not path.is_file():
        return OutsideError("workspace_missing", path=str(path))
    if not os.access(path.parent, os.W_OK):  # the log beside the file cannot be made there
        return OutsideError("read_only", path=str(path.parent))
    return OutsideError("database_unopenable", path=str(path))
