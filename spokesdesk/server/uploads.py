"""Uploads that can be taken up again where they were cut: what is safe of each."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from spokesdesk import wire
from spokesdesk.domain.errors import OutsideError, UserError, WaitError
from spokesdesk.server import files
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.files import FileStore
from spokesdesk.server.readback import ReadBack
from spokesdesk.server.tables import journal, upload

VALID = timedelta(hours=48)


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


def finish(
    engine: Engine, store: FileStore, held: Upload, now: datetime, read_back: ReadBack | None = None
) -> None:
    """Put a file that has come whole at its place.

    Args:
        read_back: what was read back of it while it came; without, it is read once more.

    Raises:
        UserError: ``file_hash_wrong``: these are other bytes than were announced; the upload is gone.
        OutsideError: ``portal_full``.
    """
    part = store.part(held.id)
    known = read_back.whole(part, held.size) if read_back is not None else ""
    try:
        store.move_in(part, held.sha256, known)
    except UserError:
        drop(engine, store, held.journal, held.id)
        raise
    except OSError as error:
        raise OutsideError("portal_full", detail=error.strerror or "") from error
    files.keep(engine, held.journal, held.sha256, held.size, now, held.id)


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
