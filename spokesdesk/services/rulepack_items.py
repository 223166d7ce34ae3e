"""What is open and would get another limit under a pack of rules: requests, entries, incidents, rebuttals."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spokesdesk.domain.calendar import WorkingCalendar
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.journal import Due
from spokesdesk.domain.rebuttals import RoundTo
from spokesdesk.domain.rules import Rule, RulePack, answering, choose, deadline
from spokesdesk.services.calendar import working_calendar
from spokesdesk.services.duties import kind_of
from spokesdesk.services.incident_clocks import under
from spokesdesk.services.journal import due_record
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.rebuttal_clocks import rule_kind

MOST_OPEN = 200_000
# What an item has that no rule gave a limit to so far.
_NONE = Due("", None, "–", "", "")


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something open whose limit would be another under a pack; it keeps the one it has.

    Attributes:
        kind: contact, request, incident or article (a round of its rebuttal).
        old: the limit it was given and keeps; without words where it has none that the pack would give.
        new_rule: the rule that would hold, "" when none would.
        new_due_at: UTC, None where that rule gives no moment.
        new_wording: its limit in words, "" when no rule would hold.
    """

    kind: str
    id: UUID
    title: str
    old: Due
    new_rule: str
    new_due_at: datetime | None
    new_wording: str


def open_items(desk: Desk, unit: Unit, before: RulePack, new: RulePack) -> tuple[OpenItem, ...]:
    """Give what is open and would get another limit, were it opened under the new rules."""
    calendar = working_calendar(desk, unit)
    return (
        *_answers(unit, before, new, calendar),
        *_incidents(unit, before, new, calendar),
        *_rebuttals(desk, unit, before, new, calendar),
    )


def _answers(unit: Unit, before: RulePack, new: RulePack, calendar: WorkingCalendar) -> Iterator[OpenItem]:
    requests = unit.requests.open(limit=MOST_OPEN)
    brought = {request.subject.contact_id for request in requests}
    kept = [("request", one.id, one.topic, one.received_at, one.due) for one in requests]
    kept += [
        ("contact", one.id, one.topic, one.received_at, one.due)
        for one in unit.journal.due(limit=MOST_OPEN)
        if one.id not in brought
    ]
    for kind, item_id, title, at, due in kept:
        rule = before.rules.get(due.rule_id) if due else None
        if due is None or rule is None:
            continue
        now = answering(new, rule.event, vn_day(at))
        reckoned = due_record(deadline(now, at, calendar)) if now else None
        if (reckoned.due_at if reckoned else None) != deadline(rule, at, calendar).due_at:
            yield _item(kind, item_id, title, due, reckoned)


def _incidents(unit: Unit, before: RulePack, new: RulePack, calendar: WorkingCalendar) -> Iterator[OpenItem]:
    kind = kind_of(unit)
    for incident in unit.incidents.open():
        running = {(clock.event, clock.due.rule_id): clock.due for clock in incident.running}
        was, will = (
            {(clock.event, clock.due.rule_id): clock for clock in under(rules, incident, kind, calendar)}
            for rules in (before, new)
        )
        for place in dict.fromkeys((*was, *will)):
            old, now = was.get(place), will.get(place)
            # A clock that something said has stopped is not open.
            if (shown := now or old) is not None and (place in running or old is None):
                dues = [each.due if each else None for each in (old, now)]
                if _differ(*dues):
                    title = f"{incident.title}: {shown.title}"
                    yield _item("incident", incident.id, title, running.get(place) or dues[0], dues[1])


def _rebuttals(
    desk: Desk, unit: Unit, before: RulePack, new: RulePack, calendar: WorkingCalendar
) -> Iterator[OpenItem]:
    rounds = [one for one in unit.rebuttals.due(MOST_OPEN) if one.to is RoundTo.OUTLET]
    heads = unit.rebuttals.heads([one.article_id for one in rounds])
    for each in rounds:
        outlet, title = heads[each.article_id]
        kind = rule_kind(desk, unit.people.outlet(outlet.id))
        for step in each.standing:
            kept = {due.rule_id: due for due in step.dues}
            events = dict.fromkeys(before.rules[key].event for key in kept if key in before.rules)
            for event in events:
                was, will = (_reckoned(rules, event, step.done_at, kind, calendar) for rules in (before, new))
                for rule_id in dict.fromkeys((*was, *will)):
                    old, now = was.get(rule_id), will.get(rule_id)
                    if _differ(old, now):
                        words = f"{outlet.name}: {title}"
                        yield _item("article", each.article_id, words, kept.get(rule_id) or old, now)


def _reckoned(
    rules: RulePack, event: str, at: datetime, kind: str | None, calendar: WorkingCalendar
) -> dict[str, Due]:
    chosen: tuple[Rule, ...] = ()
    if event in rules.events:
        chosen = choose(rules, event, vn_day(at), outlet_kind=kind)
    return {rule.id: due_record(deadline(rule, at, calendar)) for rule in chosen}


def _differ(old: Due | None, now: Due | None) -> bool:
    return (old.due_at if old else _NONE) != (now.due_at if now else _NONE)


def _item(kind: str, item_id: UUID, title: str, old: Due | None, now: Due | None) -> OpenItem:
    if now is None:
        return OpenItem(kind, item_id, title, old or _NONE, "", None, "")
    return OpenItem(kind, item_id, title, old or _NONE, now.rule_id, now.due_at, now.wording)
