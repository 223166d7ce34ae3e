"""Periodic duties: when each turn ends by kind of agency, what is noted as done, and the file for other calendars."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import icalendar
import pytest

from spokesdesk.domain.duties import DutyMark, DutyTurn, likely_agency_kind, turns
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.people import Ref
from spokesdesk.outside.rulebook import load_calendar, load_pack
from spokesdesk.services import duties
from spokesdesk.services.ports import Desk

TODAY = date(2026, 11, 27)
WHO = Ref(UUID(int=7), "Trần Minh Khuê")


def _mark(rule: str, due: date, done: date) -> DutyMark:
    return DutyMark(rule, due, done, datetime(2026, 11, 1, tzinfo=UTC), WHO)


def _turns(kind: str, *marks: DutyMark, today: date = TODAY) -> dict[str, list[DutyTurn]]:
    found: dict[str, list[DutyTurn]] = {}
    for turn in turns(load_pack(), marks, kind, today, load_calendar()):
        found.setdefault(turn.rule.id, []).append(turn)
    return found


def test_a_province_informs_monthly_meets_quarterly_reports_yearly_and_has_rules_of_its_own() -> None:
    found = _turns("province")
    assert set(found) == {"N244-MON", "N244-QTR", "N244-RPT", "N244-QC45"}
    monthly = [turn.due_on for turn in found["N244-MON"]]
    assert monthly[:4] == [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]
    assert len(monthly) == 12
    # three months by three months from the first of July 2026
    assert found["N244-QTR"][0].due_on == date(2027, 1, 1)
    report = found["N244-RPT"][0]
    assert report.due_on == date(2026, 12, 19)
    assert (report.data_from, report.data_to) == (date(2025, 12, 15), date(2026, 12, 14))
    # 45 days from 1/7/2026 end on Saturday 15/8, so Monday
    assert [turn.due_on for turn in found["N244-QC45"]] == [date(2026, 8, 17)]


@pytest.mark.parametrize(
    ("kind", "rules"),
    [
        ("department", {"N244-QC45"}),
        ("commune", {"N244-QC45"}),
        ("central", {"N244-GOV", "N244-MON", "N244-QTR", "N244-RPT", "N244-QC45"}),
    ],
)
def test_the_law_sets_other_duties_for_other_agencies(kind: str, rules: set[str]) -> None:
    assert set(_turns(kind)) == rules


def test_the_next_conference_is_counted_from_the_last_one_held() -> None:
    held = _mark("N244-QTR", date(2027, 1, 1), date(2026, 11, 30))
    found = _turns("province", held, today=date(2026, 12, 1))["N244-QTR"]
    assert (found[0].due_on, found[0].done_on) == (date(2027, 1, 1), date(2026, 11, 30))
    assert found[1].due_on == date(2027, 2, 28)


def test_a_month_that_was_missed_stays_in_sight_once_turns_are_noted() -> None:
    noted = _mark("N244-MON", date(2026, 9, 30), date(2026, 9, 29))
    found = _turns("province", noted, today=date(2026, 11, 2))["N244-MON"]
    assert [(turn.due_on, turn.done_on) for turn in found[:2]] == [
        (date(2026, 10, 31), None),
        (date(2026, 11, 30), None),
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sở Thông tin và Truyền thông", "department"),
        ("Ủy ban nhân dân tỉnh Long An", "province"),
        ("UBND thành phố Huế", "province"),
        ("UBND phường Tân An", "commune"),
        ("Bộ Văn hóa, Thể thao và Du lịch", "central"),
    ],
)
def test_the_kind_of_agency_is_told_by_its_name(name: str, kind: str) -> None:
    assert likely_agency_kind(name) == kind


def test_a_turn_is_noted_taken_back_and_the_calendar_file_reads_back(desk: Desk) -> None:
    assert duties.agency_kind(desk) == "department"
    duties.set_agency_kind(desk, "province")
    first = duties.upcoming(desk)[0]
    before = icalendar.Calendar.from_ical(duties.calendar_file(desk))
    found, _changes = duties.done(desk, first.rule.id, first.due_on)
    assert next(turn for turn in found if turn.uid == first.uid).done_on is not None
    data = duties.calendar_file(desk)
    after = icalendar.Calendar.from_ical(data)
    uids = {str(event["UID"]) for event in after.walk("VEVENT")}
    assert {str(event["UID"]) for event in before.walk("VEVENT")} - uids == {first.uid}
    assert uids == {turn.uid for turn in duties.upcoming(desk) if turn.done_on is None}
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    report = next(event for event in after.walk("VEVENT") if "n244-rpt" in event["UID"])
    assert str(report["SUMMARY"]) == "Báo cáo hằng năm về phát ngôn"
    assert "Điều 10 Nghị định số 244/2026/NĐ-CP" in report["DESCRIPTION"]
    assert "chưa xác minh" in report["DESCRIPTION"]
    assert report.decoded("DTEND") - report.decoded("DTSTART") == timedelta(days=1)
    (alarm,) = report.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(days=-3)
    again, _changes = duties.undone(desk, first.rule.id, first.due_on)
    assert next(turn for turn in again if turn.uid == first.uid).done_on is None
    with pytest.raises(UserError, match="duty_missing"):
        duties.done(desk, "N244-MON", date(2020, 1, 1))
