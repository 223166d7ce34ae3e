"""A desk that joined by a stick, years later: keys are exchanged, its right is taken back, the portal is put back."""

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from spokesdesk import bootstrap
from spokesdesk.services import people, sync
from spokesdesk.services.ports import Desk
from tests.server.running import RunningPortal
from tests.sync.desks import PASSPHRASE, on_line
from tests.sync.pairs import well
from tests.sync.rooms import Room, device_of, unplugged
from tests.sync.sticks import attached, came, has, outlet, unsent, went


def fault_of(found: tuple[sync.CarriedFrom, ...]) -> list[str]:
    return [one.fault.code if one.fault else "" for one in found]


def revoked(room: Room, desk: Desk) -> None:
    room.portal.command("revoke", str(device_of(desk)))
    well(room.near)


def test_the_next_key_of_the_agency_comes_with_the_stick(room: Room, stick: Path) -> None:
    gone = room.desk("Cũ")
    room.connect(gone)
    well(room.near)
    well(gone)
    room.joined(stick)
    assert sync.key_state(room.far).generation == 1
    revoked(room, gone)
    well(room.near)
    room.there_and_back(stick)
    assert sync.key_state(room.far).generation == 2
    assert sync.key_state(room.far).mark == sync.key_state(room.near).mark
    room.in_step(stick)


def test_one_that_asks_again_is_not_brought_what_it_has(room: Room, stick: Path) -> None:
    attached(room.near, secrets.token_bytes(3000))
    room.joined(stick)
    room.in_step(stick)
    check, code = room.asked(stick)
    made, _changes = sync.vouch(room.near, stick, check, code)
    assert made.files == 0
    room.entered(stick)
    room.in_step(stick)


def test_vouched_for_by_a_desk_that_waits_for_the_key_it_gets_it_later(
    room: Room, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spokesdesk.store.replica_unlock.AT_ONCE", 2)
    for _n in range(5):
        attached(room.near, secrets.token_bytes(50))
    well(room.near)
    first, room.near = room.near, room.desk("Khác")
    room.connect(room.near)
    assert sync.key_state(room.near).generation == 0
    room.joined(stick)
    assert sync.key_state(room.far).generation == 0
    assert sync.state(room.far).awaited >= 5
    for desk in (first, room.near):
        well(desk)
    sync.exchange_files(first)
    room.there_and_back(stick)
    assert sync.key_state(room.far).mark == sync.key_state(first).mark != ""
    assert sync.state(room.far).awaited == 0
    room.in_step(stick)


def test_revoked_before_it_entered_it_is_not_vouched_for_again(room: Room, stick: Path) -> None:
    check, code = room.asked(stick)
    data = {path: path.read_bytes() for path in stick.rglob("*.json")}
    sync.vouch(room.near, stick, check, code)
    room.portal.command("revoke", str(room.members()["Xa"]))
    for path, kept in data.items():
        path.write_bytes(kept)
    with pytest.raises(Exception, match="join_revoked"):
        sync.vouch(room.near, stick, check, code)
    assert "Xa" not in room.members()


def test_one_that_was_revoked_before_it_entered_is_carried_for_no_more(room: Room, stick: Path) -> None:
    room.vouched(stick)
    assert sync.carry_out(on_line(room.near, {"hello": "request"}), stick)[0].behind == ("Xa",)
    room.portal.command("revoke", str(room.members()["Xa"]))
    well(room.near)
    other = room.desk("Khác")
    room.connect(other)
    well(room.near)
    assert sync.carry_out(on_line(room.near, {"hello": "request"}), stick)[0].behind == ()


def test_a_desk_whose_right_was_taken_back_is_told_and_comes_back_as_another(room: Room, stick: Path) -> None:
    room.joined(stick)
    room.in_step(stick)
    before, mine = device_of(room.far), outlet(room.far)
    revoked(room, room.far)
    went(room.far, stick)
    sync.carry_in(room.near, stick)
    report, _changes = sync.run_round(room.near)
    assert report.fault is None
    assert not has(room.near, mine)
    assert "Xa" not in went_out(room, stick)
    found, _changes = sync.carry_in(room.far, stick)
    assert fault_of(found) == ["carry_no_longer"]
    assert unsent(room.far) == 1  # nothing of it is lost
    check, code = room.asked(stick, anew=True)
    sync.vouch(room.near, stick, check, code)
    room.entered(stick)
    assert device_of(room.far) != before
    assert sync.state(room.far).by_hand
    room.in_step(stick)
    assert has(room.near, mine)
    assert sync.state(room.far).refused == 0


def test_what_a_colleague_carries_of_a_desk_that_is_another_now_arrives_as_its_own(
    room: Room, stick: Path, tmp_path: Path
) -> None:
    room.joined(stick)
    room.in_step(stick)
    mine = outlet(room.far)
    went(room.far, stick)
    came(room.near, stick)  # taken, and not sent yet
    second = room.desk("Khác")
    room.connect(second)
    revoked(room, room.far)
    assert not has(room.near, mine)
    check, code = room.asked(stick, anew=True)
    sync.vouch(room.near, stick, check, code)
    room.entered(stick)
    room.in_step(stick)
    assert sum(one.name == mine for one in people.outlets(room.near)) == 1
    assert (sync.state(room.far).refused, sync.state(room.near).refused) == (0, 0)
    with room.near.read() as unit:
        assert unit.carried.sizes() == (0, 0)


def test_a_room_put_back_from_a_copy_goes_on_as_another_and_gets_its_days_back(
    room: Room, stick: Path, tmp_path: Path
) -> None:
    room.joined(stick)
    room.in_step(stick)
    folder, before = room.far.keeper.folder, device_of(room.far)
    room.far.close()
    shutil.copytree(folder, tmp_path / "copy")
    room.far = reopened(folder)
    lost = outlet(room.far)
    room.in_step(stick)
    room.far.close()
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "copy", folder)
    room.far = reopened(folder)
    late = outlet(room.far)
    found, _changes = sync.carry_in(room.far, stick)
    assert fault_of(found) == ["carry_gap"]  # it says how far it is by its own stick
    went(room.far, stick)
    came(room.near, stick)
    well(room.near)
    went(room.near, stick)
    found, _changes = sync.carry_in(room.far, stick)
    assert fault_of(found) == ["device_cloned"]
    check, code = room.asked(stick)
    again, _changes = sync.ask_to_join(room.far, stick, code)
    assert again.check == check
    sync.vouch(room.near, stick, check, code)
    room.entered(stick)
    assert device_of(room.far) != before
    room.in_step(stick)
    assert all(has(desk, name) for desk in (room.near, room.far) for name in (lost, late))
    room.far.close()


def reopened(folder: Path) -> Desk:
    desk = bootstrap.open_desk(folder, passphrase=PASSPHRASE)
    return unplugged(desk.working_as(replace(desk.member, name="Xa")))


def went_out(room: Room, stick: Path) -> tuple[str, ...]:
    """Write a stick for whoever is left; gives for whom."""
    other = room.desk("Khác")
    room.connect(other)
    well(room.near)
    return went(room.near, stick).readers


def test_one_that_asks_again_as_itself_after_its_right_was_taken_back_is_refused(
    room: Room, stick: Path
) -> None:
    room.joined(stick)
    revoked(room, room.far)
    check, code = room.asked(stick)
    with pytest.raises(Exception, match="join_revoked"):
        sync.vouch(room.near, stick, check, code)


@pytest.fixture
def small(own_portal: RunningPortal, fresh_workspace: Path, tmp_path: Path) -> Iterator[Room]:
    """A portal of its own, to be put back to an earlier day."""
    made = Room(tmp_path / "small", fresh_workspace, own_portal.start())
    yield made
    made.close()


def put_back(room: Room, backup: Path) -> None:
    room.portal.stop()
    shutil.rmtree(room.portal.data)
    shutil.copytree(backup, room.portal.data)
    room.portal.start()


def kept(room: Room, folder: Path) -> Path:
    room.portal.stop()
    shutil.copytree(room.portal.data, folder)
    room.portal.start()
    return folder


def test_a_portal_put_back_gets_what_it_forgot_from_the_room(
    small: Room, stick: Path, tmp_path: Path
) -> None:
    small.joined(stick)
    small.in_step(stick)
    backup = kept(small, tmp_path / "backup")
    lost = outlet(small.far)
    small.there_and_back(stick)
    put_back(small, backup)
    late = outlet(small.far)
    small.in_step(stick)
    assert all(has(desk, name) for desk in (small.near, small.far) for name in (lost, late))


def test_a_portal_put_back_to_before_it_joined_takes_it_in_again_as_itself(
    small: Room, stick: Path, tmp_path: Path
) -> None:
    backup = kept(small, tmp_path / "backup")
    small.joined(stick)
    small.in_step(stick)
    device, lost = device_of(small.far), outlet(small.far)
    put_back(small, backup)
    went(small.far, stick)
    came(small.near, stick)
    well(small.near)
    went(small.near, stick)
    sync.carry_in(small.far, stick)
    check, code = small.asked(stick)
    sync.vouch(small.near, stick, check, code)
    small.entered(stick)
    assert device_of(small.far) == device
    small.in_step(stick)
    assert has(small.near, lost)
    assert sync.state(small.far).refused == 0
