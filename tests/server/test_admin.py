"""Who looks after a portal sees what is there, sets room, takes a journal out, erases it; every act is noted."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from spokesdesk.domain.errors import AccessError, OutsideError
from spokesdesk.server import accounts, administering, database, takingout
from spokesdesk.server.portal import utc_now
from spokesdesk.server.tables import metadata
from tests.server.running import Device, RunningPortal


class Admin:
    """Gives commands to a portal and reads what they say."""

    def __init__(self, at: RunningPortal, capsys: pytest.CaptureFixture[str]) -> None:
        self.at, self.capsys = at, capsys

    def __call__(self, *arguments: str, code: int = 0) -> Any:
        self.capsys.readouterr()
        assert self.at.command(*arguments, "--json") == code
        return json.loads(self.capsys.readouterr().out)


@pytest.fixture
def admin(portal: RunningPortal, capsys: pytest.CaptureFixture[str]) -> Admin:
    return Admin(portal, capsys)


def agency_of(device: Device) -> str:
    return device.place.agency


def shown(told: Any, name: str) -> Any:
    return next(one for one in told["agencies"] if one["name"] == name)


def test_agencies_and_devices_are_told_as_they_are(portal: RunningPortal, admin: Admin) -> None:
    device = portal.device()
    colleague = portal.device(agency_of(device))
    device.publish("về việc quản trị")
    colleague.push(colleague.put(uuid4(), "name", None, "An"))
    one = shown(admin("agencies"), agency_of(device))
    assert (one["releases"], one["devices"], one["files"], one["entries"]) == (1, 2, 2, 2)
    assert one["used"] == len("%PDF về việc quản trị".encode()) + len("PK về việc quản trị".encode())
    there = admin("devices", "--agency", agency_of(device))["devices"]
    assert [(each["id"], each["operations"]) for each in there] == [
        (str(device.place.device), 1),
        (str(colleague.place.device), 1),
    ]
    admin("revoke", str(colleague.place.device))
    revoked = [each["revoked_at"] is not None for each in admin("devices")["devices"]]
    assert True in revoked
    assert admin("devices", "--agency", "Sở Không Có", code=3)["error"] == "agency_missing"


def test_a_quota_that_is_set_holds_for_the_next_file(portal: RunningPortal, admin: Admin) -> None:
    device = portal.device()
    told = admin("quota", "--agency", agency_of(device), "150M")
    assert (told["before"], told["after"]) == (accounts.QUOTA_BYTES, 150 * 1024**2)
    with database.writing(portal.engine) as connection:
        connection.execute(
            sa.insert(metadata.tables["blob"]).values(
                journal=device.journal, sha256="a" * 64, size=150 * 1024**2, stored_at=utc_now()
            )
        )
    with pytest.raises(OutsideError, match="quota_used_up"):
        device.upload(b"mot byte nua")
    assert admin("quota", "--agency", agency_of(device), "rong", code=3)["error"] == "quota_form"
    assert admin("quota", "--agency", agency_of(device), "1M", code=3)["error"] == "quota_range"


def test_an_export_holds_everything_of_one_agency_and_no_secret(
    portal: RunningPortal, admin: Admin, tmp_path: Path
) -> None:
    device, other = portal.device(), portal.device()
    device.publish("về việc xuất")
    other.push(other.put(uuid4(), "name", None, "NGƯỜI KHÁC"))
    told = admin("export", "--agency", agency_of(device), "--to", str(tmp_path / "x"))
    assert (told["counts"]["release"], told["counts"]["files"], told["counts"]["journal"]) == (1, 2, 1)
    manifest = json.loads((tmp_path / "x" / takingout.MANIFEST).read_text())
    for name, sha256 in manifest["sha256"].items():
        assert hashlib.sha256((tmp_path / "x" / name).read_bytes()).hexdigest() == sha256
    assert (tmp_path / "x" / "files" / hashlib.sha256("PK về việc xuất".encode()).hexdigest()).is_file()
    everything = "".join(path.read_text() for path in (tmp_path / "x").glob("*.jsonl"))
    assert "NGƯỜI KHÁC" not in everything
    secret = device.token.split(".")[2]
    assert hashlib.sha256(secret.encode()).hexdigest() not in everything
    release = json.loads((tmp_path / "x" / "release.jsonl").read_text())
    assert release["title"] == "về việc xuất"
    again = admin("export", "--agency", agency_of(device), "--to", str(tmp_path / "x"), code=5)
    assert again["error"] == "export_folder_exists"


def test_an_erased_agency_is_nowhere_and_its_neighbour_is_whole(portal: RunningPortal, admin: Admin) -> None:
    device, other = portal.device(), portal.device()
    device.publish("về việc xóa")
    other.publish("về việc ở lại")
    shared = "PK về việc ở lại".encode()
    device.upload(shared)
    name = agency_of(device)
    assert admin("erase", "--agency", name, code=3)["error"] == "erase_not_confirmed"
    assert "ề việc xóa" in portal.get("/").text
    told = admin("erase", "--agency", name, "--confirm", name)
    assert (told["counts"]["release"], told["counts"]["files"]) == (1, 2)
    assert "ề việc xóa" not in portal.get("/").text
    with pytest.raises(AccessError, match="portal_token_refused"):
        device.client.hello(device.token)
    with database.reading(portal.engine) as connection:
        for table in metadata.sorted_tables:
            if "journal" in table.c:
                here = sa.select(sa.func.count()).where(table.c.journal == device.journal)
                assert connection.execute(here.select_from(table)).scalar_one() == 0, table.name
    assert other.client.has_file(other.token, hashlib.sha256(shared).hexdigest())
    store = portal.data / "files"
    assert (store / (at := hashlib.sha256(shared).hexdigest())[:2] / at).is_file()
    gone = hashlib.sha256("PK về việc xóa".encode()).hexdigest()
    assert not (store / gone[:2] / gone).exists()


def test_every_act_is_noted_with_its_account(portal: RunningPortal, admin: Admin) -> None:
    name = f"Sở {uuid4().hex[:8]}"
    admin("enrol", "--agency", name)
    admin("quota", "--agency", name, "2G")
    admin("erase", "--agency", name, "--confirm", name)
    noted = [one for one in admin("acts")["acts"] if one["agency"] == name]
    assert [one["act"] for one in noted] == ["erase", "quota", "enrol"]
    account = os.environ.get("SUDO_USER") or os.environ.get("LOGNAME") or os.environ.get("USER") or "root"
    assert all(account in one["by"] for one in noted)


def test_check_finds_an_altered_body_a_broken_link_and_a_lost_file(
    own_portal: RunningPortal, capsys: Any
) -> None:
    own_portal.start()
    device = own_portal.device()
    device.publish("về việc kiểm tra")
    device.push(*[device.put(uuid4(), "name", None, str(at)) for at in range(3)])
    admin = Admin(own_portal, capsys)
    whole = admin("check")
    assert (whole["entries"], whole["files"], whole["findings"]) == (4, 2, [])
    change, lost = metadata.tables["change"], hashlib.sha256("PK về việc kiểm tra".encode()).hexdigest()
    bent = hashlib.sha256("%PDF về việc kiểm tra".encode()).hexdigest()
    with database.writing(own_portal.engine) as connection:
        connection.execute(sa.update(change).where(change.c.seq == 2).values(effect="{}"))
        connection.execute(sa.delete(change).where(change.c.seq == 3))
    (own_portal.data / "files" / lost[:2] / lost).unlink()
    with (own_portal.data / "files" / bent[:2] / bent).open("r+b") as file:
        file.write(b"!")
    found = admin("check", code=8)["findings"]
    assert {(one["what"], one["where"]) for one in found} == {
        ("body_altered", "2"),
        ("chain_broken", "4"),
        ("file_missing", lost),
        ("file_altered", bent),
    }


def test_an_account_behind_sudo_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SUDO_USER", "nguyen.an")
    engine = database.open_database("", tmp_path)
    with database.writing(engine) as connection:
        administering.note(connection, "backup", "", utc_now())
    assert administering.acts(engine)[0].by.startswith("nguyen.an")
    engine.dispose()
