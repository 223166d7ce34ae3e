"""A portal is copied while it runs and rebuilt from the copy; desks then give back what it forgot."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from spokesdesk import wire
from spokesdesk.domain.errors import WaitError
from spokesdesk.services.ports import Cursor
from tests.server.running import Postgres, RunningPortal


def only_manifest(folder: Path) -> Path:
    (found,) = folder.glob("portal-*.json")
    return found


@pytest.fixture(params=["embedded", "postgres"])
def running(request: pytest.FixtureRequest, own_portal: RunningPortal) -> RunningPortal:
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        own_portal.database = server.new_database()
    return own_portal.start()


def test_a_portal_comes_back_from_its_copy_and_its_desks_see_it(
    running: RunningPortal, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    device = running.device()
    device.publish("về việc sao lưu")
    assert running.command("backup", "--to", str(tmp_path / "copies")) == 0
    later = device.put(uuid4(), "name", None, "sau bản sao")
    device.push(later)
    seen = device.feed()
    running.stop()

    back = RunningPortal(tmp_path / "back")
    if running.database:
        back.database = request.getfixturevalue("postgres").new_database()
    assert back.command("restore", "--from", str(only_manifest(tmp_path / "copies"))) == 0
    back.start()
    try:
        assert "việc sao lưu" in back.get("/").text
        device.portal, device.client = back, back.client()
        assert device.client.has_file(device.token, hashlib.sha256("PK về việc sao lưu".encode()).hexdigest())
        hello = device.client.hello(device.token)
        assert hello.epoch != device.place.epoch
        assert hello.seq == 1
        with pytest.raises(WaitError, match="portal_restored"):
            device.client.changes(
                device.token, device.journal, Cursor(device.place.epoch, 2, seen[-1].chain), 10
            )
        assert [one.outcome for one in device.push(later)] == ["applied"]
        assert back.command("check") == 0
    finally:
        back.stop()


def test_copies_share_their_files_and_old_ones_go(own_portal: RunningPortal, tmp_path: Path) -> None:
    own_portal.start()
    device = own_portal.device()
    folder = tmp_path / "copies"
    for title in ("về một", "về hai", "về ba"):
        device.publish(title)
        copy_at_another_second(own_portal, folder)
    assert len(list(folder.glob("files/??/*"))) == 6
    assert own_portal.command("erase", "--agency", device.place.agency, "--confirm", device.place.agency) == 0
    copy_at_another_second(own_portal, folder, "--keep", "1")
    told = json.loads(only_manifest(folder).read_text())
    assert told["files"] == []
    assert [path.name for path in folder.glob("*.db")] == [told["database"]]
    assert list(folder.glob("files/??/*")) == []


def copy_at_another_second(at: RunningPortal, folder: Path, *more: str) -> None:
    """Copy; the name of a copy is its second, so that two in one second are refused and asked again."""
    while at.command("backup", "--to", str(folder), *more) == 5:
        pass


def test_a_damaged_copy_is_not_restored_and_nothing_is_overwritten(
    own_portal: RunningPortal, tmp_path: Path, capsys: Any
) -> None:
    own_portal.start()
    own_portal.device().publish("về hỏng")
    own_portal.command("backup", "--to", str(tmp_path / "copies"))
    manifest = only_manifest(tmp_path / "copies")
    assert own_portal.command("restore", "--from", str(manifest)) == 5
    copied = manifest.with_suffix(".db")
    with copied.open("r+b") as file:
        file.seek(5000)
        file.write(b"\xff\xff")
    fresh = RunningPortal(tmp_path / "fresh")
    assert fresh.command("restore", "--from", str(manifest)) == 3
    assert "hỏng" in capsys.readouterr().err
    assert not (tmp_path / "fresh" / "portal.db").exists()
    assert fresh.command("restore", "--from", str(tmp_path / "none.json")) == 3


def test_a_file_that_is_gone_from_the_portal_is_told(own_portal: RunningPortal, tmp_path: Path) -> None:
    own_portal.start()
    own_portal.device().publish("về mất tệp")
    shutil.rmtree(own_portal.data / "files")
    assert own_portal.command("backup", "--to", str(tmp_path / "copies")) == 8
    assert json.loads(only_manifest(tmp_path / "copies").read_text())["files"] == []


def test_a_copy_of_a_journal_holds_its_whole_chain(own_portal: RunningPortal, tmp_path: Path) -> None:
    own_portal.start()
    device = own_portal.device()
    device.push(*[device.put(uuid4(), "name", None, str(at)) for at in range(50)])
    own_portal.command("backup", "--to", str(tmp_path / "copies"))
    back = RunningPortal(tmp_path / "back")
    back.command("restore", "--from", str(only_manifest(tmp_path / "copies")))
    back.start()
    try:
        device.client, hello = back.client(), back.client().hello(device.token)
        entries = device.feed(Cursor(hello.epoch, 0, wire.GENESIS.hex()))
        assert [entry.seq for entry in entries] == list(range(1, 51))
    finally:
        back.stop()
