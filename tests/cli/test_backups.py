"""`backups` on the command line, as a scheduler or an administrator uses it."""

import json
from pathlib import Path

import pytest

from spokesdesk import cli
from tests.desks import PASSPHRASE, copied


@pytest.fixture
def folder(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    return copied(template, tmp_path)


def test_a_scheduler_backs_up_drills_and_is_told_by_exit_codes(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--workspace", str(folder), "--json"]
    (tmp_path / "ổ ngoài").mkdir()
    assert cli.main(["backups", "place", str(tmp_path / "ổ ngoài"), *where]) == 0
    capsys.readouterr()
    assert cli.main(["backups", "daily", *where]) == 0
    done = json.loads(capsys.readouterr().out)
    assert [(run["kind"], run["code"]) for run in done["done"]] == [("backup", ""), ("drill", "")]
    assert cli.main(["backups", "list", *where]) == 0
    listed = json.loads(capsys.readouterr().out)
    (copy,) = listed["copies"]
    database = Path(listed["place"]) / "days" / copy["name"] / "desk.db"
    database.write_bytes(database.read_bytes()[:-4096])
    assert cli.main(["backups", "drill", *where]) == 8
    assert json.loads(capsys.readouterr().out)["code"] == "drill_failed"
    assert cli.main(["backups", "now", *where]) == 0
    capsys.readouterr()
    assert cli.main(["backups", "drill", "--workspace", str(folder)]) == 0
    assert "diễn tập khôi phục xong" in capsys.readouterr().out


def test_a_day_is_restored_into_a_new_folder_only(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["backups", "now", "--workspace", str(folder)]) == 0
    place = folder.with_name(f"{folder.name}-sao-luu")
    (day,) = place.glob("SpokesDesk-*/days/*")
    assert cli.main(["restore", str(day), "--workspace", str(folder)]) == 3
    assert cli.main(["restore", str(day), "--workspace", str(tmp_path / "mới")]) == 0
    assert cli.main(["doctor", "--workspace", str(tmp_path / "mới")]) == 0
    capsys.readouterr()
    assert cli.main(["restore", str(tmp_path), "--workspace", str(tmp_path / "khác")]) == 6
    assert "Không tìm thấy bản sao lưu" in capsys.readouterr().err
    assert not (tmp_path / "khác").exists()
