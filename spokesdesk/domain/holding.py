"""Who holds a number series (ai giữ sổ số): one desk of an agency, until it hands the series over or lends a block.

Everything that happens to a series at a desk is an entry that is never changed; what holds now follows from them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.papers import pick_number
from spokesdesk.domain.people import Ref

MOST_LENT = 500


class HoldingKind(StrEnum):
    """What happened to a series at this desk."""

    YIELD = "yield"  # ghi nhận máy khác giữ
    RECLAIM = "reclaim"  # giữ lại, có lý do (máy kia hỏng, tệp thất lạc)
    HAND_OVER = "hand-over"  # bàn giao cho máy khác
    TAKE = "take"  # nhận bàn giao
    LEND = "lend"  # cho mượn một khối số
    BORROW = "borrow"  # mượn
    GIVE_BACK = "give-back"  # trả khối đã mượn
    RECEIVE_BACK = "receive-back"  # nhận lại khối đã cho mượn


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers from ``first`` to ``last`` of a year, both included."""

    year: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class OtherDesk:
    """Another desk: the code of its key, and what it calls itself."""

    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of numbers lent to a desk; ``token`` names the lending on both sides."""

    token: UUID
    span: Span
    desk: OtherDesk


@dataclass(frozen=True, slots=True)
class HoldingEntry:
    """One thing that happened to a series.

    Attributes:
        turn: grows with each hand-over, so that an older file is never taken for a newer one.
        span: of a block, None otherwise.
        token: of the file that was given or taken.
        given: numbers given at other desks (take), or used of a block (give back, receive back).
        lent: blocks that the former holder has out (take).
    """

    id: UUID
    kind: HoldingKind
    series: str
    turn: int
    other: OtherDesk
    at: datetime
    by: Ref
    token: UUID
    span: Span | None = None
    given: tuple[Span, ...] = ()
    lent: tuple[Block, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """How this desk stands with a series.

    Attributes:
        holds: numbers are taken here.
        holder: who holds it, when this desk does not.
        elsewhere: numbers given at other desks, as far as they told.
        lent: blocks that are out now.
        borrowed: blocks that this desk has now.
        unused: numbers that came back unused.
        since: when that began; None for what nobody ever handed over.
    """

    series: str
    holds: bool = True
    holder: OtherDesk = OtherDesk()
    turn: int = 0
    elsewhere: tuple[Span, ...] = ()
    lent: tuple[Block, ...] = ()
    borrowed: tuple[Block, ...] = ()
    unused: tuple[Span, ...] = ()
    since: datetime | None = None


def holding(series: str, entries: Iterable[HoldingEntry], own_code: str = "") -> Holding:
    """Give how this desk stands with a series after its entries, in their order.

    Args:
        own_code: of this desk: a block lent to it comes home with the series.
    """
    found = Holding(series)
    for entry in entries:
        if entry.series == series:
            found = replace(_after(found, entry, own_code), since=entry.at)
    return found


def _after(now: Holding, entry: HoldingEntry, own_code: str) -> Holding:
    other = entry.other
    match entry.kind:
        case HoldingKind.YIELD:
            return replace(now, holds=False, holder=other)
        case HoldingKind.RECLAIM:
            return replace(now, holds=True, holder=OtherDesk(), turn=entry.turn, borrowed=())
        case HoldingKind.HAND_OVER:
            return replace(now, holds=False, holder=other, turn=entry.turn, lent=())
        case HoldingKind.TAKE:
            lent = tuple(block for block in entry.lent if block.desk.code != own_code)
            made = replace(now, holds=True, holder=OtherDesk(), turn=entry.turn, lent=lent, borrowed=())
            return replace(made, elsewhere=(*now.elsewhere, *entry.given))
    return _block(now, entry)


def _block(now: Holding, entry: HoldingEntry) -> Holding:
    assert entry.span is not None
    block = Block(entry.token, entry.span, entry.other)
    if entry.kind is HoldingKind.LEND:
        return replace(now, lent=(*now.lent, block))
    if entry.kind is HoldingKind.BORROW:
        return replace(now, holds=False, holder=entry.other, borrowed=(*now.borrowed, block))
    if entry.kind is HoldingKind.GIVE_BACK:
        return replace(now, borrowed=_without(now.borrowed, entry.token))
    return replace(
        now,
        lent=_without(now.lent, entry.token),
        elsewhere=(*now.elsewhere, *entry.given),
        unused=(*now.unused, *left_of(entry.span, numbers_of(entry.given, entry.span.year))),
    )


def pick(held: Holding, used: Iterable[int], year: int, wanted: int | None) -> int:
    """Give the number to stamp at this desk.

    Args:
        held: how this desk stands with the series.
        used: numbers given here in that year.
        wanted: the number typed; None for the next one.

    Raises:
        ConflictError: ``series_elsewhere``: another desk holds the series; ``block_empty``, ``number_outside_block``,
            ``number_lent``; ``number_taken``.
        UserError: ``number_form``.
    """
    if held.holds:
        return _from_series(held, set(used), year, wanted)
    blocks = [block for block in held.borrowed if block.span.year == year]
    if not blocks:
        raise ConflictError("series_elsewhere", holder=held.holder.name)
    free = sorted(set(_numbers(block.span for block in blocks)) - set(used))
    if wanted is None and not free:
        raise ConflictError("block_empty", holder=held.holder.name)
    if wanted is not None and not any(_within(block.span, wanted) for block in blocks):
        said = ", ".join(f"{block.span.first:02d}–{block.span.last:02d}" for block in blocks)
        raise ConflictError("number_outside_block", number=wanted, block=said, holder=held.holder.name)
    return free[0] if wanted is None else pick_number(used, wanted)


def _from_series(held: Holding, used: set[int], year: int, wanted: int | None) -> int:
    taken = used | numbers_of(held.elsewhere, year)
    lent = [block for block in held.lent if block.span.year == year]
    if wanted is None:
        return max([*taken, *(block.span.last for block in lent)], default=0) + 1
    for block in lent:
        if _within(block.span, wanted):
            raise ConflictError("number_lent", number=wanted, holder=block.desk.name)
    return pick_number(taken, wanted)


def next_block(held: Holding, used: Iterable[int], year: int, count: int) -> Span:
    """Give the block that comes next, to be lent.

    Raises:
        ConflictError: ``series_elsewhere``.
        UserError: ``block_count``.
    """
    if not held.holds:
        raise ConflictError("series_elsewhere", holder=held.holder.name)
    if not 1 <= count <= MOST_LENT:
        raise UserError("block_count", field="count", limit=MOST_LENT)
    first = _from_series(held, set(used), year, None)
    return Span(year, first, first + count - 1)


def numbers_of(spans: Iterable[Span], year: int) -> set[int]:
    """Give the numbers of one year in some spans."""
    return set(_numbers(span for span in spans if span.year == year))


def spans_of(year: int, numbers: Iterable[int]) -> tuple[Span, ...]:
    """Give numbers as spans, in their order."""
    made: list[Span] = []
    for number in sorted(set(numbers)):
        if made and made[-1].last == number - 1:
            made[-1] = replace(made[-1], last=number)
        else:
            made.append(Span(year, number, number))
    return tuple(made)


def left_of(span: Span, used: set[int]) -> tuple[Span, ...]:
    """Give what of a span was not used."""
    return spans_of(span.year, (n for n in range(span.first, span.last + 1) if n not in used))


def missing_here(held: Holding, year: int, used: Sequence[int]) -> set[int]:
    """Give the numbers that count as accounted for although no paper here has them.

    Given at another desk, lent out, or, where this desk holds only a block, anything outside it.
    """
    last = max(used, default=0)
    if held.holds:
        lent = {n for block in held.lent if block.span.year == year for n in _numbers([block.span])}
        known = numbers_of(held.elsewhere, year)
        return known | {n for n in lent if n < max(last, max(known, default=0))}
    inside = {n for block in held.borrowed if block.span.year == year for n in _numbers([block.span])}
    return {n for n in range(1, last + 1) if n not in inside}


def _within(span: Span, number: int) -> bool:
    return span.first <= number <= span.last


def _numbers(spans: Iterable[Span]) -> Iterable[int]:
    return (number for span in spans for number in range(span.first, span.last + 1))


def _without(blocks: tuple[Block, ...], token: UUID) -> tuple[Block, ...]:
    return tuple(block for block in blocks if block.token != token)
