"""The clocks of an incident: each moment starts those the law of its day has; what is open keeps them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from spokesdesk.domain.calendar import WorkingCalendar
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.incidents import Incident, IncidentClock, IncidentDraft, IncidentScope
from spokesdesk.domain.rules import Rule, RulePack, choose, deadline
from spokesdesk.services.calendar import working_calendar
from spokesdesk.services.duties import kind_of
from spokesdesk.services.journal import due_record
from spokesdesk.services.ports import Desk, Unit

# Which event of the rule pack each moment of an incident is.
EVENTS = {
    "happened_at": "incident_happened",
    "received_at": "incident_received",
    "impact_at": "impact_determined",
    "asked_at": "press_question",
}
SCOPES = {IncidentScope.MULTI: "incident_multi", IncidentScope.NATIONAL: "national_incident"}


@dataclass(frozen=True, slots=True)
class ClockChange:
    """What the rules in force now would make of an open incident's clock.

    Attributes:
        kept: the clock the incident has; None where the new rules would start one it has not.
        now: what it would be now; None where it would not be started any more.
    """

    kept: IncidentClock | None
    now: IncidentClock | None


def started(
    desk: Desk, unit: Unit, facts: IncidentDraft, at: datetime, before: Incident | None = None
) -> tuple[IncidentClock, ...]:
    """Give the clocks of what is known: new moments by the rules in force now, unchanged ones keep what they have.

    Args:
        at: UTC, when the incident was written down; the moment of its scope where no other is known.
        before: the incident as it was, None for a new one.

    Source: NĐ 244/2026/NĐ-CP, Điều 7 khoản 1–5; NĐ 09/2017/NĐ-CP, Điều 6 khoản 3 điểm a (by the rule pack).
    """
    known = dict(_triggers(before.facts, before.opened_at)) if before else {}
    kind, calendar = kind_of(unit), working_calendar(desk, unit)
    found: list[IncidentClock] = []
    for event, trigger_at in _triggers(facts, at):
        if before is not None and known.get(event) == trigger_at:
            found += [clock for clock in before.clocks if clock.event == event]
        else:
            found += _reckoned(desk.rules, event, trigger_at, kind, calendar)
    return tuple(found)


def changes(desk: Desk, unit: Unit, incident: Incident) -> tuple[ClockChange, ...]:
    """Say what the rules in force now would change of an open incident's clocks; nothing is changed by it."""
    if not incident.running:
        return ()
    now = under(desk.rules, incident, kind_of(unit), working_calendar(desk, unit))
    kept = {_place(clock): clock for clock in incident.clocks}
    new = {_place(clock): clock for clock in now}
    pairs = [(kept.get(place), new.get(place)) for place in dict.fromkeys((*kept, *new))]
    return tuple(ClockChange(before, after) for before, after in pairs if _core(before) != _core(after))


def under(
    rules: RulePack, incident: Incident, kind: str, calendar: WorkingCalendar
) -> tuple[IncidentClock, ...]:
    """Give the clocks that an incident would have, were it opened under some rules.

    Args:
        kind: of the agency, "" for none said.
    """
    return tuple(
        clock
        for event, trigger_at in _triggers(incident.facts, incident.opened_at)
        for clock in _reckoned(rules, event, trigger_at, kind, calendar)
    )


def _triggers(facts: IncidentDraft, at: datetime) -> Iterator[tuple[str, datetime]]:
    moments = {name: getattr(facts, name) for name in EVENTS}
    for name, moment in moments.items():
        if moment is not None:
            yield EVENTS[name], moment
    if facts.scope in SCOPES:
        yield SCOPES[facts.scope], min((each for each in moments.values() if each), default=at)


def _reckoned(
    rules: RulePack, event: str, trigger_at: datetime, kind: str, calendar: WorkingCalendar
) -> list[IncidentClock]:
    if event not in rules.events:
        return []
    chosen = choose(rules, event, vn_day(trigger_at), agency_kind=kind)
    return [_clock(rule, trigger_at, calendar) for rule in chosen]


def _clock(rule: Rule, trigger_at: datetime, calendar: WorkingCalendar) -> IncidentClock:
    due = due_record(deadline(rule, trigger_at, calendar))
    return IncidentClock(rule.event, rule.title, rule.trigger, trigger_at, due)


def _place(clock: IncidentClock) -> tuple[str, str]:
    return clock.event, clock.due.rule_id


def _core(clock: IncidentClock | None) -> object:
    return (clock.due.due_at, clock.due.citation, clock.due.confidence) if clock else None
