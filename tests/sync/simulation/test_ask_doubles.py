"""What the province asks is written down by two desks of the agency; one request stands, and one answer comes back."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from spokesdesk.domain.journal import Channel, GivenForm
from spokesdesk.domain.province import NoteDraft, NoteKind
from spokesdesk.domain.requests import GivenAnswer, Request, RequestState
from spokesdesk.services import province, requests, sync
from spokesdesk.services.ports import Desk
from tests.sync.simulation.histories import made_world
from tests.sync.simulation.history import History
from tests.sync.simulation.line import CrashError
from tests.sync.simulation.moves import ALL
from tests.sync.simulation.places import PROVINCE
from tests.sync.simulation.truths import check
from tests.sync.simulation.world import World

OPEN, WITHDRAWN, ANSWERED = RequestState.OPEN, RequestState.WITHDRAWN, RequestState.ANSWERED


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with made_world() as made:
        yield made


@pytest.fixture
def history(world: World) -> History:
    """The province has asked for something, and no desk of the agency has heard of it yet."""
    made = History(world, 0, "none", ALL, together=True)
    draft = NoteDraft(NoteKind.ASK, "số liệu lũ", "Đề nghị cung cấp.", recipient=str(world.journal))
    province.write(made.desk(PROVINCE), draft)
    made.told.notes_down[draft.title] = NoteKind.ASK
    well(made.desk(PROVINCE))
    return made


def well(desk: Desk) -> None:
    report, _changes = sync.run_round(desk)
    assert report.fault is None, report.fault


def asked_of(desk: Desk) -> list[Request]:
    rows = requests.request_rows(desk, requests.request_numbers(desk))
    found = [requests.request(desk, row.id) for row in rows]
    return [one for one in found if one.channel is Channel.PROVINCE]


def states(desk: Desk) -> dict[UUID, RequestState]:
    return {one.id: one.state for one in asked_of(desk)}


def written_down(desk: Desk) -> UUID:
    """Let a desk hear of what was asked, write it down and send it."""
    well(desk)
    [made] = asked_of(desk)
    return made.id


def written_down_and_cut_off(history: History, n: int) -> UUID:
    """Let a desk write down what was asked, and die at once: the first write after which it is there is its last."""
    world, place = history.world, history.world.places[n]
    before, at_portal = place.state(), world.portal_state()
    for writes in range(40):
        world.weather.on_disk = [""] * writes + ["after"]
        with suppress(CrashError):
            sync.run_round(place.desk)
        world.weather.clear()
        if made := asked_of(place.desk):
            return made[0].id
        place.put_back(before)
        world.restore_portal(at_portal)
    raise AssertionError("it was never written down")


def answer(history: History, n: int, request: UUID, words: str) -> None:
    desk = history.desk(n)
    requests.answer(desk, request, GivenAnswer(words, GivenForm.DOCUMENT, "", desk.now()))
    history.told.notes_up[words] = (n, history.step_n)


def answers(history: History) -> list[str]:
    [matter] = province.matters(history.desk(PROVINCE), NoteKind.ASK)
    return [one.text for one in matter.answers]


def test_the_late_desk_closes_its_own_before_it_sends_it(history: History) -> None:
    first, late = history.desk(0), history.desk(1)
    own = written_down_and_cut_off(history, 1)
    history.world.clock.at += timedelta(days=1, minutes=1)
    theirs = written_down(first)
    well(late)
    assert states(late) == {own: WITHDRAWN, theirs: OPEN}
    closing = requests.request(late, own).steps[-1]
    assert closing.remark.startswith("Trùng")
    well(first)
    assert states(first) == {own: WITHDRAWN, theirs: OPEN}
    answer(history, 0, theirs, "Nước đã rút.")
    check(history)
    assert answers(history) == ["Nước đã rút."]


def test_a_double_that_was_sent_is_closed_by_its_own_desk(history: History) -> None:
    first, late, third = (history.desk(n) for n in range(3))
    own = written_down_and_cut_off(history, 1)
    history.world.clock.at += timedelta(days=1, minutes=1)
    theirs = written_down(first)
    well(replace(late, actor=None))  # nobody is at work: what waits is sent, and nothing else done
    well(third)
    well(first)
    assert states(first) == states(third) == {own: OPEN, theirs: OPEN}
    well(late)
    check(history)
    for desk in (first, late, third):
        assert states(desk) == {own: WITHDRAWN, theirs: OPEN}
    assert answers(history) == []


def test_what_was_answered_stands_though_it_came_later(history: History) -> None:
    first, late = history.desk(0), history.desk(1)
    own = written_down_and_cut_off(history, 1)
    history.world.clock.at += timedelta(days=1, minutes=1)
    theirs = written_down(first)
    answer(history, 1, own, "Đã trả lời khi mất mạng.")
    well(late)
    well(first)
    check(history)
    assert states(first) == states(late) == {own: ANSWERED, theirs: WITHDRAWN}
    assert answers(history) == ["Đã trả lời khi mất mạng."]


def test_a_restored_portal_that_forgot_who_wrote_it_down_ends_with_one_request(history: History) -> None:
    world = history.world
    before = world.portal_state()
    first, late = history.desk(0), history.desk(1)
    written_down(first)
    world.restore_portal(before)
    written_down(late)
    check(history)
    assert sorted(states(first).values()) == sorted(states(late).values()) == [OPEN, WITHDRAWN]


def test_what_a_person_opens_again_stays_open(history: History) -> None:
    first, late = history.desk(0), history.desk(1)
    own = written_down_and_cut_off(history, 1)
    history.world.clock.at += timedelta(days=1, minutes=1)
    theirs = written_down(first)
    well(late)
    requests.reopen(late, own, "hỏi phần của phòng khác")
    well(late)
    well(late)
    assert states(late) == {own: OPEN, theirs: OPEN}
