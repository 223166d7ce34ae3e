import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from spokesdesk.domain.errors import AccessError, DeskError, OutsideError, UserError
from spokesdesk.outside.backup import backup, restore, verify
from spokesdesk.outside.blobs import BlobStore
from spokesdesk.outside.workspace import OpenWorkspace, create, open_workspace
from spokesdesk.store.database import Database

PHOTO = random.Random(1).randbytes(1_500_000)


@dataclass
class Office:
    """A small workspace with a row and a file, open."""

    workspace: OpenWorkspace
    recovery: str
    database: Database
    sha256: str


@pytest.fixture
def office(tmp_path: Path) -> Office:
    def fill(path: Path, key: bytes) -> None:
        Database(path, key, create=True).close()

    desk, recovery = create(
        tmp_path / "desk", agency_name="Sở TTTT", passphrase="mật khẩu", use_keyring=False, fill=fill
    )
    database = Database(desk.database_path, desk.database_key)
    with database.writing() as c:
        c.exec_driver_sql("CREATE TABLE t (x TEXT)")
        c.exec_driver_sql("INSERT INTO t VALUES ('Báo Đắk Lắk')")
    desk.device.put("seed", b"s")
    return Office(
        desk, recovery, database, BlobStore(desk.blobs_path, desk.blob_key).put_bytes(PHOTO, "p").sha256
    )


@pytest.fixture
def saved(office: Office, tmp_path: Path) -> Path:
    (tmp_path / "usb").mkdir()
    return backup(office.workspace, office.database.backup_to, tmp_path / "usb" / "a.spokesbackup")


def content_of(folder: Path, **unlock: str) -> tuple[str, bytes]:
    desk = open_workspace(folder, **unlock)
    database = Database(desk.database_path, desk.database_key)
    with database.reading() as c:
        (row,) = c.exec_driver_sql("SELECT x FROM t").scalars()
    database.close()
    store = BlobStore(desk.blobs_path, desk.blob_key)
    (sha256,) = store.all()
    return str(row), store.read(sha256)


def test_a_restored_desk_opens_with_passphrase_or_recovery_key(
    office: Office, saved: Path, tmp_path: Path
) -> None:
    restore(saved, tmp_path / "new" / "desk")
    for unlock in ({"passphrase": "mật khẩu"}, {"recovery": office.recovery}):
        assert content_of(tmp_path / "new" / "desk", **unlock) == ("Báo Đắk Lắk", PHOTO)
    with pytest.raises(AccessError, match="passphrase_wrong"):
        open_workspace(tmp_path / "new" / "desk", passphrase="khác")


def test_a_backup_is_made_while_people_write_and_holds_nothing_readable(office: Office, saved: Path) -> None:
    with office.database.writing() as c:
        c.exec_driver_sql("INSERT INTO t VALUES ('đang viết')")
        backup(office.workspace, office.database.backup_to, saved)
    raw = saved.read_bytes()
    assert "Đắk Lắk".encode() not in raw
    assert PHOTO[:64] not in raw
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


def test_a_folder_as_target_gets_a_dated_file(office: Office, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    made = backup(office.workspace, office.database.backup_to, tmp_path / "usb")
    assert made.name.startswith("Sở TTTT 20")
    assert made.suffix == ".spokesbackup"
    verify(made)


def test_a_backup_into_the_workspace_itself_is_refused(office: Office) -> None:
    with pytest.raises(UserError, match="backup_inside"):
        backup(office.workspace, office.database.backup_to, office.workspace.folder / "b.spokesbackup")


def test_a_failed_backup_leaves_the_one_before(office: Office, saved: Path) -> None:
    before = saved.read_bytes()

    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise OutsideError("disk_full", path=str(path))

    with pytest.raises(OutsideError, match="disk_full"):
        backup(office.workspace, fail, saved)
    assert saved.read_bytes() == before
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


def rewritten(saved: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    with zipfile.ZipFile(saved) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(saved, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def manifest_with(change: Callable[[dict[str, object]], object]) -> Callable[[dict[str, bytes]], object]:
    def apply(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        change(manifest)
        parts["manifest.json"] = json.dumps(manifest).encode()

    return apply


def escape(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts["manifest.json"])
    manifest["parts"]["../evil"] = manifest["parts"]["desk.db"]
    parts["../evil"] = parts["desk.db"]
    parts["manifest.json"] = json.dumps(manifest).encode()


DAMAGE: dict[str, tuple[Callable[[dict[str, bytes]], object], str, str]] = {
    "database changed": (
        lambda p: p.update({"desk.db": p["desk.db"][:-1] + b"?"}),
        "backup_damaged",
        "desk.db",
    ),
    "database cut": (lambda p: p.update({"desk.db": p["desk.db"][:100]}), "backup_damaged", "desk.db"),
    "database missing": (lambda p: p.pop("desk.db"), "backup_damaged", "manifest.json"),
    "something added": (lambda p: p.update(extra=b"x"), "backup_damaged", "manifest.json"),
    "way out of the folder": (escape, "backup_damaged", "manifest.json"),
    "no manifest": (lambda p: p.pop("manifest.json"), "backup_damaged", "manifest.json"),
    "manifest is no JSON": (lambda p: p.update({"manifest.json": b"{"}), "backup_damaged", "manifest.json"),
    "manifest without parts": (manifest_with(lambda m: m.pop("parts")), "backup_damaged", "manifest.json"),
    "of a later program": (manifest_with(lambda m: m.update(format=2)), "backup_newer", ""),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_backup_says_which_part_and_makes_nothing(saved: Path, tmp_path: Path, how: str) -> None:
    change, code, part = DAMAGE[how]
    rewritten(saved, change)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OutsideError, match=code) as caught:
        restore(saved, tmp_path / "new" / "desk")
    assert caught.value.params.get("part", "") == part
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("how", ["cut", "flipped"])
def test_a_backup_cut_or_flipped_anywhere_is_never_restored_wrong(
    saved: Path, tmp_path: Path, at: float, how: str
) -> None:
    raw = bytearray(saved.read_bytes())
    place = int(len(raw) * at)
    if how == "cut":
        del raw[place:]
    else:
        raw[place] ^= 1
    saved.write_bytes(raw)
    refused = code_of_restoring(saved, tmp_path / "new")
    assert refused in ("", "backup_damaged")
    assert (tmp_path / "new").exists() == (refused == "")
    if not refused:  # the byte belonged to the archive's own bookkeeping, not to any part
        assert content_of(tmp_path / "new", passphrase="mật khẩu") == ("Báo Đắk Lắk", PHOTO)


def code_of_restoring(saved: Path, folder: Path) -> str:
    try:
        restore(saved, folder)
    except DeskError as error:
        return error.code
    return ""


def test_a_restore_touches_no_folder_in_use(office: Office, saved: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="folder_not_empty"):
        restore(saved, office.workspace.folder)
    assert content_of(office.workspace.folder, passphrase="mật khẩu") == ("Báo Đắk Lắk", PHOTO)
    (tmp_path / "empty").mkdir()
    restore(saved, tmp_path / "empty")
    assert content_of(tmp_path / "empty", passphrase="mật khẩu") == ("Báo Đắk Lắk", PHOTO)


def test_a_backup_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="backup_missing"):
        restore(tmp_path / "gone", tmp_path / "new")
    (tmp_path / "letter.docx").write_bytes(b"not a zip")
    with pytest.raises(OutsideError, match="backup_damaged"):
        restore(tmp_path / "letter.docx", tmp_path / "new")
