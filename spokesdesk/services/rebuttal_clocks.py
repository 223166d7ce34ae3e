"""Which clocks a rebuttal starts, by the law of the day and the kind of outlet; and when we look again ourselves."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from spokesdesk import assets
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.coverage import Ask
from spokesdesk.domain.journal import Due
from spokesdesk.domain.people import Outlet
from spokesdesk.domain.rebuttals import ANSWER_EVENT, RoundTo
from spokesdesk.domain.rules import Deadline, choose, deadline
from spokesdesk.domain.rules import Unit as Span
from spokesdesk.domain.text import fold
from spokesdesk.services.calendar import working_calendar
from spokesdesk.services.journal import due_record
from spokesdesk.services.ports import Desk, Unit

REBUTTAL = "rebuttal"
ROUNDS_EVENT, KEEP_EVENT = "response_disagreement", "correction_published"
_EVENTS = {
    Ask.CORRECTION: "conclusion_delivered",
    Ask.REMOVAL: "conclusion_delivered",
    Ask.RESPONSE: "response_delivered",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """How many times a response need be published, by the law of a day.

    Attributes:
        times: to plan for.
        due: citation, confidence and note as a record keeps them.
    """

    times: int
    due: Due


@dataclass(frozen=True, slots=True)
class NextStep:
    """Where a matter goes when the outlet does not do what was asked (bước tiếp).

    Attributes:
        citation: căn cứ.
        confidence: how well its text is known.
        note: what a person should know before relying on it.
    """

    to: RoundTo
    citation: str
    confidence: str
    note: str


@cache
def follow_up() -> Mapping[str, Any]:
    """Give the data of following up that comes with the program."""
    return tomllib.loads(assets.read_text("rules", "follow_up.toml"))


def rule_kind(desk: Desk, outlet: Outlet) -> str | None:
    """Give the kind by which the rules know an outlet; None looks at the rules of every kind.

    A magazine whose period is over 30 days has clocks of its own (NĐ 237/2026/NĐ-CP, Điều 19 khoản 3 điểm b).
    """
    kind = desk.outlet_kinds.get(outlet.kind.value)
    period = fold(outlet.periodicity)
    if kind == "print_magazine" and any(
        fold(each) in period for each in follow_up()["periodicity"]["over_30"]
    ):
        return "magazine_over_30"
    return kind


def reckoned(desk: Desk, unit: Unit, outlet: Outlet, at: datetime, event: str = REBUTTAL) -> list[Deadline]:
    """Give the clocks that an event starts for an outlet, by the law in force on the day of the trigger.

    Args:
        at: the trigger, UTC.
        event: of the rule pack; all that belongs to a rebuttal when not said.
    """
    chosen = choose(desk.rules, event, vn_day(at), outlet_kind=rule_kind(desk, outlet))
    calendar = working_calendar(desk, unit)
    return [deadline(rule, at, calendar) for rule in chosen]


def delivery_dues(
    desk: Desk, unit: Unit, outlet: Outlet, asks: Sequence[Ask], at: datetime
) -> tuple[Due, ...]:
    """Give the clocks that run once the outlet has our letter: correction, response, and its answer."""
    events = dict.fromkeys(_EVENTS[ask] for ask in asks)
    clocks = [each for event in (*events, ANSWER_EVENT) for each in reckoned(desk, unit, outlet, at, event)]
    return tuple(due_record(each) for each in clocks)


def keep_dues(desk: Desk, unit: Unit, outlet: Outlet, at: datetime) -> tuple[Due, ...]:
    """Give how long a correction must at least stay online, from when it was published."""
    return tuple(due_record(each) for each in reckoned(desk, unit, outlet, at, KEEP_EVENT))


def rounds_limit(desk: Desk, unit: Unit, outlet: Outlet, at: datetime) -> Limit | None:
    """Give how many publications of a response to plan for, by the law of a day; None where it names no number."""
    for rule in choose(desk.rules, ROUNDS_EVENT, vn_day(at), outlet_kind=rule_kind(desk, outlet)):
        if rule.times is not None:
            return Limit(rule.times, due_record(deadline(rule, at, working_calendar(desk, unit))))
    return None


def look_on(desk: Desk, unit: Unit, outlet: Outlet | None, dues: Sequence[Due], at: datetime) -> date | None:
    """Give the day on which we look again by ourselves, where a clock names none; None when all name one."""
    calendar, kind = working_calendar(desk, unit), rule_kind(desk, outlet) if outlet else None
    units = [desk.rules.rules[due.rule_id].unit for due in dues if due.due_at is None] or [Span.NONE]
    if all(due.due_at is not None for due in dues) and dues:
        return None
    days = [
        row["working_days"]
        for row in follow_up()["look"]
        if row["unit"] in {unit.value for unit in units}
        and (not row.get("outlet_kinds") or kind in row["outlet_kinds"])
    ]
    return calendar.add_working_days(vn_day(at), min(days)) if days else None


def next_steps(on: date) -> tuple[NextStep, ...]:
    """Give where a matter may go next, by the law of a day."""
    return tuple(
        NextStep(RoundTo(row["to"]), row["citation"], row["confidence"], row.get("note", ""))
        for row in follow_up()["step"]
        if row["from_on"] <= on <= row.get("to_on", date.max)
    )


def due_of(step: NextStep) -> Due:
    """Give a next step as something that is cited, marked where its text was never compared."""
    return replace(Due("", None, "", step.citation, step.confidence), note=step.note)
