"""Making a workspace's folder: it appears whole, or nothing appears."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from spokesdesk.domain.errors import UserError
from spokesdesk.outside import disk, folders

DESCRIPTION = "workspace.json"
_UNFINISHED = ".spokesdesk-new"


@contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill; when the block ends well, its content is the new folder's content.

    Args:
        folder: missing, or empty. What an earlier, killed attempt left there is cleared away.

    Raises:
        UserError: ``folder_not_empty``, ``folder_is_file`` (field ``workspace``).
        OutsideError: ``network_folder``, ``read_only``, ``disk_full``.
    """
    folder = folder.absolute()
    folders.require_suitable(folder)
    _require_free(folder)
    ancestor = _make_parents(folder)
    try:
        with disk.explained(folder):
            if folder.is_dir():
                yield from _fill_existing(folder)
            else:
                yield from _fill_new(folder)
    except BaseException:
        _remove_empty(folder.parent, ancestor)
        raise


def _fill_new(folder: Path) -> Iterator[Path]:
    part = folder.with_name(f".{folder.name[:60]}-{secrets.token_hex(4)}.new")
    try:
        part.mkdir(mode=0o700)
        yield part
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    disk.sync_folder(folder.parent)


def _fill_existing(folder: Path) -> Iterator[Path]:
    """The folder may be a mounted volume or its parent not ours: fill inside, the description comes last."""
    part = folder / _UNFINISHED
    moved: list[Path] = []
    try:
        part.mkdir(mode=0o700)
        yield part
        for item in sorted(part.iterdir(), key=lambda path: path.name == DESCRIPTION):
            moved.append(item.rename(folder / item.name))
        part.rmdir()
    except BaseException:
        for item in (*moved, part):
            _remove(item)
        raise
    disk.sync_folder(folder)


def _require_free(folder: Path) -> None:
    if folder.is_dir():
        names = {item.name for item in folder.iterdir()}
        if _UNFINISHED in names and DESCRIPTION not in names and names <= {_UNFINISHED, "blobs", "desk.db"}:
            for name in names:
                _remove(folder / name)
            return
        if names:
            raise UserError("folder_not_empty", field="workspace", path=str(folder))
    elif folder.exists() or folder.is_symlink():
        raise UserError("folder_is_file", field="workspace", path=str(folder))


def _make_parents(folder: Path) -> Path:
    """Make the folders above; give the lowest one that was there before."""
    ancestor = folder.parent
    while not ancestor.exists():
        ancestor = ancestor.parent
    with disk.explained(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folders.require_writable(folder if folder.is_dir() else folder.parent)
    return ancestor


def _remove_empty(folder: Path, keep: Path) -> None:
    while folder != keep and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _remove(item: Path) -> None:
    if item.is_dir():
        shutil.rmtree(item, ignore_errors=True)
    else:
        item.unlink(missing_ok=True)
