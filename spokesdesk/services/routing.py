"""Where cases are reported: the dated table that comes with the program, and the agency's own rows."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from spokesdesk import assets
from spokesdesk.domain import routing as rules
from spokesdesk.domain.cases import Case
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.people import Outlet, Role
from spokesdesk.domain.routing import Offence, Place, PlaceKind, Trust
from spokesdesk.services.ports import Desk, Unit

SETTING = "case_places"
PLACES_FILE, OFFENCES_FILE = "routing.toml", "offences.toml"


@dataclass(frozen=True, slots=True)
class Route:
    """A place as a case's page shows it.

    Attributes:
        name: with the outlet or governing body of this case filled in.
        addressee: how the letter addresses it; "" when letters are not sent there.
    """

    place: Place
    name: str
    addressee: str


@cache
def known_places() -> tuple[Place, ...]:
    """Give the table that comes with the program, rows of the past too."""
    return rules.parse_places(PLACES_FILE, _content(PLACES_FILE))


@cache
def known_offences() -> tuple[Offence, ...]:
    """Give the law on such acts that comes with the program."""
    return rules.parse_offences(OFFENCES_FILE, _content(OFFENCES_FILE))


def places(desk: Desk, on: date) -> tuple[Place, ...]:
    """Give the places of a day, the agency's own rows first."""
    with desk.read() as unit:
        return _places(unit, on)


def local_places(desk: Desk) -> tuple[Place, ...]:
    """Give the agency's own rows."""
    with desk.read() as unit:
        return _local(unit)


def save_local_places(desk: Desk, rows: Sequence[Place]) -> tuple[tuple[Place, ...], Changes]:
    """Keep the agency's own rows; an admin's work.

    Raises:
        AccessError: not an admin.
        UserError: names ``place_name``, ``phone``, ``email`` or ``note``.
    """
    desk.member.require(Role.ADMIN)
    clean = rules.checked_local(rows)
    with desk.write() as unit:
        unit.settings.put(SETTING, [_value(row) for row in clean])
    return clean, (Change("setting"),)


def routes(desk: Desk, found: Case) -> tuple[Route, ...]:
    """Give where a case is reported today."""
    with desk.read() as unit:
        return routes_in(unit, found, vn_day(desk.now()))


def routes_in(unit: Unit, found: Case, on: date) -> tuple[Route, ...]:
    """Give where a case is reported on a day, inside a running transaction."""
    outlet = _outlet(unit, found)
    filled = {"outlet": found.facts.outlet, "governing_body": outlet.governing_body if outlet else ""}
    # The Office is told of incidents, not of what somebody of the press is said to have done.
    wanted = (place for place in _places(unit, on) if place.kind is not PlaceKind.OFFICE)
    made = (_route(place, filled) for place in wanted)
    return tuple(route for route in made if route is not None)


def places_in(unit: Unit, on: date, kinds: Sequence[PlaceKind] = ()) -> tuple[Route, ...]:
    """Give the places of a day that letters are sent to, of some kinds in their order; no kinds for all."""
    known = [place for place in _places(unit, on) if place.addressee and "{" not in place.addressee]
    order = kinds or tuple(PlaceKind)
    found = sorted((place for place in known if place.kind in order), key=lambda row: order.index(row.kind))
    return tuple(Route(place, place.name, place.addressee) for place in found)


def law(found: Case) -> tuple[Offence, ...]:
    """Give the law that a report of a case names, in force on the day of the incident (or of its opening)."""
    day = vn_day(found.facts.happened_at or found.opened_at)
    return rules.law_of(known_offences(), found.facts.kind, day)


def _route(place: Place, filled: Mapping[str, str]) -> Route | None:
    """Give the place with this case's names; None where the case names nobody to fill it with."""
    wanted = {PlaceKind.OUTLET: "outlet", PlaceKind.GOVERNING_BODY: "governing_body"}.get(place.kind)
    if wanted is None or "{" not in place.addressee:
        return Route(place, place.name, place.addressee)
    who = filled[wanted]
    return Route(place, f"{place.name}: {who}", place.addressee.format_map(filled)) if who else None


def _places(unit: Unit, on: date) -> tuple[Place, ...]:
    return (*_local(unit), *rules.places_on(known_places(), on, unit.people.agency().place))


def _outlet(unit: Unit, found: Case) -> Outlet | None:
    if found.facts.outlet_id is not None:
        return unit.people.outlet(found.facts.outlet_id)
    named = unit.people.outlets_named(found.facts.outlet) if found.facts.outlet else ()
    return named[0] if len(named) == 1 else None


def _local(unit: Unit) -> tuple[Place, ...]:
    value = unit.settings.get(SETTING)
    return tuple(_record(row) for row in value) if isinstance(value, list) else ()


def _value(row: Place) -> dict[str, str]:
    return {
        "id": row.id,
        "kind": row.kind.value,
        "name": row.name,
        "addressee": row.addressee,
        "phone": row.phone,
        "email": row.email,
        "trust": row.trust.value,
        "seen_on": row.seen_on.isoformat() if row.seen_on else "",
        "note": row.note,
    }


def _record(value: Mapping[str, str]) -> Place:
    plain = replace(
        Place(value["id"], PlaceKind(value["kind"]), value["name"]), source=rules.LOCAL, note=value["note"]
    )
    return replace(
        plain,
        addressee=value["addressee"],
        phone=value["phone"],
        email=value["email"],
        trust=Trust(value["trust"]),
        seen_on=date.fromisoformat(value["seen_on"]) if value["seen_on"] else None,
    )


def _content(file: str) -> dict[str, object]:
    try:
        return tomllib.loads(assets.read_text("rules", file))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as wrong:
        raise UserError("rules_malformed", file=file, rule="*", key=str(wrong)) from wrong
