"""Who works here and who comes: members, the agency, outlets, journalists, one timeline each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from spokesdesk.domain import people as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import AccessError, ConflictError, UserError
from spokesdesk.domain.people import Agency, Journalist, Member, MemberDraft, Outlet, Ref, Role
from spokesdesk.services.ports import Desk, Pins, Suggestion, Unit


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing that passed; kind is contact, request, case, article or paper; ``at`` UTC."""

    kind: str
    id: UUID
    at: datetime
    title: str
    detail: str


def agency(desk: Desk) -> Agency:
    """Give the agency of this desk."""
    with desk.read() as unit:
        return unit.people.agency()


def save_agency(desk: Desk, changed: Agency) -> tuple[Agency, Changes]:
    """Keep the agency; only an admin may. Raises AccessError, UserError naming the field."""
    desk.member.require(Role.ADMIN)
    clean = rules.checked_agency(changed)
    with desk.write() as unit:
        unit.people.save_agency(clean)
    return clean, (Change("setting"),)


def members(desk: Desk, *, active_only: bool = True) -> tuple[Member, ...]:
    """Give who works here, in the order of Vietnamese names."""
    with desk.read() as unit:
        return unit.people.members(active_only=active_only)


def save_member(desk: Desk, draft: MemberDraft, member_id: UUID | None = None) -> tuple[Member, Changes]:
    """Add a member, or renew one.

    Raises:
        AccessError: an admin is needed (the very first member is added by ``found``).
        UserError: names ``name``, ``roles``, ``post`` or ``pin``; or the last admin would be gone.
    """
    desk.member.require(Role.ADMIN)
    with desk.write() as unit:
        saved = put_member(unit, draft, member_id, new_id=desk.new_id, pins=desk.pins)
        if not any(Role.ADMIN in member.roles for member in unit.people.members()):
            raise UserError("last_admin", field="roles")
    return saved, (Change("member", saved.id),)


def put_member(
    unit: Unit,
    draft: MemberDraft,
    member_id: UUID | None = None,
    *,
    new_id: Callable[[], UUID],
    pins: Pins,
) -> Member:
    """Write a member inside a running transaction; raises UserError naming the field."""
    clean = rules.checked_member(draft)
    before = unit.people.member(member_id) if member_id else None
    pin_hash = None if clean.pin is None else (pins.hash(clean.pin) if clean.pin else "")
    has_pin = bool(pin_hash) if pin_hash is not None else bool(before and before.has_pin)
    saved = Member(member_id or new_id(), clean.name, clean.roles, clean.post, has_pin, clean.active)
    unit.people.save_member(saved, pin_hash)
    return saved


def found(
    unit: Unit, founded: Agency, drafts: Iterable[MemberDraft], *, new_id: Callable[[], UUID], pins: Pins
) -> tuple[Member, ...]:
    """Write the agency and the first members of a new workspace.

    Raises:
        UserError: names the field; at least one member is an admin.
    """
    unit.people.save_agency(rules.checked_agency(founded))
    made = tuple(put_member(unit, draft, new_id=new_id, pins=pins) for draft in drafts)
    if not any(Role.ADMIN in member.roles for member in made):
        raise UserError("last_admin", field="roles")
    return made


def switch_member(desk: Desk, member_id: UUID, pin: str = "") -> Desk:
    """Give the desk with another member working at it.

    Raises:
        AccessError: the PIN is wrong, or the member no longer works here.
    """
    with desk.read() as unit:
        member = unit.people.member(member_id)
        hashed = unit.people.pin_hash(member_id)
    if not member.active:
        raise AccessError("member_gone", member=member.name)
    if hashed and not desk.pins.matches(pin, hashed):
        raise AccessError("pin_wrong", field="pin", member=member.name)
    return desk.working_as(member)


def outlets(desk: Desk) -> tuple[Outlet, ...]:
    """Give all outlets by name."""
    with desk.read() as unit:
        return unit.people.outlets()


def outlet(desk: Desk, outlet_id: UUID) -> Outlet:
    """Give one outlet."""
    with desk.read() as unit:
        return unit.people.outlet(outlet_id)


def save_outlet(desk: Desk, changed: Outlet) -> tuple[Outlet, Changes]:
    """Add or renew an outlet.

    Raises:
        UserError: names the field.
        ConflictError: ``record_merged``; it became part of another one meanwhile.
    """
    clean = rules.checked_outlet(changed)
    with desk.write() as unit:
        _require_unmerged(unit, "outlet", clean.id)
        unit.people.save_outlet(clean)
    return clean, (Change("outlet", clean.id),)


def journalists(desk: Desk, outlet_id: UUID | None = None) -> tuple[Journalist, ...]:
    """Give journalists, of one outlet or all, in the order of Vietnamese names."""
    with desk.read() as unit:
        return unit.people.journalists(outlet_id)


def journalist(desk: Desk, journalist_id: UUID) -> Journalist:
    """Give one journalist."""
    with desk.read() as unit:
        return unit.people.journalist(journalist_id)


def save_journalist(desk: Desk, changed: Journalist) -> tuple[Journalist, Changes]:
    """Add or renew a journalist; raises as ``save_outlet``."""
    clean = rules.checked_journalist(changed)
    with desk.write() as unit:
        _require_unmerged(unit, "journalist", clean.id)
        unit.people.save_journalist(clean)
    return clean, (Change("journalist", clean.id),)


def _require_unmerged(unit: Unit, kind: str, record: UUID) -> None:
    kept = unit.merges.kept_id(kind, record)
    if kept != record:
        found = unit.people.outlet(kept) if kind == "outlet" else unit.people.journalist(kept)
        raise ConflictError("record_merged", field="name", name=found.name)


def suggest(desk: Desk, kind: str, words: str, outlet_id: UUID | None = None) -> tuple[Suggestion, ...]:
    """Give names that hold the words typed so far, accents aside; ``kind`` is outlet or journalist."""
    with desk.read() as unit:
        return unit.people.suggest(kind, words, outlet_id)


def timeline(
    desk: Desk, *, outlet_id: UUID | None = None, journalist_id: UUID | None = None, limit: int = 200
) -> tuple[TimelineItem, ...]:
    """Give everything that passed with a journalist or an outlet, the newest first."""
    with desk.read() as unit:
        numbers = unit.journal.row_numbers(outlet_id=outlet_id, journalist_id=journalist_id, limit=limit)
        contacts = unit.journal.rows(numbers)
        items = [
            TimelineItem("contact", row.id, row.received_at, row.topic, row.journalist or row.outlet)
            for row in contacts
        ]
        items += [
            TimelineItem("case", row.id, row.opened_at, row.title, row.state.wording)
            for row in unit.cases.from_contacts([row.id for row in contacts])
        ]
        asked = unit.requests.row_numbers(outlet_id=outlet_id, journalist_id=journalist_id, limit=limit)
        items += [
            TimelineItem("request", row.id, row.received_at, row.topic, row.state.value)
            for row in unit.requests.rows(asked)
        ]
        if outlet_id is not None and journalist_id is None:
            articles = unit.coverage.row_numbers(outlet_id=outlet_id, limit=limit)
            items += [
                TimelineItem("article", row.id, row.published_at, row.title, row.outlet)
                for row in unit.coverage.rows(articles)
            ]
            items += [
                TimelineItem("paper", row.id, row.saved_at, row.title, row.state.value)
                for row in unit.papers.about(outlet_id)
            ]
    return tuple(sorted(items, key=lambda item: item.at, reverse=True)[:limit])


def named_outlet(desk: Desk, unit: Unit, name: str, outlet_id: UUID | None) -> Ref | None:
    """Give the outlet meant, creating one that is not known yet.

    Args:
        name: as typed, also without "Báo", "Tạp chí", "Đài"; "" for none.
        outlet_id: the one chosen from the list, if any; its name must still be what is typed.

    Raises:
        UserError: several outlets have that name; lists them.
    """
    if outlet_id is not None:
        chosen = unit.people.outlet(outlet_id)
        if not name or name == chosen.name:
            return chosen.ref
    if not name:
        return None
    found = unit.people.outlets_named(name) or tuple(
        item for item in unit.people.outlets() if rules.is_short_for(name, item.name)
    )
    if len(found) > 1:
        listed = "; ".join(f"{item.name} – {item.governing_body or item.id}" for item in found)
        raise UserError("outlet_ambiguous", field="outlet", name=name, found=listed)
    if found:
        return found[0].ref
    made = Outlet(desk.new_id(), name, rules.likely_kind(name))
    unit.people.save_outlet(made)
    return made.ref


def named_journalist(
    desk: Desk, unit: Unit, name: str, journalist_id: UUID | None, outlet_ref: Ref | None
) -> Journalist | None:
    """Give the journalist meant, creating one that is not known yet; one without an outlet joins ``outlet_ref``.

    Raises:
        UserError: several journalists have that name (at that outlet); lists them.
    """
    if journalist_id is not None:
        chosen = unit.people.journalist(journalist_id)
        if not name or name == chosen.name:
            return chosen
    if not name:
        return None
    found = unit.people.journalists_named(name, outlet_ref.id if outlet_ref else None)
    if len(found) > 1:
        listed = "; ".join(
            f"{item.name} – {item.outlet.name if item.outlet else item.phone or item.id}" for item in found
        )
        raise UserError("journalist_ambiguous", field="journalist", name=name, found=listed)
    if found:
        known = found[0]
        if known.outlet is None and outlet_ref is not None:
            known = replace(known, outlet=outlet_ref)
            unit.people.save_journalist(known)
        return known
    made = Journalist(desk.new_id(), name, outlet_ref)
    unit.people.save_journalist(made)
    return made
