"""A desk that joins a journal that others began: it yields their number series, and asks about people known twice.

What it had of its own is noted before the first filling; when all records are here, the two are compared.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.holding import HoldingEntry, HoldingKind, OtherDesk
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member, Role
from spokesdesk.domain.text import fold
from spokesdesk.services.ports import Desk, Unit

BEFORE, APART = "joined_with", "members_apart"


def note_before(unit: Unit) -> None:
    """Note what this desk has of its own, before the records of the journal come."""
    members = [str(member.id) for member in unit.people.members(active_only=False)]
    unit.settings.put(BEFORE, {"series": _numbers(unit), "members": members, "is_settled": False})


def settle_in(desk: Desk) -> Changes:
    """Yield the number series that another desk of the journal holds; once, after the first filling.

    A series that this desk alone has given numbers of stays with it, and that is written down, too. Somebody must be
    at work: what happens to a series has an author.
    """
    with desk.read() as unit:
        noted = _noted(unit)
        is_filled = unit.replicas.filling() is None
    if not noted or noted["is_settled"] or not is_filled or desk.actor is None:
        return ()
    with desk.write() as unit:
        now, own = _numbers(unit), noted["series"]
        holder = OtherDesk("", _holder(unit))
        known = {entry.series for entry in unit.holdings.all()}
        series = sorted(_series(unit) - known)
        kept = [name for name in series if own.get(name, 0) and now.get(name, 0) == own[name]]
        for name in kept:
            unit.holdings.add(_entry(desk, name, HoldingKind.RECLAIM, OtherDesk()))
        for name in series:
            if name not in kept:
                unit.holdings.add(_entry(desk, name, HoldingKind.YIELD, holder))
        unit.settings.put(BEFORE, noted | {"is_settled": True})
    return (Change("setting"),)


def same_members(desk: Desk) -> tuple[tuple[Member, Member], ...]:
    """Give who works here twice under one name: this desk's record, and that of the journal, which is kept."""
    with desk.read() as unit:
        noted, members = _noted(unit), unit.people.members()
        apart = _apart(unit)
    own_ids = set(noted["members"]) if noted else set()
    own = [member for member in members if str(member.id) in own_ids]
    shared = [member for member in members if str(member.id) not in own_ids]
    return tuple(
        (mine, theirs)
        for mine in own
        for theirs in shared
        if fold(mine.name) == fold(theirs.name) and _pair(mine.id, theirs.id) not in apart
    )


def join_members(desk: Desk, own: UUID, kept: UUID) -> tuple[Member, Changes]:
    """Make one of two records of a person: the journal's is kept, with the roles of both and this desk's PIN.

    What was written under the other one keeps its author, who now works here no more.

    Raises:
        AccessError: an administrator is needed.
        UserError: ``record_missing``: they are not offered as one.
    """
    desk.member.require(Role.ADMIN)
    if not any((mine.id, theirs.id) == (own, kept) for mine, theirs in same_members(desk)):
        raise UserError("record_missing", field="member", id=str(own))
    with desk.write() as unit:
        mine, theirs = unit.people.member(own), unit.people.member(kept)
        joined = replace(theirs, roles=theirs.roles | mine.roles, post=theirs.post or mine.post)
        joined = replace(joined, has_pin=mine.has_pin)
        unit.people.save_member(joined, unit.people.pin_hash(own))
        unit.people.save_member(replace(mine, active=False), None)
    return joined, (Change("member", own), Change("member", kept))


def keep_members_apart(desk: Desk, own: UUID, other: UUID) -> Changes:
    """Remember that two people of one name are two."""
    with desk.write() as unit:
        unit.settings.put(APART, sorted(_apart(unit) | {_pair(own, other)}))
    return (Change("member"),)


def _noted(unit: Unit) -> dict[str, Any]:
    found = unit.settings.get(BEFORE)
    return dict(found) if isinstance(found, dict) else {}


def _apart(unit: Unit) -> set[str]:
    found = unit.settings.get(APART)
    return {str(pair) for pair in found} if isinstance(found, list) else set()


def _pair(one: UUID, other: UUID) -> str:
    return "|".join(sorted((str(one), str(other))))


def _numbers(unit: Unit) -> dict[str, int]:
    """Count the numbers given of each series, in all years."""
    counts: dict[str, int] = {}
    for series, year in unit.paper_history.series():
        counts[series] = counts.get(series, 0) + len(unit.paper_history.numbered(year, series))
    return counts


def _series(unit: Unit) -> set[str]:
    from spokesdesk.services.holdings import series_in_use

    return series_in_use(unit)


def _holder(unit: Unit) -> str:
    """Name the other desks: one of them holds what nobody wrote down."""
    place = unit.outbox.enrolment()
    own = place.device if place else None
    names = [one.name for one in unit.agency_keys.members() if one.device != own and one.name]
    return ", ".join(names)[:200] or _("máy đã lập sổ chung")


def _entry(desk: Desk, series: str, kind: HoldingKind, other: OtherDesk) -> HoldingEntry:
    token, turn = desk.new_id(), int(kind is HoldingKind.RECLAIM)
    made = HoldingEntry(token, kind, series, turn, other, desk.now(), desk.member.ref, token)
    return replace(made, reason=_("Khi nối vào sổ chung của cơ quan"))
