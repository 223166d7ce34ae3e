"""Times as people in a Vietnamese office write and read them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from spokesdesk.domain import clock
from spokesdesk.domain.errors import UserError

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)  # 03:00 on the 23rd in Vietnam


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-20 09:15",
        "2026-11-20T09:15:00",
        "2026-11-20T09:15:00+07:00",
        "2026-11-20T02:15:00Z",
        "2026-11-20T10:15+08:00",
        "20/11/2026 09:15",
        "20-11-2026 9:15",
        "9h15 20/11/2026",
        "9h15 ngày 20/11/2026",
        "lúc 9 giờ 15 phút, ngày 20/11/2026",
    ],
)
def test_a_moment_is_read_in_vietnamese_time_unless_it_says_another(typed: str) -> None:
    assert clock.parse_time(typed) == datetime(2026, 11, 20, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "told", ["2026-11-20T09:15:00+07:00", "2026-11-20T02:15:00Z", "2026-11-20T02:15:00", "20261120T0215"]
)
def test_a_moment_of_another_machine_is_read_as_utc(told: str) -> None:
    assert clock.moment_told(told) == datetime(2026, 11, 20, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "told", ["", "mai", "0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59-07:00", "9999-12-31T23:59:59Z"]
)
def test_a_moment_that_no_clock_shows_is_none(told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told) + "'?$"):
        clock.moment_told(told)


@pytest.mark.parametrize("typed", ["09:15", "9h15", " 9:15 "])
def test_a_time_of_day_means_today_in_vietnam(typed: str) -> None:
    assert clock.iso_vn(clock.parse_time(typed, now=NOW)) == "2026-11-23T09:15:00+07:00"


@pytest.mark.parametrize("typed", ["2026-11-20", "20/11/2026"])
def test_a_day_alone_is_its_first_moment(typed: str) -> None:
    assert clock.iso_vn(clock.parse_time(typed)) == "2026-11-20T00:00:00+07:00"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "mai",
        "31/02/2026 09:00",
        "20/11/2026 25:00",
        "20/11/26",
        "0001-01-01",
        "9:15:61",
        "1/2/3/4",
        "²:15",
    ],
)
def test_what_cannot_be_read_is_said_with_the_field(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        clock.parse_time(typed, now=NOW, field="received_at")
    assert (refused.value.code, refused.value.field) == ("time_unreadable", "received_at")


def test_a_time_of_day_needs_to_know_the_day() -> None:
    with pytest.raises(UserError):
        clock.parse_time("09:15")


@pytest.mark.parametrize("typed", ["20/11/2026", "2026-11-20", "20.11.2026", "ngày 20/11/2026", "20-11-2026"])
def test_dates(typed: str) -> None:
    assert clock.parse_date(typed) == date(2026, 11, 20)


@pytest.mark.parametrize("typed", ["", "29/02/2026", "2026", "20/11/26", "99/99/9999"])
def test_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        clock.parse_date(typed, field="card_issued_on")
    assert (refused.value.code, refused.value.field) == ("date_unreadable", "card_issued_on")


def test_the_day_of_an_evening_in_utc_is_the_next_in_vietnam() -> None:
    assert clock.vn_day(NOW) == date(2026, 11, 23)


def test_vietnamese_time_does_not_need_the_time_zone_database() -> None:
    assert clock.to_vn(NOW).utcoffset() == timedelta(hours=7)
    assert clock.to_vn(NOW).tzname() == "Asia/Ho_Chi_Minh"
    with pytest.raises(ValueError, match="zone"):
        clock.to_vn(datetime(2026, 1, 1))


def test_a_day_ends_just_before_midnight_in_vietnam() -> None:
    assert clock.end_of_day(date(2026, 11, 20)) == datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC)
    assert clock.start_of_day(date(2026, 11, 20)) == datetime(2026, 11, 19, 17, 0, tzinfo=UTC)


def _at(text: str) -> datetime:
    return clock.parse_time(text)


@pytest.mark.parametrize(
    ("due", "now", "wording"),
    [
        ("2026-11-20 12:12", "2026-11-20 09:00", "còn 3 giờ 12 phút"),
        ("2026-11-20 12:00", "2026-11-20 09:00", "còn 3 giờ"),
        ("2026-11-20 09:12:30", "2026-11-20 09:00", "còn 12 phút"),
        ("2026-11-20 09:00:30", "2026-11-20 09:00", "còn chưa đến 1 phút"),
        ("2026-11-24 10:00", "2026-11-20 09:00", "còn 4 ngày"),
        ("2026-11-21 14:30", "2026-11-20 09:00", "còn 1 ngày 5 giờ"),
        ("2026-11-20 09:00", "2026-11-20 11:30", "quá hạn 2 giờ 30 phút"),
        ("2026-11-20 09:00", "2026-11-22 10:00", "quá hạn 2 ngày"),
        ("2026-11-24 23:59:59", "2026-11-20 09:00", "còn 4 ngày"),
        ("2026-11-24 23:59:59", "2026-11-20 00:00", "còn 4 ngày"),
        ("2026-11-20 23:59:59", "2026-11-20 09:00", "còn 14 giờ 59 phút"),
        ("2026-11-20 23:59:59", "2026-11-22 00:30", "quá hạn 2 ngày"),
    ],
)
def test_what_is_left_is_said_as_an_office_says_it(due: str, now: str, wording: str) -> None:
    left = clock.remaining(_at(due), _at(now))
    assert left.wording == wording
    assert left.overdue == wording.startswith("quá hạn")


def test_the_last_second_is_not_late() -> None:
    assert not clock.remaining(_at("2026-11-20 09:00"), _at("2026-11-20 09:00")).overdue
