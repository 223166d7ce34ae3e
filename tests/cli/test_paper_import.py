"""`paper import`: a Word file as a letter file or as a draft."""

import json
from pathlib import Path

import pytest

from spokesdesk.cli import main
from spokesdesk.typeset.letter_file import read_letter
from tests.desks import PASSPHRASE, copied
from tests.typeset.foreign import data_of, official_letter


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "công văn.docx"
    made.write_bytes(data_of(official_letter()))
    return made


def test_a_letter_file_is_written_without_a_workspace(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = file.with_name("thư.toml")
    assert main(["paper", "import", str(file), "--out", str(out), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["out"] == str(out)
    assert {note["kind"] for note in said["notes"]} == {"left_out"}
    assert read_letter(out.read_text(encoding="utf-8")).symbol == "STTTT-TTBCXB"


def test_the_letter_is_shown_when_no_place_is_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["paper", "import", str(file)]) == 0
    assert read_letter(capsys.readouterr().out).number == 214


def test_a_draft_is_added_to_a_workspace(
    file: Path,
    template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    where = ["--workspace", str(copied(template, tmp_path)), "--as", "Trần Minh Khuê", "--json"]
    assert main(["paper", "import", *where, str(file)]) == 0
    made = json.loads(capsys.readouterr().out)["id"]
    assert main(["paper", "show", *where, made]) == 0
    assert json.loads(capsys.readouterr().out)["letter"]["archive"] == "VT, TTBCXB"


@pytest.mark.parametrize("name", ["không có.docx", ".", "hỏng.docx"])
def test_what_cannot_be_read_is_a_user_error_that_says_what_is_safe(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "hỏng.docx").write_bytes(b"PK\x03\x04 half")
    out = tmp_path / "thư.toml"
    assert main(["paper", "import", str(tmp_path / name), "--out", str(out)]) == 3
    assert "còn nguyên" in capsys.readouterr().err
    assert not out.exists()
