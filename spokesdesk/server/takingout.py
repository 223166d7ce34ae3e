"""A journal leaves the portal: exported whole into a folder, or erased with its files."""

import base64
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from spokesdesk.domain.errors import ConflictError, OutsideError, UserError
from spokesdesk.server.administering import note, owner_of
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.files import FileStore
from spokesdesk.server.tables import blob, journal, mail, metadata, upload

MANIFEST = "manifest.json"
_SECRETS = frozenset({"token_hash", "code_hash", "secret_hash", "key"})
_ROWS = 500


def export(engine: Engine, store: FileStore, agency: str, folder: Path, now: datetime) -> dict[str, int]:
    """Write everything the portal holds of an agency into a new folder: a file of JSON lines for each table, its files.

    Every table that belongs to a journal is written, whatever it is called; what opens the portal is left out.

    Args:
        folder: must not exist; it appears when all of it is written.

    Returns:
        Lines by table, and ``files``.

    Raises:
        UserError: ``agency_missing``.
        ConflictError: ``export_folder_exists``.
        OutsideError: ``portal_folder_failed``.
    """
    if folder.exists():
        raise ConflictError("export_folder_exists", field="to", path=str(folder))
    with reading(engine) as connection:
        owner_of(connection, agency)
    part = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        counts = _written(engine, store, agency, part)
        _write_manifest(part, agency, now, counts)
        part.replace(folder)
    except OSError as error:
        raise OutsideError("portal_folder_failed", path=str(folder), detail=error.strerror or "") from error
    finally:
        if part is not None and part.exists():
            shutil.rmtree(part, ignore_errors=True)
    in_transaction(engine, lambda connection: note(connection, "export", agency, now, dict(counts)))
    return counts


def _written(engine: Engine, store: FileStore, agency: str, part: Path) -> dict[str, int]:
    counts: dict[str, int] = {}
    with reading(engine) as connection:
        owner = owner_of(connection, agency)
        for table in _of_a_journal():
            with (part / f"{table.name}.jsonl").open("w", encoding="utf-8") as out:
                counts[table.name] = 0
                for line in _lines(connection, table, owner):
                    out.write(line + "\n")
                    counts[table.name] += 1
        held = connection.execute(sa.select(blob.c.sha256).where(blob.c.journal == owner)).scalars().all()
    (part / "files").mkdir()
    counts["files"] = 0
    for sha256 in held:
        if (source := store.local(sha256)).is_file():
            shutil.copyfile(source, part / "files" / sha256)
            counts["files"] += 1
    return counts


def _of_a_journal() -> list[sa.Table]:
    """Give the tables that belong to a journal, pointed-to ones first."""
    return [table for table in metadata.sorted_tables if table is journal or "journal" in table.c]


def _here(table: sa.Table, owner: UUID) -> "sa.ColumnElement[bool]":
    return (table.c.id if table is journal else table.c.journal) == owner


def _lines(connection: Connection, table: sa.Table, owner: UUID) -> Iterator[str]:
    columns = [column for column in table.c if column.name not in _SECRETS]
    wanted = sa.select(*columns).where(_here(table, owner)).order_by(*table.primary_key)
    rows = connection.execution_options(yield_per=_ROWS).execute(wanted)
    for row in rows.mappings():
        yield json.dumps(dict(row), ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _write_manifest(part: Path, agency: str, now: datetime, counts: dict[str, int]) -> None:
    hashes = {
        path.relative_to(part).as_posix(): _sha256(path) for path in sorted(part.rglob("*")) if path.is_file()
    }
    told = {"agency": agency, "made_at": now.isoformat(), "counts": counts, "sha256": hashes}
    (part / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def erase(engine: Engine, store: FileStore, agency: str, repeated: str, now: datetime) -> dict[str, int]:
    """Erase everything the portal holds of an agency, its public pages too; the act itself stays noted.

    Files go when no other agency holds the same ones.

    Args:
        repeated: the agency's name once more, against a slip.

    Returns:
        Rows by table, and ``files`` removed.

    Raises:
        UserError: ``agency_missing``; ``erase_not_confirmed``.
    """
    if repeated != agency:
        raise UserError("erase_not_confirmed", field="confirm", agency=agency)

    def work(connection: Connection) -> tuple[dict[str, int], list[str], list[Path]]:
        owner = owner_of(connection, agency)
        connection.execute(sa.select(journal.c.id).where(journal.c.id == owner).with_for_update())
        others = sa.select(blob.c.sha256).where(blob.c.journal != owner)
        alone = sa.select(blob.c.sha256).where(blob.c.journal == owner, blob.c.sha256.not_in(others))
        files = list(connection.execute(alone).scalars())
        begun = sa.select(upload.c.id).where(upload.c.journal == owner)
        parts = [store.part(which) for which in connection.execute(begun).scalars()]
        gone = {
            table.name: connection.execute(sa.delete(table).where(_here(table, owner))).rowcount
            for table in reversed(_of_a_journal())
        }
        connection.execute(sa.delete(mail).where(mail.c.sender == owner))  # what others got from it
        note(connection, "erase", agency, now, {**gone, "files": len(files) + len(parts)})
        return gone, files, parts

    counts, files, parts = in_transaction(engine, work)
    for sha256 in files:
        store.remove(sha256)
    for part in parts:
        part.unlink(missing_ok=True)
    return {**counts, "files": len(files) + len(parts)}
