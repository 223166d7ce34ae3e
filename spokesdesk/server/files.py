"""Files by the SHA-256 of their bytes: stored whole or not at all, reached through a journal's reference."""

import hashlib
import os
import re
import secrets
import time
from collections.abc import AsyncIterator
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
from spokesdesk.server.tables import blob, journal

_HASH = re.compile(r"[0-9a-f]{64}")
_OLD_PART_S = 86_400


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
        self._incoming.mkdir(parents=True, exist_ok=True)
        for part in self._incoming.glob("*.part"):
            if part.stat().st_mtime < time.time() - _OLD_PART_S:
                part.unlink(missing_ok=True)

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
        target = self.path(sha256)
        part = self._incoming / f"{secrets.token_hex(16)}.part"
        try:
            await self._write(part, sha256, size, chunks)
            await to_thread.run_sync(_move_in, part, target)
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
    def _incoming(self) -> Path:
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


def check_room(engine: Engine, owner: UUID, size: int) -> None:
    """Refuse a file before its bytes are sent when it cannot be kept.

    Raises:
        UserError: ``file_too_big``, ``file_empty``.
        OutsideError: ``quota_used_up``.
    """
    if size < 1:
        raise UserError("file_empty")
    if size > wire.FILE_BYTES:
        raise UserError("file_too_big", limit_mb=wire.FILE_BYTES // 1024**2)
    with reading(engine) as connection:
        _check_quota(connection, owner, size)


def _check_quota(connection: Connection, owner: UUID, size: int) -> None:
    quota = connection.execute(sa.select(journal.c.quota).where(journal.c.id == owner)).scalar_one()
    total = sa.select(sa.func.coalesce(sa.func.sum(blob.c.size), 0)).where(blob.c.journal == owner)
    if int(connection.execute(total).scalar_one()) + size > quota:
        raise OutsideError("quota_used_up", limit_mb=quota // 1024**2)


def keep(engine: Engine, owner: UUID, sha256: str, size: int, now: datetime) -> None:
    """Note that a journal holds a stored file, and publish what was waiting for it.

    Raises:
        OutsideError: ``quota_used_up``: other uploads were faster.
    """

    def work(connection: Connection) -> None:
        connection.execute(sa.select(journal.c.id).where(journal.c.id == owner).with_for_update())
        here = (blob.c.journal == owner) & (blob.c.sha256 == sha256)
        if connection.execute(sa.select(blob.c.size).where(here)).first() is None:
            _check_quota(connection, owner, size)
            connection.execute(sa.insert(blob).values(journal=owner, sha256=sha256, size=size, stored_at=now))
        publish.publish_complete(connection, owner, now)

    in_transaction(engine, work)
