"""The first run where people really are: accents, blanks, long paths; a profile that is full or may not be written."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from spokesdesk import bootstrap
from spokesdesk.domain.people import Agency, MemberDraft, Role
from spokesdesk.services import backups, workspace
from tests.outside.test_starved import may_mount

ROOT = Path(__file__).parents[2]
PHRASE = "bốn con mèo ngủ trưa"
FOLDERS = ("Nguyễn Văn Ấn Độ", "Phòng Báo chí – Xuất bản (mới)", "Ổ đĩa của cơ quan & đơn vị", "a b  c")


def long_place(tmp_path: Path, length: int) -> Path:
    place = tmp_path
    for name in FOLDERS * 3:
        if len(str(place)) + len(name) + 1 < length:
            place = place / name
    return place / ("x" * max(1, length - len(str(place)) - 1))


def first_run(home: Path, mount: str) -> dict[str, object]:
    """Go through the first run with a profile of its own, mounted as asked for that process only."""
    command = [sys.executable, "-m", "tests.gui.starved_start"]
    mounted = f"mount -t tmpfs -o {mount} none {shlex.quote(str(home))} && exec {shlex.join(command)}"
    environment = {**os.environ, "SPOKESDESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", mounted],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    saw: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return saw


@pytest.mark.parametrize("length", [120, 200, 230])
def test_accents_blanks_and_long_paths_hold_a_workspace_its_copies_and_a_restored_one(
    tmp_path: Path, length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spokesdesk.outside import sealing

    monkeypatch.setattr(sealing, "COST", (64, 1, 1))
    place = long_place(tmp_path, length)
    assert len(str(place)) >= min(length, 200)
    founder = MemberDraft("Lê Thị Ấn", frozenset(Role))
    desk, _key = bootstrap.create(place, Agency("UBND phường 4"), [founder], passphrase=PHRASE)
    desk.files.put_bytes(b"anh" * 30_000, "ảnh chụp.jpg")
    assert backups.back_up(desk)[0].ok
    assert backups.drill(desk)[0].ok
    source = backups.state(desk).place
    desk.close()
    bootstrap.restore(source, long_place(tmp_path / "khôi phục", length))
    again = bootstrap.open_desk(long_place(tmp_path / "khôi phục", length), passphrase=PHRASE)
    assert workspace.doctor(again).ok
    again.close()


@pytest.mark.parametrize(
    ("mount", "words"), [("ro", "chỉ đọc|không cho ghi|quyền ghi"), ("size=1m", "đầy|chỗ trống")]
)
def test_a_profile_in_want_is_said_at_its_page_and_nothing_half_made_stays(
    tmp_path: Path, mount: str, words: str
) -> None:
    if not may_mount():
        pytest.fail("this system lets nobody mount a small disk: run where user namespaces are allowed")
    home = tmp_path / "Hồ sơ"
    home.mkdir()
    saw = first_run(home, mount)
    assert saw["page"] == 3
    assert saw["faults"] == []
    assert saw["left"] == []
    assert any(word in str(saw["said"]) for word in words.split("|")), saw["said"]
