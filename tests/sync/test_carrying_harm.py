"""What befalls a stick on its way: cut, damaged, too small, of strangers, of a past that the portal has lost."""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from spokesdesk.domain.errors import WaitError
from spokesdesk.outside.stick import FOLDER
from spokesdesk.services import sync
from tests.server.running import RunningPortal
from tests.sync.pairs import well
from tests.sync.sticks import (
    Office,
    attached,
    came,
    full_after,
    has,
    in_parts,
    in_step,
    opened,
    outlet,
    there_and_back,
    went,
)


@pytest.fixture
def office(portal: RunningPortal, fresh_workspace: Path, tmp_path: Path) -> Iterator[Office]:
    """One for each test: what a stick brings along depends on what others still miss of earlier days."""
    made = Office(tmp_path / "office", fresh_workspace, portal)
    yield made
    for desk in made.desks:
        desk.close()


def test_files_travel_both_ways_in_parts_and_are_whole(
    office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_parts(office, 3 << 20)
    mine, theirs = secrets.token_bytes(7_500_000), secrets.token_bytes(4_000_000)
    kept, other = attached(office.far, mine), attached(office.other, theirs)
    well(office.other)
    sync.exchange_files(office.other)
    well(office.near)
    sync.exchange_files(office.near)
    went(office.far, stick)
    parts = [path for path in stick.rglob("tep-*")]
    assert len(parts) == 4
    assert all(path.stat().st_size <= 3 << 20 for path in parts)
    came(office.near, stick)
    well(office.near)
    sync.exchange_files(office.near)
    went(office.near, stick)
    came(office.far, stick)
    assert office.far.files.read(other.sha256) == theirs
    assert office.near.files.read(kept.sha256) == mine
    well(office.other)
    sync.exchange_files(office.other)
    assert office.other.files.read(kept.sha256) == mine
    in_parts(office, 2_000_000_000)
    in_step(office)


def test_a_cut_in_the_middle_goes_on_where_it_was_and_leaves_the_old_content_whole(
    office: Office, stick: Path
) -> None:
    first = outlet(office.far)
    went(office.far, stick)
    data = secrets.token_bytes(6_000_000)
    kept = attached(office.far, data)
    with pytest.raises(WaitError, match="transfer_stopped"):
        sync.carry_out(office.far, stick, lambda done, size: done < 3_000_000)
    came(office.near, stick)  # what lay there before
    well(office.near)
    assert has(office.near, first)
    [part] = stick.rglob("tep-*")
    before = part.stat().st_ino, part.read_bytes()
    assert len(before[1]) >= 3 << 20
    went(office.far, stick)
    assert part.stat().st_ino == before[0]
    assert part.read_bytes().startswith(before[1][: 2 << 20])
    there_and_back(office, stick)
    assert office.near.files.read(kept.sha256) == data
    in_step(office)


@pytest.mark.parametrize("which", ["tep-", "noi-dung-", "muc-luc"])
def test_a_flipped_byte_is_seen_and_written_anew(office: Office, stick: Path, which: str) -> None:
    name = outlet(office.far)
    kept = attached(office.far, secrets.token_bytes(2_000_000))
    went(office.far, stick)
    [path] = stick.rglob(f"{which}*")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    found, _changes = sync.carry_in(office.near, stick)
    assert [one.fault.code for one in found if one.fault] == ["carry_damaged"]
    assert not office.near.files.has(kept.sha256)
    well(office.near)
    # A damaged file keeps no change back; a damaged text is taken as a whole or not at all.
    assert has(office.near, name) == (which == "tep-")
    there_and_back(office, stick)
    assert office.near.files.has(kept.sha256)
    in_step(office)


def test_a_foreign_journals_stick_is_refused(
    office: Office, stick: Path, tmp_path: Path, fresh_workspace: Path
) -> None:
    stranger, friend = (opened(fresh_workspace, tmp_path / name, name) for name in ("Lạ", "Bạn"))
    try:
        agency = f"Sở {secrets.token_hex(5)}"
        for desk in (stranger, friend, stranger):
            if desk.device_keys.get("device_seed") is None:
                sync.connect(desk, office.portal.url, office.portal.quick_code(agency))
            well(desk)
        sync.carry_out(stranger, stick)
        found, _changes = sync.carry_in(office.near, stick)
        assert [one.fault.code for one in found if one.fault] == ["carry_foreign"]
        assert well(office.near).forwarded == 0
    finally:
        stranger.close()
        friend.close()


def test_a_desk_that_nobody_knows_yet_is_not_believed(
    office: Office, stick: Path, tmp_path: Path, fresh_workspace: Path
) -> None:
    newcomer = opened(fresh_workspace, tmp_path / "moi", "Mới")
    try:
        sync.connect(newcomer, office.portal.url, office.portal.quick_code(office.agency))
        well(newcomer)
        went(newcomer, stick)
        found, _changes = sync.carry_in(office.far, stick)
        assert [one.fault.code for one in found if one.fault] == ["carry_signer_unknown"]
        # The other way round: it was not known when the stick was written.
        shutil.rmtree(stick / FOLDER)
        went(office.far, stick)
        found, _changes = sync.carry_in(newcomer, stick)
        assert [one.fault.code for one in found if one.fault] == ["carry_not_for_us"]
    finally:
        newcomer.close()
    there_and_back(office, stick)
    in_step(office)


def test_a_full_disk_keeps_what_lay_there_and_takes_what_fits(office: Office, stick: Path) -> None:
    first = outlet(office.far)
    went(office.far, stick)
    kept = attached(office.far, secrets.token_bytes(25 << 20))
    with full_after(24 << 20):
        made, _changes = sync.carry_out(office.far, stick)
    assert made.left_out == 1
    came(office.near, stick)
    well(office.near)
    assert has(office.near, first)
    assert not office.near.files.has(kept.sha256)
    there_and_back(office, stick)
    assert office.near.files.has(kept.sha256)
    in_step(office)


def test_a_desk_too_far_behind_gets_all_records_anew_and_keeps_its_queue(office: Office, stick: Path) -> None:
    name, news = outlet(office.far), outlet(office.near)
    well(office.near)
    with office.near.write() as unit:
        # The carrier has let go of the feed's older part.
        unit.carried._connection.exec_driver_sql("DELETE FROM feed_log")  # type: ignore[attr-defined]
    there_and_back(office, stick)
    assert has(office.far, news)
    assert has(office.near, name)
    there_and_back(office, stick)
    in_step(office)


def test_a_restored_portal_shows_on_the_stick_and_gets_back_what_it_forgot(
    own_portal: RunningPortal, tmp_path: Path, stick: Path, fresh_workspace: Path
) -> None:
    own_portal.start()
    small = Office(tmp_path / "small", fresh_workspace, own_portal)
    try:
        own_portal.stop()
        shutil.copytree(own_portal.data, tmp_path / "backup")
        own_portal.start()
        lost = outlet(small.far)
        there_and_back(small, stick)
        old = tmp_path / "cu"
        shutil.copytree(stick, old)
        own_portal.stop()
        shutil.rmtree(own_portal.data)
        shutil.copytree(tmp_path / "backup", own_portal.data)
        own_portal.start()
        late = outlet(small.far)
        there_and_back(small, stick)
        there_and_back(small, stick)
        assert all(has(desk, one) for desk in (small.near, small.far) for one in (lost, late))
        [told] = came(small.far, old)
        assert told.received == 0
        in_step(small)
    finally:
        for desk in small.desks:
            desk.close()
