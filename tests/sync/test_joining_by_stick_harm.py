"""What befalls a request and its answer on the way: altered, exchanged, old, twice, cut, for somebody else."""

import secrets
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from spokesdesk import wire
from spokesdesk.domain.errors import DeskError
from spokesdesk.outside.stick import FOLDER
from spokesdesk.services import sync
from tests.server.running import RunningPortal
from tests.sync.desks import on_line
from tests.sync.pairs import well
from tests.sync.rooms import (
    Room,
    asks_on,
    device_of,
    is_alone,
    later,
    online,
    rewritten,
    unplugged,
    welcomes_on,
)
from tests.sync.sticks import attached, came, has, outlet, went


def refused(work: Callable[[], Any], code: str) -> None:
    """What is tried is refused for this reason."""
    with pytest.raises(DeskError) as caught:
        work()
    assert caught.value.code == code


def test_another_code_than_was_typed_in_the_room_lets_nobody_in(room: Room, stick: Path) -> None:
    check, code = room.asked(stick)
    refused(lambda: sync.vouch(room.near, stick, check, room.code()), "join_code_other")
    refused(lambda: sync.vouch(room.near, stick, check, "123"), "join_code_form")
    assert set(room.members()) == {"Gần"}
    assert welcomes_on(stick) == []
    sync.vouch(room.near, stick, check, code)  # the right one is as good as before
    room.entered(stick)


def test_a_code_used_up_is_refused_by_the_portal(room: Room, stick: Path) -> None:
    check, code = room.asked(stick)
    room.portal.client().enrol(_strange_ask(code))
    refused(lambda: sync.vouch(room.near, stick, check, code), "enrol_code_used")
    assert welcomes_on(stick) == []


def _strange_ask(code: str) -> wire.EnrolAsk:
    seed = secrets.token_bytes(32)
    proof = wire.sign_bytes(seed, wire.enrol_proof(code))
    return wire.EnrolAsk(code=code, public_key=wire.public_key(seed), proof=proof)


@pytest.mark.parametrize("name", ["name", "agency", "at", "once", "proof", "public_key", "device"])
def test_a_request_that_was_altered_is_refused(room: Room, stick: Path, name: str) -> None:
    check, code = room.asked(stick)
    strange = wire.public_key(secrets.token_bytes(32))
    values = {
        "name": "Khác",
        "agency": "Sở Khác",
        "at": "2026-11-27T00:00:00+00:00",
        "once": secrets.token_hex(32),
        "proof": secrets.token_hex(64),
        "public_key": strange,
        "device": device_of(room.near),
    }
    [path] = asks_on(stick)
    rewritten(
        path,
        wire.SignedAsk,
        lambda one: wire.SignedAsk(structs.replace(one.ask, **{name: values[name]}), one.sig),
    )
    [waiting] = sync.waiting_asks(room.near, stick)
    assert waiting.fault is not None
    assert (waiting.check, waiting.fault.code) == ("", "join_altered")
    refused(lambda: sync.vouch(room.near, stick, check, code), "join_altered")
    assert set(room.members()) == {"Gần"}


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff\x00", b"[" * 5000, b"x" * 20_000])
def test_a_request_that_is_no_request_is_told_and_keeps_no_other_back(
    room: Room, stick: Path, data: bytes
) -> None:
    check, code = room.asked(stick)
    (asks_on(stick)[0].parent / f"{'0' * 32}.json").write_bytes(data)
    found = sync.waiting_asks(room.near, stick)
    assert [one.fault.code if one.fault else "" for one in found] == ["", "join_altered"]
    sync.vouch(room.near, stick, check, code)
    room.entered(stick)


def test_a_request_exchanged_on_the_way_shows_other_digits(room: Room, stick: Path) -> None:
    check, code = room.asked(stick)
    [path] = asks_on(stick)
    thief = unplugged(room.desk("Xa", "thief"))
    sync.ask_to_join(thief, stick, code)  # who knows the code, too
    path.unlink()
    [waiting] = sync.waiting_asks(room.near, stick)
    assert (waiting.name, waiting.fault) == ("Xa", None)
    assert waiting.check != check
    refused(lambda: sync.vouch(room.near, stick, check, code), "join_no_request")
    assert set(room.members()) == {"Gần"}


@pytest.mark.parametrize("by", [timedelta(days=8), timedelta(days=-2)])
def test_an_old_request_or_a_wrong_clock_is_refused(room: Room, stick: Path, by: timedelta) -> None:
    check, code = room.asked(stick)
    near = later(room.near, by)
    [waiting] = sync.waiting_asks(near, stick)
    assert waiting.fault is not None
    assert waiting.fault.code == "join_expired"
    refused(lambda: sync.vouch(near, stick, check, code), "join_expired")
    assert set(room.members()) == {"Gần"}


def test_an_answer_that_comes_after_a_month_is_refused(room: Room, stick: Path) -> None:
    room.vouched(stick)
    refused(lambda: sync.enter(later(room.far, timedelta(days=31)), stick), "join_expired")
    assert is_alone(room.far)


def test_a_code_of_another_agency_gives_no_answer(room: Room, stick: Path) -> None:
    code = room.portal.quick_code(f"Sở {secrets.token_hex(5)}")
    made, _changes = sync.ask_to_join(room.far, stick, code)
    refused(lambda: sync.vouch(room.near, stick, made.check, code), "join_other_agency")
    assert welcomes_on(stick) == []
    assert set(room.members()) == {"Gần"}


def test_who_has_joined_is_not_led_into_another_journal(
    room: Room, stick: Path, tmp_path: Path, portal: RunningPortal, fresh_workspace: Path
) -> None:
    room.joined(stick)
    before = device_of(room.far)
    other = Room(tmp_path / "other", fresh_workspace, portal)
    try:
        code = other.code()
        made, _changes = sync.ask_to_join(room.far, stick, code)
        sync.vouch(other.near, stick, made.check, code)
        refused(lambda: sync.enter(room.far, stick), "join_other_journal")
    finally:
        other.close()
    assert device_of(room.far) == before
    sync.forget_ask(room.far)
    shutil.rmtree(stick / FOLDER)
    room.in_step(stick)


def test_asking_twice_with_one_code_is_one_request(room: Room, stick: Path, tmp_path: Path) -> None:
    code, other = room.code(), tmp_path / "the hai"
    other.mkdir()
    first, _changes = sync.ask_to_join(room.far, stick, code)
    again, _changes = sync.ask_to_join(room.far, other, code)
    sync.ask_to_join(room.far, stick, code)
    assert (again.check, len(asks_on(stick))) == (first.check, 1)
    sync.vouch(room.near, stick, first.check, code)
    room.entered(stick)


def test_an_answer_to_an_earlier_request_is_refused(room: Room, stick: Path) -> None:
    room.vouched(stick)
    sync.ask_to_join(room.far, stick, room.code())
    refused(lambda: sync.invitation(room.far, stick), "join_other_welcome")
    refused(lambda: sync.enter(room.far, stick), "join_other_welcome")
    assert is_alone(room.far)
    check, code = room.asked(stick)
    sync.vouch(room.near, stick, check, code)
    room.entered(stick)


def test_vouched_for_twice_and_by_two_it_is_one_desk(room: Room, stick: Path) -> None:
    other = room.desk("Khác")
    room.connect(other)
    theirs = outlet(other)
    well(other)
    check, code = room.asked(stick)
    [ask] = asks_on(stick)
    data = ask.read_bytes()
    sync.vouch(room.near, stick, check, code)
    for desk in (room.near, other):
        ask.write_bytes(data)  # the request comes once more
        [waiting] = sync.waiting_asks(room.near, stick)
        assert waiting.is_known
        sync.vouch(desk, stick, check, code)
    assert set(room.members()) == {"Gần", "Khác", "Xa"}
    assert len(welcomes_on(stick)) == 2
    room.entered(stick)
    assert has(room.far, theirs)
    assert device_of(room.far) == room.members()["Xa"]
    room.in_step(stick)


def test_an_answer_for_another_desk_is_refused(room: Room, stick: Path, tmp_path: Path) -> None:
    third, other = unplugged(room.desk("Ba")), tmp_path / "the ba"
    other.mkdir()
    made, _changes = sync.ask_to_join(third, other, code := room.code())
    room.vouched(stick)
    refused(lambda: sync.enter(third, stick), "join_other_welcome")
    sync.vouch(room.near, other, made.check, code)
    # Under the name of its own answer, too.
    shutil.copy(welcomes_on(stick)[0], welcomes_on(other)[0])
    refused(lambda: sync.enter(third, other), "join_other_welcome")
    assert is_alone(third)


@pytest.mark.parametrize("name", ["inside", "sig", "mark", "key"])
def test_an_answer_that_was_altered_is_refused(room: Room, stick: Path, name: str) -> None:
    room.vouched(stick)
    [path] = welcomes_on(stick)
    longer = {"inside": "AAAA", "sig": secrets.token_hex(64), "mark": "0" * 64, "key": "1" * 64}
    rewritten(path, wire.ClosedWelcome, lambda one: structs.replace(one, **{name: longer[name]}))
    refused(lambda: sync.enter(room.far, stick), "join_altered")
    assert is_alone(room.far)


def test_who_does_not_know_the_code_cannot_answer(room: Room, stick: Path) -> None:
    """A thief of the stick has a journal of their own and would have the room's records in it."""
    room.asked(stick)
    thief = room.desk("Kẻ lạ")
    sync.connect(thief, room.portal.url, room.portal.quick_code(f"Sở {secrets.token_hex(5)}"))
    well(thief)
    place, _token = online(thief)
    [path] = asks_on(stick)
    ask = wire.decode(path.read_bytes(), wire.SignedAsk).ask
    seed = thief.device_keys.get("device_seed")
    assert seed is not None
    by = wire.Member(place.device, "Gần", wire.public_key(seed))
    digest, names = wire.ask_digest(ask), (room.agency, place.epoch, room.portal.url)
    welcome = wire.Welcome(digest, place.journal, place.device, *names, by, [by], [], ask.at)
    closed = wire.closed_welcome(seed, "0" * 16, ask, welcome)
    target = path.parent.parent / "giay-don"
    target.mkdir(exist_ok=True)
    (target / f"{'a' * 32}.json").write_bytes(wire.encode(closed))
    refused(lambda: sync.enter(room.far, stick), "join_altered")
    assert is_alone(room.far)


def test_without_an_answer_or_a_request_nothing_happens(room: Room, stick: Path) -> None:
    refused(lambda: sync.waiting_asks(room.near, stick), "join_no_request")
    refused(lambda: sync.enter(room.far, stick), "join_not_asked")
    room.asked(stick)
    refused(lambda: sync.enter(room.far, stick), "join_no_welcome")
    refused(lambda: sync.enter(room.far, stick / "khong co"), "carry_folder")
    assert is_alone(room.far)


def test_an_answer_does_nothing_a_second_time(room: Room, stick: Path, tmp_path: Path) -> None:
    room.vouched(stick)
    old = shutil.copytree(stick, tmp_path / "cu")
    room.entered(stick)
    room.in_step(stick)
    refused(lambda: sync.enter(room.far, old), "join_not_asked")
    room.in_step(stick)


def test_a_stick_pulled_while_it_is_written_is_written_again_with_the_same_code(
    room: Room, stick: Path
) -> None:
    theirs, photo = outlet(room.near), attached(room.near, secrets.token_bytes(6_000_000))
    check, code = room.asked(stick)
    refused(
        lambda: sync.vouch(room.near, stick, check, code, lambda done, _size: done < 2_000_000),
        "transfer_stopped",
    )
    assert welcomes_on(stick) == []
    refused(lambda: sync.enter(room.far, stick), "join_no_welcome")
    assert len(asks_on(stick)) == 1
    sync.vouch(room.near, stick, check, code)
    assert list(room.members()).count("Xa") == 1
    room.entered(stick)
    assert has(room.far, theirs)
    assert room.far.files.has(photo.sha256)


def test_an_answer_of_the_portal_that_is_lost_lets_it_in_once(room: Room, stick: Path) -> None:
    check, code = room.asked(stick)
    fails = {"enrol": "reply"}
    refused(lambda: sync.vouch(on_line(room.near, fails), stick, check, code), "portal_unreachable")
    assert welcomes_on(stick) == []
    assert len(asks_on(stick)) == 1
    sync.vouch(room.near, stick, check, code)
    assert list(room.members()).count("Xa") == 1
    room.entered(stick)
    room.in_step(stick)


def test_without_the_portal_nobody_is_vouched_for(room: Room, stick: Path) -> None:
    check, code = room.asked(stick)
    refused(
        lambda: sync.vouch(on_line(room.near, {"hello": "request"}), stick, check, code), "portal_unreachable"
    )
    lone = unplugged(room.desk("Một mình"))
    refused(lambda: sync.vouch(lone, stick, check, code), "join_needs_network")
    assert welcomes_on(stick) == []
    sync.vouch(room.near, stick, check, code)
    room.entered(stick)
    refused(lambda: sync.vouch(room.far, stick, check, code), "join_needs_network")


def test_an_answer_without_the_records_changes_nothing(room: Room, stick: Path) -> None:
    mine = outlet(room.far)
    code = room.vouched(stick)
    shutil.rmtree(stick / FOLDER / device_of(room.near).hex)
    refused(lambda: sync.enter(room.far, stick), "join_no_records")
    went(
        room.near, stick
    )  # a stick as it is written every day has them, too: nobody has said that it entered
    [path] = welcomes_on(stick)
    data = path.read_bytes()
    room.entered(stick)
    assert has(room.far, mine)
    assert data
    assert code


@pytest.mark.parametrize("which", ["noi-dung-*", "muc-luc.json"])
def test_damaged_records_change_nothing_and_are_written_again(room: Room, stick: Path, which: str) -> None:
    theirs = outlet(room.near)
    check, code = room.asked(stick)
    [ask] = asks_on(stick)
    data = ask.read_bytes()
    sync.vouch(room.near, stick, check, code)
    [path] = stick.rglob(which)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    refused(lambda: sync.enter(room.far, stick), "carry_damaged")
    assert is_alone(room.far)
    assert sync.asked(room.far) is not None
    ask.write_bytes(data)
    sync.vouch(room.near, stick, check, code)
    room.entered(stick)
    assert has(room.far, theirs)


def test_a_stick_pulled_while_it_is_read_is_read_on_later(room: Room, stick: Path) -> None:
    theirs, photo = outlet(room.near), attached(room.near, secrets.token_bytes(500_000))
    room.vouched(stick)
    refused(lambda: sync.enter(room.far, stick, lambda _done, _size: False), "transfer_stopped")
    assert has(room.far, theirs)  # records come before files
    assert not room.far.files.has(photo.sha256)
    came(room.far, stick)
    assert room.far.files.has(photo.sha256)
    room.in_step(stick)


def test_a_kill_between_entering_and_reading_is_made_good_by_reading(
    room: Room, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = outlet(room.near)
    room.vouched(stick)

    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("spokesdesk.services.sync.asking.carry_in", killed)
    with pytest.raises(KeyboardInterrupt):
        sync.enter(room.far, stick)
    assert sync.state(room.far).filling
    came(room.far, stick)
    assert has(room.far, theirs)
    room.in_step(stick)


def test_a_request_of_a_newer_program_is_told(room: Room, stick: Path) -> None:
    check, code = room.asked(stick)
    [path] = asks_on(stick)
    pending = room.far.device_keys.get("join_ask")
    assert pending is not None
    seed = bytes.fromhex(str(wire.decode(pending, dict)["seed"]))

    def newer(one: Any) -> wire.SignedAsk:
        return wire.asked_to_join(seed, structs.replace(one.ask, form=2))

    rewritten(path, wire.SignedAsk, newer)
    [waiting] = sync.waiting_asks(room.near, stick)
    assert waiting.fault is not None
    assert waiting.fault.code == "join_too_new"
    refused(lambda: sync.vouch(room.near, stick, check, code), "join_too_new")


def test_names_that_would_mislead_are_not_shown(room: Room, stick: Path) -> None:
    far = room.far.working_as(replace(room.far.member, name="Gần\u202e"))
    sync.ask_to_join(far, stick, room.code())
    [waiting] = sync.waiting_asks(room.near, stick)
    assert waiting.name == ""
