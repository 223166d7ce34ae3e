"""Duties that return by themselves (việc định kỳ): monthly news, press conference, annual report, internal rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from spokesdesk.domain.calendar import WorkingCalendar
from spokesdesk.domain.clock import start_of_day, vn_day
from spokesdesk.domain.people import Ref
from spokesdesk.domain.rules import Duty, Rule, RulePack, deadline
from spokesdesk.domain.text import fold

AGENCY_KINDS = ("central", "province", "department", "commune")
AHEAD = timedelta(days=366)
_YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class DutyMark:
    """A turn of a duty noted as done.

    Attributes:
        due_on: last day of the turn.
        done_on: the day it was done.
        at: UTC, when that was noted.
    """

    rule_id: str
    due_on: date
    done_on: date
    at: datetime
    by: Ref


@dataclass(frozen=True, slots=True)
class DutyTurn:
    """One turn of a duty.

    Attributes:
        due_on: last day in Vietnam.
        data_from: first day of the data a report covers, or None.
        data_to: last day of that data.
        done_on: when it was done, None while it is to be done.
    """

    rule: Rule
    due_on: date
    data_from: date | None = None
    data_to: date | None = None
    done_on: date | None = None

    @property
    def uid(self) -> str:
        """The same for the same turn of the same rule, for calendars that read the file again."""
        return f"{self.rule.id.lower()}-{self.due_on:%Y%m%d}@spokesdesk"


def likely_agency_kind(name: str) -> str:
    """Give the kind of agency that a name tells: central, province, commune, else department."""
    folded = fold(name)
    if folded.startswith(("bo ", "van phong chinh phu", "thanh tra chinh phu", "ngan hang nha nuoc")):
        return "central"
    if folded.startswith(("uy ban nhan dan", "ubnd")):
        local = folded.removeprefix("uy ban nhan dan").removeprefix("ubnd").strip()
        return "commune" if local.startswith(("xa ", "phuong ", "dac khu ")) else "province"
    return "department"


def turns(
    pack: RulePack, marks: Sequence[DutyMark], agency_kind: str, today: date, calendar: WorkingCalendar
) -> tuple[DutyTurn, ...]:
    """Give the turns of a year ahead, and those past that were not noted as done, the first due first.

    Args:
        marks: turns noted as done.
        agency_kind: one of AGENCY_KINDS.
        today: in Vietnam.

    Source: NĐ 244/2026/NĐ-CP, Điều 6, 10, 12 (by the rule pack).
    """
    done = {(mark.rule_id, mark.due_on): mark.done_on for mark in marks}
    found: list[DutyTurn] = []
    for rule in pack.rules.values():
        if rule.duty is Duty.NEVER or (rule.agency_kinds and agency_kind not in rule.agency_kinds):
            continue
        mine = [mark for mark in marks if mark.rule_id == rule.id]
        for due_on in _ends(rule, mine, today, calendar):
            if rule.in_force_on(min(due_on, today) if rule.duty is Duty.ONCE else due_on):
                found.append(DutyTurn(rule, due_on, *_window(rule, due_on), done.get((rule.id, due_on))))
    return tuple(sorted(found, key=lambda turn: (turn.due_on, turn.rule.id)))


def _ends(rule: Rule, marks: Sequence[DutyMark], today: date, calendar: WorkingCalendar) -> Iterator[date]:
    """Give the last days of a duty's turns."""
    match rule.duty:
        case Duty.MONTHLY:
            # The month before stays in sight only where turns are noted at all: a new desk owes no past.
            first = -1 if marks else 0
            for step in range(first, _YEAR_MONTHS):
                yield _month_end(today, step)
        case Duty.ROLLING:
            yield from _rolling(rule, marks, today)
        case Duty.YEARLY if rule.fixed_day:
            for year in (today.year, today.year + 1):
                due_on = date(year, *rule.fixed_day)
                if today <= due_on <= today + AHEAD or any(mark.due_on == due_on for mark in marks):
                    yield due_on
        case Duty.ONCE:
            due_at = deadline(rule, start_of_day(rule.in_force_from), calendar).due_at
            if due_at is not None:
                yield vn_day(due_at)


def _rolling(rule: Rule, marks: Sequence[DutyMark], today: date) -> Iterator[date]:
    """Count from the last time it was done; never noted, from the day the rule came into force."""
    span = rule.duration or 1
    yield from (mark.due_on for mark in marks[-1:])
    if marks:
        start, step = max(mark.done_on for mark in marks), 1
    else:
        start, step = rule.in_force_from, 1
        while _months_on(start, span * step) < today:
            step += 1
    while (due_on := _months_on(start, span * step)) <= today + AHEAD:
        yield due_on
        step += 1


def _window(rule: Rule, due_on: date) -> tuple[date | None, date | None]:
    if rule.data_window is None:
        return None, None
    first, last = rule.data_window
    to = date(due_on.year, *last)
    to = to if to <= due_on else date(due_on.year - 1, *last)
    start = date(to.year, *first)
    return (start if start <= to else date(to.year - 1, *first)), to


def _months_on(on: date, count: int) -> date:
    last = _month_end(on, count)
    return last.replace(day=min(on.day, last.day))


def _month_end(on: date, count: int) -> date:
    year, month = divmod(on.year * _YEAR_MONTHS + on.month + count, _YEAR_MONTHS)
    return date(year, month + 1, 1) - timedelta(days=1)
