"""Files by the SHA-256 of their bytes: stored whole or not at all, reached through a journal's reference."""

import hashlib
import os
import re
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from anyio import to_thread
from sqlalchemy.engine import Connection, Engine

from spokesdesk import wire
from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.server import publish
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.tables import blob, journal, upload

_HASH = re.compile(r"[0-9a-f]{64}")
_OLD_PART_S = 86_400
# What an upload leaves free for the database and the log.
_KEPT_FREE = 64 * 1024**2


@dataclass(frozen=True, slots=True)
class FileStore:
    """The folder of files: ``ab/abcd…`` by hash, unfinished ones apart."""

    folder: Path

    def path(self, sha256: str) -> Path:
        """Give where a file lies; raises UserError("file_hash_form") for anything but 64 hex digits."""
        if not _HASH.fullmatch(sha256):
            raise UserError("file_hash_form", field="sha256")
        return self.folder / sha256[:2] / sha256

    def prepare(self) -> None:
        """Make the folder; forget uploads that were cut more than a day ago."""
        self.incoming.mkdir(parents=True, exist_ok=True)
        for part in self.incoming.glob("*.part"):
            if part.stat().st_mtime < time.time() - _OLD_PART_S:
                part.unlink(missing_ok=True)
        for part in self.incoming.glob("*.upload"):
            if part.stat().st_mtime < time.time() - 2 * _OLD_PART_S:
                part.unlink(missing_ok=True)

    def part(self, upload: UUID) -> Path:
        """Give where the bytes of an unfinished upload lie."""
        return self.incoming / f"{upload.hex}.upload"

    def has(self, sha256: str) -> bool:
        """Say whether the bytes are on the disk: after a restore the database may know of files that are lost."""
        return self.path(sha256).is_file()

    def local(self, sha256: str) -> Path:
        """Give where a file can be read; where it is not kept, nothing is there."""
        return self.path(sha256)

    def place(self, part: Path, sha256: str) -> None:
        """Put a part whose bytes were checked at its place."""
        _move_in(part, self.path(sha256))

    def remove(self, sha256: str) -> None:
        """Let a file go."""
        self.path(sha256).unlink(missing_ok=True)

    def stored(self) -> Iterator[tuple[str, int, float]]:
        """Give every file that is kept: hash, bytes, when it was put there (seconds since 1970)."""
        for path in self.folder.glob("??/*"):
            if _HASH.fullmatch(path.name):
                told = path.stat()
                yield path.name, told.st_size, told.st_mtime

    def check_free(self, size: int) -> None:
        """Refuse a file that the disk has no room for; raises OutsideError("portal_full")."""
        if shutil.disk_usage(self.folder).free < size + _KEPT_FREE:
            raise OutsideError("portal_full")

    def move_in(self, part: Path, sha256: str, known: str = "") -> None:
        """Check the bytes of a part as they lie on the disk, and put them at their place.

        Args:
            known: the hash that was made of them as they lie there, "" to read them.

        Raises:
            UserError: ``file_hash_wrong``: they are other bytes; the part is gone.
        """
        if not part.exists() and self.has(sha256):
            return  # moved by a request that was killed before it could say so
        if not known:
            with part.open("rb") as handle:
                known = hashlib.file_digest(handle, "sha256").hexdigest()
        if known != sha256:
            part.unlink(missing_ok=True)
            raise UserError("file_hash_wrong", sha256=sha256)
        self.place(part, sha256)

    async def receive(self, sha256: str, size: int, chunks: AsyncIterator[bytes]) -> None:
        """Store an uploaded file, or leave nothing.

        Args:
            sha256: the hash it must have.
            size: the bytes it must have.
            chunks: its bytes as they come.

        Raises:
            UserError: ``file_size_wrong``, ``file_hash_wrong``.
            OutsideError: ``portal_full``: the disk is full.
        """
        self.path(sha256)
        part = self.incoming / f"{secrets.token_hex(16)}.part"
        try:
            await self._write(part, sha256, size, chunks)
            await to_thread.run_sync(self.place, part, sha256)
        except OSError as error:
            raise OutsideError("portal_full", detail=error.strerror or "") from error
        finally:
            part.unlink(missing_ok=True)

    async def _write(self, part: Path, sha256: str, size: int, chunks: AsyncIterator[bytes]) -> None:
        digest, got = hashlib.sha256(), 0
        with part.open("xb", buffering=0) as out:
            async for chunk in chunks:
                got += len(chunk)
                if got > size:
                    raise UserError("file_size_wrong", size=size)
                digest.update(chunk)
                await to_thread.run_sync(out.write, chunk)
            if got != size:
                raise UserError("file_size_wrong", size=size)
            if digest.hexdigest() != sha256:
                raise UserError("file_hash_wrong", sha256=sha256)
            await to_thread.run_sync(os.fsync, out.fileno())

    @property
    def incoming(self) -> Path:
        """Where files lie that are not whole yet."""
        return self.folder / "incoming"


def _move_in(part: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    part.replace(target)
    if hasattr(os, "O_DIRECTORY"):  # the name itself must survive a power cut
        for folder in (target.parent, target.parent.parent):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def size_of(engine: Engine, owner: UUID, sha256: str) -> int | None:
    """Give the size of a file that a journal holds; None when this journal does not hold it."""
    here = (blob.c.journal == owner) & (blob.c.sha256 == sha256)
    with reading(engine) as connection:
        found: int | None = connection.execute(sa.select(blob.c.size).where(here)).scalar()
    return found


def check_room(engine: Engine, owner: UUID, size: int, most: int = wire.FILE_BYTES) -> None:
    """Refuse a file before its bytes are sent when it cannot be kept.

    Raises:
        UserError: ``file_too_big``, ``file_empty``.
        OutsideError: ``quota_used_up``.
    """
    if size < 1:
        raise UserError("file_empty")
    if size > most:
        raise UserError("file_too_big", limit_mb=most // 1024**2)
    with reading(engine) as connection:
        check_quota(connection, owner, size)


def check_quota(connection: Connection, owner: UUID, size: int) -> None:
    """Refuse what is more than the journal may keep, uploads that are under way counted.

    Raises:
        OutsideError: ``quota_used_up``.
    """
    quota = connection.execute(sa.select(journal.c.quota).where(journal.c.id == owner)).scalar_one()
    total = sa.select(sa.func.coalesce(sa.func.sum(blob.c.size), 0)).where(blob.c.journal == owner)
    coming = sa.select(sa.func.coalesce(sa.func.sum(upload.c.size), 0)).where(
        upload.c.journal == owner, upload.c.done_at.is_(None)
    )
    used = int(connection.execute(total).scalar_one()) + int(connection.execute(coming).scalar_one())
    if used + size > quota:
        raise OutsideError("quota_used_up", limit_mb=quota // 1024**2)


def missing(engine: Engine, store: FileStore, owner: UUID, asked: list[str]) -> list[str]:
    """Give those of the asked files that the journal does not hold, or whose bytes are lost."""
    here = (blob.c.journal == owner) & blob.c.sha256.in_(asked)
    with reading(engine) as connection:
        held = set(connection.execute(sa.select(blob.c.sha256).where(here)).scalars())
    return [sha256 for sha256 in asked if sha256 not in held or not store.has(sha256)]


def keep(
    engine: Engine, owner: UUID, sha256: str, size: int, now: datetime, done: UUID | None = None
) -> None:
    """Note that a journal holds a stored file, and publish what was waiting for it.

    Args:
        done: the upload that brought it, which is over.

    Raises:
        OutsideError: ``quota_used_up``: other uploads were faster.
    """

    def work(connection: Connection) -> None:
        connection.execute(sa.select(journal.c.id).where(journal.c.id == owner).with_for_update())
        if done is not None:
            which = (upload.c.journal == owner) & (upload.c.id == done)
            connection.execute(sa.update(upload).where(which).values(done_at=now))
        here = (blob.c.journal == owner) & (blob.c.sha256 == sha256)
        if connection.execute(sa.select(blob.c.size).where(here)).first() is None:
            check_quota(connection, owner, size)
            connection.execute(sa.insert(blob).values(journal=owner, sha256=sha256, size=size, stored_at=now))
        publish.publish_complete(connection, owner, now)

    in_transaction(engine, work)
