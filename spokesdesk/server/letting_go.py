"""Files of erased data: a journal holds them no longer as soon as the record of the deletion comes (hủy tệp)."""

import re
from collections.abc import Iterable
from contextlib import suppress

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from spokesdesk import wire
from spokesdesk.domain.errors import OutsideError
from spokesdesk.server import walls
from spokesdesk.server.database import reading
from spokesdesk.server.files import FileStore
from spokesdesk.server.tables import blob, release, upload

_HASH = re.compile(r"[0-9a-f]{64}\Z")
_AT_ONCE = 500


def drop(connection: Connection, op: wire.Op) -> tuple[str, ...]:
    """Let a journal hold no longer the files that a record of deletion names, and end uploads of them.

    Files of its releases stay: these are public records. Another record may name one, too, which the portal cannot see,
    as such fields are sealed: a desk that has the file and still names it brings it again.

    Args:
        op: an entry of the noun ``wire.DELETION``.

    Returns:
        The files (SHA-256) that it held.
    """
    said = op.patch[wire.FILES].new if wire.FILES in op.patch else None
    named = (
        [one for one in said if isinstance(one, str) and _HASH.match(one)] if isinstance(said, list) else []
    )
    papers = [
        sa.select(column).where(release.c.journal == op.journal)
        for column in (release.c.docx_sha256, release.c.pdf_sha256)
    ]
    gone: list[str] = []
    for at in range(0, len(named), _AT_ONCE):
        some = named[at : at + _AT_ONCE]
        here = (blob.c.journal == op.journal) & blob.c.sha256.in_(some)
        here &= sa.and_(*(blob.c.sha256.not_in(kept) for kept in papers))
        gone += connection.execute(sa.select(blob.c.sha256).where(here)).scalars()
        connection.execute(sa.delete(blob).where(here))
        coming = (upload.c.journal == op.journal) & upload.c.sha256.in_(some)
        connection.execute(sa.delete(upload).where(coming))
    return tuple(gone)


def remove(engine: Engine, store: FileStore, files: Iterable[str]) -> None:
    """Take the bytes of files away that no journal holds any more; what cannot be taken now goes with a sweep."""
    for sha256 in files:
        if not is_held(engine, sha256):
            with suppress(OutsideError, OSError):
                store.remove(sha256)


def is_held(engine: Engine, sha256: str) -> bool:
    """Say whether a journal holds a file, or is getting it; asked anew for each, as uploads go on meanwhile."""
    with walls.over(), reading(engine) as connection:
        held = connection.execute(sa.select(blob.c.sha256).where(blob.c.sha256 == sha256)).first()
        coming = connection.execute(
            sa.select(upload.c.id).where(upload.c.sha256 == sha256, upload.c.done_at.is_(None))
        ).first()
    return held is not None or coming is not None
