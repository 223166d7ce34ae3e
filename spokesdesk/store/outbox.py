"""The way to the portal as the desk keeps it: outbox, ledger, cursor and the log of the feed.

Nothing is written here before enrolment; an operation leaves the outbox when the feed shows it (sync.md D5).
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_new

from spokesdesk import wire
from spokesdesk.domain.errors import ConflictError
from spokesdesk.services.ports import (
    Cursor,
    Enrolment,
    SyncBasis,
    SyncPlan,
    Unpublished,
    Waiting,
)
from spokesdesk.services.sync.plan import MOST_WAITING
from spokesdesk.store.outbox_ledger import UNDERWAY, Ledger
from spokesdesk.store.outbox_releases import Releases
from spokesdesk.store.rows import file_record
from spokesdesk.store.tables_sync import (
    enrolled,
    feed_log,
    ledger,
    outbox,
)

CHUNK = 500
# What becomes of records whose last operation the feed showed: whether it is a release, states before and after.
_ARRIVED = ((True, ("queued",), "sent"), (False, UNDERWAY, "accepted"))
# Read several times in every round.
_WAITING = (
    select(outbox.c.n, outbox.c.state, outbox.c.tries, outbox.c.sig)
    .where((outbox.c.n > bindparam("after")) | (outbox.c.state == "quarantined"))
    .order_by(outbox.c.n)
    .limit(MOST_WAITING)
)
_UNPUBLISHED = (
    select(ledger)
    .where(ledger.c.state.in_(UNDERWAY), ledger.c.entity == wire.RELEASED)
    .order_by(ledger.c.changed_at)
)


class SqlOutbox(Releases, Ledger):
    """The tables of ``tables_sync``."""

    def enrolment(self) -> Enrolment | None:
        """Give where this desk is enrolled; None before."""
        row = self._place()
        return _enrolment(row) if row else None

    def enrol(self, enrolment: Enrolment, at: datetime) -> None:
        """Note that this desk belongs to a portal; from here on releases are queued.

        Raises:
            ConflictError: ``already_enrolled``.
        """
        if (row := self._place()) is not None:
            raise ConflictError("already_enrolled", portal=row.portal)
        self._connection.execute(
            insert(enrolled).values(
                id=1,
                portal=enrolment.portal,
                journal=enrolment.journal,
                device=enrolment.device,
                agency=enrolment.agency,
                epoch=enrolment.epoch,
                seq=0,
                chain=wire.GENESIS.hex(),
                dseq=0,
                enrolled_at=at,
                by_hand=enrolment.by_hand,
            )
        )

    def basis(self, after: int = 0, known: Mapping[int, wire.Op] | None = None) -> SyncBasis | None:
        """Give what a round starts from; None before enrolment.

        Args:
            after: of what waits only what stands behind this place; what was refused always.
            known: operations read before, by their place; they never change, and reading them takes a while.
        """
        place = self._place()
        if place is None:
            return None
        rows = self._connection.execute(_WAITING, {"after": after}).all()
        ops = self._ops([row.n for row in rows], known or {})
        return SyncBasis(
            _enrolment(place),
            Cursor(place.epoch, place.seq, place.chain),
            tuple(Waiting(ops[row.n], row.state, row.tries, row.n, row.sig) for row in rows),
            tuple(map(_unpublished, self._connection.execute(_UNPUBLISHED))),
            place.dseq,
        )

    def _ops(self, places: Sequence[int], known: Mapping[int, wire.Op]) -> dict[int, wire.Op]:
        found = {n: known[n] for n in places if n in known}
        fresh = [n for n in places if n not in known]
        for at in range(0, len(fresh), CHUNK):
            among = select(outbox.c.n, outbox.c.op).where(outbox.c.n.in_(fresh[at : at + CHUNK]))
            found |= {n: wire.decode(text, wire.Op) for n, text in self._connection.execute(among)}
        return found

    def apply(self, plan: SyncPlan, at: datetime) -> None:
        """Write what a round decided."""
        self._mark([(op_id, "") for op_id in plan.sent], "sent", at)
        self._mark(plan.quarantined, "quarantined", at)
        self._echoed(plan.echoed, at)
        self._keep(plan.log)
        for record, url in plan.published:
            self._connection.execute(
                update(ledger)
                .where(ledger.c.record == record)
                .values(state="published", url=url, reason="", changed_at=at)
            )
        for record in plan.withdrawn:
            self._connection.execute(
                update(ledger)
                .where(ledger.c.record == record)
                .values(state="withdrawn", url="", reason="", changed_at=at)
            )
        self._connection.execute(
            update(enrolled).values(
                epoch=plan.cursor.epoch,
                seq=plan.cursor.seq,
                chain=plan.cursor.chain,
                last_round_at=at,
                fault=plan.fault,
            )
        )

    def start_from(self, epoch: str, seq: int, chain: str) -> None:
        """Follow the feed from a place on: what was before it came as records."""
        self._connection.execute(update(enrolled).values(epoch=epoch, seq=seq, chain=chain))

    def give_back(self, after: int, at: datetime) -> int:
        """Put what the feed had after a place before everything that waits, with the signatures of who made it.

        Returns:
            How many operations.
        """
        lost = select(feed_log).where(feed_log.c.seq > after, feed_log.c.effect.is_not(None))
        effects = [
            wire.decode(row.effect, wire.Effect)
            for row in self._connection.execute(lost.order_by(feed_log.c.seq))
        ]
        waiting = self._connection.execute(select(outbox).order_by(outbox.c.n)).mappings().all()
        there = {row["op_id"] for row in waiting}
        self._connection.execute(delete(outbox))
        shown = [
            dict(record=one.op.rec, entity=one.op.entity, title="", state="queued", files=[], changed_at=at)
            for one in effects
        ]
        if shown:
            self._connection.execute(insert_new(ledger).on_conflict_do_nothing(), shown)
        given = [
            dict(
                op_id=one.op.op_id,
                record=one.op.rec,
                op=wire.encode(one.op).decode(),
                state="queued",
                tries=0,
                queued_at=at,
                sig=one.sig,
            )
            for one in effects
            if one.op.op_id not in there
        ]
        rows = given + [{name: row[name] for name in row if name != "n"} for row in waiting]
        if rows:
            self._connection.execute(insert(outbox), rows)
        self._connection.execute(delete(feed_log).where(feed_log.c.seq > after))
        return len(given)

    def sign_in(self, enrolment: Enrolment, at: datetime) -> None:
        """Go on as the device that this desk was: what waits stays as it is."""
        place = dict(portal=enrolment.portal, by_hand=enrolment.by_hand)
        self._connection.execute(update(enrolled).values(fault="", enrolled_at=at, **place))

    def rejoin(self, enrolment: Enrolment, at: datetime) -> None:
        """Go on under another device's id: what waits is sent as that device's, in its order, its links too."""
        self.sign_in(enrolment, at)
        self._connection.execute(update(enrolled).values(device=enrolment.device, epoch=enrolment.epoch))
        rows = self._connection.execute(select(outbox).where(outbox.c.sig == "").order_by(outbox.c.n)).all()
        for dseq, row in enumerate(rows, start=1):
            op = wire.decode(row.op, wire.Op)
            patch = _linked_by(op, enrolment.device)
            anew = msgspec.structs.replace(op, device=enrolment.device, dseq=dseq, patch=patch)
            here = update(outbox).where(outbox.c.n == row.n)
            # Counted as one more try: what a stick says of the operation as it was signed before is old news.
            values = dict(op=wire.encode(anew).decode(), state="queued", tries=outbox.c.tries + 1)
            self._connection.execute(here.values(**values))
        self._connection.execute(update(enrolled).values(dseq=len(rows)))
        sent_anew = ledger.c.record.in_(select(outbox.c.record).where(outbox.c.sig == ""))
        refused = update(ledger).where(sent_anew, ledger.c.state == "quarantined")
        self._connection.execute(refused.values(state="queued", reason="", changed_at=at))

    def retry(self, record: UUID, at: datetime) -> bool:
        """Queue anew what the portal refused of a record; False when nothing of it waits."""
        refused = (outbox.c.record == record) & (outbox.c.state == "quarantined")
        done = self._connection.execute(update(outbox).where(refused).values(state="queued"))
        here = (ledger.c.record == record) & (ledger.c.state == "quarantined")
        if done.rowcount:
            self._connection.execute(
                update(ledger).where(here).values(state="queued", reason="", changed_at=at)
            )
        return bool(done.rowcount)

    def let_go(self, ops: Sequence[UUID], at: datetime) -> None:
        """Forget refused operations whose words the portal has; their records have arrived."""
        records = select(outbox.c.record).where(outbox.c.op_id.in_(ops)).distinct()
        of_them = list(self._connection.scalars(records))
        self._connection.execute(delete(outbox).where(outbox.c.op_id.in_(ops)))
        here = ledger.c.record.in_(of_them) & ledger.c.record.not_in(select(outbox.c.record))
        arrived = update(ledger).where(
            here, ledger.c.state == "quarantined", ledger.c.entity != wire.RELEASED
        )
        self._connection.execute(arrived.values(state="accepted", reason="", changed_at=at))

    def retry_known(self, devices: Collection[UUID], at: datetime) -> int:
        """Queue anew what was refused because the portal did not know who signed it, when it knows them now.

        Args:
            devices: that the portal knows.

        Returns:
            How many records were queued.
        """
        unknown = select(ledger.c.record).where(
            ledger.c.state == "quarantined", ledger.c.reason == "device_unknown"
        )
        refused = (outbox.c.state == "quarantined") & outbox.c.record.in_(unknown)
        rows = self._connection.execute(select(outbox.c.record, outbox.c.op).where(refused)).all()
        known = {row.record for row in rows if wire.decode(row.op, wire.Op).device in devices}
        return sum(self.retry(record, at) for record in sorted(known))

    def log(self, after: int = 0, limit: int = 1000) -> tuple[wire.Change, ...]:
        """Give entries of the feed as they were read, in order."""
        wanted = select(feed_log).where(feed_log.c.seq > after).order_by(feed_log.c.seq).limit(limit)
        return tuple(
            wire.Change(row.seq, row.op_id, row.commitment, row.chain, row.salt, row.effect)
            for row in self._connection.execute(wanted)
        )

    def _mark(self, told: Sequence[tuple[UUID, str]], state: str, at: datetime) -> None:
        if not told:
            return
        marking = update(outbox).where(outbox.c.op_id == bindparam("of_op"))
        marking = marking.values(state=state, tries=outbox.c.tries + 1)
        self._connection.execute(marking, [{"of_op": op_id} for op_id, _reason in told])
        of_op = select(outbox.c.record).where(outbox.c.op_id == bindparam("of_op")).scalar_subquery()
        is_other = (ledger.c.state != state) | (ledger.c.reason != bindparam("why"))
        showing = update(ledger).where(ledger.c.record == of_op, is_other)
        showing = showing.values(state=state, reason=bindparam("why"), changed_at=at)
        self._connection.execute(showing, [{"of_op": op_id, "why": reason} for op_id, reason in told])

    def _echoed(self, ops: Sequence[UUID], at: datetime) -> None:
        """Let what the feed showed go; a record of which nothing waits any more has arrived."""
        for start in range(0, len(ops), CHUNK):
            among = outbox.c.op_id.in_(ops[start : start + CHUNK])
            records = list(self._connection.scalars(select(outbox.c.record).where(among)))
            self._connection.execute(delete(outbox).where(among))
            is_of = ledger.c.record.in_(records) & ledger.c.record.not_in(select(outbox.c.record))
            for is_release, before, after in _ARRIVED:
                here = is_of & ((ledger.c.entity == wire.RELEASED) == is_release) & ledger.c.state.in_(before)
                self._connection.execute(update(ledger).where(here).values(state=after, changed_at=at))

    def _keep(self, entries: Sequence[wire.Change]) -> None:
        names = ("seq", "op_id", "commitment", "chain", "salt", "effect")
        if entries:
            kept = [{name: getattr(entry, name) for name in names} for entry in entries]
            self._connection.execute(insert(feed_log), kept)


def _enrolment(row: Row[Any]) -> Enrolment:
    return Enrolment(row.portal, row.journal, row.device, row.agency, row.epoch, row.by_hand)


def _unpublished(row: Row[Any]) -> Unpublished:
    files = (file_record(value) for value in row.files)
    return Unpublished(row.record, tuple(file for file in files if file))


def _linked_by(op: wire.Op, device: UUID) -> dict[str, wire.FieldChange]:
    """Give the patch of an operation with the link of its entry under another device's id.

    Under the id before, a desk put back from a copy may have sent other links of the same places; those are kept.
    """
    told = op.patch.get(wire.LINK)
    if told is None or not isinstance(told.new, dict) or told.new.get("device") != str(op.device):
        return op.patch
    return op.patch | {wire.LINK: wire.FieldChange(told.base, told.new | {"device": str(device)})}
