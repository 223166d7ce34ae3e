"""The clocks of the press law, reckoned by hand from the law's text and compared with what the desk says."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from spokesdesk.domain.calendar import WorkingCalendar
from spokesdesk.domain.clock import iso_vn, parse_time
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Due
from spokesdesk.domain.rules import (
    Confidence,
    Deadline,
    RulePack,
    Unit,
    choose,
    deadline,
    grounds_on,
    rule_of,
)
from spokesdesk.outside.rulebook import load_calendar, load_pack

MARCH_2018 = date(2018, 3, 12)


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_pack()


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return load_calendar()


def _due(pack: RulePack, calendar: WorkingCalendar, rule: str, at: str) -> Deadline:
    return deadline(rule_of(pack, rule), parse_time(at), calendar)


@pytest.mark.parametrize(
    ("rule", "trigger", "due"),
    [
        # Friday 20/11/2026; 24/11 is off; 15 working days: 23 25 26 27 30 | 1 2 3 4 7 | 8 9 10 11 14
        ("N237-ANS-15", "2026-11-20 16:45", "2026-12-14T23:59:59+07:00"),
        # 30 calendar days: 20/12/2026 is a Sunday, so Monday
        ("N237-ANS-30", "2026-11-20 08:00", "2026-12-21T23:59:59+07:00"),
        # 30 calendar days under the law of 2016, ending on a working Wednesday
        ("L103-39-30", "2018-03-12 15:00", "2018-04-11T23:59:59+07:00"),
        # 2 days from Thursday: Saturday, so Monday
        ("N237-COR-DAY", "2026-11-19 10:00", "2026-11-23T23:59:59+07:00"),
        # 2 days from Thursday, ending on a Saturday that is worked (làm bù)
        ("N237-COR-DAY", "2026-08-20 10:00", "2026-08-22T23:59:59+07:00"),
        # 30 days ending on Tết (17/2/2026): the first working day after is Monday 23/2
        ("L103-39-30", "2026-01-18 09:00", "2026-02-23T23:59:59+07:00"),
        # A thing to be kept for 7 days: the last day is a Sunday and stays
        ("N237-COR-KEEP", "2026-11-15 09:00", "2026-11-22T23:59:59+07:00"),
        # 24 hours run through Tết and the night
        ("N09-INIT-24", "2026-02-16 22:30", "2026-02-17T22:30:00+07:00"),
        ("N244-INIT-24A", "2026-11-23 17:05", "2026-11-24T17:05:00+07:00"),
        ("N244-INIT-24B", "2026-11-28 06:00", "2026-11-29T06:00:00+07:00"),
        ("N244-PUB", "2026-11-20 16:00", "2026-11-21T16:00:00+07:00"),
        ("N09-AUTH-12", "2018-03-12 16:00", "2018-03-13T04:00:00+07:00"),
        # At least 24 and 12 hours before
        ("N237-PC-24", "2026-12-01 09:00", "2026-11-30T09:00:00+07:00"),
        ("N237-PC-12", "2026-12-01 09:00", "2026-11-30T21:00:00+07:00"),
        # At least 10 days before; 29/11/2026 is a Sunday, so the Friday before it
        ("L126-RES", "2026-12-09 00:00", "2026-11-27T23:59:59+07:00"),
        # 45 days from 1/7/2026 end on Saturday 15/8, so Monday
        ("N244-QC45", "2026-07-01 00:00", "2026-08-17T23:59:59+07:00"),
        # Three months from the 30th of November end with February
        ("N244-QTR", "2026-11-30 09:00", "2027-02-28T23:59:59+07:00"),
        ("N244-MON", "2028-02-10 09:00", "2028-02-29T23:59:59+07:00"),
        ("N244-MON", "2026-12-31 09:00", "2026-12-31T23:59:59+07:00"),
        # Before 20 December
        ("N244-RPT", "2026-12-14 12:00", "2026-12-19T23:59:59+07:00"),
        ("N244-RPT", "2026-12-20 12:00", "2027-12-19T23:59:59+07:00"),
        # 15 calendar days in 2016, 15 working days since 2026
        ("L103-39-ASK-15", "2018-03-12 09:00", "2018-03-27T23:59:59+07:00"),
        ("N237-ASK-15", "2026-11-20 09:00", "2026-12-14T23:59:59+07:00"),
    ],
)
def test_limits_end_where_the_law_says(
    pack: RulePack, calendar: WorkingCalendar, rule: str, trigger: str, due: str
) -> None:
    found = _due(pack, calendar, rule, trigger)
    assert found.due_at is not None
    assert iso_vn(found.due_at) == due
    assert found.citation.text
    assert not found.calendar_uncertain or due >= "2027-01-29"


def test_the_day_of_the_trigger_is_the_day_in_vietnam(pack: RulePack, calendar: WorkingCalendar) -> None:
    evening_utc = datetime(2026, 11, 19, 18, 0, tzinfo=UTC)
    assert (
        _due(pack, calendar, "N237-ANS-15", "2026-11-20 01:00").due_at
        == deadline(rule_of(pack, "N237-ANS-15"), evening_utc, calendar).due_at
    )


def test_a_moved_last_day_is_said_and_the_agency_may_choose_not_to_move_it(
    pack: RulePack, calendar: WorkingCalendar
) -> None:
    rule, at = rule_of(pack, "N237-ANS-30"), parse_time("2026-11-20 08:00")
    moved = deadline(rule, at, calendar)
    assert moved.rolled_from == date(2026, 12, 20)
    assert "20/12/2026 là ngày nghỉ" in moved.wording
    assert "21/12/2026" in moved.wording
    strict = deadline(rule, at, calendar, roll=False)
    assert strict.due_at is not None
    assert iso_vn(strict.due_at) == "2026-12-20T23:59:59+07:00"
    assert strict.rolled_from is None


@pytest.mark.parametrize(
    ("rule", "wording"),
    [
        ("L103-42-WEB", "ngay"),
        ("L103-42-WEEK", "số báo gần nhất"),
        ("L103-43-ROUNDS", "3 lần"),
        ("N237-FB-ROUNDS", "2 lần"),
        ("N244-REQ", "không ấn định"),
    ],
)
def test_where_the_law_gives_no_moment_none_is_invented(
    pack: RulePack, calendar: WorkingCalendar, rule: str, wording: str
) -> None:
    found = _due(pack, calendar, rule, "2026-06-01 09:00")
    assert found.due_at is None
    assert wording in found.wording


def test_a_letter_about_march_2018_stands_on_the_law_of_2016(pack: RulePack) -> None:
    chosen = {rule.id: rule for rule in choose(pack, "rebuttal", MARCH_2018, outlet_kind="online")}
    assert {rule.citation.instrument_id for rule in chosen.values()} == {"L103", "N09"}
    answer = chosen["L103-39-30"]
    assert (answer.duration, answer.unit) == (30, Unit.DAYS)
    assert chosen["L103-42-WEB"].unit is Unit.AT_ONCE
    assert chosen["L103-43-WEB"].unit is Unit.AT_ONCE
    assert chosen["L103-43-ROUNDS"].times == 3
    assert (chosen["L103-42-KEEP"].duration, chosen["L103-42-KEEP"].minimum) == (7, True)
    assert not any(rule.startswith("L103-42-DAY") for rule in chosen)


@pytest.mark.parametrize(
    ("event", "old", "new"),
    [
        ("press_opinion_received", "L103-39-2", "N237-ANS-15"),
        ("answer_demanded", "L103-39-30", "N237-ANS-30"),
        ("spokesperson_assigned", "N09-PUB", "N244-PUB"),
    ],
)
def test_the_law_changes_with_the_first_of_july_2026(pack: RulePack, event: str, old: str, new: str) -> None:
    assert [rule.id for rule in choose(pack, event, date(2026, 6, 30))] == [old]
    assert [rule.id for rule in choose(pack, event, date(2026, 7, 1))] == [new]


def test_the_24_hours_start_differently_by_regime(pack: RulePack) -> None:
    def rules(on: date) -> set[str]:
        return {rule.id for rule in choose(pack, "incident", on) if rule.unit is Unit.HOURS}

    assert rules(date(2017, 3, 29)) == set()
    assert rules(date(2017, 3, 30)) == {"N09-INIT-24"}
    assert rules(date(2026, 7, 1)) == {"N244-INIT-24A", "N244-INIT-24B"}


def test_no_law_known_to_the_pack_gives_nothing_rather_than_todays_law(pack: RulePack) -> None:
    assert choose(pack, "press_opinion_received", date(2016, 12, 31)) == ()


@pytest.mark.parametrize(
    ("kind", "rules"),
    [
        ("online", {"N237-COR-WEB"}),
        ("social_channel", {"N237-COR-WEB"}),
        ("daily_print", {"N237-COR-DAY"}),
        ("radio_tv", {"N237-COR-DAY"}),
        ("weekly_print", {"N237-COR-WEEK"}),
        ("print_magazine", {"N237-COR-WEEK"}),
        ("magazine_over_30", {"N237-COR-MAG30"}),
        (None, {"N237-COR-WEB", "N237-COR-DAY", "N237-COR-WEEK", "N237-COR-MAG30"}),
    ],
)
def test_the_correction_clock_depends_on_the_kind_of_outlet(
    pack: RulePack, kind: str | None, rules: set[str]
) -> None:
    chosen = choose(pack, "conclusion_delivered", date(2026, 11, 20), outlet_kind=kind)
    assert {rule.id for rule in chosen} == rules


def test_a_ministry_need_not_announce_its_press_conference_but_a_department_must(pack: RulePack) -> None:
    def rules(agency: str) -> list[str]:
        return [
            rule.id
            for rule in choose(pack, "press_conference_planned", date(2026, 12, 1), agency_kind=agency)
        ]

    assert rules("province") == []
    assert rules("department") == ["N237-PC-24", "N237-PC-12"]


@pytest.mark.parametrize(
    ("rule", "duration", "unit", "article", "clause", "confidence"),
    [
        ("N244-PUB", 24, "hours", "3", "3", "one_copy"),
        ("N244-INIT-24A", 24, "hours", "7", "3", "one_copy"),
        ("N244-INIT-24B", 24, "hours", "7", "4", "one_copy"),
        ("N244-QTR", 3, "months", "6", "2", "one_copy"),
        ("N244-QC45", 45, "days", "12", "", "one_copy"),
        ("N237-ANS-30", 30, "days", "18", "1", "one_copy"),
        ("N237-ANS-15", 15, "working_days", "18", "3", "one_copy"),
        ("N237-KNTC-5", 5, "working_days", "18", "2", "one_copy"),
        ("N237-PASS", 10, "working_days", "18", "5", "one_copy"),
        ("N237-PASS-WEEK", 15, "working_days", "18", "5", "one_copy"),
        ("N237-ASK-15", 15, "working_days", "18", "6", "one_copy"),
        ("N237-COR-KEEP", 7, "days", "19", "3", "conflicting"),
        ("N237-COR-DAY", 2, "days", "19", "3", "one_copy"),
        ("N237-COR-MAG30", 2, "days", "19", "3", "one_copy"),
        ("N237-FB-ROUNDS", None, "none", "21", "1", "conflicting"),
        ("N237-RECALL", 48, "hours", "20", "3", "one_copy"),
        ("N237-PC-24", 24, "hours", "22", "3", "one_copy"),
        ("N237-PC-12", 12, "hours", "22", "5", "one_copy"),
        ("N237-CHAN", 10, "working_days", "15", "", "one_copy"),
        ("L126-RES", 10, "days", "21", "", "one_copy"),
        ("N09-INIT-24", 24, "hours", "6", "3", "verified"),
        ("N09-AUTH-12", 12, "hours", "3", "6", "verified"),
        ("L103-39-30", 30, "days", "39", "1", "verified"),
        ("L103-39-2", 30, "days", "39", "2", "verified"),
        ("L103-39-PASS", 10, "days", "39", "3", "verified"),
        ("L103-39-PASS-WEEK", 15, "days", "39", "3", "verified"),
        ("L103-39-ASK-15", 15, "days", "39", "4", "verified"),
        ("L103-42-DAY", 2, "days", "42", "", "verified"),
        ("L103-42-KEEP", 7, "days", "42", "", "verified"),
        ("L103-43-DAY", 2, "days", "43", "2", "verified"),
    ],
)
def test_the_data_says_what_the_law_table_says(
    pack: RulePack, rule: str, duration: int | None, unit: str, article: str, clause: str, confidence: str
) -> None:
    found = rule_of(pack, rule)
    assert (found.duration, found.unit, found.confidence) == (duration, unit, confidence)
    assert (found.citation.article, found.citation.clause) == (article, clause)


def test_where_the_copies_conflict_the_rule_says_so_in_words(pack: RulePack) -> None:
    conflicting = [rule for rule in pack.rules.values() if rule.confidence is Confidence.CONFLICTING]
    assert {rule.id for rule in conflicting} == {"N237-COR-KEEP", "N237-FB-ROUNDS"}
    assert all("bản" in rule.note.lower() for rule in conflicting)


def test_a_citation_reads_as_an_official_paper_writes_it(pack: RulePack) -> None:
    assert rule_of(pack, "N09-INIT-24").citation.text == "điểm a khoản 3 Điều 6 Nghị định số 09/2017/NĐ-CP"
    assert rule_of(pack, "n237-ans-15").citation.text == "khoản 3 Điều 18 Nghị định số 237/2026/NĐ-CP"


def test_grounds_of_refusal_follow_the_law_of_the_day(pack: RulePack) -> None:
    old = grounds_on(pack, date(2026, 6, 30))
    new = grounds_on(pack, date(2026, 7, 1))
    assert len(old) == 4
    assert len(new) == 3
    assert any("bí mật của Đảng" in ground.text for ground in old)
    assert any("bí mật gia đình" in ground.text for ground in new)
    assert not any("soạn thảo" in ground.text for ground in new)
    assert not any(ground.reasons_due for ground in old)
    assert all(ground.reasons_due for ground in new)


@pytest.mark.parametrize(
    ("trigger", "uncertain"),
    [
        ("2026-11-20 09:00", False),
        ("2027-01-25 09:00", True),  # across Tết 2027, whose plan is not out
        ("2027-12-20 09:00", True),  # beyond the years of the calendar
        ("2027-05-10 09:00", False),
    ],
)
def test_a_date_that_hangs_on_an_unknown_plan_is_flagged(
    pack: RulePack, calendar: WorkingCalendar, trigger: str, uncertain: bool
) -> None:
    assert _due(pack, calendar, "N237-ANS-15", trigger).calendar_uncertain is uncertain


def test_unknown_names_are_told_with_what_there_is(pack: RulePack) -> None:
    with pytest.raises(UserError) as event:
        choose(pack, "rebutal", MARCH_2018)
    assert "rebuttal" in str(event.value.params["known"])
    with pytest.raises(UserError, match="rules_rule_unknown"):
        rule_of(pack, "N999")


LAW_TABLE = """
N244-PUB N244-LIST N244-AUTH N244-INIT-24A N244-INIT-24B N244-NAT N244-MULTI N244-REQ N244-REB N244-REFUSE N244-MON
N244-QTR N244-GOV N244-SUB N244-RPT N244-QC45 N237-ANS-30 N237-ANS-15 N237-KNTC N237-KNTC-5 N237-ESC N237-PASS
N237-ASK-15 N237-COR-WEB N237-COR-KEEP N237-COR-DAY N237-COR-WEEK N237-COR-MAG30 N237-COR-REPUB N237-FB-PUB
N237-FB-ROUNDS N237-FB-REFUSE N237-REMOVE N237-RECALL N237-PC-24 N237-PC-12 N237-PC-DUTY N237-CHAN L126-RES
PD-BASE PD-PURP PD-RET PD-SENS PD-PUB PD-ACK PD-ACC PD-DEL PD-OBJ PD-72 PD-DPIA PD-XB
"""


def test_the_pack_lacks_no_rule_of_the_law_table(pack: RulePack) -> None:
    assert [rule for rule in LAW_TABLE.split() if rule not in pack.rules] == []


def test_a_kept_deadline_says_first_that_its_law_is_not_verified() -> None:
    """First, because a narrow list cuts off what comes last."""
    known = Due("L103-39-30", None, "", "khoản 1 Điều 39 Luật Báo chí số 103/2016/QH13", "verified")
    assert known.cited == known.citation
    assert replace(known, confidence="one_copy").cited.startswith("chưa xác minh: khoản 1")
    assert replace(known, citation="", confidence="one_copy").cited == ""
