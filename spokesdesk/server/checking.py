"""The portal examines itself: every journal's chain, its counter, the files it says it holds."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from spokesdesk import wire
from spokesdesk.server.database import reading
from spokesdesk.server.files import FileStore
from spokesdesk.server.tables import blob, change, journal

PAGE = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    Attributes:
        what: ``chain_broken``, ``body_altered``, ``counter_wrong``, ``file_missing`` or ``file_altered``.
        where: number of the entry, or hash of the file.
    """

    agency: str
    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was looked at, and what was found."""

    journals: int
    entries: int
    files: int
    findings: tuple[Finding, ...]


def check(engine: Engine, store: FileStore) -> Checkup:
    """Read every journal and every file through."""
    findings: list[Finding] = []
    entries = files = 0
    with reading(engine) as connection:
        rows = connection.execute(sa.select(journal).order_by(journal.c.agency)).all()
    for row in rows:
        with reading(engine) as connection:  # one journal a transaction: the portal goes on meanwhile
            head = connection.execute(sa.select(journal).where(journal.c.id == row.id)).first()
            if head is None:
                continue
            entries += _check_log(connection, head, findings)
            held = connection.execute(sa.select(blob).where(blob.c.journal == head.id)).all()
        for one in held:
            files += 1
            if (fault := _file_fault(store, one.sha256, one.size)) is not None:
                findings.append(Finding(head.agency, fault, one.sha256))
    return Checkup(len(rows), entries, files, tuple(findings))


def _check_log(connection: Connection, head: Row[tuple[object, ...]], findings: list[Finding]) -> int:
    chain, seq = wire.GENESIS, 0
    while page := _page(connection, head.id, seq, head.seq):
        for row in page:
            if row.seq != seq + 1 or wire.chained(chain, row.op_id, row.commitment) != row.chain:
                findings.append(Finding(head.agency, "chain_broken", str(row.seq)))
            if row.effect is not None and wire.commitment(row.salt or b"", row.effect) != row.commitment:
                findings.append(Finding(head.agency, "body_altered", str(row.seq)))
            # Go on from what is stored, so that one break is told once.
            chain, seq = row.chain, row.seq
    if seq != head.seq or chain != head.chain:
        findings.append(Finding(head.agency, "counter_wrong", str(seq)))
    return seq


def _page(connection: Connection, owner: UUID, after: int, last: int) -> list[Row[tuple[object, ...]]]:
    here = (change.c.journal == owner) & (change.c.seq > after) & (change.c.seq <= last)
    return list(connection.execute(sa.select(change).where(here).order_by(change.c.seq).limit(PAGE)))


def _file_fault(store: FileStore, sha256: str, size: int) -> str | None:
    try:
        path = store.local(sha256)
        if path.stat().st_size != size:
            return "file_altered"
        with path.open("rb") as source:
            found = hashlib.file_digest(source, "sha256").hexdigest()
    except OSError:
        return "file_missing"
    return None if found == sha256 else "file_altered"
