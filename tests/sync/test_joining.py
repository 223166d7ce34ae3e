"""A desk that joins a journal others began: their number series are theirs, and nobody is listed twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.people import MemberDraft, Role
from spokesdesk.services import calendar, holdings, papers, people, sync
from spokesdesk.services.ports import Desk
from tests.server.running import RunningPortal
from tests.sync.desks import press_release, released
from tests.sync.pairs import differences, made_desk, well


@pytest.fixture
def desks(tmp_path: Path, portal: RunningPortal) -> Iterator[tuple[Desk, Desk, str]]:
    """Two desks with work of their own, made by people of one name; not connected yet."""
    first, second = made_desk(tmp_path / "1", "Lê Thị Mai"), made_desk(tmp_path / "2", "Lê Thị Mai")
    yield first, second, f"Sở {tmp_path.name}"
    first.close()
    second.close()


def joined(portal: RunningPortal, desks: tuple[Desk, Desk, str]) -> None:
    first, second, agency = desks
    for desk in (first, second):
        sync.connect(desk, portal.url, portal.quick_code(agency))
        well(desk)
    for desk in (first, second, first):
        well(desk)


def series_of(desk: Desk, letter: object) -> str:
    with desk.read() as unit:
        return next(iter({name for name, _year in unit.paper_history.series()}))


def test_the_series_that_the_first_desk_numbers_by_is_yielded(
    desks: tuple[Desk, Desk, str], portal: RunningPortal
) -> None:
    first, second, _agency = desks
    released(first, press_release("về hạn mặn"))
    joined(portal, desks)
    name = series_of(first, None)
    assert holdings.standing_of_desk(first, name).holds
    standing = holdings.standing_of_desk(second, name)
    assert (standing.holds, standing.holder.name) == (False, "Lê Thị Mai")
    made, _changes = papers.create(second, press_release("về mưa lũ"))
    papers.submit(second, made.id)
    papers.approve(second, made.id, "việc gấp")
    with pytest.raises(ConflictError, match="series_elsewhere"):
        papers.number(second, made.id)
    # Handed over by word of mouth, as before.
    holdings.reclaim(second, name, "máy kia hỏng")
    assert holdings.standing_of_desk(second, name).holds
    well(second)
    assert holdings.standing_of_desk(second, name).holds


def test_a_series_that_only_the_newcomer_numbered_by_stays_with_it(
    desks: tuple[Desk, Desk, str], portal: RunningPortal
) -> None:
    first, second, _agency = desks
    released(second, press_release("về hạn mặn"))
    joined(portal, desks)
    assert holdings.standing_of_desk(second, series_of(second, None)).holds
    assert first.member.name


def test_a_person_known_on_both_is_offered_as_one_and_listed_once(
    desks: tuple[Desk, Desk, str], portal: RunningPortal
) -> None:
    first, second, _agency = desks
    people.save_member(
        second, MemberDraft("Lê Thị Mai", frozenset(Role), "Chánh Văn phòng", "2468"), second.member.id
    )
    joined(portal, desks)
    [(own, kept)] = sync.same_members(second)
    assert (own.id, kept.id) == (second.member.id, first.member.id)
    assert sync.same_members(first) == ()
    made, _changes = sync.join_members(second, own.id, kept.id)
    assert (made.post, made.has_pin) == ("Chánh Văn phòng", True)
    assert [member.id for member in people.members(second)] == [kept.id]
    assert people.switch_member(second, kept.id, "2468").member.id == kept.id
    well(second)
    well(first)
    assert [member.id for member in people.members(first)] == [kept.id]
    assert sync.same_members(second) == ()
    assert differences(first, second) == []


def test_two_people_of_one_name_stay_two(desks: tuple[Desk, Desk, str], portal: RunningPortal) -> None:
    _first, second, _agency = desks
    joined(portal, desks)
    [(own, kept)] = sync.same_members(second)
    sync.keep_members_apart(second, own.id, kept.id)
    assert sync.same_members(second) == ()
    assert len(people.members(second)) == 2


def test_settings_of_both_stand_and_only_what_they_contradict_each_other_in_is_asked(
    desks: tuple[Desk, Desk, str], portal: RunningPortal
) -> None:
    first, second, _agency = desks
    for desk, days in ((first, {date(2026, 9, 3): "Nghỉ bù"}), (second, {date(2027, 1, 4): "Nghỉ lễ"})):
        calendar.save_holidays(desk, days)
    people.save_agency(first, replace(people.agency(first), phone="0262 1", place="Buôn Ma Thuột"))
    people.save_agency(second, replace(people.agency(second), website="a.gov.vn", place="Buôn Hồ", unit="TT"))
    joined(portal, desks)
    for desk in (first, second):
        assert calendar.holidays(desk) == {date(2026, 9, 3): "Nghỉ bù", date(2027, 1, 4): "Nghỉ lễ"}
        assert (people.agency(desk).phone, people.agency(desk).website) == ("0262 1", "a.gov.vn")
    asked = {sync.readable(one)[1:]: one for one in sync.conflicts(first)}
    assert set(asked) == {
        ("Địa danh: Buôn Ma Thuột", "Địa danh: Buôn Hồ"),
        ("Đơn vị soạn thảo: TTBCXB", "Đơn vị soạn thảo: TT"),
    }
    assert {one.title for one in asked.values()} == {"agency"}
    # Both are decided before anything is sent; each decision is about its own part, here at once.
    for one in sync.conflicts(first):
        sync.settle(first, one.id, "mine")
    assert (people.agency(first).place, people.agency(first).unit) == ("Buôn Hồ", "TT")
    for desk in (first, second, first):
        well(desk)
    for desk in (first, second):
        assert (people.agency(desk).place, people.agency(desk).unit) == ("Buôn Hồ", "TT")
        assert sync.conflicts(desk) == ()
    assert people.agency(first).phone == "0262 1"
    assert differences(first, second) == []
