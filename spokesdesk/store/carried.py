"""What this desk carries by hand for others: their operations, how far they have read, keys to seal sticks with."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from spokesdesk import wire
from spokesdesk.services.ports.carrying import CarriedDesk, CarryKey
from spokesdesk.store.replica_state import chunks
from spokesdesk.store.seals import Seals
from spokesdesk.store.tables_sync import carried, carried_op, feed_log, key_holder

_HASH = re.compile(r'"sha256":"([0-9a-f]{64})"')
# What is left of an operation whose words were erased: it was there, and its receipt may still be asked for.
ERASED = "{}"
# Refusals that only say that the portal is older than the program that made the operation.
_LATER = frozenset({"kind_unknown", "op_schema_unknown"})


class SqlCarried:
    """The tables ``carried``, ``carried_op`` and ``carry_key``."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection, self._seals = connection, seals

    def desk_keys(self) -> tuple[CarryKey, ...]:
        """Give the desks of the agency that sticks are sealed for, by name: revoked ones no more."""
        here = (key_holder.c.box_key != "") & key_holder.c.revoked.is_(False)
        rows = self._connection.execute(select(key_holder).where(here).order_by(key_holder.c.name))
        return tuple(CarryKey(row.device, row.public_key, row.box_key, row.name) for row in rows)

    def desks(self) -> tuple[CarriedDesk, ...]:
        """Give the desks for which this one carries, the latest first."""
        rows = self._connection.execute(select(carried).order_by(carried.c.at.desc()))
        return tuple(
            CarriedDesk(
                UUID(row.who),
                (row.epoch, row.seq, row.chain),
                tuple(row.wants),
                tuple(row.offers),
                row.at,
            )
            for row in rows
        )

    def note(self, desk: CarriedDesk) -> None:
        """Note how far a desk has read; a stick older than the last one of that desk says nothing new."""
        epoch, seq, chain = desk.cursor
        of_it = carried.c.who == str(desk.device)
        latest = self._connection.scalar(select(carried.c.at).where(of_it))
        if latest is not None and latest > desk.at:
            return
        self._connection.execute(delete(carried).where(of_it))
        row = dict(who=str(desk.device), epoch=epoch, seq=seq, chain=chain, joined="", at=desk.at)
        row |= dict(wants=list(desk.wants), offers=list(desk.offers))
        self._connection.execute(insert(carried), row)

    def take(self, ops: Sequence[wire.CarriedOp], writer: UUID, epoch: str, at: datetime) -> int:
        """Keep operations that a desk brought, to be forwarded; give how many are new, or wait once more.

        One that came before is kept once. One that the portal refused waits again when its author has sent it again,
        or signs it now as another device.
        One that stands in the feed already is only remembered, for its receipt.
        """
        fresh = 0
        for part in chunks(ops, 200):
            ids = [one.op.op_id for one in part]
            there = {
                row.op_id: row
                for row in self._connection.execute(select(carried_op).where(carried_op.c.op_id.in_(ids)))
            }
            for one in part:
                known = there.get(one.op.op_id)
                if known is None:
                    self._connection.execute(insert(carried_op), _row(one, writer, at))
                    fresh += 1
                elif _is_again(one, known, writer):
                    again = update(carried_op).where(carried_op.c.n == known.n)
                    self._connection.execute(again.values(reason="", **_row(one, writer, at)))
                    fresh += 1
            brought = update(carried_op).where(carried_op.c.op_id.in_(ids))
            self._connection.execute(brought.values(carrier=writer))
            self._arrived(ids, epoch, at)
        return fresh

    def _arrived(self, ids: Sequence[UUID], epoch: str, at: datetime) -> None:
        """Let operations follow what the feed that this desk has read says of them."""
        found = select(feed_log.c.op_id, feed_log.c.seq, feed_log.c.effect.is_(None).label("is_bare"))
        seen = {row.op_id: row for row in self._connection.execute(found.where(feed_log.c.op_id.in_(ids)))}
        for op_id, row in seen.items():
            here = (carried_op.c.op_id == op_id) & (carried_op.c.state != "arrived")
            arrived = dict(state="arrived", reason="", epoch=epoch, seq=row.seq, changed_at=at)
            arrived |= {"op": ERASED} if row.is_bare else {}
            self._connection.execute(update(carried_op).where(here).values(**arrived))
        # Seen by a portal that was restored since, and not there any more.
        lost = carried_op.c.op_id.in_(ids) & (carried_op.c.state == "arrived") & (carried_op.c.epoch != epoch)
        lost &= carried_op.c.op != ERASED
        again = update(carried_op).where(lost, carried_op.c.op_id.not_in(list(seen)))
        self._connection.execute(again.values(state="waiting", seq=0, changed_at=at))

    def waiting(self, after: int, limit: int) -> tuple[tuple[int, wire.CarriedOp], ...]:
        """Give operations to be forwarded, with their places; those on the record of a refused one wait.

        Args:
            after: place behind which to begin.
        """
        refused = select(carried_op.c.record).where(carried_op.c.state == "refused")
        wanted = select(carried_op).where(
            carried_op.c.n > after,
            carried_op.c.state.in_(("waiting", "sent")),
            carried_op.c.record.not_in(refused),
        )
        rows = self._connection.execute(wanted.order_by(carried_op.c.n).limit(limit))
        return tuple((row.n, _op(row.op, row.sig, row.tries)) for row in rows)

    def unseen(self) -> tuple[wire.CarriedOp, ...]:
        """Give the operations that no feed has shown yet: another carrier may get them there first."""
        wanted = select(carried_op).where(carried_op.c.state.in_(("waiting", "sent")))
        return tuple(
            _op(row.op, row.sig, row.tries)
            for row in self._connection.execute(wanted.order_by(carried_op.c.n))
        )

    def answered(self, outcomes: Sequence[wire.Outcome], epoch: str, seq: int, at: datetime) -> None:
        """Note what the portal said.

        Args:
            seq: up to here this desk has read the feed of ``epoch``.
        """
        for told in outcomes:
            here = update(carried_op).where(carried_op.c.op_id == told.op_id, carried_op.c.state != "arrived")
            if told.outcome == "quarantined":
                if told.reason not in _LATER:
                    self._connection.execute(here.values(state="refused", reason=told.reason, changed_at=at))
            elif told.outcome == "duplicate" and 0 < told.seq <= seq:
                arrived = dict(state="arrived", reason="", epoch=epoch, seq=told.seq, changed_at=at)
                self._connection.execute(here.values(**arrived))
            else:
                self._connection.execute(here.values(state="sent", reason="", changed_at=at))

    def seen(self, log: Sequence[wire.Change], epoch: str, at: datetime) -> None:
        """Note which operations the feed has shown."""
        if self._connection.scalar(select(carried_op.c.n).limit(1)) is None:
            return
        for part in chunks(log):
            places = {entry.op_id: entry.seq for entry in part}
            among = carried_op.c.op_id.in_(list(places))
            for op_id in list(self._connection.scalars(select(carried_op.c.op_id).where(among))):
                here = update(carried_op).where(carried_op.c.op_id == op_id)
                arrived = dict(state="arrived", reason="", epoch=epoch, seq=places[op_id], changed_at=at)
                self._connection.execute(here.values(**arrived))

    def receipts(self, epoch: str) -> tuple[wire.Receipt, ...]:
        """Give what became of the operations that came here; of arrived ones only those of this epoch."""
        wanted = select(carried_op).where((carried_op.c.state != "arrived") | (carried_op.c.epoch == epoch))
        rows = self._connection.execute(wanted.order_by(carried_op.c.n))
        return tuple(wire.Receipt(row.op_id, row.state, row.reason, row.seq, row.tries) for row in rows)

    def unpublished(self) -> tuple[UUID, ...]:
        """Give carried releases that arrived and whose place on the public side is asked for."""
        is_release = func.json_extract(carried_op.c.op, "$.entity") == wire.RELEASED
        is_done = carried_op.c.status.contains('"state":"public"') | carried_op.c.status.contains(
            '"state":"withdrawn"'
        )
        wanted = (
            select(carried_op.c.record)
            .where(carried_op.c.state == "arrived", is_release, ~is_done)
            .distinct()
        )
        return tuple(self._connection.scalars(wanted))

    def note_status(self, statuses: Sequence[wire.ReleaseStatus], at: datetime) -> None:
        """Keep where carried releases stand on the public side."""
        for status in statuses:
            here = update(carried_op).where(carried_op.c.record == status.rec)
            self._connection.execute(here.values(status=wire.encode(status).decode(), changed_at=at))

    def statuses(self) -> tuple[wire.ReleaseStatus, ...]:
        """Give where carried releases stand, as far as the portal said."""
        wanted = select(carried_op.c.status).where(carried_op.c.status != "").distinct()
        return tuple(wire.decode(status, wire.ReleaseStatus) for status in self._connection.scalars(wanted))

    def let_go(self, writer: UUID, kept: Collection[UUID]) -> int:
        """Forget operations that arrived and that who brought them brings no more; releases may still move.

        Args:
            kept: what the latest stick of the writer still brings: its receipts have not come back.
        """
        is_release = func.coalesce(func.json_extract(carried_op.c.op, "$.entity"), "") == wire.RELEASED
        of_it = (carried_op.c.carrier == writer) & (carried_op.c.state == "arrived") & ~is_release
        gone = set(self._connection.scalars(select(carried_op.c.op_id).where(of_it))).difference(kept)
        for part in chunks(gone):
            self._connection.execute(delete(carried_op).where(carried_op.c.op_id.in_(part)))
        return len(gone)

    def log_from(self, after: int, limit: int) -> tuple[wire.Change, ...]:
        """Give entries of the feed that this desk has read."""
        wanted = select(feed_log).where(feed_log.c.seq > after).order_by(feed_log.c.seq).limit(limit)
        return tuple(
            wire.Change(row.seq, row.op_id, row.commitment, row.chain, row.salt, row.effect)
            for row in self._connection.execute(wanted)
        )

    def files_named(self, after: int) -> frozenset[str]:
        """Give the files (SHA-256) that entries of the feed after a place name, in sealed fields, too."""
        wanted = select(feed_log.c.effect).where(feed_log.c.seq > after, feed_log.c.effect.is_not(None))
        found: set[str] = set()
        for effect in self._connection.scalars(wanted).yield_per(500):
            for words in self._seals.words_of(wire.decode(effect.encode(), wire.Effect)):
                found.update(_HASH.findall(words))
        return frozenset(found)

    def log_floor(self) -> int:
        """Give the place before the first entry that this desk still has; with none, the place it has read up to."""
        first = self._connection.scalar(select(func.min(feed_log.c.seq)))
        return first - 1 if first is not None else -1

    def points(self, every: int) -> tuple[wire.ChainPoint, ...]:
        """Give the chain hash at every so many places of the feed, and at the last one."""
        last = self._connection.scalar(select(func.max(feed_log.c.seq)))
        here = (feed_log.c.seq % every == 0) | (feed_log.c.seq == last)
        rows = self._connection.execute(
            select(feed_log.c.seq, feed_log.c.chain).where(here).order_by(feed_log.c.seq)
        )
        return tuple(wire.ChainPoint(row.seq, row.chain) for row in rows)

    def sizes(self) -> tuple[int, int]:
        """Give how many operations came by hand and wait, and how many the portal refused."""
        counted = select(carried_op.c.state, func.count()).group_by(carried_op.c.state)
        found = {row[0]: int(row[1]) for row in self._connection.execute(counted)}
        return found.get("waiting", 0) + found.get("sent", 0), found.get("refused", 0)


def _is_again(one: wire.CarriedOp, known: Row[Any], writer: UUID) -> bool:
    is_other = one.op.device == writer and one.op.device != known.device
    if known.state == "refused":
        return one.tries > known.tries or is_other
    return known.state == "waiting" and is_other


def _row(one: wire.CarriedOp, writer: UUID, at: datetime) -> dict[str, object]:
    return dict(
        op_id=one.op.op_id,
        device=one.op.device,
        carrier=writer,
        record=one.op.rec,
        op=wire.encode(one.op).decode(),
        sig=one.sig,
        tries=one.tries,
        state="waiting",
        changed_at=at,
    )


def _op(text: str, sig: str, tries: int) -> wire.CarriedOp:
    return wire.CarriedOp(wire.decode(text, wire.Op), sig, tries)
