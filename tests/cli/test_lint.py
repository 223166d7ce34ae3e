"""`spokesdesk lint`: findings of a letter file for people and scripts, without workspace or screen."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from spokesdesk import assets
from spokesdesk.__main__ import main
from spokesdesk.domain.coverage import ArticleDraft, Claim, Verdict
from spokesdesk.services import coverage, papers, rebuttals
from spokesdesk.services.ports import Desk

SAMPLES = ("cong-van-cai-chinh.toml", "thong-cao-bao-chi.toml")


def changed(tmp_path: Path, old: str, new: str) -> Path:
    source = tmp_path / "thu.toml"
    text = assets.read_text("samples", SAMPLES[0])
    assert old in text
    source.write_text(text.replace(old, new, 1), "utf-8")
    return source


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_in_form(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", str(assets.path("samples", name)), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"findings": [], "errors": 0, "warnings": 0, "hints": 0}


def test_an_error_has_its_place_its_clause_and_an_exit_code_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = changed(tmp_path, "theo quy định tại Điều 42", "theo quy định tại khoản 2 điều 42")
    before = source.read_bytes()
    assert main(["lint", str(source), "--json"]) == 9
    told = json.loads(capsys.readouterr().out)
    (found,) = told["findings"]
    assert told["errors"] == 1
    assert {key: found[key] for key in ("rule", "level", "field", "text", "suggestion", "clause")} == {
        "rule": "C14",
        "level": "error",
        "field": "body",
        "text": "khoản 2 điều 42",
        "suggestion": "khoản 2 Điều 42",
        "clause": "Phụ lục II, V.7",
    }
    assert found["end"] - found["start"] == len(found["text"])
    assert source.read_bytes() == before


def test_people_read_line_change_and_clause(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = changed(
        tmp_path, "Thông báo kết quả bằng văn bản", "Thông báo kết quả cho nhà nước bằng văn bản"
    )
    assert main(["lint", str(source)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("body 21:")
    assert "“nhà nước” → “Nhà nước”" in said[0]
    assert said[0].endswith("Phụ lục II, V.1")
    assert said[-1] == "0 lỗi, 1 cần sửa, 0 xem lại"


def test_what_cannot_be_read_is_the_users_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", str(tmp_path / "khong-co.toml")]) == 3
    assert main(["lint", str(changed(tmp_path, 'kind = "cong-van"', 'kind = "thu"')), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["field"] == "kind"


def test_a_letter_still_being_written_is_checked_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "nhap.toml"
    source.write_text('kind = "cong-van"\n', "utf-8")
    assert main(["lint", str(source), "--json"]) == 9
    missing = {found["field"] for found in json.loads(capsys.readouterr().out)["findings"]}
    assert missing >= {"agency", "symbol", "place", "subject", "addressees", "archive", "signers"}


def test_it_runs_without_a_screen(tmp_path: Path) -> None:
    bare = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-m", "spokesdesk", "lint", str(assets.path("samples", SAMPLES[0]))]
    done = subprocess.run(command, env=bare, capture_output=True, check=False, timeout=120)
    assert (done.returncode, done.stdout.decode().strip()) == (0, "0 lỗi, 0 cần sửa, 0 xem lại")


@pytest.mark.parametrize("year", [2018, 2026])
def test_what_the_desk_drafts_itself_is_in_form(desk: Desk, year: int) -> None:
    quote = "chưa một lần kiểm tra trong năm nay"
    proof = "Báo cáo số 212/BC-SNNMT ngày 05/3/2018 của Sở"
    claim = Claim(uuid4(), quote, "Sở đã kiểm tra 02 lần", proof, verdict=Verdict.FALSE)
    published_at = datetime(year, 9, 6, 2, 0, tzinfo=UTC)
    draft = ArticleDraft("Báo Ví Dụ", "Rác ngập xã", published_at, text=f"Cơ quan {quote}.", claims=(claim,))
    article, _changes = coverage.add_article(desk, draft)
    for made in (rebuttals.open_rebuttal(desk, article.id), coverage.open_release(desk, article.id)):
        assert papers.lint(made[0].letter) == ()
