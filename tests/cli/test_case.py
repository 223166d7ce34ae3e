"""Case files from the command line: opened from a contact, filled with evidence, reported, closed."""

import hashlib
from pathlib import Path

import pytest

from tests.cli.test_desk import VISIT, Run, folder, run

__all__ = ["folder", "run"]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "bien so xe.jpg"
    path.write_bytes(b"\xff\xd8 anh bien so")
    return path


def test_a_case_goes_from_a_visit_to_its_end(run: Run, photo: Path, tmp_path: Path) -> None:
    visit = run.answer("visit", *VISIT, "Đòi gặp lãnh đạo")
    made = run.answer("case", "open", "--contact", str(visit["id"]), "--marks", "xe 62-A1")
    case_id = str(made["id"])
    assert made["facts"]["contact_id"] == visit["id"]  # type: ignore[index]
    assert made["facts"]["marks"] == "xe 62-A1"  # type: ignore[index]
    added = run.answer(
        "case", "add", case_id, str(photo), "--taken", "09:00 01/9/2026", "--taken-by", "bảo vệ"
    )
    (item,) = added
    assert item["file"]["sha256"] == hashlib.sha256(photo.read_bytes()).hexdigest()  # type: ignore[index]
    assert item["taken"]["at"] == "2026-09-01T09:00:00+07:00"  # type: ignore[index]
    run.answer("case", "add", case_id, "--testimony", "Tôi thấy xe đỗ ở cổng", "--taken-by", "Chị Ổn")
    run.answer("case", "add", case_id, "--url", "https://bao-ao.example/1", "--note", "bài đòi tiền")
    letter = run.answer("case", "letter", case_id, "--to", "cuc-bao-chi")
    paper = run.answer("paper", "show", str(letter["id"]))
    assert paper["letter"]["addressees"] == ["Cục Báo chí (Bộ Văn hóa, Thể thao và Du lịch)"]  # type: ignore[index]
    told = run.answer("case", "report", case_id, "--to", "cuc-bao-chi", "--remark", "công văn 12")
    assert told["state"] == "reported"
    assert told["steps"][-1]["to"] == ["Cục Báo chí, Bộ Văn hóa, Thể thao và Du lịch"]  # type: ignore[index]
    run.answer("case", "handover", item["id"], "--to", "Công an xã")  # type: ignore[index]
    log = run.answer("case", "log", case_id)
    assert [entry["act"] for entry in log] == ["added", "added", "added", "handed_over"]  # type: ignore[index]
    made = run.answer("case", "export", case_id, "--out", str(tmp_path / "goi.zip"))
    assert (made["path"], made["items"]) == (str(tmp_path / "goi.zip"), 3)
    assert run.error("case", "export", case_id, "--out", str(tmp_path / "goi.zip"))[0] == 5
    closed = run.answer("case", "close", case_id, "--outcome", "passed")
    assert closed["state"] == "closed"
    assert run.error("case", "add", case_id, str(photo))[0] == 5
    assert [row["id"] for row in run.answer("case", "list", "doi gap lanh dao")] == [case_id]  # type: ignore[index]
    assert run.code("doctor") == 0


def test_errors_are_worded_and_have_their_exit_codes(run: Run, tmp_path: Path) -> None:
    made = run.answer("case", "open", "--title", "Người lạ đến cổng", "--kind", "impostor")
    case_id = str(made["id"])
    card = tmp_path / "CCCD.jpg"
    card.write_bytes(b"anh")
    code, told, said = run.error("case", "add", case_id, str(card))
    assert (code, told["error"]) == (3, "evidence_identity_card")
    assert "chưa được lưu" in said
    assert run.error("case", "add", case_id)[0] == 3
    assert run.error("case", "open")[1]["field"] == "title"
    assert run.error("case", "letter", case_id, "--to", "khong-co")[1]["error"] == "place_unknown"
    assert run.error("case", "reopen", case_id, "--remark", "x")[0] == 5
    assert run.error("case", "show", "abc")[1]["error"] == "id_form"


def test_places_are_listed_with_their_mark(run: Run) -> None:
    run.capsys.readouterr()
    assert run.code("case", "places") == 0
    said = run.capsys.readouterr().out
    assert "0865.28.28.28  [chưa kiểm chứng]" in said
