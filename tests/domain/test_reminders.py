"""Reminders: steps before the end told once, missed ones said, and a clock that was set is noticed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.domain.incidents import (
    Incident,
    IncidentClock,
    IncidentDraft,
    IncidentMove,
    IncidentState,
    IncidentStep,
    Statement,
    StatementForm,
)
from spokesdesk.domain.journal import Due
from spokesdesk.domain.people import Ref
from spokesdesk.domain.reminders import STEPS_H, ClockMark, Step, clock_jump, jump_words, reached, reminders

START = datetime(2026, 9, 1, 5, 0, tzinfo=UTC)
END = START + timedelta(hours=24)
ID = UUID(int=7)
BY = Ref(UUID(int=1), "Trần Minh Khuê")
CLOCK = IncidentClock(
    "incident_received",
    "Phát ngôn ban đầu",
    "lúc tiếp nhận",
    START,
    Due("N244-INIT-24A", END, "24 giờ", "khoản 3 Điều 7 Nghị định số 244/2026/NĐ-CP", "one_copy"),
)
SPILL = Incident(ID, IncidentDraft("Tràn dầu"), (CLOCK,), IncidentState.OPEN, 1, START, START, BY)


def before(**span: int) -> datetime:
    return END - timedelta(**span)


def hours(now: datetime, told: frozenset[Step] = frozenset()) -> list[tuple[int, tuple[int, ...]]]:
    return [(each.steps[-1].hours, each.missed) for each in reminders([SPILL], told, now)]


def test_nothing_is_told_before_the_first_step() -> None:
    assert hours(before(hours=12, minutes=1)) == []


def test_each_step_is_told_when_it_is_reached_and_once() -> None:
    told: frozenset[Step] = frozenset()
    seen = []
    for minutes in range(24 * 60, -10, -2):
        found = reminders([SPILL], told, before(minutes=minutes))
        seen += [(each.steps[-1].hours, each.missed) for each in found]
        told |= {step for each in found for step in each.steps}
    assert seen == [(12, ()), (4, ()), (1, ()), (0, ())]


def test_steps_missed_while_the_machine_slept_are_told_with_the_next_one() -> None:
    assert hours(before(minutes=30)) == [(1, (12, 4, 1))]
    words = reminders([SPILL], frozenset(), before(minutes=30))[0].words(before(minutes=30))
    assert "còn 30 phút" in words
    assert "12, 4, 1 giờ" in words
    assert "chưa xác minh" in words


def test_what_passed_before_the_incident_was_written_down_was_missed_by_nobody() -> None:
    late = replace(SPILL, opened_at=before(hours=2))
    found = reminders([late], frozenset(), before(hours=2))
    assert [(each.steps[-1].hours, each.missed) for each in found] == [(4, ())]


def test_an_incident_spoken_on_or_closed_reminds_of_nothing() -> None:
    said = Statement(START, StatementForm.RELEASE, "Khuê", "Đã rõ.")
    step = IncidentStep(ID, ID, IncidentMove.SAY, IncidentState.SPOKEN, START, BY, statement=said)
    spoken = replace(SPILL, state=IncidentState.SPOKEN, steps=(step,))
    closed = replace(SPILL, state=IncidentState.CLOSED)
    assert reminders([spoken, closed], frozenset(), before(hours=1)) == ()


@given(st.lists(st.integers(-200, 24 * 60), max_size=40))
def test_however_the_clock_is_set_no_step_is_told_twice_and_none_is_lost(minutes: list[int]) -> None:
    told: set[Step] = set()
    for left in minutes:
        now = before(minutes=left)
        for each in reminders([SPILL], told, now):
            assert not told & set(each.steps)
            told |= set(each.steps)
    latest = min(minutes, default=24 * 60)
    assert {step.hours for step in told} == {step for step in STEPS_H if latest <= step * 60}


@pytest.mark.parametrize(
    ("wall", "steady", "jump"),
    [
        (60.0, 60.0, 0.0),
        (36_000.0, 36_000.0, 0.0),  # asleep for ten hours: both went on
        (60.0 + 3600, 60.0, 3600.0),
        (60.0 - 7200, 60.0, -7200.0),
        (80.0, 60.0, 0.0),  # a network clock put right by seconds
    ],
)
def test_a_clock_that_was_set_is_told_from_a_machine_that_slept(
    wall: float, steady: float, jump: float
) -> None:
    begun = ClockMark(1_790_000_000.0, 500.0)
    assert clock_jump(begun, ClockMark(begun.wall + wall, begun.steady + steady)) == jump


def test_after_a_restart_only_a_step_back_can_be_told() -> None:
    begun = ClockMark(1_790_000_000.0, 90_000.0)
    assert clock_jump(begun, ClockMark(begun.wall + 7 * 86_400, 20.0)) == 0.0
    assert clock_jump(begun, ClockMark(begun.wall - 3600, 20.0)) == -3600.0


def test_the_words_say_which_way_and_that_limits_did_not_move() -> None:
    assert jump_words(0.0) == ""
    assert "lùi 2 giờ 5 phút" in jump_words(-7500.0)
    assert "tới 10 phút" in jump_words(600.0)
    assert "không đổi" in jump_words(600.0)


def test_of_a_locked_desk_only_the_moments_are_known() -> None:
    assert reached([END], before(hours=13), before(hours=12)) == (END,)
    assert reached([END], before(hours=12), before(hours=5)) == ()
    assert reached([END, END - timedelta(hours=1)], before(hours=6), before(hours=4)) == (
        END - timedelta(hours=1),
        END,
    )
