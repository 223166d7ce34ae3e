"""Opens and closes what a workspace's desk stands on: the lock of its window, the database in its present shape."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from spokesdesk.domain.errors import OutsideError, WaitError
from spokesdesk.services.ports import Desk, Keeper

if TYPE_CHECKING:
    from spokesdesk.outside.lockfile import FileLock
    from spokesdesk.outside.workspace import OpenWorkspace
    from spokesdesk.services.heads import HeadKeeper
    from spokesdesk.store.database import Database
    from spokesdesk.store.unit import SqlUnit

    OpenUnit = Callable[[], AbstractContextManager[SqlUnit]]


def window_lock(folder: Path) -> "FileLock":
    """Take the one place for a window; raises WaitError("workspace_in_use")."""
    from spokesdesk.outside.lockfile import acquire_window_lock

    return acquire_window_lock(folder)


def keeper_of(
    opened: "OpenWorkspace", database: "Database", open_copy: "Callable[[OpenWorkspace], Desk]"
) -> Keeper:
    """Give what keeps the workspace as files; ``open_copy`` opens a restored copy of it."""
    from spokesdesk.outside.keeper import WorkspaceKeeper
    from spokesdesk.store.backups import survey

    return WorkspaceKeeper(
        opened,
        database.backup_to,
        database.integrity_faults,
        database.scrub,
        lambda path: survey(path, opened.database_key),
        open_copy,
    )


def close(
    opened: "OpenWorkspace", database: "Database", heads: "HeadKeeper", lock: "FileLock | None"
) -> None:
    """Close a workspace, and let another window in whatever comes."""
    try:
        heads.flush()
        database.close()
        opened.close()
    finally:
        if lock is not None:
            lock.release()


def database_of(
    opened: "OpenWorkspace", lock: "FileLock | None"
) -> "tuple[Database, HeadKeeper, OpenUnit, OpenUnit]":
    """Open the database in its present shape, with the guard before it and the seal of its chain beside it."""
    from spokesdesk.outside import clock
    from spokesdesk.services.heads import STARTED, HeadKeeper
    from spokesdesk.services.secrecy import require_unmarked_row
    from spokesdesk.store.database import Database
    from spokesdesk.store.migrate import prepare
    from spokesdesk.store.replica_marks import watch
    from spokesdesk.store.unit import unit_maker

    try:
        database = Database(opened.database_path, opened.database_key, gate=require_unmarked_row)
        with _alone(opened.folder, database, lock):
            prepare(database)
            watch(database)
    except BaseException:
        opened.close()
        raise
    heads = HeadKeeper(opened.device, clock.now)
    write, read = unit_maker(database.writing, heads.grown), unit_maker(database.reading)
    with read() as unit:
        is_first = heads.begin(unit)
    if is_first:
        # On a disk that refuses to be written the next opening does it.
        with suppress(OutsideError, WaitError), write() as unit:
            unit.settings.put(STARTED, True)
    return database, heads, write, read


@contextmanager
def _alone(folder: Path, database: "Database", lock: "FileLock | None") -> Iterator[None]:
    """Keep windows away while the database changes its shape: an older program would go on in the old one."""
    from spokesdesk.store.migrate import is_older

    if lock is not None or not is_older(database):
        yield
        return
    try:
        own = window_lock(folder)
    except WaitError as error:
        raise WaitError("upgrade_waits", path=str(folder)) from error
    with own:
        yield
