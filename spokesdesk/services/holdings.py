"""Number series between desks: handed over, lent in blocks, taken, given back; each an entry of the journal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from secrets import token_bytes
from threading import Lock
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.holding import (
    Block,
    Holding,
    HoldingEntry,
    HoldingKind,
    OtherDesk,
    Span,
    holding,
    left_of,
    next_block,
    numbers_of,
    spans_of,
)
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.people import Role
from spokesdesk.domain.text import clean_line
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.registers import series_name, series_of
from spokesdesk.services.series_slips import Slip, SlipKind, clean_code, code_of, opened, sealed

SEED = "number_seed"
NAME_LIMIT = 120
REASON_LIMIT = 500
# Two readers asking at the same time must not make two keys.
_ONE_AT_A_TIME = Lock()
_FIRST_FOREIGN = frozenset({HoldingKind.TAKE, HoldingKind.BORROW, HoldingKind.YIELD})


@dataclass(frozen=True, slots=True)
class Received:
    """What came with a file.

    Attributes:
        unused: numbers of a block that came back unused.
    """

    slip: Slip
    standing: Holding
    unused: tuple[Span, ...] = ()


def own_code(desk: Desk) -> str:
    """Give the code by which another desk addresses this one."""
    return code_of(wire.public_key(_seed(desk)))


def own_name(desk: Desk, unit: Unit) -> str:
    """Give what this desk calls itself in a file: agency and who is at work."""
    return ", ".join(part for part in (desk.member.name, unit.people.agency().name) if part)


def standings(desk: Desk) -> tuple[Holding, ...]:
    """Give how this desk stands with each series in use, by its name in words."""
    code = own_code(desk)
    with desk.read() as unit:
        found = [standing_of(unit, name, code) for name in series_in_use(unit)]
    return tuple(sorted(found, key=lambda one: series_name(one.series)))


def series_in_use(unit: Unit) -> set[str]:
    """Give the keys of all series that papers are numbered by here, or were."""
    chosen = series_of(unit)
    names = {chosen.of(kind) for kind in LetterKind}
    names |= {entry.series for entry in unit.holdings.all()}
    return names | {name for name, _year in unit.paper_history.series()}


def series_named(desk: Desk, words: str) -> str:
    """Give the series that a person names, by its key or as windows and lists call it.

    Raises:
        UserError: ``series_unknown``: nothing is numbered by that name here.
    """
    wanted = clean_line(words, field="series", limit=NAME_LIMIT).casefold()
    with desk.read() as unit:
        known = sorted(series_in_use(unit))
    for name in known:
        if wanted in (name.casefold(), series_name(name).casefold()):
            return name
    raise UserError("series_unknown", field="series", series=words, known=", ".join(map(series_name, known)))


def standing_of_desk(desk: Desk, series: str) -> Holding:
    """Give how this desk stands with one series."""
    code = own_code(desk)
    with desk.read() as unit:
        return standing_of(unit, series, code)


def standing_of(unit: Unit, series: str, code: str = "") -> Holding:
    """Give how this desk stands with a series, inside a transaction.

    A desk that only ever received numbers does not hold the series that nobody gave it.
    """
    entries = unit.holdings.all()
    if entries and entries[0].kind in _FIRST_FOREIGN and all(one.series != series for one in entries):
        return Holding(series, holds=False, holder=entries[0].other)
    return holding(series, entries, code)


def entries(desk: Desk, series: str = "") -> tuple[HoldingEntry, ...]:
    """Give what happened to a series ("" for all), the latest first."""
    with desk.read() as unit:
        return tuple(one for one in reversed(unit.holdings.all()) if series in ("", one.series))


def hand_over(desk: Desk, series: str, to: str, name: str) -> tuple[bytes, Changes]:
    """Hand a series over to another desk: from now on no number is taken here.

    Args:
        to: code of the other desk, as its window or ``paper holding`` shows it.
        name: what that desk is called here.

    Returns:
        The file that the other desk takes; only that desk can.

    Raises:
        ConflictError: ``series_elsewhere``: it is not held here.
        UserError: ``desk_code``, ``desk_own_code``, or a name too long.
    """
    other = _other(desk, to, name)
    with desk.write() as unit:
        now = _held(unit, series)
        given = _given(unit, now)
        token = desk.new_id()
        entry = HoldingEntry(
            token, HoldingKind.HAND_OVER, series, now.turn + 1, other, desk.now(), desk.member.ref, token
        )
        unit.holdings.add(replace(entry, given=given, lent=now.lent))
        slip = _slip(desk, unit, SlipKind.SERIES, entry)
    return sealed(replace(slip, given=given, lent=now.lent), _seed(desk)), (Change("setting"),)


def lend(desk: Desk, series: str, count: int, to: str, name: str) -> tuple[bytes, Span, Changes]:
    """Lend the next numbers of a series to another desk; they are skipped here until they come back.

    Raises:
        ConflictError: ``series_elsewhere``.
        UserError: ``block_count``, ``desk_code``, ``desk_own_code``.
    """
    other = _other(desk, to, name)
    year = vn_day(desk.now()).year
    with desk.write() as unit:
        now = _held(unit, series)
        span = next_block(now, unit.papers.numbers(series, year), year, count)
        token = desk.new_id()
        entry = HoldingEntry(
            token, HoldingKind.LEND, series, now.turn, other, desk.now(), desk.member.ref, token, span
        )
        unit.holdings.add(entry)
        slip = _slip(desk, unit, SlipKind.BLOCK, entry)
    return sealed(slip, _seed(desk)), span, (Change("setting"),)


def give_back(desk: Desk, block: Block, series: str) -> tuple[bytes, tuple[Span, ...], Changes]:
    """Give a borrowed block back: the file tells which of its numbers were used.

    Returns:
        The file for the holder, and the numbers that go back unused.

    Raises:
        ConflictError: ``block_not_here``: it was given back before.
    """
    _require(desk)
    with desk.write() as unit:
        now = standing_of(unit, series)
        if block.token not in {one.token for one in now.borrowed}:
            raise ConflictError("block_not_here")
        span = block.span
        used = set(unit.papers.numbers(series, span.year)) & set(range(span.first, span.last + 1))
        given = spans_of(span.year, used)
        entry = HoldingEntry(
            desk.new_id(),
            HoldingKind.GIVE_BACK,
            series,
            now.turn,
            block.desk,
            desk.now(),
            desk.member.ref,
            block.token,
            span,
            given,
        )
        unit.holdings.add(entry)
        slip = replace(_slip(desk, unit, SlipKind.RETURN, entry), given=given)
    return sealed(slip, _seed(desk)), left_of(span, used), (Change("setting"),)


def slip_again(desk: Desk, entry_id: UUID) -> bytes:
    """Give the file of a hand-over, a lending or a return once more, when it was lost on the way.

    Only the desk it was meant for takes it, and only once, whichever copy.

    Raises:
        ConflictError: ``slip_none``: no file belongs to that entry.
    """
    _require(desk)
    kinds = {
        HoldingKind.HAND_OVER: SlipKind.SERIES,
        HoldingKind.LEND: SlipKind.BLOCK,
        HoldingKind.GIVE_BACK: SlipKind.RETURN,
    }
    with desk.read() as unit:
        found = next((one for one in unit.holdings.all() if one.id == entry_id), None)
        if found is None or found.kind not in kinds:
            raise ConflictError("slip_none")
        slip = _slip(desk, unit, kinds[found.kind], found)
    return sealed(replace(slip, given=found.given, lent=found.lent), _seed(desk))


def look_into(desk: Desk, data: bytes) -> tuple[Slip, bool]:
    """Give what a file says and whether its sender is known here; nothing is taken yet.

    Raises:
        UserError: ``slip_unreadable``.
        ConflictError: ``slip_for_other``, ``slip_taken``, ``slip_stale``, ``slip_no_block``.
    """
    slip = opened(data)
    with desk.read() as unit:
        _check(desk, unit, slip)
        return slip, _is_known(unit, slip)


def take(desk: Desk, data: bytes, sender: str = "") -> tuple[Received, Changes]:
    """Take what a file gives: a series, a block, or a block that comes back.

    Args:
        sender: code of the desk that sealed it, compared by the person; not needed for one known from before.

    Raises:
        UserError: ``slip_unreadable``, ``desk_code``.
        ConflictError: ``slip_unknown_sender``: the code was not given, or is another; and as ``look_into``.
    """
    _require(desk)
    slip = opened(data)
    told = clean_code(sender, "from") if sender.strip() else ""
    with desk.write() as unit:
        _check(desk, unit, slip)
        if told != slip.sender.code and (told or not _is_known(unit, slip)):
            raise ConflictError("slip_unknown_sender", name=slip.sender.name, mark=slip.sender.code)
        unit.holdings.add(_taking(desk, slip))
        now = standing_of(unit, slip.series, own_code(desk))
    back = left_of(slip.span, numbers_of(slip.given, slip.span.year)) if slip.span else ()
    unused = back if slip.kind is SlipKind.RETURN else ()
    return Received(slip, now, unused), (Change("setting"),)


def yield_series(desk: Desk, series: str, name: str) -> Changes:
    """Write down that another desk holds a series; no number of it is taken here any more.

    Raises:
        UserError: ``field_required`` without a name.
    """
    _require(desk)
    other = OtherDesk("", _name(name))
    return _note(desk, series, HoldingKind.YIELD, other, "")


def reclaim(desk: Desk, series: str, reason: str) -> Changes:
    """Hold a series here again although no file came, e.g. because the other desk is gone. An administrator's act.

    Raises:
        UserError: ``field_required`` without a reason.
    """
    desk.member.require(Role.ADMIN)
    why = clean_line(reason, field="reason", limit=REASON_LIMIT)
    if not why:
        raise UserError("field_required", field="reason")
    return _note(desk, series, HoldingKind.RECLAIM, OtherDesk(), why)


def _note(desk: Desk, series: str, kind: HoldingKind, other: OtherDesk, reason: str) -> Changes:
    with desk.write() as unit:
        now = standing_of(unit, series)
        if now.holds is (kind is HoldingKind.RECLAIM):
            raise ConflictError("series_same", holder=now.holder.name)
        turn = now.turn + (kind is HoldingKind.RECLAIM)
        token = desk.new_id()
        entry = HoldingEntry(token, kind, series, turn, other, desk.now(), desk.member.ref, token)
        unit.holdings.add(replace(entry, reason=reason))
    return (Change("setting"),)


def _taking(desk: Desk, slip: Slip) -> HoldingEntry:
    kinds = {
        SlipKind.SERIES: HoldingKind.TAKE,
        SlipKind.BLOCK: HoldingKind.BORROW,
        SlipKind.RETURN: HoldingKind.RECEIVE_BACK,
    }
    return HoldingEntry(
        desk.new_id(),
        kinds[slip.kind],
        slip.series,
        slip.turn,
        slip.sender,
        desk.now(),
        desk.member.ref,
        slip.token,
        slip.span,
        slip.given,
        slip.lent,
    )


def _check(desk: Desk, unit: Unit, slip: Slip) -> None:
    if slip.to != own_code(desk):
        raise ConflictError("slip_for_other", mark=slip.to)
    present: Sequence[HoldingEntry] = unit.holdings.all()
    taken = {HoldingKind.TAKE, HoldingKind.BORROW, HoldingKind.RECEIVE_BACK}
    if any(one.token == slip.token and one.kind in taken for one in present):
        raise ConflictError("slip_taken")
    now = standing_of(unit, slip.series)
    if slip.kind is SlipKind.SERIES and slip.turn <= now.turn:
        raise ConflictError("slip_stale")
    if slip.kind is not SlipKind.SERIES and slip.span is None:
        raise UserError("slip_unreadable", field="file")
    if slip.kind is SlipKind.RETURN and slip.token not in {one.token for one in now.lent}:
        raise ConflictError("slip_no_block")


def _is_known(unit: Unit, slip: Slip) -> bool:
    return any(one.other.code == slip.sender.code for one in unit.holdings.all())


def _held(unit: Unit, series: str) -> Holding:
    now = standing_of(unit, series)
    if not now.holds:
        raise ConflictError("series_elsewhere", holder=now.holder.name)
    return now


def _given(unit: Unit, now: Holding) -> tuple[Span, ...]:
    years = {year for name, year in unit.paper_history.series() if name == now.series}
    years |= {span.year for span in now.elsewhere}
    made: list[Span] = []
    for year in sorted(years):
        numbers = set(unit.papers.numbers(now.series, year)) | numbers_of(now.elsewhere, year)
        made += spans_of(year, numbers)
    return tuple(made)


def _slip(desk: Desk, unit: Unit, kind: SlipKind, entry: HoldingEntry) -> Slip:
    sender = OtherDesk(own_code(desk), own_name(desk, unit))
    return Slip(kind, entry.token, entry.series, entry.turn, sender, entry.other.code, entry.at, entry.span)


def _other(desk: Desk, to: str, name: str) -> OtherDesk:
    _require(desk)
    code = clean_code(to)
    if code == own_code(desk):
        raise UserError("desk_own_code", field="to")
    return OtherDesk(code, _name(name))


def _name(name: str) -> str:
    clean = clean_line(name, field="name", limit=NAME_LIMIT)
    if not clean:
        raise UserError("field_required", field="name")
    return clean


def _require(desk: Desk) -> None:
    desk.member.require(Role.REGISTRY, Role.ADMIN)


def _seed(desk: Desk) -> bytes:
    """Give this desk's own key for series, made when it is first asked for."""
    with _ONE_AT_A_TIME:
        seed = desk.device_keys.get(SEED)
        if seed is None:
            seed = token_bytes(32)
            desk.device_keys.put(SEED, seed)
        return seed
