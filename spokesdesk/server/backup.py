"""Copies of the portal: database and files of one moment, and the way back.

A copy is a manifest, beside it the database, and a folder of files by hash that all copies share. The manifest is
written last: a copy without one was never finished.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from spokesdesk.domain.errors import ConflictError, OutsideError, UserError
from spokesdesk.server import database, opening, restoring
from spokesdesk.server.administering import note
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.files import FileStore
from spokesdesk.server.tables import blob

_LONGEST_S = 6 * 3600


@dataclass(frozen=True, slots=True)
class Copy:
    """A finished copy.

    Attributes:
        manifest: the file that names the rest of it.
        missing: files that the database names and the portal had not.
    """

    manifest: Path
    files: int
    missing: tuple[str, ...]
    size: int


def back_up(engine: Engine, store: FileStore, folder: Path, now: datetime, keep: int = 0) -> Copy:
    """Copy the portal while it runs.

    Args:
        folder: where copies lie; files that lie there already are not copied again.
        keep: how many copies to keep, the new one included; 0 keeps all.

    Raises:
        OutsideError: ``backup_failed``, ``backup_needs_owner``, ``postgres_tools_missing``.
    """
    stamp = now.strftime("%Y%m%d-%H%M%S")
    is_embedded = engine.dialect.name == "sqlite"
    copied = folder / f"portal-{stamp}.{'db' if is_embedded else 'dump'}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if copied.exists():
            raise ConflictError("backup_exists", path=str(copied))
        part = copied.with_suffix(".part")
        try:
            (_copy_embedded if is_embedded else _dump)(engine, part)
            # Read after the database was copied: every file that the copy names is on this list or was erased since.
            with reading(engine) as connection:
                held = sorted(set(connection.execute(sa.select(blob.c.sha256)).scalars()))
            missing = tuple(name for name in held if not _copy_file(store.local(name), folder, name))
            part.replace(copied)
        finally:
            part.unlink(missing_ok=True)
        manifest = _write_manifest(copied, sorted(set(held) - set(missing)), now)
        if keep:
            _forget(folder, keep)
    except OSError as error:
        raise OutsideError("backup_failed", path=str(folder), detail=error.strerror or "") from error
    in_transaction(engine, lambda connection: note(connection, "backup", "", now, {"copy": manifest.name}))
    return Copy(manifest, len(held) - len(missing), missing, copied.stat().st_size)


def _copy_embedded(engine: Engine, target: Path) -> None:
    from sqlcipher3 import dbapi2

    target.unlink(missing_ok=True)
    raw = engine.raw_connection()
    try:
        with closing(dbapi2.connect(str(target))) as copy:
            raw.driver_connection.backup(copy)  # type: ignore[union-attr]
            if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise OutsideError("backup_failed", path=str(target), detail="integrity_check")
    finally:
        raw.close()
    target.chmod(0o600)


def _dump(engine: Engine, target: Path) -> None:
    with reading(engine) as connection:
        if connection.execute(sa.select(sa.func.row_security_active("record"))).scalar_one():
            raise OutsideError("backup_needs_owner", field="database")
    target.touch(mode=0o600)
    _run("pg_dump", engine.url, "--format=custom", f"--file={target}")


def _run(program: str, url: sa.URL, *arguments: str) -> None:
    """Run a program of PostgreSQL; the password goes through the environment, never onto the command line."""
    found = shutil.which(program)
    if found is None:
        homes = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)
        if not homes:
            raise OutsideError("postgres_tools_missing", program=program)
        found = str(homes[0])
    plain = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    command = [found, f"--dbname={plain}", "--no-password", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=_LONGEST_S)
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise OutsideError("backup_failed", path=program, detail=told[-1][:200] if told else "")


def _copy_file(source: Path, folder: Path, sha256: str) -> bool:
    target = FileStore(folder / "files").path(sha256)
    if target.is_file():
        return True
    if not source.is_file():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    shutil.copyfile(source, part)
    if _sha256(part) != sha256:  # a damaged original is no copy
        part.unlink()
        return False
    part.replace(target)
    return True


def _sha256(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _write_manifest(copied: Path, files: Sequence[str], now: datetime) -> Path:
    manifest = copied.with_suffix(".json")
    told = {
        "made_at": now.isoformat(),
        "database": copied.name,
        "sha256": _sha256(copied),
        "files": list(files),
    }
    part = manifest.with_suffix(".part")
    part.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    part.replace(manifest)
    return manifest


def _forget(folder: Path, keep: int) -> None:
    manifests = sorted(folder.glob("portal-*.json"))
    for manifest in manifests[:-keep]:
        (folder / json.loads(manifest.read_text(encoding="utf-8"))["database"]).unlink(missing_ok=True)
        manifest.unlink()
    wanted: set[str] = set()
    for manifest in manifests[-keep:]:
        wanted |= set(json.loads(manifest.read_text(encoding="utf-8"))["files"])
    for path in (folder / "files").glob("??/*"):
        if path.name not in wanted:
            path.unlink()


def restore(manifest: Path, data: Path, url: str, now: datetime) -> int:
    """Make a portal out of a copy, in an empty folder and an empty database.

    A new epoch begins in every journal: desks compare their past with the portal's and give back what it forgot.

    Args:
        url: PostgreSQL, when the copy came from there; "" otherwise.

    Returns:
        How many journals it has.

    Raises:
        UserError: ``backup_unreadable``: no such copy, or damaged.
        ConflictError: ``restore_not_empty``.
        OutsideError: ``backup_failed``, ``postgres_tools_missing``, ``database_unreachable``.
    """
    copied, files = _read_manifest(manifest)
    if (copied.suffix == ".db") != (not url):
        raise UserError("backup_other_database", field="database")
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        if url:
            _restore_dump(copied, url)
        else:
            _restore_embedded(copied, data / "portal.db")
        store = FileStore(data / "files")
        store.prepare()
        for sha256 in files:
            _copy_file(FileStore(manifest.parent / "files").path(sha256), data, sha256)
    except OSError as error:
        raise OutsideError("portal_folder_failed", path=str(data), detail=error.strerror or "") from error
    engine = opening.open_at(data, url, keep=True)
    try:
        count = restoring.new_epochs(engine)
        told: dict[str, object] = {"copy": manifest.name}
        in_transaction(engine, lambda connection: note(connection, "restore", "", now, told))
    finally:
        engine.dispose()
    return count


def _read_manifest(manifest: Path) -> tuple[Path, list[str]]:
    try:
        told = json.loads(manifest.read_text(encoding="utf-8"))
        copied, files = manifest.parent / str(told["database"]), [str(one) for one in told["files"]]
        is_whole = _sha256(copied) == told["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError("backup_unreadable", field="from", path=str(manifest)) from error
    if not is_whole:
        raise UserError("backup_unreadable", field="from", path=str(copied))
    return copied, files


def _restore_embedded(copied: Path, target: Path) -> None:
    if target.exists():
        raise ConflictError("restore_not_empty", path=str(target))
    part = target.with_suffix(".part")
    shutil.copyfile(copied, part)
    part.chmod(0o600)
    part.replace(target)


def _restore_dump(copied: Path, url: str) -> None:
    engine = database.connect(url)
    try:
        with reading(engine) as connection:
            if sa.inspect(connection).get_table_names():
                raise ConflictError("restore_not_empty", path=engine.url.database or "")
        _run("pg_restore", engine.url, "--no-owner", "--exit-on-error", "--single-transaction", str(copied))
    except sa.exc.DBAPIError as error:
        raise OutsideError("database_unreachable", detail=type(error.orig).__name__) from error
    finally:
        engine.dispose()
