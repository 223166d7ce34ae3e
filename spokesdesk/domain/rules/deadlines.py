"""When a limit ends: hours run on, days end with the day, a last day off may move on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from spokesdesk.domain.calendar import WorkingCalendar
from spokesdesk.domain.clock import end_of_day, start_of_day, to_vn, vn_day
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.rules.records import Citation, Confidence, Direction, Rule, Unit
from spokesdesk.domain.text import short_date


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a rule's limit ends for one trigger.

    Attributes:
        rule_id: the rule.
        event: what started it.
        title: short name of the duty.
        trigger: what the clock counts from, in Vietnamese.
        trigger_at: when the clock started (UTC).
        due_at: the last moment (UTC); None where the law gives no moment (at once, next issue, no number).
        rolled_from: the last day before it was moved because it is a day off; None: not moved.
        minimum: ``due_at`` is how long something must at least last.
        span: the limit as the law gives it, without a date: ``30 ngày``, ``ngay, không chờ``.
        wording: the limit in Vietnamese, with its reckoning.
        citation: the căn cứ shown beside the date.
        confidence: how well the rule's text is known.
        note: what a person should know before relying on it.
        calendar_uncertain: days off in between are not known for certain, so the day may move.
        calendar_note: the same in words: which years have no table, or that a plan is not out; else empty.
    """

    rule_id: str
    event: str
    title: str
    trigger: str
    trigger_at: datetime
    due_at: datetime | None
    rolled_from: date | None
    minimum: bool
    span: str
    wording: str
    citation: Citation
    confidence: Confidence
    note: str
    calendar_uncertain: bool
    calendar_note: str = ""


def deadline(rule: Rule, trigger_at: datetime, calendar: WorkingCalendar, *, roll: bool = True) -> Deadline:
    """Reckon when a rule's limit ends.

    Hours run through nights, weekends and holidays. For days, the day of the trigger is not counted and the
    limit ends with its last day; a last day off moves to the next working day, where the rule says so.

    Args:
        rule: the rule; whether it was in force is ``choose``'s business.
        trigger_at: when the clock starts, aware; a rule that counts from one day of its own counts from that.
        calendar: the working calendar, with the agency's own days.
        roll: False when the agency has chosen never to move a last day off.

    Source: Bộ luật Dân sự 2015, Điều 147, Điều 148 khoản 1, 3, 5, 6, by analogy (Điều 145 khoản 1).
    """
    if rule.trigger_on is not None:
        trigger_at = start_of_day(rule.trigger_on)
    due_at, rolled_from = _end(rule, trigger_at, calendar, rule.roll and roll)
    doubt = _calendar_note(rule, trigger_at, due_at, calendar) if rule.roll and roll else ""
    if rule.unit is Unit.WORKING_DAYS:
        doubt = _calendar_note(rule, trigger_at, due_at, calendar)
    return Deadline(
        rule.id,
        rule.event,
        rule.title,
        rule.trigger,
        trigger_at.astimezone(UTC),
        due_at,
        rolled_from,
        rule.minimum,
        _without_moment(rule) if due_at is None else _span(rule),
        _wording(rule, due_at, rolled_from),
        rule.citation,
        rule.confidence,
        rule.note,
        bool(doubt),
        doubt,
    )


def _calendar_note(
    rule: Rule, trigger_at: datetime, due_at: datetime | None, calendar: WorkingCalendar
) -> str:
    """Say that days off on the way are not known; "" when they are, or do not count."""
    if due_at is None or rule.unit is Unit.HOURS:
        return ""
    first, last = sorted((vn_day(trigger_at), vn_day(due_at)))
    if not calendar.uncertain_between(first, last):
        return ""
    missing = calendar.missing_years(first, last)
    if not missing:
        return _("Kế hoạch nghỉ lễ trong khoảng này chưa chắc chắn, ngày có thể đổi.")
    years = ", ".join(str(year) for year in missing)
    return _("Chưa có bảng ngày nghỉ năm {years}: ngày này chỉ trừ cuối tuần, có thể đổi.").format(
        years=years
    )


def _end(
    rule: Rule, trigger_at: datetime, calendar: WorkingCalendar, roll: bool
) -> tuple[datetime | None, date | None]:
    sign = -1 if rule.direction is Direction.BEFORE else 1
    count = sign * (rule.duration or 0)
    if rule.unit is Unit.HOURS:
        return trigger_at.astimezone(UTC) + timedelta(hours=count), None
    last = _last_day(rule, vn_day(trigger_at), count, calendar)
    if last is None:
        return None, None
    if not roll:
        return end_of_day(last), None
    moved = calendar.next_working_day(last) if sign > 0 else calendar.previous_working_day(last)
    return end_of_day(moved), last if moved != last else None


def _last_day(rule: Rule, on: date, count: int, calendar: WorkingCalendar) -> date | None:
    match rule.unit:
        case Unit.DAYS:
            return on + timedelta(days=count)
        case Unit.WORKING_DAYS:
            return calendar.add_working_days(on, count)
        case Unit.MONTHS:
            return _months_on(on, count)
        case Unit.CALENDAR_MONTH:
            return _month_end(on.year, on.month)
        case Unit.FIXED_DATE if rule.fixed_day:
            this_year = date(on.year, *rule.fixed_day)
            return this_year if on <= this_year else date(on.year + 1, *rule.fixed_day)
        case _:
            return None


def _months_on(on: date, count: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + count, 12)
    last = _month_end(year, month + 1)
    return last.replace(day=min(on.day, last.day))


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _wording(rule: Rule, due_at: datetime | None, rolled_from: date | None) -> str:
    if due_at is None:
        return _without_moment(rule)
    due = to_vn(due_at)
    span = _span(rule)
    if rule.minimum:
        return _("ít nhất {span}, đến hết ngày {day}").format(span=span, day=short_date(due.date()))
    if rule.unit is Unit.HOURS:
        moment = f"{due:%H:%M} {_('ngày')} {short_date(due.date())}"
        return _("chậm nhất {moment} ({span})").format(moment=moment, span=span)
    day = short_date(due.date())
    sentence = _("chậm nhất hết ngày {day} ({span})").format(day=day, span=span)
    if rolled_from is None:
        return sentence
    moved = _("ngày cuối {day} là ngày nghỉ").format(day=short_date(rolled_from))
    return f"{sentence}; {moved}"


def _without_moment(rule: Rule) -> str:
    if rule.times is not None:
        return _("tối đa {times} lần").format(times=rule.times)
    match rule.unit:
        case Unit.AT_ONCE:
            return _("ngay, không chờ")
        case Unit.NEXT_ISSUE:
            return _("trong số báo gần nhất")
        case _:
            return _("luật không ấn định số ngày")


def _span(rule: Rule) -> str:
    names = {
        Unit.HOURS: _("{n} giờ"),
        Unit.DAYS: _("{n} ngày"),
        Unit.WORKING_DAYS: _("{n} ngày làm việc"),
        Unit.MONTHS: _("{n} tháng"),
        Unit.CALENDAR_MONTH: _("trong tháng"),
        Unit.FIXED_DATE: _("ngày ấn định hằng năm"),
    }
    span = names[rule.unit].format(n=rule.duration)
    return _("trước ít nhất {span}").format(span=span) if rule.direction is Direction.BEFORE else span
