"""The way to the portal as the desk keeps it: outbox, ledger, cursor and the log of the feed.

Nothing is written here before enrolment; an operation leaves the outbox when the feed shows it (sync.md D5).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, bindparam, case, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_new

from spokesdesk import wire
from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Move, Paper, PaperMove
from spokesdesk.domain.publication import is_public, paragraphs
from spokesdesk.services.ports import (
    Cursor,
    Enrolment,
    SyncBasis,
    SyncPlan,
    SyncRow,
    SyncState,
    Unpublished,
    Waiting,
)
from spokesdesk.services.sync.plan import MOST_WAITING
from spokesdesk.store.rows import file_record, file_value
from spokesdesk.store.tables_sync import (
    changed,
    enrolled,
    feed_log,
    ledger,
    outbox,
    replication,
    sync_conflict,
)

UNDERWAY = ("queued", "sent")
CHUNK = 500
# What becomes of records whose last operation the feed showed: whether it is a release, states before and after.
_ARRIVED = ((True, ("queued",), "sent"), (False, UNDERWAY, "accepted"))


class SqlOutbox:
    """The tables of ``tables_sync``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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
            )
        )

    def queue_release(self, paper: Paper, at: datetime, op_id: UUID | None = None) -> bool:
        """Queue a released paper for the portal, in the transaction that releases it.

        Args:
            paper: numbered, with both files.
            at: UTC.
            op_id: id of the operation; the id of the release itself when left out.

        Returns:
            False when nothing was queued: not enrolled, not for the public, or queued before.
        """
        place = self._place()
        if place is None or not is_public(paper.letter) or self._has(paper.id):
            return False
        release = _release_move(paper)
        fields = _fields(paper, release.at if release else at)
        made = wire.Op(
            op_id=op_id or (release.id if release else paper.id),
            device=place.device,
            dseq=place.dseq + 1,
            actor=str(release.by.id) if release else "",
            journal=place.journal,
            entity="paper",
            rec=paper.id,
            kind="release",
            base_ver=0,
            patch=wire.patch_of(fields),
            sv=wire.SV,
            wall=at.isoformat(),
        )
        self._add(made, paper, at)
        return True

    def queue_withdrawal(self, paper: Paper, at: datetime) -> bool:
        """Queue that a paper was withdrawn, in the transaction that withdraws it; the portal takes its page down.

        Returns:
            False when the paper never went on its way to a portal.
        """
        place = self._place()
        step = next((step for step in reversed(paper.moves) if step.move is Move.WITHDRAW), None)
        if place is None or step is None or not self._has(paper.id):
            return False
        made = wire.Op(
            op_id=step.id,
            device=place.device,
            dseq=place.dseq + 1,
            actor=str(step.by.id),
            journal=place.journal,
            entity="paper",
            rec=paper.id,
            kind="withdraw",
            base_ver=1,
            patch={"withdrawn_at": wire.FieldChange(None, step.at.isoformat())},
            sv=wire.SV,
            wall=at.isoformat(),
        )
        self._queue(made, at)
        ours = (ledger.c.record == paper.id) & (ledger.c.state != "quarantined")
        self._connection.execute(update(ledger).where(ours).values(state="queued", changed_at=at))
        return True

    def _add(self, made: wire.Op, paper: Paper, at: datetime) -> None:
        self._connection.execute(
            insert(ledger).values(
                record=made.rec,
                entity=made.entity,
                title=paper.title,
                state="queued",
                files=[file_value(paper.docx), file_value(paper.pdf)],
                changed_at=at,
            )
        )
        self._queue(made, at)

    def _queue(self, made: wire.Op, at: datetime) -> None:
        text = wire.encode(made).decode()
        self._connection.execute(
            insert(outbox).values(
                op_id=made.op_id, record=made.rec, op=text, state="queued", tries=0, queued_at=at
            )
        )
        self._connection.execute(update(enrolled).values(dseq=made.dseq))

    def state(self) -> SyncState:
        """Give what the status line says."""
        place = self._place()
        counted = select(ledger.c.entity == wire.RELEASED, ledger.c.state, func.count()).group_by(
            ledger.c.entity == wire.RELEASED, ledger.c.state
        )
        counts: dict[tuple[bool, str], int] = {
            (bool(row[0]), row[1]): row[2] for row in self._connection.execute(counted)
        }
        filled = self._connection.scalar(select(replication.c.filled))
        is_open = select(func.count()).where(sync_conflict.c.state == "open")
        unnoted = self._connection.scalar(select(func.count()).select_from(changed)) or 0
        return SyncState(
            portal=place.portal if place else "",
            queued=counts.get((True, "queued"), 0),
            sent=counts.get((True, "sent"), 0),
            published=counts.get((True, "published"), 0),
            quarantined=counts.get((True, "quarantined"), 0),
            last_round_at=place.last_round_at if place else None,
            fault=place.fault if place else "",
            withdrawn=counts.get((True, "withdrawn"), 0),
            waiting=sum(counts.get((False, state), 0) for state in UNDERWAY) + unnoted,
            refused=counts.get((False, "quarantined"), 0),
            conflicts=self._connection.scalar(is_open) or 0,
            filling=bool(filled),
        )

    def rows(self, limit: int = 500, *, every: bool = False) -> tuple[SyncRow, ...]:
        """Give the releases of the ledger, or every record: what is on its way first, then the newest."""
        is_done = case((ledger.c.state.in_(("published", "withdrawn", "accepted")), 1), else_=0)
        wanted = select(ledger) if every else select(ledger).where(ledger.c.entity == wire.RELEASED)
        ordered = wanted.order_by(is_done, ledger.c.changed_at.desc()).limit(limit)
        return tuple(
            SyncRow(row.record, row.entity, row.title, row.state, row.reason, row.changed_at, row.url)
            for row in self._connection.execute(ordered)
        )

    def basis(self, after: int = 0) -> SyncBasis | None:
        """Give what a round starts from; None before enrolment.

        Args:
            after: of what waits only what stands behind this place; what was refused always.
        """
        place = self._place()
        if place is None:
            return None
        wanted = select(outbox).where((outbox.c.n > after) | (outbox.c.state == "quarantined"))
        ops = self._connection.execute(wanted.order_by(outbox.c.n).limit(MOST_WAITING))
        underway = select(ledger).where(ledger.c.state.in_(UNDERWAY), ledger.c.entity == wire.RELEASED)
        return SyncBasis(
            _enrolment(place),
            Cursor(place.epoch, place.seq, place.chain),
            tuple(Waiting(wire.decode(row.op, wire.Op), row.state, row.tries, row.n, row.sig) for row in ops),
            tuple(
                _unpublished(row) for row in self._connection.execute(underway.order_by(ledger.c.changed_at))
            ),
            place.dseq,
        )

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

    def rejoin(self, enrolment: Enrolment, at: datetime) -> None:
        """Go on under another device's id: what waits is sent as that device's, in its order."""
        self._connection.execute(
            update(enrolled).values(device=enrolment.device, epoch=enrolment.epoch, fault="", enrolled_at=at)
        )
        rows = self._connection.execute(select(outbox).where(outbox.c.sig == "").order_by(outbox.c.n)).all()
        for dseq, row in enumerate(rows, start=1):
            op = wire.decode(row.op, wire.Op)
            anew = msgspec.structs.replace(op, device=enrolment.device, dseq=dseq)
            here = update(outbox).where(outbox.c.n == row.n)
            self._connection.execute(here.values(op=wire.encode(anew).decode(), state="queued"))
        self._connection.execute(update(enrolled).values(dseq=len(rows)))

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

    def log(self, after: int = 0, limit: int = 1000) -> tuple[wire.Change, ...]:
        """Give entries of the feed as they were read, in order."""
        wanted = select(feed_log).where(feed_log.c.seq > after).order_by(feed_log.c.seq).limit(limit)
        return tuple(
            wire.Change(row.seq, row.op_id, row.commitment, row.chain, row.salt, row.effect)
            for row in self._connection.execute(wanted)
        )

    def _place(self) -> Row[Any] | None:
        return self._connection.execute(select(enrolled)).first()

    def _has(self, record: UUID) -> bool:
        return self._connection.scalar(select(ledger.c.record).where(ledger.c.record == record)) is not None

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
    return Enrolment(row.portal, row.journal, row.device, row.agency, row.epoch)


def _unpublished(row: Row[Any]) -> Unpublished:
    files = (file_record(value) for value in row.files)
    return Unpublished(row.record, tuple(file for file in files if file))


def _release_move(paper: Paper) -> PaperMove | None:
    return next((step for step in reversed(paper.moves) if step.move is Move.RELEASE), None)


def _fields(paper: Paper, at: datetime) -> wire.ReleaseFields:
    letter, number, on = paper.letter, paper.number, paper.numbered_on
    if paper.docx is None or paper.pdf is None or number is None or on is None:
        raise ConflictError("release_incomplete")
    return wire.ReleaseFields(
        kind=letter.kind.value,
        title=letter.subject or _("Thông cáo báo chí"),
        number=number,
        symbol=letter.symbol,
        agency=letter.agency,
        place=letter.place,
        date_on=on.isoformat(),
        released_at=at.isoformat(),
        text=list(paragraphs(letter.body)),
        docx=_file(paper.docx),
        pdf=_file(paper.pdf),
        corrects=str(paper.corrects or ""),
    )


def _file(attachment: Attachment) -> wire.FileRef:
    return wire.FileRef(attachment.sha256, attachment.name, attachment.size)
