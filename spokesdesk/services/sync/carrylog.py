"""What those for whom this desk carries still have to read: the feed from where they are, or all records anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from spokesdesk import wire
from spokesdesk.services.ports import Cursor, Desk, Portal

PAGE = 500
# For a desk that has not said yet how far it has read: this many entries back.
UNKNOWN = 2_000
POINTS = 64


@dataclass(frozen=True, slots=True)
class Reader:
    """A desk for which this one carries.

    Attributes:
        after: place in the feed up to which it has read.
        needs_records: the feed that this desk has does not reach back to there, or is another one.
    """

    device: UUID
    after: int
    needs_records: bool
    wants: frozenset[str]
    offers: frozenset[str]


def readers_of(desk: Desk) -> tuple[Reader, ...]:
    """Give the desks for which this one carries; with none known yet, one that may be anywhere near the end."""
    with desk.read() as unit:
        basis, floor = unit.outbox.basis(), unit.carried.log_floor()
        desks, filling = unit.carried.desks(), unit.replicas.filling() is not None
        living = {key.device for key in unit.carried.desk_keys()}
    if basis is None or filling:
        return ()
    cursor = basis.cursor
    found = []
    for one in desks:
        if one.device not in living:  # its right was taken back
            continue
        epoch, seq, chain = one.cursor
        is_behind = epoch != cursor.epoch or not chain or (seq < cursor.seq and (floor < 0 or seq < floor))
        after = cursor.seq if is_behind else min(seq, cursor.seq)
        found.append(Reader(one.device, after, is_behind, frozenset(one.wants), frozenset(one.offers)))
    if not found and floor >= 0:
        found.append(Reader(UUID(int=0), max(floor, cursor.seq - UNKNOWN), False, frozenset(), frozenset()))
    return tuple(found)


def feed_frames(desk: Desk, readers: Sequence[Reader], cursor: Cursor) -> Iterator[tuple[bytes, int]]:
    """Give the frames of the feed for the one who is furthest behind, each with how many entries it has."""
    after = min((one.after for one in readers), default=cursor.seq)
    while after < cursor.seq:
        with desk.read() as unit:
            page = [one for one in unit.carried.log_from(after, PAGE) if one.seq <= cursor.seq]
        if not page:
            break
        yield wire.encode(wire.CarriedFeed(page)), len(page)
        after = page[-1].seq
    with desk.read() as unit:
        points = [one for one in unit.carried.points(POINTS) if one.seq <= cursor.seq]
    yield wire.encode(wire.CarriedPoints(points)), 0


def snapshot_frames(desk: Desk, portal: Portal, token: str, journal: UUID) -> Iterator[bytes]:
    """Give all records as the portal has them, page by page, in the order in which a desk asks for them.

    Raises:
        DeskError: the portal could not be asked.
    """
    with desk.read() as unit:
        nouns = unit.replicas.nouns()
    for noun in nouns:
        after = ""
        while True:
            page = portal.snapshot(token, journal, noun, after, wire.PAGE_OPS)
            yield wire.encode(wire.CarriedSnapshot(noun, after, page))
            if not page.after:
                break
            after = page.after
