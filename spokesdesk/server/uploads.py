"""Uploads that can be taken up again where they were cut: what is safe of each, and how a piece becomes safe."""

import hashlib
import os
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID, uuid4

import sqlalchemy as sa
from anyio import to_thread
from sqlalchemy.engine import Connection, Engine, Row

from spokesdesk import wire
from spokesdesk.domain.errors import OutsideError, UserError, WaitError
from spokesdesk.server import files
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.files import FileStore
from spokesdesk.server.tables import journal, upload

VALID = timedelta(hours=48)
WRITTEN_AT_ONCE = 1024 * 1024
_SYNC = getattr(os, "fdatasync", os.fsync)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way.

    Attributes:
        received: bytes that are safe; the next piece begins there.
        lease: what the request that may go on with it holds.
    """

    journal: UUID
    id: UUID
    sha256: str
    size: int
    received: int
    lease: str
    expires_at: datetime
    is_done: bool


def create(engine: Engine, store: FileStore, owner: UUID, sha256: str, size: int, now: datetime) -> Upload:
    """Begin an upload; what of the journal has expired goes first.

    Raises:
        UserError: ``file_hash_form``, ``file_empty``, ``file_too_big``.
        OutsideError: ``quota_used_up``; ``portal_full``: there is no room for it on the disk.
    """
    store.path(sha256)
    forget_old(engine, store, owner, now)
    files.check_room(engine, owner, size, wire.UPLOAD_BYTES)
    store.check_free(size)
    made = Upload(owner, uuid4(), sha256, size, 0, "", now + VALID, is_done=False)

    def work(connection: Connection) -> None:
        connection.execute(sa.select(journal.c.id).where(journal.c.id == owner).with_for_update())
        files.check_quota(connection, owner, size)
        row = dict(journal=owner, id=made.id, sha256=sha256, size=size, received=0, lease="")
        connection.execute(sa.insert(upload).values(**row, expires_at=made.expires_at))

    in_transaction(engine, work)
    store.part(made.id).touch()
    return made


def forget_old(engine: Engine, store: FileStore, owner: UUID, now: datetime) -> None:
    """Forget the journal's uploads that have expired, with their bytes."""
    here = (upload.c.journal == owner) & (upload.c.expires_at < now)
    with reading(engine) as connection:
        old = connection.execute(sa.select(upload.c.id).where(here)).scalars().all()
    for which in old:
        drop(engine, store, owner, which)


def drop(engine: Engine, store: FileStore, owner: UUID, which: UUID) -> None:
    """Forget an upload with its bytes."""
    in_transaction(engine, lambda connection: connection.execute(sa.delete(upload).where(_is(owner, which))))
    store.part(which).unlink(missing_ok=True)


def get(engine: Engine, owner: UUID, which: UUID, now: datetime) -> Upload:
    """Give an upload of the journal.

    Raises:
        UserError: ``upload_unknown``: of another journal, expired, ended, or never begun.
    """
    with reading(engine) as connection:
        row = connection.execute(sa.select(upload).where(_is(owner, which))).first()
    if row is None or row.expires_at < now:
        raise UserError("upload_unknown")
    return _made(row)


def unfinished(engine: Engine, owner: UUID, sha256: str, now: datetime) -> UUID | None:
    """Give the upload of a file that is furthest, to go on with it; None when there is none."""
    here = (upload.c.journal == owner) & (upload.c.sha256 == sha256) & upload.c.done_at.is_(None)
    wanted = sa.select(upload.c.id).where(here & (upload.c.expires_at > now))
    with reading(engine) as connection:
        found: UUID | None = connection.execute(wanted.order_by(upload.c.received.desc()).limit(1)).scalar()
    return found


def take_over(engine: Engine, owner: UUID, which: UUID, now: datetime) -> Upload:
    """Give an upload to one request; the one that had it may write no more. Raises as ``get`` does."""
    lease = secrets.token_hex(16)

    def work(connection: Connection) -> None:
        connection.execute(sa.update(upload).where(_is(owner, which)).values(lease=lease))

    in_transaction(engine, work)
    return get(engine, owner, which, now)


def advance(engine: Engine, held: Upload, before: int, received: int, now: datetime) -> None:
    """Note that more of a file is safe on the disk.

    Raises:
        WaitError: ``upload_taken``: another request goes on with it.
    """
    mine = _is(held.journal, held.id) & (upload.c.lease == held.lease) & (upload.c.received == before)

    def work(connection: Connection) -> int:
        new = sa.update(upload).where(mine).values(received=received, expires_at=now + VALID)
        return connection.execute(new).rowcount

    if in_transaction(engine, work) != 1:
        raise WaitError("upload_taken")


def finish(engine: Engine, store: FileStore, held: Upload, now: datetime) -> None:
    """Put a file that has come whole at its place.

    Raises:
        UserError: ``file_hash_wrong``: these are other bytes than were announced; the upload is gone.
        OutsideError: ``portal_full``.
    """
    try:
        store.move_in(store.part(held.id), held.sha256)
    except UserError:
        drop(engine, store, held.journal, held.id)
        raise
    except OSError as error:
        raise OutsideError("portal_full", detail=error.strerror or "") from error
    files.keep(engine, held.journal, held.sha256, held.size, now, held.id)


class Intake:
    """Takes the pieces of one request into a part: written as they come, made safe every 8 MiB and at the end.

    Args:
        held: the upload, with this request's lease.
        checksum: algorithm and digest that the whole request must have; nothing of it counts before it has.
    """

    def __init__(
        self, engine: Engine, part: Path, held: Upload, checksum: tuple[str, bytes] | None, now: datetime
    ) -> None:
        self._engine, self._part, self._held, self._now = engine, part, held, now
        self._wanted = checksum
        self._digest = hashlib.new(checksum[0], usedforsecurity=False) if checksum else None
        self.safe = self._written = held.received
        self._pieces: list[bytes] = []
        self._waiting = 0

    async def take(self, pieces: AsyncIterator[bytes]) -> None:
        """Take a request to its end; what came of one that is cut is kept, unless it has a checksum.

        Raises:
            UserError: ``upload_checksum``; as the pieces do.
            WaitError: ``upload_taken``; as the pieces do.
            OutsideError: ``portal_full``.
        """
        try:
            with self._part.open("r+b") as handle:
                handle.seek(self.safe)
                await self._take(pieces, handle)
        except OSError as error:
            raise OutsideError("portal_full", detail=error.strerror or "") from error

    async def _take(self, pieces: AsyncIterator[bytes], handle: BinaryIO) -> None:
        try:
            async for piece in pieces:
                self._pieces.append(piece)
                self._waiting += len(piece)
                if self._waiting >= WRITTEN_AT_ONCE:
                    await to_thread.run_sync(self._write, handle)
                if self._wanted is None and self._written - self.safe >= wire.CHUNK_BYTES:
                    await to_thread.run_sync(self._secure, handle)
        except WaitError:
            if self._wanted is None:
                await to_thread.run_sync(self._secure, handle)
            raise
        await to_thread.run_sync(self._secure, handle)

    def _write(self, handle: BinaryIO) -> None:
        data = b"".join(self._pieces)
        self._pieces, self._waiting = [], 0
        if self._digest is not None:
            self._digest.update(data)
        handle.write(data)
        self._written += len(data)

    def _secure(self, handle: BinaryIO) -> None:
        self._write(handle)
        if self._digest is not None and self._wanted is not None and self._digest.digest() != self._wanted[1]:
            raise UserError("upload_checksum")
        if self._written == self.safe:
            return
        handle.flush()
        _SYNC(handle.fileno())
        advance(self._engine, self._held, self.safe, self._written, self._now)
        self.safe = self._written


def _is(owner: UUID, which: UUID) -> "sa.ColumnElement[bool]":
    return (upload.c.journal == owner) & (upload.c.id == which)


def _made(row: Row[Any]) -> Upload:
    return Upload(
        row.journal,
        row.id,
        row.sha256,
        row.size,
        row.received,
        row.lease,
        row.expires_at,
        is_done=row.done_at is not None,
    )
