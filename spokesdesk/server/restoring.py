"""A portal that was restored from a backup, and a log whose old bodies were let go (sync.md D6, §1.1)."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from spokesdesk import wire
from spokesdesk.domain.errors import UserError, WaitError
from spokesdesk.server import admission
from spokesdesk.server.database import in_transaction, is_replica, reading
from spokesdesk.server.log import hello
from spokesdesk.server.tables import change, journal, record
from spokesdesk.server.tokens import Caller

POINTS = 100
# What clients keep for a restored portal, they keep as long as backups are kept; so does the portal for them.
KEPT_DAYS = 35
KEPT_OPS = 50_000
TRASH_DAYS = 180


def points(engine: Engine, who: Caller, places: Sequence[int]) -> wire.ChainPoints:
    """Give the chain hashes at places of the feed.

    Raises:
        UserError: ``message_malformed``: more than 100 places.
        WaitError: ``portal_behind``: a copy that lags behind its primary may not have them yet.
    """
    if len(places) > POINTS:
        raise UserError("message_malformed", detail="seq")
    with reading(engine) as connection:
        head = connection.execute(sa.select(journal).where(journal.c.id == who.journal)).one()
        if any(place > head.seq for place in places) and is_replica(connection):
            raise WaitError("portal_behind")
        here = (change.c.journal == who.journal) & change.c.seq.in_(places)
        rows = connection.execute(sa.select(change.c.seq, change.c.chain).where(here)).all()
    found = {row.seq: row.chain.hex() for row in rows} | {0: wire.GENESIS.hex()}
    told = [wire.ChainPoint(place, found.get(place, "")) for place in places]
    return wire.ChainPoints(head.epoch, head.seq, head.chain.hex(), head.floor, told)


def told_of_fork(engine: Engine, who: Caller, told: wire.ForkTold) -> wire.Hello:
    """Begin a new epoch when a desk proves that the journal once had what it has no longer.

    Clients then look for the place where their past and the portal's part, and give back what came after it.
    Telling it twice, or after a colleague, changes nothing.

    Raises:
        UserError: ``fork_unproven``: the entry carries no operation of this journal signed by one of its devices,
            or the journal still has it.
    """

    def work(connection: Connection) -> None:
        head = connection.execute(
            sa.select(journal).where(journal.c.id == who.journal).with_for_update()
        ).one()
        if head.epoch != told.epoch:
            return
        if not _is_lost(connection, head, told.entry):
            raise UserError("fork_unproven")
        new = sa.update(journal).where(journal.c.id == who.journal)
        connection.execute(new.values(epoch=secrets.token_hex(16)))

    in_transaction(engine, work)
    return hello(engine, who)


def _is_lost(connection: Connection, head: Row[Any], entry: wire.Change) -> bool:
    if entry.effect is None or not entry.salt:
        return False
    committed = wire.commitment(bytes.fromhex(entry.salt), entry.effect)
    effect = wire.decode(entry.effect, wire.Effect)
    signed = wire.SignedOp(effect.op, effect.sig)
    if committed.hex() != entry.commitment or effect.op.op_id != entry.op_id:
        return False
    signer = admission.signers(connection, head.id).get(effect.op.device)
    if effect.op.journal != head.id or signer is None or not wire.is_signed(signer.public_key, signed):
        return False
    here = (change.c.journal == head.id) & (change.c.op_id == entry.op_id)
    return connection.execute(sa.select(change.c.seq).where(here)).first() is None


def new_epochs(engine: Engine) -> int:
    """Begin a new epoch in every journal, after the portal was restored by its administrator; give how many."""

    def work(connection: Connection) -> int:
        owners = connection.execute(sa.select(journal.c.id).order_by(journal.c.id)).scalars().all()
        for owner in owners:
            here = sa.update(journal).where(journal.c.id == owner)
            connection.execute(here.values(epoch=secrets.token_hex(16)))
        return len(owners)

    return in_transaction(engine, work)


def compact(
    engine: Engine, now: datetime, days: int = KEPT_DAYS, ops: int = KEPT_OPS, trash_days: int = TRASH_DAYS
) -> int:
    """Let go of bodies of old entries, and of the fields of records that lie deleted for long.

    An entry loses its body when it is both older than ``days`` and not among the last ``ops``; its place in the chain
    and its operation's id stay for ever, so that nothing is ever taken twice. Records themselves are not touched.

    Returns:
        How many entries lost their bodies.
    """
    with reading(engine) as connection:
        owners = connection.execute(sa.select(journal.c.id).order_by(journal.c.id)).scalars().all()
    oldest, emptied = now - timedelta(days=days), now - timedelta(days=trash_days)

    def work_on(owner: UUID) -> int:
        return in_transaction(engine, lambda connection: _compact(connection, owner, oldest, ops, emptied))

    return sum(work_on(owner) for owner in owners)


def _compact(connection: Connection, owner: UUID, oldest: datetime, ops: int, emptied: datetime) -> int:
    head = connection.execute(sa.select(journal).where(journal.c.id == owner).with_for_update()).one()
    old = sa.select(sa.func.max(change.c.seq)).where(change.c.journal == owner, change.c.at < oldest)
    floor = min(connection.execute(old).scalar() or 0, head.seq - ops)
    gone = 0
    if floor > head.floor:
        here = (change.c.journal == owner) & (change.c.seq > head.floor) & (change.c.seq <= floor)
        gone = connection.execute(sa.update(change).where(here).values(effect=None, salt=None)).rowcount
        connection.execute(sa.update(journal).where(journal.c.id == owner).values(floor=floor))
    trash = (record.c.journal == owner) & record.c.deleted.is_(True) & (record.c.deleted_at < emptied)
    connection.execute(sa.update(record).where(trash).values(fields={}, extra={}, fver={}, sets={}))
    return gone
