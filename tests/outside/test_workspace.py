import base64
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from spokesdesk.domain.errors import AccessError, DeskError, OutsideError, UserError, WaitError
from spokesdesk.outside import folders, workspace
from spokesdesk.outside.workspace import OpenWorkspace, create, open_workspace

PASSPHRASE = "Mật khẩu của Sở"
CANARY = "0912345678"


@pytest.fixture
def made(tmp_path: Path) -> tuple[OpenWorkspace, str]:
    return create(tmp_path / "desk", agency_name="Sở TTTT Long An", passphrase=PASSPHRASE, use_keyring=False)


def keys(one: OpenWorkspace) -> tuple[bytes, bytes]:
    return one.database_key, one.blob_key


def test_passphrase_and_recovery_key_open_the_same_data(made: tuple[OpenWorkspace, str]) -> None:
    desk, recovery = made
    assert desk.unlock_ways() == ("passphrase", "recovery")
    by_passphrase = open_workspace(desk.folder, passphrase=PASSPHRASE)
    by_recovery = open_workspace(desk.folder, recovery=recovery)
    assert keys(by_passphrase) == keys(by_recovery) == keys(desk)
    assert len(set(keys(desk))) == 2
    assert by_passphrase.id == desk.id
    assert workspace.look_at(desk.folder) == ("Sở TTTT Long An", ("passphrase", "recovery"))


def test_two_workspaces_share_no_key(tmp_path: Path, made: tuple[OpenWorkspace, str]) -> None:
    other, _ = create(tmp_path / "other", agency_name="X", passphrase=PASSPHRASE, use_keyring=False)
    assert not set(keys(other)) & set(keys(made[0]))


def test_the_passphrase_opens_whichever_way_its_letters_are_composed(made: tuple[OpenWorkspace, str]) -> None:
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)
    assert decomposed != PASSPHRASE
    assert keys(open_workspace(made[0].folder, passphrase=decomposed)) == keys(made[0])


def test_the_recovery_key_can_be_typed_from_paper(made: tuple[OpenWorkspace, str]) -> None:
    desk, recovery = made
    assert len(recovery.split("-")) == 8
    careless = recovery.lower().replace("-", "  ").replace("o", "0").replace("i", "1")
    assert keys(open_workspace(desk.folder, recovery=careless)) == keys(desk)


def test_one_wrong_letter_of_the_recovery_key_is_told_from_another_key(
    made: tuple[OpenWorkspace, str], tmp_path: Path
) -> None:
    desk, recovery = made
    mistyped = ("B" if recovery[0] == "A" else "A") + recovery[1:]
    for typed in (mistyped, recovery[:-1], "", "xin chào"):
        with pytest.raises(AccessError, match="recovery_mistyped"):
            open_workspace(desk.folder, recovery=typed)
    _, foreign = create(tmp_path / "other", agency_name="X", passphrase="x", use_keyring=False)
    with pytest.raises(AccessError, match="recovery_wrong"):
        open_workspace(desk.folder, recovery=foreign)


def test_a_wrong_passphrase_opens_nothing(made: tuple[OpenWorkspace, str]) -> None:
    for typed in ("Mật khẩu của sở", "", PASSPHRASE + " "):
        with pytest.raises(AccessError, match="passphrase_wrong"):
            open_workspace(made[0].folder, passphrase=typed)


@pytest.mark.usefixtures("real_cost")
def test_a_passphrase_is_stretched_as_rfc_9106_recommends(made: tuple[OpenWorkspace, str]) -> None:
    made[0].change_passphrase("mới")
    content = json.loads((made[0].folder / "workspace.json").read_text(encoding="utf-8"))
    envelope = content["envelopes"]["passphrase"]
    assert envelope["kdf"] == "argon2id"
    assert envelope["memory_kib"] >= 64 * 1024
    assert envelope["passes"] >= 3
    assert len(base64.b64decode(envelope["salt"])) == 16
    assert keys(open_workspace(made[0].folder, passphrase="mới")) == keys(made[0])


def test_changing_the_passphrase_rewraps_and_leaves_the_data(made: tuple[OpenWorkspace, str]) -> None:
    desk, recovery = made
    desk.database_path.write_bytes(b"untouched")
    desk.change_passphrase("mới")
    assert keys(open_workspace(desk.folder, passphrase="mới")) == keys(desk)
    assert keys(open_workspace(desk.folder, recovery=recovery)) == keys(desk)
    with pytest.raises(AccessError, match="passphrase_wrong"):
        open_workspace(desk.folder, passphrase=PASSPHRASE)
    assert desk.database_path.read_bytes() == b"untouched"


def test_a_new_recovery_key_ends_the_old_one(made: tuple[OpenWorkspace, str]) -> None:
    desk, old = made
    new = desk.new_recovery_key()
    assert keys(open_workspace(desk.folder, recovery=new)) == keys(desk)
    with pytest.raises(AccessError, match="recovery_wrong"):
        open_workspace(desk.folder, recovery=old)


def test_without_keyring_and_passphrase_the_unlock_screen_is_needed(made: tuple[OpenWorkspace, str]) -> None:
    with pytest.raises(AccessError, match="unlock_needed"):
        open_workspace(made[0].folder)


@pytest.mark.parametrize(
    ("passphrase", "use_keyring", "code"),
    [(None, True, "keyring_missing"), (None, False, "passphrase_empty"), ("  ", False, "passphrase_empty")],
)
def test_what_nobody_could_open_is_not_made(
    tmp_path: Path, passphrase: str | None, use_keyring: bool, code: str
) -> None:
    with pytest.raises(DeskError, match=code):
        create(tmp_path / "a" / "desk", agency_name="X", passphrase=passphrase, use_keyring=use_keyring)
    assert list(tmp_path.iterdir()) == []


def test_the_environment_names_a_passphrase() -> None:
    assert workspace.unlock_from_environment({"SPOKESDESK_PASSPHRASE": "ạ"}) == "ạ"
    assert workspace.unlock_from_environment({"SPOKESDESK_PASSPHRASE": ""}) is None
    assert workspace.unlock_from_environment({}) is None


def test_device_secrets_survive_are_sealed_and_bound_to_their_name(made: tuple[OpenWorkspace, str]) -> None:
    desk, _ = made
    desk.device.put("seed", CANARY.encode())
    again = open_workspace(desk.folder, passphrase=PASSPHRASE)
    assert again.device.get("seed") == CANARY.encode()
    assert again.device.get("token") is None
    text = (desk.folder / "workspace.json").read_text(encoding="utf-8")
    assert CANARY not in text
    swapped = json.loads(text)
    swapped["device"]["token"] = swapped["device"]["seed"]
    (desk.folder / "workspace.json").write_text(json.dumps(swapped), encoding="utf-8")
    with pytest.raises(OutsideError, match="workspace_damaged"):
        again.device.get("token")
    again.device.put("token", None)
    again.device.put("seed", None)
    assert desk.device.get("seed") is None


def test_two_processes_changing_the_envelopes_lose_nothing(made: tuple[OpenWorkspace, str]) -> None:
    window, _ = made
    command = open_workspace(window.folder, passphrase=PASSPHRASE)
    command.device.put("token", b"t")
    window.change_passphrase("mới")
    command.device.put("seed", b"s")
    fresh = open_workspace(window.folder, passphrase="mới")
    assert (fresh.device.get("token"), fresh.device.get("seed")) == (b"t", b"s")


def test_a_closed_workspace_has_no_keys(made: tuple[OpenWorkspace, str]) -> None:
    desk, _ = made
    asked: list[Callable[[], object]] = [
        lambda: desk.database_key,
        lambda: desk.blob_key,
        lambda: desk.device.get("seed"),
        desk.new_recovery_key,
    ]
    desk.close()
    for ask in asked:
        with pytest.raises(WaitError, match="workspace_closed"):
            ask()


def test_keys_show_in_no_repr(made: tuple[OpenWorkspace, str]) -> None:
    desk, _ = made
    shown = repr(desk) + repr(vars(desk)["_found"])
    for key in keys(desk):
        assert key.hex() not in shown
        assert repr(key)[2:-1] not in shown


def test_the_database_is_made_before_the_folder_appears(tmp_path: Path) -> None:
    seen: list[bytes] = []

    def fill(path: Path, key: bytes) -> None:
        assert not (tmp_path / "desk").exists()
        path.write_bytes(b"db")
        seen.append(key)

    desk, _ = create(tmp_path / "desk", agency_name="X", passphrase="x", use_keyring=False, fill=fill)
    assert desk.database_path.read_bytes() == b"db"
    assert seen == [desk.database_key]


@pytest.mark.parametrize("there_before", [True, False])
def test_a_failure_half_way_leaves_what_was_there(tmp_path: Path, there_before: bool) -> None:
    folder = tmp_path / "a" / "b" / "desk"
    if there_before:
        folder.mkdir(parents=True)

    def fill(path: Path, key: bytes) -> None:
        path.write_bytes(b"half")
        raise OutsideError("disk_full", path=str(path))

    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OutsideError, match="disk_full"):
        create(folder, agency_name="X", passphrase="x", use_keyring=False, fill=fill)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_is_taken_and_a_killed_attempt_cleared(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    (folder / ".spokesdesk-new" / "blobs").mkdir(parents=True)
    (folder / "blobs").mkdir()
    create(folder, agency_name="X", passphrase="x", use_keyring=False)
    assert sorted(path.name for path in folder.iterdir()) == ["blobs", "workspace.json"]
    open_workspace(folder, passphrase="x")


def test_a_folder_in_use_is_not_touched(tmp_path: Path, made: tuple[OpenWorkspace, str]) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thu.docx").write_bytes(b"x")
    (tmp_path / "file").write_bytes(b"x")
    for name, code in (
        ("mine", "folder_not_empty"),
        ("file", "folder_is_file"),
        ("desk", "folder_not_empty"),
    ):
        with pytest.raises(UserError, match=code) as caught:
            create(tmp_path / name, agency_name="X", passphrase="x", use_keyring=False)
        assert caught.value.field == "workspace"
    assert (tmp_path / "mine" / "thu.docx").read_bytes() == b"x"
    open_workspace(tmp_path / "desk", passphrase=PASSPHRASE)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "workspace_missing"),
        ('{"format": 2}', "workspace_newer"),
        ("", "workspace_damaged"),
        ("{}", "workspace_damaged"),
        ("[1]", "workspace_damaged"),
        ("[" * 100_000, "workspace_damaged"),
        ('{"format": 1, "workspace": 5, "created_at": "x", "envelopes": {}}', "workspace_damaged"),
        ("x" * 2_000_000, "workspace_damaged"),
    ],
)
def test_a_description_that_cannot_be_used_says_why(tmp_path: Path, content: str | None, code: str) -> None:
    if content is not None:
        (tmp_path / "workspace.json").write_text(content, encoding="utf-8")
    with pytest.raises(OutsideError, match=code):
        open_workspace(tmp_path, passphrase="x")
    assert [path.name for path in tmp_path.iterdir()] == ([] if content is None else ["workspace.json"])


def test_an_envelope_that_would_freeze_the_machine_is_refused(made: tuple[OpenWorkspace, str]) -> None:
    path = made[0].folder / "workspace.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["envelopes"]["passphrase"]["memory_kib"] = 1 << 30
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(OutsideError, match="workspace_damaged"):
        open_workspace(made[0].folder, passphrase=PASSPHRASE)


def test_what_a_later_version_added_is_kept(made: tuple[OpenWorkspace, str]) -> None:
    path = made[0].folder / "workspace.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | {"escrow": "age1…"}), encoding="utf-8")
    made[0].device.put("seed", b"s")
    assert json.loads(path.read_text(encoding="utf-8"))["escrow"] == "age1…"


@pytest.mark.parametrize(
    ("kind", "refused"), [("nfs4", True), ("cifs", True), ("fuse.sshfs", True), ("vfat", True), ("exfat", True),
                          ("ext4", False), ("overlay", False), ("tmpfs", False), ("btrfs", False), ("fuseblk", False)],
)  # fmt: skip
def test_network_and_fat_drives_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, refused: bool
) -> None:
    place = str(tmp_path / "ổ chung").replace(" ", "\\040")
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"1 0 0:1 / / rw - ext4 /dev/sda rw\n2 1 0:2 / {place} rw,relatime shared:1 - {kind} host:/x rw\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(folders, "MOUNTS", mounts)
    reason = folders.unsuitable(tmp_path / "ổ chung" / "desk", {})
    assert bool(reason) == refused
    assert folders.unsuitable(tmp_path / "desk", {}) == ""
    if refused:
        assert kind in reason
        with pytest.raises(OutsideError, match="network_folder"):
            create(tmp_path / "ổ chung" / "desk", agency_name="X", passphrase="x", use_keyring=False)
        assert not (tmp_path / "ổ chung").exists()


def test_a_workspace_moved_to_a_network_drive_is_not_opened(
    made: tuple[OpenWorkspace, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(made[0].folder.parent))
    with pytest.raises(OutsideError, match="network_folder") as caught:
        open_workspace(made[0].folder, passphrase=PASSPHRASE)
    assert "OneDrive" in str(caught.value.params["reason"])


def test_a_path_that_leaves_windows_no_room_for_the_files_inside_is_said() -> None:
    most = 259 - len(f"/blobs/ab/{'0' * 64}")  # MAX_PATH counts an ending zero
    folders.require_short(Path("/" + "a" * (most - 1)))
    with pytest.raises(OutsideError, match="path_too_long"):
        folders.require_short(Path("/" + "a" * most))
