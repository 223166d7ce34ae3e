"""What a colleague's stick says, asked like a portal: the same round reads it, so that no rule stands twice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.errors import UserError, WaitError
from spokesdesk.services.ports import Cursor, SyncBasis


@dataclass(slots=True)
class Carried:
    """The frames of a stick, sorted; pages of the feed and of records stay as they came until they are asked for.

    Attributes:
        start: who wrote it.
        ops: operations for the portal.
        feed: entries of the feed, in order.
        pages: pages of records, by noun and what they were asked with.
    """

    start: wire.CarriedStart
    ops: list[wire.CarriedOp] = field(default_factory=list)
    feed: list[wire.Change] = field(default_factory=list)
    points: list[wire.ChainPoint] = field(default_factory=list)
    pages: dict[tuple[str, str], wire.Snapshot] = field(default_factory=dict)
    receipts: list[wire.Receipt] = field(default_factory=list)
    statuses: list[wire.ReleaseStatus] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def read(frames: Iterable[bytes]) -> Carried:
    """Read a stick to its end.

    Raises:
        UserError: ``message_malformed``.
        WaitError: ``carry_too_new``: a newer program wrote it.
    """
    found: Carried | None = None
    for frame in _decoded(frames):
        if isinstance(frame, wire.CarriedStart):
            if frame.form > wire.CARRIED:
                raise WaitError("carry_too_new")
            found = found or Carried(frame)
        elif found is not None:
            _add(found, frame)
    if found is None:
        raise UserError("message_malformed", detail="start")
    return found


def _decoded(frames: Iterable[bytes]) -> Iterator[wire.Frame]:
    for line in frames:
        yield wire.decode(line, wire.Frame)  # type: ignore[arg-type]


def _add(found: Carried, frame: wire.Frame) -> None:
    match frame:
        case wire.CarriedOps():
            found.ops += frame.ops
        case wire.CarriedFeed():
            found.feed += frame.changes
        case wire.CarriedPoints():
            found.points += frame.points
        case wire.CarriedSnapshot():
            found.pages[frame.noun, frame.asked] = frame.page
        case wire.CarriedReceipts():
            found.receipts += frame.receipts
            found.statuses += frame.statuses
            found.files += frame.files


def outcomes_of(basis: SyncBasis, receipts: Sequence[wire.Receipt]) -> tuple[wire.Outcome, ...]:
    """Give what a portal would have said of the operations that wait here.

    A receipt takes nothing out of the outbox, unless it is of a place in the feed that was read before: what came
    then as a record and not as an entry is never shown again.

    Args:
        basis: read after the feed of the stick.
    """
    tries = {item.op.op_id: item.tries for item in basis.waiting}
    found: list[wire.Outcome] = []
    for one in receipts:
        # A receipt of an earlier try is old news: its author has sent the operation again since.
        if one.op_id not in tries or one.tries < tries[one.op_id]:
            continue
        if one.outcome == "refused":
            found.append(wire.Outcome(one.op_id, "quarantined", one.reason))
        elif one.outcome == "arrived" and 0 < one.seq <= basis.cursor.seq:
            found.append(wire.Outcome(one.op_id, "duplicate", "", one.seq))
        elif one.outcome in {"sent", "arrived"}:
            found.append(wire.Outcome(one.op_id, "applied", "", one.seq))
    return tuple(found)


class CarriedPortal:
    """The portal as a stick knows it; nothing is sent to it."""

    def __init__(self, stick: Carried) -> None:
        self._stick = stick

    def hello(self, token: str) -> wire.Hello:
        """Say how far the writer of the stick has read."""
        start = self._stick.start
        return wire.Hello(start.epoch, start.seq, start.chain, 0, wire.MIN_CLIENT, wire.SV)

    def changes(self, token: str, journal: UUID, cursor: Cursor, limit: int) -> wire.Changes:
        """Give what follows the cursor.

        Raises:
            WaitError: ``below_floor``: the stick begins later, and brings the records as they are; ``carry_gap``: it
                begins
                later, and does not.
        """
        start = self._stick.start
        wanted = [entry for entry in self._stick.feed if entry.seq > cursor.seq][:limit]
        if not wanted or wanted[0].seq != cursor.seq + 1:
            raise WaitError("below_floor" if self._stick.pages else "carry_gap")
        more = wanted[-1].seq < self._stick.feed[-1].seq
        return wire.Changes(start.epoch, start.seq, start.chain, wanted, more)

    def snapshot(self, token: str, journal: UUID, entity: str, after: str, limit: int) -> wire.Snapshot:
        """Give a page of records; raises WaitError("carry_gap") when the stick brings none."""
        pages = self._stick.pages
        page = pages.get((entity, after))
        if page is not None:
            return page
        if after or not pages:
            raise WaitError("carry_gap")
        first = next(iter(pages.values()))  # a noun that the writer's program does not know yet
        return wire.Snapshot(first.epoch, first.seq, first.chain, [], [])

    def releases(self, token: str, journal: UUID, records: Sequence[UUID]) -> wire.Releases:
        """Give where releases stood; files are not asked for in this way."""
        wanted = set(records)
        found = [
            wire.ReleaseStatus(one.rec, one.state, [], one.url)
            for one in self._stick.statuses
            if one.rec in wanted
        ]
        return wire.Releases(found)

    def points(self, token: str, journal: UUID, places: Sequence[int]) -> wire.ChainPoints:
        """Give the chain hashes that the stick brings, whatever was asked for."""
        start = self._stick.start
        return wire.ChainPoints(start.epoch, start.seq, start.chain, 0, list(self._stick.points))

    def told_fork(self, token: str, journal: UUID, told: wire.ForkTold) -> wire.Hello:
        """Nobody can be told."""
        raise UserError("fork_unproven")

    def close(self) -> None:
        """Nothing stays open."""
