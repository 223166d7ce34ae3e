"""How often something may be tried in an hour, counted in the database for all workers (sync.md T20)."""

import hashlib
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from spokesdesk.domain.errors import WaitError
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.tables import attempt

REGISTRATIONS = {"address": 10, "all": 300}
WRONG_SIGN_INS = {"email": 10, "address": 40, "all": 2000}
WORDS_SENT = {"account": 12, "address": 60}


def check(engine: Engine, what: str, most: dict[str, int], who: dict[str, str], now: datetime) -> None:
    """Refuse when one of the counts of this hour is used up.

    Args:
        what: what is tried.
        most: how often, by kind of who tries.
        who: who tries, by the same kinds; only hashes of it are kept, for an hour. ``all`` may be left out.

    Raises:
        WaitError: ``door_too_many``, with the minutes until the next hour.
    """
    slot = _slot(now)
    with reading(engine) as connection:
        for kind, limit in most.items():
            here = (attempt.c.bucket == _bucket(what, kind, who, slot)) & (attempt.c.slot == slot)
            count = connection.execute(sa.select(attempt.c.count).where(here)).scalar()
            if count is not None and count >= limit:
                raise WaitError("door_too_many", minutes=_minutes_left(now))


def count(engine: Engine, what: str, most: dict[str, int], who: dict[str, str], now: datetime) -> None:
    """Count one try."""
    slot = _slot(now)
    buckets = sorted(_bucket(what, kind, who, slot) for kind in most)

    def work(connection: Connection) -> None:
        for bucket in buckets:
            here = (attempt.c.bucket == bucket) & (attempt.c.slot == slot)
            grown = connection.execute(sa.update(attempt).where(here).values(count=attempt.c.count + 1))
            if not grown.rowcount:
                connection.execute(sa.insert(attempt).values(bucket=bucket, slot=slot, count=1))
        connection.execute(sa.delete(attempt).where(attempt.c.slot < slot - 1))

    try:
        in_transaction(engine, work)
    except IntegrityError:  # two first ones at once
        in_transaction(engine, work)


def _minutes_left(now: datetime) -> int:
    return -(-((_slot(now) + 1) * 3600 - int(now.timestamp())) // 60)


def _slot(now: datetime) -> int:
    return int(now.timestamp()) // 3600


def _bucket(what: str, kind: str, who: dict[str, str], slot: int) -> str:
    return hashlib.sha256(f"{slot}:{what}:{kind}:{who.get(kind, '')}".encode()).hexdigest()
