"""A desk in a room without any network joins its agency's journal by a stick, and is one of its desks from then on."""

import secrets
from dataclasses import replace
from pathlib import Path

import pytest

from spokesdesk.domain.errors import AccessError, ConflictError, UserError, WaitError
from spokesdesk.domain.people import Outlet, Role
from spokesdesk.domain.privacy import Scope
from spokesdesk.services import holdings, people, privacy, sync
from spokesdesk.services.ports import Desk
from tests.sync.desks import press_release, released
from tests.sync.pairs import well
from tests.sync.rooms import Room, asks_on, device_of, is_alone, plugged, welcomes_on
from tests.sync.sticks import attached, came, has, outlet, unsent, went


def test_it_asks_is_vouched_for_enters_and_shares_everything(room: Room, stick: Path) -> None:
    theirs, photo = outlet(room.near), attached(room.near, secrets.token_bytes(200_000))
    well(room.near)
    sync.exchange_files(room.near)  # the portal has it: it lies on the stick for the new desk alone
    mine = outlet(room.far)
    check, code = room.asked(stick)
    [waiting] = sync.waiting_asks(room.near, stick)
    assert (waiting.check, waiting.name, waiting.fault, waiting.is_known) == (check, "Xa", None, False)
    asked = sync.asked(room.far)
    assert asked is not None
    assert (asked.check, asked.at) == (check, waiting.at)
    sync.vouch(room.near, stick, waiting.check, code)
    assert asks_on(stick) == []
    told = sync.invitation(room.far, stick)
    assert (told.agency, told.portal, told.by) == (room.agency, room.portal.url, "Gần")
    assert is_alone(room.far)  # looking is not entering
    room.entered(stick)
    assert welcomes_on(stick) == []
    assert sync.asked(room.far) is None
    assert has(room.far, theirs)
    assert room.far.files.has(photo.sha256)  # it came with the first stick
    assert sync.key_state(room.far).mark == sync.key_state(room.near).mark != ""
    state = sync.state(room.far)
    assert (state.by_hand, state.portal, state.filling, state.fault) == (True, room.portal.url, False, "")
    own = attached(room.far, secrets.token_bytes(5_000))
    room.there_and_back(stick)
    assert has(room.near, mine)
    assert room.near.files.has(own.sha256)
    room.in_step(stick)


def test_nothing_of_the_code_or_of_a_token_lies_on_the_stick(room: Room, stick: Path) -> None:
    code = room.vouched(stick)
    plain = code.replace("-", "")
    for path in stick.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert code.encode() not in data
        assert plain.encode() not in data
    room.entered(stick)
    assert room.far.device_keys.get("portal_token") is None
    assert room.far.device_keys.get("join_ask") is None


def test_both_change_one_field_and_the_conflict_is_settled_in_the_room(room: Room, stick: Path) -> None:
    name = outlet(room.near)
    room.joined(stick)
    room.in_step(stick)
    numbered(room.near, name, "0262 1")
    well(room.near)
    numbered(room.far, name, "0262 2")
    room.there_and_back(stick)
    [seen], [there] = sync.conflicts(room.near), sync.conflicts(room.far)
    assert (seen.id, seen.current, seen.mine) == (there.id, "0262 1", "0262 2")
    assert (seen.is_own, there.is_own) == (False, True)
    sync.settle(room.far, there.id, "mine")
    room.in_step(stick)
    assert sync.conflicts(room.near) == sync.conflicts(room.far) == ()
    assert [named(desk, name).phone for desk in (room.near, room.far)] == ["0262 2", "0262 2"]


def test_a_release_from_the_room_is_public_and_its_receipt_comes_back(room: Room, stick: Path) -> None:
    room.joined(stick)
    holdings.reclaim(room.far, "thong-cao-bao-chi", "máy này phát hành")
    paper = released(room.far, press_release(f"về thông tin {secrets.token_hex(5)}"))
    room.there_and_back(stick)
    [row] = [row for row in sync.ledger(room.far) if row.record == paper.id]
    assert (row.state, row.url.startswith(room.portal.url)) == ("published", True)
    room.in_step(stick)


def test_what_was_released_before_it_joined_goes_out_too(room: Room, stick: Path) -> None:
    paper = released(room.far, press_release("về hạn mặn"))
    room.joined(stick)
    room.there_and_back(stick)
    assert [row.state for row in sync.ledger(room.far) if row.record == paper.id] == ["published"]
    room.in_step(stick)


def test_the_series_of_the_first_desk_is_yielded_when_it_enters(room: Room, stick: Path) -> None:
    released(room.near, press_release("về mưa lũ"))
    room.joined(stick)
    standing = holdings.standing_of_desk(room.far, "thong-cao-bao-chi")
    assert (standing.holds, standing.holder.name) == (False, "Gần")
    assert holdings.standing_of_desk(room.near, "thong-cao-bao-chi").holds
    room.in_step(stick)


def test_it_asks_no_network_whatever_is_tried(room: Room, stick: Path) -> None:
    photo = attached(room.near, secrets.token_bytes(3000))
    room.joined(stick)
    far = room.far  # its every question over the network ends the test
    for ask in (sync.run_round, sync.exchange_files, sync.check_portal):
        with pytest.raises(WaitError, match="carried_only"):
            ask(far)
    with pytest.raises(WaitError, match="carried_only"):
        sync.Ear(far).listen()
    far.files.destroy(photo.sha256)
    with pytest.raises(WaitError, match="file_not_carried"):
        sync.fetch_file(far, photo.sha256)
    assert sync.state(far).fault == ""
    room.there_and_back(stick)
    assert far.files.has(photo.sha256)  # asked for by the stick


def test_who_is_no_administrator_neither_asks_nor_vouches_nor_enters(room: Room, stick: Path) -> None:
    near, far = (
        desk.working_as(replace(desk.member, roles=frozenset({Role.DRAFTER})))
        for desk in (room.near, room.far)
    )
    with pytest.raises(AccessError, match="role_needed"):
        sync.ask_to_join(far, stick, room.code())
    check, code = room.asked(stick)
    with pytest.raises(AccessError, match="role_needed"):
        sync.vouch(near, stick, check, code)
    sync.vouch(room.near, stick, check, code)
    with pytest.raises(AccessError, match="role_needed"):
        sync.enter(far, stick)
    assert is_alone(room.far)


def test_the_code_may_be_typed_as_people_type_it(room: Room, stick: Path) -> None:
    check, code = room.asked(stick)
    sync.vouch(room.near, stick, check.replace("-", " "), f" {code.lower().replace('-', ' ')} ")
    room.entered(stick)
    with pytest.raises(UserError, match="join_code_form"):
        sync.ask_to_join(room.far, stick, "ABCD-1234")


def test_a_desk_that_is_connected_has_nothing_to_ask(room: Room, stick: Path) -> None:
    with pytest.raises(ConflictError, match="already_enrolled"):
        sync.ask_to_join(room.near, stick, room.code())


def test_who_asked_may_take_it_back(room: Room, stick: Path) -> None:
    room.vouched(stick)
    sync.forget_ask(room.far)
    with pytest.raises(WaitError, match="join_not_asked"):
        sync.enter(room.far, stick)
    assert is_alone(room.far)


def test_who_is_connected_meanwhile_asks_no_more(room: Room, stick: Path) -> None:
    room.vouched(stick)
    line = plugged(room.far)
    sync.connect(line, room.portal.url, room.code())
    assert sync.asked(line) is None
    with pytest.raises(WaitError, match="join_not_asked"):
        sync.enter(line, stick)
    well(line)


def test_it_can_be_connected_later_as_the_same_desk_and_loses_nothing(room: Room, stick: Path) -> None:
    room.joined(stick)
    room.in_step(stick)
    device, mine = device_of(room.far), outlet(room.far)
    went(room.far, stick)  # on its way by hand, too
    assert unsent(room.far) == 1
    line = plugged(room.far)
    sync.connect(line, room.portal.url, room.code())
    assert device_of(line) == device
    assert sync.state(line).by_hand is False
    well(line)
    came(room.near, stick)
    well(room.near)
    assert has(room.near, mine)
    assert sum(one.name == mine for one in people.outlets(room.near)) == 1
    well(line)
    assert unsent(line) == 0


def test_who_is_erased_is_erased_in_the_room_with_all_files(room: Room, stick: Path) -> None:
    known = {one.id for one in people.journalists(room.near)}
    kept = attached(room.near, secrets.token_bytes(3000))
    [person] = {one.id for one in people.journalists(room.near)} - known
    room.joined(stick)
    assert room.far.files.has(kept.sha256)
    privacy.erase(room.near, person, privacy.law().delete[0].id, Scope.CONTENT)
    well(room.near)
    room.there_and_back(stick)
    assert not room.far.files.has(kept.sha256)
    room.in_step(stick)


def named(desk: Desk, name: str) -> Outlet:
    return next(one for one in people.outlets(desk) if one.name == name)


def numbered(desk: Desk, name: str, phone: str) -> None:
    people.save_outlet(desk, replace(named(desk, name), phone=phone))
