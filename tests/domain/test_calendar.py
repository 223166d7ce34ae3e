"""Arithmetic on working days, for any calendar and for the one that is shipped."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.domain.calendar import WorkingCalendar, parse_calendar
from spokesdesk.domain.errors import UserError

DAYS = st.dates(date(2016, 1, 1), date(2027, 12, 31))
CALENDARS = st.builds(
    WorkingCalendar,
    st.dictionaries(DAYS, st.just("nghỉ"), max_size=60),
    st.frozensets(DAYS, max_size=20),
)


@given(CALENDARS, DAYS, st.integers(-40, 40))
def test_a_count_never_lands_on_a_day_off(calendar: WorkingCalendar, on: date, count: int) -> None:
    assert calendar.is_working_day(calendar.add_working_days(on, count))


@given(CALENDARS, DAYS, st.integers(1, 40))
def test_a_count_passes_exactly_that_many_working_days(
    calendar: WorkingCalendar, on: date, count: int
) -> None:
    last = calendar.add_working_days(on, count)
    passed = [on + timedelta(days=n) for n in range(1, (last - on).days + 1)]
    assert sum(map(calendar.is_working_day, passed)) == count


@given(CALENDARS, DAYS, st.integers(0, 40), st.integers(0, 5))
def test_more_days_or_a_later_start_never_end_earlier(
    calendar: WorkingCalendar, on: date, count: int, more: int
) -> None:
    assert calendar.add_working_days(on, count) <= calendar.add_working_days(on, count + more)
    assert calendar.add_working_days(on, count) <= calendar.add_working_days(on + timedelta(days=more), count)


@given(CALENDARS, DAYS)
def test_the_next_working_day_skips_only_days_off(calendar: WorkingCalendar, on: date) -> None:
    found = calendar.next_working_day(on)
    between = [on + timedelta(days=n) for n in range((found - on).days)]
    assert calendar.is_working_day(found)
    assert not any(map(calendar.is_working_day, between))


def test_a_weekend_worked_to_make_up_for_a_bridge_day_counts() -> None:
    calendar = WorkingCalendar({date(2026, 8, 31): "hoán đổi"}, frozenset({date(2026, 8, 22)}))
    assert calendar.add_working_days(date(2026, 8, 21), 1) == date(2026, 8, 22)
    assert calendar.add_working_days(date(2026, 8, 28), 1) == date(2026, 9, 1)


def test_the_agency_may_add_days_off_and_work_on_others() -> None:
    national = WorkingCalendar({date(2026, 11, 24): "Ngày Văn hóa Việt Nam"}, frozenset({date(2026, 1, 10)}))
    local = national.with_local(
        {date(2026, 11, 25): "Ngày truyền thống", date(2026, 1, 10): "Nghỉ"}, [date(2026, 11, 24)]
    )
    assert local.is_working_day(date(2026, 11, 24))
    assert local.day_off_name(date(2026, 11, 24)) == ""
    assert local.day_off_name(date(2026, 11, 25)) == "Ngày truyền thống"
    assert not local.is_working_day(date(2026, 11, 25))
    assert not local.is_working_day(date(2026, 1, 10))
    assert not national.is_working_day(date(2026, 11, 24))


def test_days_outside_the_data_and_unannounced_plans_are_uncertain() -> None:
    calendar = WorkingCalendar(
        {}, frozenset(), date(2026, 1, 1), date(2026, 12, 31), frozenset({date(2026, 2, 16)})
    )
    assert not calendar.uncertain_between(date(2026, 3, 1), date(2026, 12, 31))
    assert calendar.uncertain_between(date(2026, 12, 20), date(2027, 1, 4))
    assert calendar.uncertain_between(date(2025, 12, 31), date(2026, 1, 4))
    assert calendar.uncertain_between(date(2026, 2, 10), date(2026, 2, 20))
    decided = calendar.with_local({date(2026, 2, 16): "Tết"})
    assert not decided.uncertain_between(date(2026, 2, 10), date(2026, 2, 20))


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ({"holiday": []}, "year"),
        ({"year": 2026, "holidy": []}, "holidy"),
        ({"year": 2026, "holiday": [{"from": "2026-01-01", "name": "Tết"}]}, "from"),
        ({"year": 2026, "holiday": [{"from": date(2026, 1, 1)}]}, "name"),
        ({"year": 2026, "holiday": [{"from": date(2026, 1, 2), "to": date(2026, 1, 1), "name": "x"}]}, "to"),
        ({"year": 2026, "holiday": 5}, "holiday"),
        ({"year": 2026, "working_weekend": [{}]}, "on"),
    ],
)
def test_a_damaged_file_is_refused_by_name_and_key(content: dict[str, object], key: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_calendar({"2026.toml": content})
    assert refused.value.code == "calendar_malformed"
    assert refused.value.params == {"file": "2026.toml", "key": key}


@pytest.mark.parametrize("years", [[], [2025, 2027], [2026, 2026]])
def test_a_missing_or_double_year_is_refused(years: list[int]) -> None:
    with pytest.raises(UserError, match="calendar_malformed"):
        parse_calendar({f"{n}-{year}": {"year": year} for n, year in enumerate(years)})
