"""Updates: what the publisher signed is taken, everything else is refused, and the old program still starts."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import time_machine

from installer.talk import SetupError
from installer.updates import keys, repository
from spokesdesk.domain.errors import DeskError, OutsideError, UserError, WaitError
from spokesdesk.domain.updates import Channel
from spokesdesk.outside.programfolder import OwnFolder
from spokesdesk.outside.settings import MachineSettings
from spokesdesk.outside.updates import MachineUpdates
from spokesdesk.services import updates
from tests.outside.publisher import PASSPHRASE, Publisher
from tests.outside.updating import Machine

ROOT = Path(__file__).parents[2]
Serve = Callable[..., str]


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "publisher")


@pytest.fixture
def machine(tmp_path: Path, publisher: Publisher) -> Machine:
    return Machine(tmp_path / "machine", publisher.begin())


@pytest.fixture
def serve(publisher: Publisher) -> Iterator[Serve]:
    """Serve the publisher's files from another process; gives the address."""
    running: list[subprocess.Popen[str]] = []

    def start(folder: Path = publisher.site, cut_at: int = 0, how: str = "") -> str:
        command = [sys.executable, "-m", "tests.outside.update_server", str(folder), str(cut_at), how]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        running.append(server)
        assert server.stdout is not None
        return f"http://127.0.0.1:{server.stdout.readline().strip()}"

    yield start
    for server in running:
        server.kill()
        server.wait()
        assert server.stdout is not None
        server.stdout.close()


def _after(times: int) -> Callable[[], bool]:
    """Ask to stop after so many looks."""
    looks = iter([False] * times)
    return lambda: next(looks, True)


def refused(work: Callable[[], object], code: str) -> DeskError:
    with pytest.raises(DeskError) as told:
        work()
    assert told.value.code == code
    return told.value


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


def test_a_download_that_breaks_off_goes_on_where_it_ended(
    publisher: Publisher, machine: Machine, serve: Serve
) -> None:
    publisher.publish("0.2.0", bulk=os.urandom(2_000_000))
    # No answer of this server is the whole archive.
    machine.asks_at(serve(cut_at=900_000))
    for _turn in range(2):
        refused(machine.get, "update_unreachable")
        assert (machine.starts(), machine.folders()) == ("0.1.0", ["program", "spokesdesk"])
    machine.get()
    assert [path.name for path in machine.state.iterdir()] == ["metadata"]
    machine.apply()
    assert machine.starts() == "0.2.0"


def test_a_server_without_ranges_and_another_archive_begin_anew(
    publisher: Publisher, machine: Machine, serve: Serve
) -> None:
    publisher.publish("0.2.0", bulk=os.urandom(2_000_000))
    refused(machine.asks_at(serve(cut_at=700_000)).get, "update_unreachable")
    machine.asks_at(serve(how="whole")).get()
    publisher.publish("0.3.0", bulk=os.urandom(2_000_000))
    refused(machine.asks_at(serve(cut_at=700_000)).get, "update_unreachable")
    publisher.publish("0.4.0", bulk=os.urandom(2_000_000))
    machine.asks_at(serve()).get()
    assert [path.name for path in machine.state.iterdir()] == ["metadata"]
    machine.apply()
    assert machine.starts() == "0.4.0"


def test_a_beginning_that_was_spoilt_is_refused_and_fetched_anew(
    publisher: Publisher, machine: Machine, serve: Serve
) -> None:
    publisher.publish("0.2.0", bulk=os.urandom(2_000_000))
    refused(machine.asks_at(serve(cut_at=700_000)).get, "update_unreachable")
    (kept,) = (path for path in machine.state.iterdir() if path.is_file())
    kept.write_bytes(bytes(kept.stat().st_size))
    machine.asks_at(serve())
    refused(machine.get, "update_mixed")
    assert [path.name for path in machine.state.iterdir()] == ["metadata"]
    machine.get()
    machine.apply()
    assert machine.starts() == "0.2.0"


def test_a_new_version_that_does_not_come_up_is_left_at_the_next_start(
    publisher: Publisher, machine: Machine
) -> None:
    publisher.publish("0.2.0")
    machine.get(place=publisher.site)
    machine.apply()
    assert machine.starts("--version") == "0.2.0"  # no window: says nothing of whether it comes up
    assert machine.starts() == "0.2.0"
    assert [machine.starts(), machine.starts(), machine.starts("--version")] == ["0.1.0"] * 3
    machine.restarted("program")
    assert updates.state(machine.updates, machine.settings).ready == ""
    assert updates.fell_back(machine.updates) == "0.2.0"
    assert updates.fell_back(machine.updates) == ""
    assert machine.folders() == ["current", "program", "spokesdesk"]
    assert machine.starts() == "0.1.0"
    # Fetched again by choice, it gets its chance again, and this time its window comes.
    machine.get(place=publisher.site)
    machine.apply()
    assert machine.starts() == "0.2.0"
    machine.restarted("program-0.2.0")
    assert [machine.starts(), machine.starts()] == ["0.2.0"] * 2
    assert updates.fell_back(machine.updates) == ""


def test_a_second_press_while_the_new_version_is_coming_up_does_not_leave_it(
    publisher: Publisher, machine: Machine
) -> None:
    publisher.publish("0.2.0")
    machine.get(place=publisher.site)
    machine.apply()
    inside = machine.home / "program-0.2.0" / "lib"
    (entry,) = inside.glob("*/site-packages/spokesdesk/__main__.py")
    entry.write_text(
        "print('0.2.0', flush=True)\nif __import__('sys').stdin.read(1) == 'x': raise SystemExit\n"
    )
    first = subprocess.Popen(
        [machine.home / "spokesdesk"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with first:
        assert first.stdout is not None
        assert first.stdout.readline().strip() == "0.2.0"
        assert machine.starts() == "0.2.0"
        first.kill()
    assert machine.starts() == "0.1.0"


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
