"""From data files to the rule pack; a file that is wrong is refused as a whole, by name."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import TypeVar

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.rules.fields import Row, only, rows
from spokesdesk.domain.rules.records import (
    CardTerm,
    Citation,
    Confidence,
    Demand,
    Direction,
    Duty,
    Event,
    Instrument,
    PapersCheck,
    PapersProfile,
    RefusalGround,
    Rule,
    RulePack,
    Unit,
)

_LISTS = ("clock", "instrument", "event", "rule", "ground", "demand", "card_term", "profile", "check")
_FILE = frozenset({"version", "pack", "signature", *_LISTS})
_INSTRUMENT = frozenset(part.name for part in fields(Instrument)) - {"is_local"}
_EVENT = frozenset(part.name for part in fields(Event))
_PLACE = frozenset({"instrument", "article", "clause", "point"})
_RULE = frozenset(part.name for part in fields(Rule)) - {"citation", "is_local"} | _PLACE | {"fixed_month"}
_GROUND = frozenset(part.name for part in fields(RefusalGround)) - {"citation"} | _PLACE
_CLOCK = frozenset({"id", "roll_last_day_off", "note"})
_DEMAND = frozenset(part.name for part in fields(Demand)) - {"citation"} | _PLACE
_TERM = frozenset(part.name for part in fields(CardTerm)) - {"citation"} | _PLACE
_PROFILE = frozenset(part.name for part in fields(PapersProfile))
_CHECK = frozenset(part.name for part in fields(PapersCheck))
_Record = TypeVar(
    "_Record", Instrument, Event, Rule, RefusalGround, Demand, CardTerm, PapersProfile, PapersCheck
)
_COUNTED = frozenset({Unit.HOURS, Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS})


def parse_pack(files: Mapping[str, Mapping[str, object]]) -> RulePack:
    """Give the rule pack that the data files describe.

    Args:
        files: file name → its content as read from TOML: ``version`` (in one of them) and the lists
            ``instrument``, ``event``, ``rule``, ``ground``, ``demand``, ``card_term``, ``profile`` and ``check``.
            A file may cite an instrument of another.

    Raises:
        UserError: ``rules_malformed``, naming the file, the rule and the key.
    """
    for name, content in files.items():
        only(name, content, _FILE)
    own = frozenset(name for name, content in files.items() if is_local(content))
    instruments = _by_id(_instrument(row, own) for row in _all(files, "instrument", _INSTRUMENT))
    events = _by_id(_event(row) for row in _all(files, "event", _EVENT))
    _check_parts(events)
    roll = all(row.flag("roll_last_day_off", True) for row in _all(files, "clock", _CLOCK))
    rules = _by_id(_rule(row, instruments, events, roll) for row in _all(files, "rule", _RULE))
    grounds = _by_id(_ground(row, instruments) for row in _all(files, "ground", _GROUND))
    demands = _by_id(_demand(row, instruments) for row in _all(files, "demand", _DEMAND))
    terms = _by_id(_term(row, instruments) for row in _all(files, "card_term", _TERM))
    profiles = _by_id(_profile(row) for row in _all(files, "profile", _PROFILE))
    checks = _by_id(_check(row, profiles) for row in _all(files, "check", _CHECK))
    version = "+".join(str(content["version"]) for content in files.values() if "version" in content)
    return RulePack(
        version,
        instruments,
        events,
        rules,
        tuple(grounds.values()),
        tuple(demands.values()),
        tuple(terms.values()),
        profiles,
        tuple(checks.values()),
    )


def _all(files: Mapping[str, Mapping[str, object]], key: str, known: frozenset[str]) -> Iterable[Row]:
    for name, content in files.items():
        yield from rows(name, content, key, known)


def _by_id(records: Iterable[_Record]) -> dict[str, _Record]:
    found: dict[str, _Record] = {}
    for record in records:
        if record.id in found:
            raise UserError("rules_malformed", file="*", rule=record.id, key="id")
        found[record.id] = record
    return found


def is_local(content: Mapping[str, object]) -> bool:
    """Tell whether a file says of itself that it holds an agency's or a province's own rules."""
    named = content.get("pack")
    return isinstance(named, Mapping) and named.get("kind") == "local"


def _instrument(row: Row, own: frozenset[str]) -> Instrument:
    first = row.day("in_force_from")
    if first is None:
        raise row.wrong("in_force_from")
    return Instrument(
        row.text("id"),
        row.text("name"),
        row.text("title"),
        row.day("issued_on"),
        first,
        row.day("in_force_to"),
        row.text("replaced_by", ""),
        row.choice("confidence", Confidence),
        row.text("source"),
        row.text("note", ""),
        row.file in own,
    )


def _event(row: Row) -> Event:
    return Event(row.text("id"), row.text("title"), row.texts("includes"))


def _check_parts(events: Mapping[str, Event]) -> None:
    for event in events.values():
        if any(part not in events or events[part].includes for part in event.includes):
            raise UserError("rules_malformed", file="*", rule=event.id, key="includes")


def _cited(row: Row, instruments: Mapping[str, Instrument]) -> tuple[Instrument, Citation]:
    instrument = instruments.get(row.text("instrument"))
    if instrument is None:
        raise row.wrong("instrument")
    places = row.text("article", ""), row.text("clause", ""), row.text("point", "")
    return instrument, Citation.of(instrument, *places)


def _rule(row: Row, instruments: Mapping[str, Instrument], events: Mapping[str, Event], roll: bool) -> Rule:
    instrument, citation = _cited(row, instruments)
    unit = row.choice("unit", Unit)
    if (row.number("duration") is not None) != (unit in _COUNTED):
        raise row.wrong("duration")
    if not citation.article and not instrument.is_local:
        raise row.wrong("article")
    if row.text("event") not in events:
        raise row.wrong("event")
    return Rule(
        id=row.text("id"),
        title=row.text("title"),
        event=row.text("event"),
        trigger=row.text("trigger"),
        duration=row.number("duration"),
        unit=unit,
        direction=row.choice("direction", Direction, Direction.AFTER),
        fixed_day=_fixed_day(row, unit),
        times=row.number("times"),
        minimum=row.flag("minimum", False),
        roll=row.flag("roll", roll),
        actor=row.text("actor"),
        addressee=row.text("addressee", ""),
        action=row.text("action"),
        citation=citation,
        in_force_from=row.day("in_force_from") or instrument.in_force_from,
        in_force_to=row.day("in_force_to") or instrument.in_force_to,
        confidence=row.choice("confidence", Confidence),
        source=row.text("source"),
        note=row.text("note", ""),
        outlet_kinds=row.texts("outlet_kinds"),
        agency_kinds=row.texts("agency_kinds"),
        duty=row.choice("duty", Duty, Duty.NEVER),
        trigger_on=row.day("trigger_on"),
        data_window=_data_window(row),
        is_local=instrument.is_local,
    )


def _data_window(row: Row) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Read ``["12-15", "12-14"]``: first and last day of a report's data."""
    days = row.texts("data_window")
    if not days:
        return None
    try:
        first, last = (date.fromisoformat(f"2024-{day}") for day in days)
    except ValueError:
        raise row.wrong("data_window") from None
    return (first.month, first.day), (last.month, last.day)


def _fixed_day(row: Row, unit: Unit) -> tuple[int, int] | None:
    month, day = row.number("fixed_month"), row.number("fixed_day")
    if (unit is Unit.FIXED_DATE) != (month is not None and day is not None):
        raise row.wrong("fixed_day")
    if month is None or day is None:
        return None
    if month > 12 or day > 28:
        raise row.wrong("fixed_day")
    return month, day


def _ground(row: Row, instruments: Mapping[str, Instrument]) -> RefusalGround:
    instrument, citation = _cited(row, instruments)
    return RefusalGround(
        row.text("id"),
        row.text("text"),
        citation,
        row.day("in_force_from") or instrument.in_force_from,
        row.day("in_force_to") or instrument.in_force_to,
        row.flag("reasons_due", False),
        row.choice("confidence", Confidence),
        row.text("source"),
        row.text("note", ""),
    )


def _demand(row: Row, instruments: Mapping[str, Instrument]) -> Demand:
    instrument, citation = _cited(row, instruments)
    return Demand(
        row.text("id"),
        row.text("profile"),
        row.text("about"),
        row.flag("allowed", True),
        row.text("text"),
        citation,
        row.day("in_force_from") or instrument.in_force_from,
        row.day("in_force_to") or instrument.in_force_to,
        row.choice("confidence", Confidence),
        row.text("source"),
        row.text("note", ""),
    )


def _term(row: Row, instruments: Mapping[str, Instrument]) -> CardTerm:
    issued_from = row.day("issued_from")
    if issued_from is None:
        raise row.wrong("issued_from")
    if (row.day("valid_until") is None) == (row.number("valid_years") is None):
        raise row.wrong("valid_until")
    return CardTerm(
        row.text("id"),
        row.text("title"),
        issued_from,
        row.day("issued_to"),
        row.day("printed_until"),
        row.day("valid_until"),
        row.number("valid_years"),
        _cited(row, instruments)[1],
        row.choice("confidence", Confidence),
        row.text("source"),
        row.text("note", ""),
    )


def _profile(row: Row) -> PapersProfile:
    return PapersProfile(
        row.text("id"), row.text("about"), row.text("until"), row.text("good"), row.text("expired")
    )


def _check(row: Row, profiles: Mapping[str, PapersProfile]) -> PapersCheck:
    named = row.texts("profiles")
    if not named or not set(named) <= set(profiles):
        raise row.wrong("profiles")
    return PapersCheck(
        row.text("id"), named, row.text("fact"), row.texts("only"), row.text("about"), row.text("missing")
    )
