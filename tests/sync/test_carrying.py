"""Changes go on a stick to the portal and back, once each, whoever carries them and whatever happens to the stick."""

import secrets
import shutil
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import update

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, OutsideError, WaitError
from spokesdesk.domain.privacy import Scope
from spokesdesk.outside.stick import FOLDER
from spokesdesk.services import holdings, people, privacy, sync
from spokesdesk.services.ports import Desk
from spokesdesk.store.tables_sync import key_holder
from tests.sync.desks import press_release, released
from tests.sync.pairs import well
from tests.sync.sticks import (
    Office,
    attached,
    came,
    has,
    in_step,
    opened,
    outlet,
    there_and_back,
    unsent,
    went,
)


def test_what_is_typed_far_away_reaches_the_portal_and_its_feed_comes_back(
    office: Office, stick: Path
) -> None:
    name, news = outlet(office.far), outlet(office.other)
    well(office.other)
    made = went(office.far, stick)
    assert (made.own, made.others) == (1, 0)
    assert set(made.readers) == {"Gần", "Khác"}
    assert not has(office.near, name)
    [took] = came(office.near, stick)
    assert (took.name, took.taken) == ("Xa", 1)
    assert not has(
        office.near, name
    )  # the order is the portal's: nothing is shown before it has its place there
    assert well(office.near).forwarded == 1
    assert has(office.near, name)
    assert unsent(office.far) == 1
    went(office.near, stick)
    [back] = came(office.far, stick)
    assert (back.echoed, unsent(office.far)) == (1, 0)
    assert has(office.far, news)
    in_step(office)


def test_the_same_stick_twice_changes_nothing_more(office: Office, stick: Path) -> None:
    name = outlet(office.far)
    went(office.far, stick)
    came(office.near, stick)
    well(office.near)
    [again] = came(office.near, stick)
    assert again.taken == 0
    assert well(office.near).forwarded == 0
    went(office.near, stick)
    came(office.far, stick)
    [again] = came(office.far, stick)
    assert (again.received, again.echoed) == (0, 0)
    assert sum(one.name == name for one in people.outlets(office.far)) == 1
    in_step(office)


def test_two_couriers_bring_it_once_and_the_late_one_takes_nothing_back(
    office: Office, stick: Path, tmp_path: Path
) -> None:
    late = tmp_path / "the khac"
    name = outlet(office.far)
    went(office.far, stick)
    shutil.copytree(stick, late)
    second = outlet(office.far)
    there_and_back(office, stick)
    came(office.other, late)
    well(office.other)
    went(office.other, late)
    third = outlet(office.far)
    [told] = came(office.far, late)
    assert told.received == 0
    assert all(has(office.far, one) for one in (name, second, third))
    there_and_back(office, stick)
    in_step(office)


def test_nothing_leaves_the_outbox_because_it_lies_on_a_stick_or_was_answered(
    office: Office, stick: Path
) -> None:
    outlet(office.far)
    went(office.far, stick)
    went(office.far, stick)
    assert unsent(office.far) == 1
    came(office.near, stick)
    went(office.near, stick)
    came(office.far, stick)  # the carrier has it, the portal does not
    assert unsent(office.far) == 1
    there_and_back(office, stick)
    in_step(office)


def test_through_a_desk_that_sees_no_portal_either(office: Office, stick: Path, tmp_path: Path) -> None:
    name, further = outlet(office.far), tmp_path / "tiep"
    further.mkdir()
    went(office.far, stick)
    came(office.other, stick)
    assert went(office.other, further).others == 1
    found = came(office.near, further)
    assert [one.taken for one in found] == [1]
    well(office.near)
    assert has(office.near, name)
    there_and_back(office, stick)
    in_step(office)


def test_a_release_is_published_and_its_receipt_comes_back(office: Office, stick: Path) -> None:
    title = f"về thông tin {secrets.token_hex(5)}"
    holdings.reclaim(office.far, "thong-cao-bao-chi", "máy này phát hành")
    paper = released(office.far, press_release(title))
    made = went(office.far, stick)
    assert made.files >= 2
    came(office.near, stick)
    well(office.near)
    sync.exchange_files(office.near)
    well(office.near)
    went(office.near, stick)
    came(office.far, stick)
    [row] = [row for row in sync.ledger(office.far) if row.record == paper.id]
    assert (row.state, row.url.startswith(office.portal.url)) == ("published", True)
    assert office.portal.get(row.url.removeprefix(office.portal.url)).status_code == 200
    in_step(office)
    assert went(office.far, stick).files == 0  # the portal has them: they need not be carried again


def test_what_the_portal_refuses_comes_back_with_its_reason_and_can_be_sent_again(
    office: Office, stick: Path
) -> None:
    outlet(office.far)
    seed = office.far.device_keys.get("device_seed")
    went(office.far, stick)
    came(office.near, stick)
    with office.near.write() as unit:
        [one] = unit.carried.unseen()
        unit.carried._connection.exec_driver_sql(  # type: ignore[attr-defined]
            "UPDATE carried_op SET sig = ? WHERE op_id = ?", ("0" * 128, one.op.op_id.bytes)
        )
    well(office.near)
    went(office.near, stick)
    [told] = came(office.far, stick)
    assert told.refused == 1
    [row] = [row for row in sync.ledger(office.far, every=True) if row.state == "quarantined"]
    assert row.reason == "signature_wrong"
    with office.near.write() as unit:
        unit.carried._connection.exec_driver_sql(  # type: ignore[attr-defined]
            "UPDATE carried_op SET sig = ? WHERE op_id = ?", (one.sig, one.op.op_id.bytes)
        )
    sync.retry(office.far, row.record)
    came(office.far, stick)  # the old receipt says nothing of what was sent again
    assert not [row for row in sync.ledger(office.far, every=True) if row.state == "quarantined"]
    there_and_back(office, stick)
    assert seed == office.far.device_keys.get("device_seed")
    in_step(office)


def test_what_is_missing_is_said_before_anything_is_written(
    desk: Desk, office: Office, stick: Path, tmp_path: Path
) -> None:
    with pytest.raises((WaitError, AccessError), match=r"device_key_missing|not_enrolled"):
        sync.carry_out(desk, stick)
    with pytest.raises(OutsideError, match="carry_folder"):
        sync.carry_out(office.near, tmp_path / "khong co")
    with pytest.raises(WaitError, match="carry_nothing"):
        sync.carry_in(office.near, stick)
    assert list(stick.iterdir()) == []


def test_an_old_stick_does_not_bring_back_a_file_that_was_erased(
    office: Office, stick: Path, tmp_path: Path
) -> None:
    known = {one.id for one in people.journalists(office.far)}
    kept = attached(office.far, secrets.token_bytes(3000))
    [person] = {one.id for one in people.journalists(office.far)} - known
    went(office.far, stick)
    old = shutil.copytree(stick, tmp_path / "cu")
    there_and_back(office, stick)
    in_step(office)
    privacy.erase(office.near, person, privacy.law().delete[0].id, Scope.CONTENT)
    well(office.near)
    well(office.other)
    went(office.near, stick)
    came(office.far, stick)
    assert not any(desk.files.has(kept.sha256) for desk in (office.near, office.far))
    [told] = came(office.near, old)
    assert (told.files, office.near.files.has(kept.sha256)) == (0, False)
    there_and_back(office, stick)
    in_step(office)


def test_a_desk_that_is_new_is_known_far_away_by_the_word_of_a_colleague(
    office: Office, stick: Path, fresh_workspace: Path, tmp_path: Path
) -> None:
    newcomer = opened(fresh_workspace, tmp_path / "moi", "Mới")
    try:
        sync.connect(newcomer, office.portal.url, office.portal.quick_code(office.agency))
        for desk in (newcomer, office.near):
            well(desk)
        name = outlet(newcomer)
        well(newcomer)
        went(newcomer, stick)
        [told], _changes = sync.carry_in(office.far, stick)
        assert told.fault is not None
        assert told.fault.code == "carry_signer_unknown"
        went(office.near, stick)
        assert len(came(office.far, stick)) == 2
        assert has(office.far, name)
        assert "Mới" in went(office.far, stick).readers
        office.portal.command("revoke", str(place_of(newcomer)))
        well(office.near)
        went(office.near, stick)
        sync.carry_in(office.far, stick)
        assert "Mới" not in went(office.far, stick).readers
        found, _changes = sync.carry_in(office.far, stick)
        assert [one.fault.code for one in found if one.fault] == ["carry_signer_unknown"]
    finally:
        newcomer.close()
    shutil.rmtree(stick / FOLDER)
    there_and_back(office, stick)
    in_step(office)


def place_of(desk: Desk) -> UUID:
    with desk.read() as unit:
        place = unit.outbox.enrolment()
    assert place is not None
    return place.device


def test_a_desk_enrolled_before_it_had_a_key_of_its_own_still_reads_its_sticks(
    office: Office, stick: Path
) -> None:
    seed = office.far.device_keys.get("device_seed")
    assert seed is not None
    own = office.far.device_keys.get("box_key")
    known = wire.box_key(wire.sealing_seed(seed))
    assert own is not None
    name = outlet(office.near)
    well(office.near)
    told(office.near, place_of(office.far), known)
    office.far.device_keys.put("box_key", None)
    try:
        went(office.near, stick)
        came(office.far, stick)
        assert has(office.far, name)
    finally:
        told(office.near, place_of(office.far), wire.box_key(own))
        office.far.device_keys.put("box_key", own)
    there_and_back(office, stick)
    in_step(office)


def told(desk: Desk, device: UUID, box_key: str) -> None:
    """Let a desk know another one by a key, as an update of the workspace leaves it."""
    with desk.write() as unit:
        connection = unit.outbox._connection  # type: ignore[attr-defined]
        here = update(key_holder).where(key_holder.c.device == device)
        connection.execute(here.values(box_key=box_key))
