"""Backup: one file with everything of a workspace, still encrypted; and back."""

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.outside import description, disk, folders, newfolder
from spokesdesk.outside.clock import now
from spokesdesk.outside.manifest import LARGEST, MANIFEST, Entry, Manifest, copied, parse
from spokesdesk.outside.names import safe_name
from spokesdesk.outside.newfolder import DESCRIPTION
from spokesdesk.outside.workspace import BLOBS, DATABASE, OpenWorkspace

SUFFIX = ".spokesbackup"


def backup(workspace: OpenWorkspace, database_backup: Callable[[Path], None], target: Path) -> Path:
    """Put the whole workspace into one file, and read it back before saying that it is good.

    The database is copied before the files: a record never names a file that came later.

    Args:
        workspace: the open workspace; work may go on meanwhile.
        database_backup: writes a keyed copy of the database to a path.
        target: the new file, or a folder in which it gets a name of its own.

    Returns:
        The file. An older one of that name is replaced only by a complete one.

    Raises:
        UserError: ``backup_inside`` when the target lies in the workspace; ``backup_folder_missing``.
        OutsideError: ``disk_full``, ``read_only``, ``backup_damaged``.
    """
    target = _named(workspace, target.absolute())
    if target.resolve().is_relative_to(workspace.folder.resolve()):
        raise UserError("backup_inside", field="target", path=str(target))
    if not target.parent.is_dir():
        raise UserError("backup_folder_missing", field="target", path=str(target.parent))
    folders.require_writable(target.parent)
    with (
        disk.explained(target),
        tempfile.TemporaryDirectory(dir=target.parent, prefix=".spokesdesk-") as temp,
    ):
        # The description first: the head that it seals must not be younger than the copy of the journal.
        described = Path(temp) / DESCRIPTION
        shutil.copyfile(workspace.folder / DESCRIPTION, described)
        copy = Path(temp) / DATABASE
        database_backup(copy)
        with disk.replacing(target) as part:
            with zipfile.ZipFile(part, "x", zipfile.ZIP_STORED) as archive:
                _write_parts(archive, workspace, described, copy)
            verify(part)
    return target


def restore(file: Path, folder: Path) -> Path:
    """Make a workspace from a backup; it opens with its passphrase or recovery key.

    Args:
        file: a backup.
        folder: missing or empty.

    Returns:
        The workspace's folder.

    Raises:
        OutsideError: ``backup_missing``, ``backup_damaged`` (names the part), ``backup_newer``,
            ``disk_full``, ``network_folder``, ``read_only``. Nothing is left in the folder then.
        UserError: ``folder_not_empty``, ``folder_is_file``.
    """
    with _opened(file) as (archive, manifest), newfolder.made_whole(folder) as part:
        if sum(entry.size for entry in manifest.values()) > shutil.disk_usage(part).free:
            raise OutsideError("disk_full", path=str(folder))
        (part / BLOBS).mkdir(mode=0o700)
        for name, entry in manifest.items():
            place = part / name
            place.parent.mkdir(mode=0o700, exist_ok=True)
            with place.open("xb") as handle:
                _copy_checked(archive, name, entry, handle)
            disk.sync_file(place)
        description.read(part)
    return folder


def verify(file: Path) -> None:
    """Read a backup from end to end and compare every part with the manifest.

    Raises:
        OutsideError: ``backup_missing``, ``backup_damaged`` (names the part), ``backup_newer``.
    """
    with _opened(file) as (archive, manifest):
        for name, entry in manifest.items():
            _copy_checked(archive, name, entry, None)
        with archive.open(DESCRIPTION) as handle:
            description.parse(handle.read())


def _named(workspace: OpenWorkspace, target: Path) -> Path:
    if not target.is_dir():
        return target
    return target / safe_name(f"{workspace.agency_name[:60]} {to_vn(now()):%Y-%m-%d %H%M}{SUFFIX}")


def _write_parts(archive: zipfile.ZipFile, workspace: OpenWorkspace, described: Path, database: Path) -> None:
    manifest: dict[str, Entry] = {}
    blobs = sorted(workspace.blobs_path.glob("??/*"))
    parts = [
        (DESCRIPTION, described),
        (DATABASE, database),
        *((f"{BLOBS}/{path.parent.name}/{path.name}", path) for path in blobs),
    ]
    for name, path in parts:
        with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
            manifest[name] = copied(source, target)
    archive.writestr(MANIFEST, Manifest(now(), manifest).dump())


@contextmanager
def _opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, Mapping[str, Entry]]]:
    if not file.is_file():
        raise OutsideError("backup_missing", path=str(file))
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _read_manifest(archive)
            names = archive.namelist()
            if len(set(names)) != len(names) or set(names) != {*manifest, MANIFEST}:
                raise OutsideError("backup_damaged", part=MANIFEST)
            yield archive, manifest
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise OutsideError("backup_damaged", part=file.name) from error


def _read_manifest(archive: zipfile.ZipFile) -> Mapping[str, Entry]:
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST:
            raise ValueError("too large")
        data = archive.read(MANIFEST)
    except (ValueError, KeyError) as error:
        raise OutsideError("backup_damaged", part=MANIFEST) from error
    return parse(data).parts


def _copy_checked(archive: zipfile.ZipFile, name: str, entry: Entry, target: IO[bytes] | None) -> None:
    try:
        with archive.open(name) as source:
            found = copied(source, target, entry.size)
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise OutsideError("backup_damaged", part=name) from error
    if found != entry:
        raise OutsideError("backup_damaged", part=name)
