"""Who works at the desk: roles, PINs, and that the office is never left without an admin."""

from dataclasses import replace

import pytest

from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.domain.people import MemberDraft, Role
from spokesdesk.services import people
from spokesdesk.services.ports import Desk
from tests.desks import Office, named


def test_switching_to_a_member_with_a_pin_asks_for_it(desk: Desk) -> None:
    leader = named(desk, "Nguyễn Văn Ổn")
    with pytest.raises(AccessError) as caught:
        people.switch_member(desk, leader.id, "1111")
    assert caught.value.code == "pin_wrong"
    assert people.switch_member(desk, leader.id, "2468").member == leader


def test_a_pin_is_never_stored_as_typed(desk: Desk) -> None:
    with desk.read() as unit:
        kept = unit.people.pin_hash(named(desk, "Nguyễn Văn Ổn").id)
    assert kept
    assert "2468" not in kept


def test_renaming_a_member_keeps_the_pin_and_an_empty_one_removes_it(desk: Desk) -> None:
    leader = named(desk, "Nguyễn Văn Ổn")
    people.save_member(desk, MemberDraft("Nguyễn Văn Ổn", leader.roles, "Giám đốc"), leader.id)
    assert named(desk, "Nguyễn Văn Ổn").has_pin
    people.save_member(desk, MemberDraft("Nguyễn Văn Ổn", leader.roles, pin=""), leader.id)
    assert not named(desk, "Nguyễn Văn Ổn").has_pin


def test_only_an_admin_changes_who_works_here(office: Office) -> None:
    with pytest.raises(AccessError):
        people.save_member(office.drafter, MemberDraft("Ai đó", frozenset({Role.LEADER})))


def test_the_last_admin_cannot_give_the_role_away(desk: Desk) -> None:
    mine = desk.member
    with pytest.raises(UserError) as caught:
        people.save_member(desk, MemberDraft(mine.name, frozenset({Role.SPOKESPERSON})), mine.id)
    assert caught.value.code == "last_admin"
    assert Role.ADMIN in named(desk, mine.name).roles


def test_one_person_with_duties_that_check_each_other_is_flagged(desk: Desk) -> None:
    small, _changes = people.save_member(desk, MemberDraft("Một mình", frozenset(Role)))
    assert small.combines_duties
    assert not named(desk, "Lê Thị Ánh").combines_duties


@pytest.mark.parametrize("pin", ["123", "12a4", "١٢٣٤", "1" * 13])
def test_a_pin_is_four_to_twelve_digits(desk: Desk, pin: str) -> None:
    with pytest.raises(UserError) as caught:
        people.save_member(desk, MemberDraft("Ai đó", frozenset({Role.DRAFTER}), pin=pin))
    assert caught.value.field == "pin"


def test_members_sort_by_given_name(desk: Desk) -> None:
    # Ánh, Ấn, Khuê, Ổn: a before ă before â, then k, then o.
    assert [member.name.split()[-1] for member in people.members(desk)] == ["Ánh", "Ấn", "Khuê", "Ổn"]


def test_what_a_newer_program_says_of_the_agency_outlives_an_edit_by_this_one(desk: Desk) -> None:
    with desk.write() as unit:
        held = unit.settings.get("agency")
        assert isinstance(held, dict)
        unit.settings.put("agency", held | {"zalo": "oa.a"})
    people.save_agency(desk, replace(people.agency(desk), phone="0272 1"))
    with desk.read() as unit:
        kept = unit.settings.get("agency")
    assert isinstance(kept, dict)
    assert (kept["zalo"], kept["phone"]) == ("oa.a", "0272 1")
