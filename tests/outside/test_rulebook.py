"""The data files that come with the program are whole, and damaged ones are named."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from spokesdesk import assets
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.people import OutletKind
from spokesdesk.domain.rules import choose
from spokesdesk.outside.rulebook import load_calendar, load_desk_rules, load_pack, read_pack


def test_every_event_starts_at_least_one_rule_and_every_rule_belongs_to_one() -> None:
    pack = load_pack()
    started = {rule.event for rule in pack.rules.values()}
    assert started == {event.id for event in pack.events.values() if not event.includes}


def test_every_rule_lies_within_the_force_of_its_instrument() -> None:
    pack = load_pack()
    for rule in pack.rules.values():
        instrument = pack.instruments[rule.citation.instrument_id]
        assert rule.in_force_from >= instrument.in_force_from, rule.id
        assert rule.in_force_to == instrument.in_force_to, rule.id
        assert rule.source, rule.id


def test_what_the_desk_offers_as_answer_clocks_is_in_the_pack_today_or_was() -> None:
    pack, desk = load_pack(), load_desk_rules()
    for event in desk.answer_events:
        assert choose(pack, event, date(2018, 3, 12)) or choose(pack, event, date(2026, 11, 22)), event


def test_kinds_of_outlets_are_known_on_both_sides() -> None:
    kinds = load_desk_rules().outlet_kinds
    in_rules = {kind for rule in load_pack().rules.values() for kind in rule.outlet_kinds}
    assert set(kinds.values()) <= in_rules
    assert set(kinds) <= {kind.value for kind in OutletKind}


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2018, 2, 14), date(2018, 2, 20), "Mậu Tuất"),
        (date(2020, 1, 23), date(2020, 1, 29), "Canh Tý"),
        (date(2026, 2, 14), date(2026, 2, 22), "Bính Ngọ"),
        (date(2026, 11, 24), date(2026, 11, 24), "Văn hóa"),
    ],
)
def test_announced_holidays_are_off_from_the_first_day_to_the_last(
    first: date, last: date, name: str
) -> None:
    calendar = load_calendar()
    for n in range((last - first).days + 1):
        assert not calendar.is_working_day(first + timedelta(days=n))
        assert name in calendar.day_off_name(first + timedelta(days=n))


@pytest.mark.parametrize("year", range(2016, 2028))
def test_every_year_has_its_statutory_holidays(year: int) -> None:
    """Bộ luật Lao động, Điều 112: 1/1, five days of Tết, 10/3 âm lịch, 30/4, 1/5, 2/9; 24/11 from 2026."""
    calendar = load_calendar()
    days = [(1, 1), (4, 30), (5, 1), (9, 2), *([(11, 24)] if year >= 2026 else [])]
    assert all(not calendar.is_working_day(date(year, month, day)) for month, day in days)
    tet = [on for on, name in calendar.holidays.items() if on.year == year and "Tết Nguyên đán" in name]
    assert len(tet) >= 5
    assert any(on.year == year and "Giỗ Tổ" in name for on, name in calendar.holidays.items())
    # A statutory day on a weekend is made good by a working day off.
    off = [on for on in calendar.holidays if on.year == year and on.weekday() < 5]
    statutory = 10 if year < 2021 else 11
    swapped = [on for on, name in calendar.holidays.items() if on.year == year and "hoán đổi" in name]
    assert len(off) - len(swapped) == statutory + (1 if year >= 2026 else 0)


def test_swapped_days_are_worked_on_a_weekend() -> None:
    calendar = load_calendar()
    assert date(2026, 8, 22) in calendar.working_weekend_days
    assert all(on.weekday() >= 5 and calendar.is_working_day(on) for on in calendar.working_weekend_days)
    swapped = [on for on, name in calendar.holidays.items() if "hoán đổi" in name]
    assert len(swapped) == len(calendar.working_weekend_days)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "tinh.toml").write_text("rule = [", encoding="utf-8")
    with pytest.raises(UserError) as refused:
        read_pack(tmp_path)
    assert (refused.value.code, refused.value.params["file"]) == ("rules_malformed", "tinh.toml")


def test_a_province_may_add_rules_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "tinh.toml").write_text(
        """
[[instrument]]
id = "HUE"
name = "Quyết định số 1/QĐ-UBND"
title = "Mạng lưới người phát ngôn"
in_force_from = 2026-09-01
confidence = "one_copy"
source = "dự thảo"

[[rule]]
id = "HUE-3"
title = "Thông tin bước đầu"
event = "press_question"
trigger = "khi nhận đề nghị"
duration = 3
unit = "days"
actor = "Người phát ngôn"
action = "Trả lời."
instrument = "HUE"
article = "5"
confidence = "one_copy"
source = "dự thảo"
""",
        encoding="utf-8",
    )
    pack = read_pack(assets.path("rules"), tmp_path)
    chosen = [rule.id for rule in choose(pack, "press_question", date(2026, 11, 22))]
    assert chosen == ["N244-REQ", "HUE-3"]
