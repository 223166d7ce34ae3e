"""Opens and closes what a workspace's desk stands on: the lock of its window, the database in its present shape."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from spokesdesk.domain.errors import AccessError, OutsideError, WaitError
from spokesdesk.services.ports import Desk, Keeper

if TYPE_CHECKING:
    from spokesdesk.domain.salvage import Lost
    from spokesdesk.outside.keeper import DatabaseTools
    from spokesdesk.outside.lockfile import FileLock
    from spokesdesk.outside.workspace import OpenWorkspace
    from spokesdesk.services.heads import HeadKeeper
    from spokesdesk.store.database import Database, Gate
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

    return WorkspaceKeeper(opened, tools_of(opened, database), open_copy)


def tools_of(opened: "OpenWorkspace", database: "Database | None" = None) -> "DatabaseTools":
    """Give what a workspace's database can do as a file; one that cannot be opened any more can still be salvaged."""
    from spokesdesk.outside.keeper import DatabaseTools
    from spokesdesk.store.backups import survey

    source = database or _opened(opened)
    return DatabaseTools(
        copy=source.backup_to,
        faults=source.integrity_faults,
        scrub=source.scrub,
        survey=lambda path: survey(path, opened.database_key),
        salvage=partial(_salvage, source, opened),
    )


def _salvage(
    source: "Database",
    opened: "OpenWorkspace",
    target: Path,
    progress: Callable[[int, int], object],
    is_stopped: Callable[[], bool],
) -> "tuple[Lost, ...]":
    from spokesdesk.store.database import Database
    from spokesdesk.store.migrate import prepare
    from spokesdesk.store.salvage import salvage

    made = Database(target, opened.database_key, create=True)
    try:
        prepare(made)
        return salvage(source, made, progress=progress, is_stopped=is_stopped)
    finally:
        made.close()


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
    from spokesdesk.store.migrate import prepare
    from spokesdesk.store.replica_marks import watch
    from spokesdesk.store.unit import unit_maker

    try:
        database = _opened(opened, gate=require_unmarked_row)
        with _alone(opened.folder, database, lock):
            prepare(database)
            watch(database)
    except BaseException:
        opened.close()
        raise
    heads = HeadKeeper(opened.device, clock.now)
    write = unit_maker(database.writing, heads.grown, opened.device)
    read = unit_maker(database.reading, keys=opened.device)
    with read() as unit:
        is_first = heads.begin(unit)
    if is_first:
        # On a disk that refuses to be written the next opening does it.
        with suppress(OutsideError, WaitError), write() as unit:
            unit.settings.put(STARTED, True)
    return database, heads, write, read


def _opened(opened: "OpenWorkspace", gate: "Gate | None" = None) -> "Database":
    """Open the database of an unlocked workspace: a key that does not fit it then means that its first page is hurt."""
    from spokesdesk.store.database import Database

    try:
        return Database(opened.database_path, opened.database_key, gate=gate)
    except AccessError as error:
        raise OutsideError("database_damaged", path=str(opened.database_path)) from error


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
