"""Updates: what the publisher signed is taken, everything else is refused, and the old program still starts."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import time_machine

from installer.talk import SetupError
from installer.updates import keys, repository
from spokesdesk.domain.errors import OutsideError, UserError, WaitError
from spokesdesk.domain.updates import Channel
from spokesdesk.outside.programfolder import OwnFolder
from spokesdesk.outside.settings import MachineSettings
from spokesdesk.outside.updates import MachineUpdates
from spokesdesk.services import updates
from tests.outside.publisher import PASSPHRASE, Publisher
from tests.outside.updating import Machine, Serve, refused


def _after(times: int) -> Callable[[], bool]:
    """Ask to stop after so many looks."""
    looks = iter([False] * times)
    return lambda: next(looks, True)


def test_a_new_version_is_fetched_put_beside_and_used_from_the_next_start(
    publisher: Publisher, machine: Machine, serve: Serve
) -> None:
    publisher.publish("0.1.0", "0.2.0", "0.10.0")
    machine.asks_at(serve())
    found = machine.check()
    assert found.offer is not None
    assert (found.offer.version, found.offer.changes) == ("0.10.0", ("Điều mới của 0.10.0",))
    told: list[tuple[int, int]] = []
    assert machine.get(tell=lambda done, total: told.append((done, total))).beside == "0.10.0"
    assert machine.starts() == "0.1.0"
    assert told[-1][0] == told[-1][1]
    state = machine.apply()
    assert (state.ready, state.before, state.beside) == ("0.10.0", "0.1.0", "")
    assert machine.starts() == "0.10.0"
    machine.restarted("program-0.10.0")
    state = updates.state(machine.updates, machine.settings)
    assert (state.build.version, state.ready, state.before) == ("0.10.0", "", "0.1.0")


def test_one_may_go_back_and_forth_and_what_is_older_than_both_is_cleared(
    publisher: Publisher, machine: Machine
) -> None:
    for version in ("0.2.0", "0.3.0"):
        publisher.publish(version)
        machine.get(place=publisher.site)
        machine.apply()
        machine.restarted(f"program-{version}")
        machine.updates.folder.tidy()
    assert machine.folders() == ["current", "program", "program-0.2.0", "program-0.3.0", "spokesdesk"]
    updates.go_back(machine.updates, machine.settings)
    assert machine.starts() == "0.2.0"
    publisher.publish("0.4.0")
    machine.restarted("program-0.2.0")
    machine.get(place=publisher.site)
    machine.apply()
    machine.restarted("program-0.4.0")
    machine.updates.folder.tidy()
    assert machine.folders() == ["current", "program", "program-0.2.0", "program-0.4.0", "spokesdesk"]
    assert machine.starts() == "0.4.0"


def test_a_window_that_clears_up_leaves_alone_what_another_process_is_putting_there(
    publisher: Publisher, machine: Machine
) -> None:
    publisher.publish("0.2.0", bulk=os.urandom(2_000_000))
    window = OwnFolder(machine.home / "program")
    parts: list[bool] = []

    def clear_up(_done: int, _total: int) -> None:
        window.tidy()
        parts.append((machine.home / "program-0.2.0.part").exists())
        with pytest.raises(WaitError, match="update_busy"), window.changing(patience_s=0):
            pass

    machine.get(place=publisher.site, tell=clear_up)
    assert any(parts)
    machine.apply()
    assert machine.starts() == "0.2.0"


def test_versions_on_trial_are_for_who_asked_for_them(publisher: Publisher, machine: Machine) -> None:
    publisher.publish("0.2.0")
    publisher.publish("0.3.0rc1", channel="trial")
    found = machine.check(place=publisher.site)
    assert found.offer is not None
    assert found.offer.version == "0.2.0"
    updates.set_wishes(machine.settings, updates.Wishes(Channel.TRIAL, "", "", True))
    found = machine.check(place=publisher.site)
    assert found.offer is not None
    assert found.offer.version == "0.3.0rc1"


def test_it_never_becomes_an_older_version(tmp_path: Path, publisher: Publisher) -> None:
    machine = Machine(tmp_path / "newer", publisher.begin(), "0.3.0")
    publisher.publish("0.1.0", "0.2.0", "0.3.0rc2")
    assert machine.check(place=publisher.site).offer is None
    refused(lambda: machine.get(place=publisher.site), "update_none")
    refused(machine.apply, "update_none_ready")
    assert machine.starts() == "0.3.0"


def test_a_stick_needs_no_network_and_no_address(
    publisher: Publisher, machine: Machine, tmp_path: Path
) -> None:
    publisher.publish("0.2.0")
    stick = shutil.copytree(publisher.site, tmp_path / "THẺ NHỚ" / "bản mới")
    machine.get(place=stick)
    machine.apply()
    assert machine.starts() == "0.2.0"
    refused(lambda: machine.check(place=tmp_path), "update_folder")
    refused(machine.check, "update_no_address")


def test_an_expired_list_is_refused_and_the_clock_is_named(
    publisher: Publisher, machine: Machine, serve: Serve
) -> None:
    publisher.now = datetime.now(UTC) - timedelta(days=40)
    publisher.publish("0.2.0")
    error = refused(lambda: machine.check(place=publisher.site), "update_expired")
    assert error.params["today"]
    refused(machine.asks_at(serve()).get, "update_expired")
    assert machine.starts() == "0.1.0"
    publisher.now = datetime.now(UTC)
    repository.stamp(publisher.site, publisher.signer("timestamp"), publisher.now)
    assert machine.check().offer is not None


@pytest.mark.parametrize("years", [-4, -1, 1, 4])
def test_a_clock_that_is_years_off_is_said(
    publisher: Publisher, machine: Machine, serve: Serve, years: int
) -> None:
    publisher.publish("0.2.0")
    machine.asks_at(serve())
    machine.check()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=365 * years)):
        refused(machine.check, "update_clock_behind" if years < 0 else "update_clock")
        refused(machine.get, "update_clock_behind" if years < 0 else "update_clock")
    assert machine.starts() == "0.1.0"


def test_a_clock_that_makes_an_old_list_look_fresh_is_found_by_the_servers_time(
    publisher: Publisher, machine: Machine, serve: Serve
) -> None:
    publisher.now = datetime.now(UTC) - timedelta(days=36)
    publisher.publish("0.2.0")
    machine.asks_at(serve())
    with time_machine.travel(datetime.now(UTC) - timedelta(days=20)):
        refused(machine.check, "update_clock")


def test_a_list_older_than_the_one_seen_before_is_refused(
    publisher: Publisher, machine: Machine, serve: Serve, tmp_path: Path
) -> None:
    publisher.publish("0.2.0")
    old = shutil.copytree(publisher.site, tmp_path / "old")
    publisher.publish("0.3.0")
    machine.asks_at(serve()).check()
    refused(machine.asks_at(serve(old)).check, "update_rolled_back")
    refused(lambda: machine.get(place=old), "update_rolled_back")
    assert machine.starts() == "0.1.0"


def test_lists_of_two_releases_cannot_be_mixed(
    publisher: Publisher, machine: Machine, tmp_path: Path
) -> None:
    publisher.publish("0.2.0")
    fork = shutil.copytree(publisher.site, tmp_path / "fork")
    publisher.publish("0.3.0")
    other = Publisher(tmp_path / "again")
    shutil.copytree(publisher.folder / "keys", other.folder / "keys", dirs_exist_ok=True)
    other.site = fork
    other.publish("0.4.0")
    for name in ("2.snapshot.json", "2.targets.json"):
        mixed = shutil.copytree(publisher.site, tmp_path / f"mixed-{name}")
        shutil.copyfile(fork / "metadata" / name, mixed / "metadata" / name)
        refused(partial(machine.check, place=mixed), "update_mixed")
    assert machine.starts() == "0.1.0"


def test_another_archive_under_the_same_name_is_refused(publisher: Publisher, machine: Machine) -> None:
    publisher.publish("0.2.0")
    (held,) = (publisher.site / "targets").iterdir()
    data = bytearray(held.read_bytes())
    data[-1] ^= 1
    held.write_bytes(data)
    refused(lambda: machine.get(place=publisher.site), "update_mixed")
    assert (machine.starts(), machine.folders()) == ("0.1.0", ["program", "spokesdesk"])


def test_a_root_signed_by_one_of_three_is_no_root(publisher: Publisher, machine: Machine) -> None:
    publisher.publish("0.2.0")
    keys.make(publisher.key_file("thief"), PASSPHRASE)
    first = publisher.site / "metadata" / "1.root.json"
    taken = publisher.draft_root(first, targets="thief")
    repository.sign(taken, publisher.signer("root1"))
    with pytest.raises(SetupError, match="chưa đủ chữ ký"):
        repository.publish_root(publisher.site, taken)
    shutil.copyfile(taken, publisher.site / "metadata" / "2.root.json")
    refused(lambda: machine.check(place=publisher.site), "update_unsigned")
    assert machine.starts() == "0.1.0"


def test_a_list_signed_by_a_stranger_is_refused(publisher: Publisher, machine: Machine) -> None:
    keys.make(publisher.key_file("thief"), PASSPHRASE)
    publisher.publish("0.2.0", targets="thief")
    refused(lambda: machine.check(place=publisher.site), "update_unsigned")


def test_a_key_replaced_by_two_of_three_is_followed(publisher: Publisher, machine: Machine) -> None:
    publisher.publish("0.2.0")
    machine.check(place=publisher.site)
    keys.make(publisher.key_file("fresh"), PASSPHRASE)
    changed = publisher.draft_root(publisher.site / "metadata" / "1.root.json", targets="fresh")
    for name in ("root2", "root3"):
        repository.sign(changed, publisher.signer(name))
    repository.publish_root(publisher.site, changed)
    publisher.publish("0.3.0", targets="fresh")
    machine.get(place=publisher.site)
    machine.apply()
    assert machine.starts() == "0.3.0"


def test_who_stops_it_gets_everything_as_it_was(publisher: Publisher, machine: Machine) -> None:
    publisher.publish("0.2.0", bulk=os.urandom(2_000_000))
    for after in (1, 5, 9):
        refused(partial(machine.get, place=publisher.site, stopped=_after(after)), "update_stopped")
        assert (machine.starts(), machine.folders()) == ("0.1.0", ["program", "spokesdesk"])
        assert [path.name for path in machine.state.iterdir()] == ["metadata"]


def test_it_goes_through_the_proxy_that_was_named(
    publisher: Publisher, machine: Machine, serve: Serve
) -> None:
    publisher.publish("0.2.0")
    machine.asks_at("http://ban-moi.example.vn/spokesdesk")
    proxy_root = publisher.folder / "proxied"
    shutil.copytree(publisher.site, proxy_root / "spokesdesk")
    machine.settings.put("update_proxy", serve(proxy_root))
    found = machine.check()
    assert found.offer is not None
    assert found.offer.version == "0.2.0"


def test_where_nothing_answers_it_is_said(publisher: Publisher, machine: Machine, serve: Serve) -> None:
    refused(machine.asks_at("http://127.0.0.1:9").check, "update_unreachable")
    refused(machine.asks_at(serve(publisher.folder / "keys")).check, "update_not_there")


def test_apt_keeps_its_files_and_the_window_only_tells(tmp_path: Path, publisher: Publisher) -> None:
    machine = Machine(tmp_path / "deb", publisher.begin(), kind="deb")
    publisher.publish("0.2.0")
    assert machine.check(place=publisher.site).offer is not None
    refused(lambda: machine.get(place=publisher.site), "update_by_apt")
    refused(machine.apply, "update_by_apt")
    assert machine.folders() == ["program", "spokesdesk"]


def test_a_checkout_without_a_publishers_key_says_so(tmp_path: Path, publisher: Publisher) -> None:
    bare = MachineUpdates(OwnFolder(), tmp_path / "state")
    settings = MachineSettings(tmp_path / "settings.json")
    with pytest.raises(WaitError, match="update_no_root"):
        updates.check(bare, settings, publisher.site)
    assert updates.state(bare, settings).build.kind == "source"


def test_an_archive_of_another_version_is_refused_even_when_it_is_signed(
    publisher: Publisher, machine: Machine, tmp_path: Path
) -> None:
    wrong = publisher.archive("0.1.5").rename(publisher.folder / "SpokesDesk-0.2.0-linux-x86_64.tar.zst")
    told = {"version": "0.2.0", "channel": "stable", "platform": "linux-x86_64", "changes": []}
    entry = repository.add_target(publisher.site, wrong, told)
    signers = {role: publisher.signer(role) for role in repository.ONLINE}
    repository.publish(publisher.site, [entry], signers, publisher.now)
    refused(lambda: machine.get(place=publisher.site), "update_archive")
    assert (machine.starts(), machine.folders()) == ("0.1.0", ["program", "spokesdesk"])


def test_the_window_looks_once_a_day_unless_it_is_told_not_to(
    publisher: Publisher, machine: Machine, serve: Serve
) -> None:
    publisher.publish("0.2.0")
    assert updates.is_due(machine.settings)
    machine.asks_at(serve()).check()
    assert not updates.is_due(machine.settings)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2)):
        assert updates.is_due(machine.settings)
        updates.set_wishes(machine.settings, updates.Wishes(Channel.STABLE, "", "", False))
        assert not updates.is_due(machine.settings)
    for field, wishes in (
        ("update_address", updates.Wishes(Channel.STABLE, "ftp://x", "", True)),
        ("update_proxy", updates.Wishes(Channel.STABLE, "", "máy chủ", True)),
    ):
        with pytest.raises(UserError) as told:
            updates.set_wishes(machine.settings, wishes)
        assert told.value.field == field


@pytest.mark.parametrize(
    "text", ["", "program-9.9\nprogram\n", "../etc\n", "\xff\n", "program-0.2.0/../..\n"]
)
def test_a_broken_note_of_what_is_in_use_starts_the_installed_version(machine: Machine, text: str) -> None:
    (machine.home / "current").write_bytes(text.encode("latin-1"))
    assert machine.starts() == "0.1.0"
    assert updates.state(machine.updates, machine.settings).ready == ""


def test_the_keys_are_closed_by_their_passphrase(publisher: Publisher) -> None:
    file = publisher.key_file("root1")
    assert b"ENCRYPTED PRIVATE KEY" in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(SetupError):
        keys.opened(file, "sai")
    with pytest.raises(SetupError, match="không ghi đè"):
        keys.make(file, PASSPHRASE)


def test_what_is_remembered_of_the_list_is_plain_data(machine: Machine, publisher: Publisher) -> None:
    publisher.publish("0.2.0")
    machine.check(place=publisher.site)
    kept = json.loads((machine.state / "metadata" / "targets.json").read_bytes())
    assert list(kept["signed"]["targets"]) == ["SpokesDesk-0.2.0-linux-x86_64.tar.zst"]
    (machine.state / "metadata" / "timestamp.json").write_bytes(b"{")
    assert machine.check(place=publisher.site).offer is not None
    assert not isinstance(
        refused(lambda: machine.check(place=publisher.folder), "update_folder"), OutsideError
    )
