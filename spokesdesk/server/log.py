"""The journals' logs: taking operations in one order, giving them back as a feed (sync.md §1.5)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, WaitError
from spokesdesk.server import (
    admission,
    door_replies,
    letting_go,
    lists,
    mailing,
    members,
    merging,
    publish,
    records,
    releasing,
)
from spokesdesk.server.admission import Checked
from spokesdesk.server.database import in_transaction, is_replica, reading
from spokesdesk.server.files import FileStore
from spokesdesk.server.tables import change, journal
from spokesdesk.server.tokens import Caller

_OWNER: sa.BindParameter[UUID] = sa.bindparam("owner")
_HEAD = sa.select(journal).where(journal.c.id == _OWNER)
_LOCKED = _HEAD.with_for_update()
_LINK = sa.select(change.c.chain).where(change.c.journal == _OWNER, change.c.seq == sa.bindparam("seq"))
_FEED = (
    sa.select(
        change.c.seq, change.c.op_id, change.c.commitment, change.c.chain, change.c.salt, change.c.effect
    )
    .where(
        change.c.journal == _OWNER,
        change.c.seq > sa.bindparam("after"),
        change.c.seq <= sa.bindparam("last"),
    )
    .order_by(change.c.seq)
    .limit(sa.bindparam("most", type_=sa.Integer))
)


@dataclass(slots=True)
class Head:
    """Where a journal's log ends, while operations are added under its lock."""

    seq: int
    chain: bytes
    entries: list[dict[str, object]] = field(default_factory=list)


def hello(engine: Engine, who: Caller) -> wire.Hello:
    """Say where the caller's journal stands and which clients the portal takes."""
    with reading(engine) as connection:
        row = connection.execute(sa.select(journal).where(journal.c.id == who.journal)).one()
        members_now = wire.members_mark(members.of(connection, who.journal))
        role, (last, mark) = mailing.role_of(connection, who.journal), mailing.head(connection, who.journal)
    return wire.Hello(
        row.epoch,
        row.seq,
        row.chain.hex(),
        row.floor,
        wire.MIN_CLIENT,
        wire.SV,
        sv_oldest=wire.SV_OLDEST,
        role=role,
        mail=last,
        mail_mark=mark,
        members=members_now,
    )


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of a push; ``written_to``: the journals whose inboxes it wrote to."""

    reply: wire.PushReply
    written_to: frozenset[UUID]


def push(
    engine: Engine, who: Caller, message: wire.Push, now: datetime, store: FileStore | None = None
) -> Pushed:
    """Take operations into the journal: each once, in one order, all in one transaction.

    Signatures, sizes and fields are checked, and texts merged, before the journal's row is locked.

    Args:
        store: where files lie; those of erased data go from it.

    Raises:
        WaitError: ``client_too_old``: the client's schema is no longer taken.
    """
    admission.check_client(message)
    with reading(engine, private=False) as connection:
        known = admission.signers(connection, who.journal)
    checked = [admission.checked(signed, who.journal, known) for signed in message.ops]
    texts = _texts_merged(engine, who.journal, checked)

    def work(connection: Connection) -> tuple[Pushed, tuple[str, ...]]:
        made = _Push(connection, who.journal, checked, texts, now)
        return made.done(), tuple(made.freed)

    told, freed = in_transaction(engine, work)
    if store is not None:
        letting_go.remove(engine, store, freed)
    return told


def _texts_merged(engine: Engine, owner: UUID, checked: Sequence[Checked]) -> merging.TextMerges:
    texts = merging.TextMerges()
    ops = [one.signed.op for one in checked if not one.reason]
    ops = [op for op in ops if any(item.how == "text" for item in op.patch.values())]
    if ops:
        with reading(engine) as connection:
            book = records.load(connection, owner, {(op.entity, op.rec) for op in ops})
        for op in ops:
            texts.prepare(book, op)
    return texts


class _Push:
    """One push under the journal's lock."""

    def __init__(
        self,
        connection: Connection,
        owner: UUID,
        checked: Sequence[Checked],
        texts: merging.TextMerges,
        now: datetime,
    ) -> None:
        self.connection, self.owner, self.checked = connection, owner, checked
        self.texts, self.now = texts, now
        self.erased: dict[UUID, int] = {}
        self.parcels: list[mailing.Parcel] = []
        self.freed: list[str] = []

    def done(self) -> Pushed:
        row = self.connection.execute(_LOCKED, {"owner": self.owner}).one()
        self.head = Head(row.seq, row.chain)
        ops = [one.signed.op for one in self.checked]
        self.known = admission.known(self.connection, self.owner, ops)
        wanted = {(one.signed.op.entity, one.signed.op.rec) for one in self.checked if not one.reason}
        self.book = records.load(self.connection, self.owner, wanted)
        outcomes = [self._outcome(one) for one in self.checked]
        if self.head.entries:
            self._save()
        return Pushed(wire.PushReply(outcomes), frozenset(one.to for one in self.parcels))

    def _outcome(self, one: Checked) -> wire.Outcome:
        op = one.signed.op
        seq = self.known.repeat(one.signed)
        if seq and one.reason in {"", "device_revoked"}:
            return wire.Outcome(op.op_id, "duplicate", "", seq)
        parcels: list[mailing.Parcel] = []
        reason = one.reason or self.known.refusal(op)
        if not reason and op.entity == wire.NOTE and op.kind == "append":
            reason, parcels = mailing.addressed(self.connection, one.signed)
        if reason:
            return wire.Outcome(op.op_id, "quarantined", reason)
        if op.entity == wire.RELEASED:
            taken = releasing.take(self.connection, self.book, op, self.now)
        else:
            taken = merging.take(self.book, op, self.now, self.texts)
        if taken.reason:
            return wire.Outcome(op.op_id, "quarantined", taken.reason)
        self._project(op, parcels)
        told = _log(self.head, one, taken, self.now)
        self.known.noted(one.signed, told.seq)
        if op.kind == "erase":
            self.erased[op.rec] = told.seq
        return told

    def _project(self, op: wire.Op, parcels: list[mailing.Parcel]) -> None:
        if op.entity == wire.PUBLIC_LIST:
            lists.project(self.connection, op, self.now)
            parcels = mailing.posted(self.connection, op)
        elif op.entity == wire.DOOR_REPLY:
            door_replies.project(self.connection, op, self.now)
        elif op.entity == wire.DELETION and op.kind == "append":
            self.freed += letting_go.drop(self.connection, op)
        elif op.entity == wire.NOTE and op.kind in {"erase", "delete"}:
            mailing.blank(self.connection, op.journal, op.rec)
        self.parcels += parcels

    def _save(self) -> None:
        self.book.save(self.connection)
        self.connection.execute(sa.insert(change), self.head.entries)
        for rec, seq in self.erased.items():
            earlier = (change.c.journal == self.owner) & (change.c.rec == rec) & (change.c.seq < seq)
            self.connection.execute(sa.update(change).where(earlier).values(effect=None, salt=None))
        if any(one.signed.op.entity == wire.RELEASED for one in self.checked):
            publish.publish_complete(self.connection, self.owner, self.now)
        mailing.deliver(self.connection, self.parcels, self.now)
        here = sa.update(journal).where(journal.c.id == self.owner)
        self.connection.execute(here.values(seq=self.head.seq, chain=self.head.chain, moved_at=self.now))


def _log(head: Head, one: Checked, taken: merging.Taken, now: datetime) -> wire.Outcome:
    op, salt = one.signed.op, secrets.token_bytes(32)
    outcome = "conflict" if taken.has_clash else "applied"
    as_signed: Any = msgspec.Raw(one.data)  # in canonical form already, as its signature was checked
    told = wire.Effect(
        as_signed,
        one.signed.sig,
        outcome,
        taken.ver,
        now.isoformat(),
        fields=taken.fields,
        before=taken.before,
        conflicts=list(taken.conflicts.values()),
        deleted=taken.deleted,
        notice=taken.notice,
    )
    effect = wire.canonical(told).decode()
    committed = wire.commitment(salt, effect)
    head.seq += 1
    head.chain = wire.chained(head.chain, op.op_id, committed)
    head.entries.append(
        dict(
            journal=op.journal,
            seq=head.seq,
            op_id=op.op_id,
            sig=one.signed.sig,
            device=op.device,
            dseq=op.dseq,
            actor=op.actor,
            rec=op.rec,
            outcome=outcome,
            effect=effect,
            salt=salt,
            commitment=committed,
            chain=head.chain,
            at=now,
        )
    )
    return wire.Outcome(op.op_id, "conflict" if taken.has_clash else "applied", "", head.seq)


def pull(engine: Engine, who: Caller, *, epoch: str, after: int, chain: str, limit: int) -> wire.Changes:
    """Give what follows a cursor in the caller's journal.

    Raises:
        WaitError: ``portal_restored``: the cursor is not on this journal's chain, as after a restored backup;
            ``portal_behind``: this is a copy that lags behind its primary; ``below_floor``: what follows has lost
            its bodies, and the desk starts from a snapshot.
    """
    with reading(engine) as connection:
        row = connection.execute(_HEAD, {"owner": who.journal}).one()
        if epoch != row.epoch or chain_at(connection, row, after) != chain:
            # Only the primary can say that a history has parted: a copy may merely not have it yet.
            if is_replica(connection):
                raise WaitError("portal_behind")
            raise WaitError("portal_restored", epoch=row.epoch, seq=row.seq)
        if after < row.floor:
            raise WaitError("below_floor", floor=row.floor)
        between = {"owner": who.journal, "after": after, "last": row.seq}
        rows = connection.execute(_FEED, {**between, "most": max(1, min(limit, wire.PAGE_OPS))}).all()
    page = _page(rows)
    last = page[-1].seq if page else after
    return wire.Changes(row.epoch, row.seq, row.chain.hex(), page, last < row.seq)


def chain_at(connection: Connection, head: Row[Any], seq: int) -> str:
    """Give the chain hash (hex) at one place of a journal; "" where there is none."""
    if seq == 0:
        return wire.GENESIS.hex()
    found = connection.execute(_LINK, {"owner": head.id, "seq": seq}).scalar()
    return found.hex() if found else ""


def _page(rows: Sequence[Any]) -> list[wire.Change]:
    page: list[wire.Change] = []
    size = 0
    for row in rows:
        size += len(row.effect or "") + 500
        if page and size > wire.PAGE_BYTES:
            break
        salt = row.salt.hex() if row.salt else None
        page.append(wire.Change(row.seq, row.op_id, row.commitment.hex(), row.chain.hex(), salt, row.effect))
    return page


def journal_of(who: Caller, wanted: str) -> UUID:
    """Give the journal named in an address when it is the caller's own.

    Raises:
        AccessError: ``journal_foreign``: another one, whether it exists or not.
    """
    if wanted not in {str(who.journal), who.journal.hex}:
        raise AccessError("journal_foreign")
    return who.journal
