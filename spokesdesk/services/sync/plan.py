"""What a round sends and what it writes, decided without asking or writing anything."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, DeskError, UserError, WaitError
from spokesdesk.services.ports import Cursor, SyncBasis, SyncPlan, Waiting

# More of the outbox is never read at once.
MOST_WAITING = 2_000
_LONGEST = timedelta(minutes=30)
_LATER = frozenset({"kind_unknown", "op_schema_unknown"})


@dataclass(frozen=True, slots=True)
class Answers:
    """What the portal said in one exchange; empty parts were not asked or not answered.

    Attributes:
        outcomes: one an operation pushed.
        page: what follows the cursor in the feed.
        statuses: where releases stand on the public side.
        fault: what ended the exchange early.
    """

    hello: wire.Hello | None = None
    outcomes: tuple[wire.Outcome, ...] = ()
    page: wire.Changes | None = None
    statuses: tuple[wire.ReleaseStatus, ...] = ()
    fault: DeskError | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What the next round would send: operations in batches, and files not known to be there."""

    batches: tuple[tuple[wire.Op, ...], ...]
    files: tuple[str, ...]


def outgoing(basis: SyncBasis) -> Outgoing:
    """Give what is to be sent: in order, small batches; only operations on the record of a refused one wait.

    Args:
        basis: what the outbox holds.

    Returns:
        Batches of at most 200 operations or 1 MiB (a larger operation goes alone), and hashes of files.
    """
    batches: list[tuple[wire.Op, ...]] = []
    batch: list[wire.Op] = []
    size = 0
    for op in _sendable(basis.waiting):
        weight = len(wire.encode(op))
        if batch and (len(batch) == wire.PUSH_OPS or size + weight > wire.PUSH_BYTES):
            batches.append(tuple(batch))
            batch, size = [], 0
        batch.append(op)
        size += weight
    if batch:
        batches.append(tuple(batch))
    files = {file.sha256: None for item in basis.unpublished for file in item.files}
    return Outgoing(tuple(batches), tuple(files))


def _sendable(waiting: Sequence[Waiting]) -> Iterator[wire.Op]:
    held: set[UUID] = set()
    for item in waiting:
        if item.state == "quarantined":
            held.add(item.op.rec)
        if item.op.rec not in held:
            yield item.op


def is_forked(cursor: Cursor, hello: wire.Hello) -> bool:
    """Say whether the portal's journal is not the one this desk has read: another epoch, or shorter."""
    is_other_end = cursor.seq == hello.seq and cursor.chain != hello.chain
    return cursor.epoch != hello.epoch or cursor.seq > hello.seq or is_other_end


def plan(basis: SyncBasis, answers: Answers) -> tuple[SyncPlan, DeskError | None]:
    """Decide what to write after an exchange; reads nothing and writes nothing.

    An operation leaves the outbox only when the feed shows it: an answer to a push may belong to a portal that
    loses it again (sync.md D5). A journal that is not the one read before changes nothing here.

    Args:
        basis: what the exchange started from.
        answers: what the portal said.

    Returns:
        What to write, and what is to be reported as the reason why the round stops here.
    """
    if answers.hello is not None and is_forked(basis.cursor, answers.hello):
        fault: DeskError = WaitError("portal_restored")
        return SyncPlan(cursor=basis.cursor, fault=fault.code), fault
    refused = [(told.op_id, told.reason) for told in answers.outcomes if _is_refused(told)]
    sent = [told.op_id for told in answers.outcomes if told.outcome != "quarantined"]
    entries, broken = _verified(basis.cursor, answers.page)
    effects = {entry.op_id: found for entry in entries if (found := _effect(entry)) is not None}
    if _is_cloned(basis, effects.values()):
        cloned: DeskError = AccessError("device_cloned")
        return SyncPlan(cursor=basis.cursor, fault=cloned.code), cloned
    own = {item.op.op_id for item in basis.waiting}
    own |= {op_id for op_id, found in effects.items() if found.op.device == basis.enrolment.device}
    echoed = [entry for entry in entries if entry.op_id in own]
    refused += [
        (entry.op_id, "release_conflict")
        for entry in echoed
        if _is_release_conflict(effects.get(entry.op_id))
    ]
    # A desk that began anew from the records never reads these in the feed, and they would wait for ever.
    passed = {told.op_id for told in answers.outcomes if _is_passed(told, basis.cursor)}
    last = entries[-1] if entries else None
    stop = answers.fault or (WaitError("feed_broken") if broken else None)
    made = SyncPlan(
        cursor=Cursor(basis.cursor.epoch, last.seq, last.chain) if last else basis.cursor,
        sent=tuple(sent),
        quarantined=tuple(refused),
        echoed=(*(entry.op_id for entry in echoed), *passed),
        log=tuple(entries),
        effects=tuple(effects.values()),
        published=_published(basis, answers.statuses),
        withdrawn=_withdrawn(basis, answers.statuses),
        fault=stop.code if stop else "",
        passed=tuple(dict.fromkeys(item.op.rec for item in basis.waiting if item.op.op_id in passed)),
    )
    return made, stop


def _verified(cursor: Cursor, page: wire.Changes | None) -> tuple[list[wire.Change], bool]:
    """Give the entries that continue the chain this desk has read, and whether one did not."""
    good: list[wire.Change] = []
    if page is None:
        return good, False
    if page.epoch != cursor.epoch:
        return good, True
    seq, chain = cursor.seq, cursor.chain
    for entry in page.changes:
        if entry.seq != seq + 1 or not wire.follows(chain, entry):
            return good, True
        good.append(entry)
        seq, chain = entry.seq, entry.chain
    return good, False


def _is_cloned(basis: SyncBasis, effects: Iterable[wire.Effect]) -> bool:
    """Say whether the feed has operations of this device that it did not make.

    The disk was copied and both copies are at work, or this workspace was put back from an older backup (F16).
    """
    if basis.dseq is None:
        return False
    own = [one.op for one in effects if one.op.device == basis.enrolment.device]
    if len(basis.waiting) < MOST_WAITING:
        made = {item.op.op_id for item in basis.waiting}
        return any(op.op_id not in made for op in own)
    return any(op.dseq > basis.dseq for op in own)


def _is_passed(told: wire.Outcome, cursor: Cursor) -> bool:
    return told.outcome == "duplicate" and 0 < told.seq <= cursor.seq


def _is_refused(told: wire.Outcome) -> bool:
    """What a portal older than this program does not know yet waits until it does; nothing is wrong with it."""
    return told.outcome == "quarantined" and told.reason not in _LATER


def _effect(entry: wire.Change) -> wire.Effect | None:
    if entry.effect is None:
        return None
    try:
        return wire.decode(entry.effect, wire.Effect)
    except UserError:
        return None


def _is_release_conflict(effect: wire.Effect | None) -> bool:
    return effect is not None and effect.op.entity == wire.RELEASED and effect.outcome == "conflict"


def _published(basis: SyncBasis, statuses: Sequence[wire.ReleaseStatus]) -> tuple[tuple[UUID, str], ...]:
    waiting = {item.op.rec for item in basis.waiting}
    return tuple(
        (status.rec, status.url)
        for status in statuses
        if status.state == "public" and status.rec not in waiting
    )


def _withdrawn(basis: SyncBasis, statuses: Sequence[wire.ReleaseStatus]) -> tuple[UUID, ...]:
    waiting = {item.op.rec for item in basis.waiting}
    return tuple(
        status.rec for status in statuses if status.state == "withdrawn" and status.rec not in waiting
    )


def next_wait(failures: int, jitter: float) -> timedelta:
    """Give how long to wait before the next round after rounds that failed in a row.

    Args:
        failures: 0 after a good round.
        jitter: 0 to 1, so that a hundred desks do not come back in the same second.

    Returns:
        1, 2, 4 … 30 minutes, shortened by up to a fifth; 1 minute after a good round.
    """
    minutes = timedelta(minutes=2 ** min(max(failures - 1, 0), 10))
    return min(minutes, _LONGEST) * (1 - jitter / 5)
