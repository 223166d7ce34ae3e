"""Counters of the yearly report on speaking to the press (số liệu báo cáo về phát ngôn), for any period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.incidents import Incident, IncidentScope, StatementForm
from spokesdesk.domain.rules import Rule
from spokesdesk.domain.text import fold


@dataclass(frozen=True, slots=True)
class Counter:
    """One line of the report.

    Attributes:
        n: its number in the annex.
        key: what the templates call it.
        title: as the annex words it.
        done: the figure, or the part of it that was done.
        total: of how many, None for a plain count.
        note: how it was counted.
    """

    n: int
    key: str
    title: str
    done: int
    total: int | None = None
    note: str = ""

    @property
    def figure(self) -> str:
        """The figure as the report writes it: ``3`` or ``3/4``."""
        return str(self.done) if self.total is None else f"{self.done}/{self.total}"


@dataclass(frozen=True, slots=True)
class Counted:
    """All counters of a period; ``first`` and ``last`` are days in Vietnam, both counted."""

    title: str
    first: date
    last: date
    rows: tuple[Counter, ...]


def occasions(held: Iterable[tuple[datetime, str]], alone: Iterable[date]) -> int:
    """Count occasions: entries of one day and one name are one; days noted elsewhere count where nothing else does.

    Args:
        held: when somebody was met on an occasion (UTC), and its name, "" for none.
        alone: days on which it is known from elsewhere that there was one.
    """
    named: dict[date, set[str]] = {}
    for at, name in held:
        named.setdefault(vn_day(at), set()).add(fold(name))
    count = sum(len(names - {""}) or 1 for names in named.values())
    return count + len(set(alone) - set(named))


def spoken(found: Iterable[Incident]) -> tuple[int, int]:
    """Give how many incidents of Điều 7 khoản 2–5 were spoken on, of how many."""
    counted = [each for each in found if _is_extraordinary(each)]
    return sum(bool(each.statements) for each in counted), len(counted)


def on_time(found: Iterable[Incident], now: datetime) -> tuple[int, int]:
    """Give how many incidents with a limit were spoken on in time, of how many.

    Each clock must have been met in time. What is not due yet and not spoken on is not counted at all.

    Args:
        now: UTC.
    """
    limited = [each for each in found if _has_ended(each, now)]
    return sum(_in_time(each) for each in limited), len(limited)


def statement_days(found: Iterable[Incident], form: StatementForm) -> list[date]:
    """Give the days on which something was said in a form."""
    return [vn_day(said.said_at) for each in found for said in each.statements if said.form is form]


def reporting_year(rule: Rule | None, today: date) -> tuple[date, date]:
    """Give the first and last day of the reporting year that a day falls into; the calendar year where no rule says.

    Source: NĐ 244/2026/NĐ-CP, Điều 10 (by the rule pack).
    """
    if rule is None or rule.data_window is None:
        return date(today.year, 1, 1), date(today.year, 12, 31)
    first, last = rule.data_window
    year = today.year if today <= date(today.year, *last) else today.year + 1
    end = date(year, *last)
    start = date(year, *first)
    return (start if start <= end else date(year - 1, *first)), end


def _is_extraordinary(incident: Incident) -> bool:
    facts = incident.facts
    is_wide = facts.scope is not IncidentScope.OWN
    return is_wide or any((facts.received_at, facts.impact_at, facts.asked_at, facts.happened_at))


def _has_ended(incident: Incident, now: datetime) -> bool:
    """Whether a limit of an incident was met or has passed."""
    ends = [(clock.due.due_at, incident.answered_at(clock)) for clock in incident.clocks]
    return any(due_at is not None and (met_at is not None or due_at < now) for due_at, met_at in ends)


def _in_time(incident: Incident) -> bool:
    ends = [(clock.due.due_at, incident.answered_at(clock)) for clock in incident.clocks]
    return all(met_at is not None and met_at <= due_at for due_at, met_at in ends if due_at is not None)
