"""Which copies stay, when the next one is due, when one must be warned."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.domain.backups import (
    DAILY,
    WEEKLY,
    Told,
    differences,
    is_drill_due,
    is_due,
    is_old,
    size_words,
    stay,
)
from spokesdesk.domain.clock import to_vn, vn_day

MORNING = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))


def days_ago(n: float) -> datetime:
    return MORNING - timedelta(days=n)


def test_a_year_of_days_leaves_seven_days_and_the_last_of_four_weeks() -> None:
    made = {f"{n:03}": days_ago(n) for n in range(365)}
    kept = stay(made.items())
    assert {f"{n:03}" for n in range(7)} <= kept
    weeks = {to_vn(made[name]).isocalendar()[:2] for name in kept}
    assert len(weeks) == WEEKLY
    assert len(kept) <= DAILY + WEEKLY


def test_of_several_copies_on_one_day_the_last_stays() -> None:
    made = [("a", MORNING), ("b", MORNING + timedelta(hours=3)), ("c", MORNING - timedelta(days=1))]
    assert stay(made) == {"b", "c"}


@given(st.lists(moments, max_size=60))
def test_the_latest_always_stays_and_so_do_the_last_seven_days_of_work(times: list[datetime]) -> None:
    made = [(str(n), at) for n, at in enumerate(times)]
    kept = stay(made)
    days = sorted({vn_day(at) for at in times}, reverse=True)
    kept_days = {vn_day(at) for name, at in made if name in kept}
    assert set(days[:DAILY]) <= kept_days
    assert not times or max(times) in [at for name, at in made if name in kept]


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, True),
        (MORNING, False),
        (MORNING - timedelta(hours=9), True),
        (MORNING + timedelta(hours=15), False),
        (MORNING + timedelta(days=400), True),
    ],
    ids=["never", "now", "yesterday evening", "later today", "a clock years off"],
)
def test_one_copy_a_day_by_the_calendar_of_vietnam(last: datetime | None, due: bool) -> None:
    assert is_due(last, MORNING) is due


def test_a_drill_is_due_each_week_and_after_a_clock_from_the_future() -> None:
    assert is_drill_due(None, MORNING)
    assert not is_drill_due(days_ago(6), MORNING)
    assert is_drill_due(days_ago(7), MORNING)
    assert is_drill_due(days_ago(-30), MORNING)


def test_one_is_warned_after_three_days_and_of_a_copy_from_the_future() -> None:
    assert not is_old(days_ago(3), days_ago(900), MORNING)
    assert is_old(days_ago(3.1), days_ago(900), MORNING)
    assert is_old(days_ago(-2), days_ago(900), MORNING)
    assert not is_old(None, days_ago(1), MORNING), "the workspace is of yesterday"
    assert is_old(None, days_ago(4), MORNING)


def test_a_lost_row_a_lost_table_and_another_head_are_told() -> None:
    before = Told(3, "ab", {"contact": 3, "paper": 1})
    assert differences(before, before) == ()
    assert differences(before, Told(3, "ab", {"contact": 2, "paper": 1})) == ("contact",)
    assert differences(before, Told(2, "cd", {"contact": 3})) == ("paper", "links", "head")


def test_sizes_are_said_as_people_read_them() -> None:
    said = [size_words(size) for size in (0, 820, 12_400_000, 1_230_000_000)]
    assert said == ["0,0 kB", "0,8 kB", "12,4 MB", "1,2 GB"]
