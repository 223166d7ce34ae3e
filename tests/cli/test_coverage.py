"""Watching the press from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from spokesdesk.cli import main
from tests.desks import PASSPHRASE, copied


class Run:
    """Runs commands on one workspace."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def __call__(self, *words: str, code: int = 0, plain: bool = False) -> Any:
        self.capsys.readouterr()
        at = ["--workspace", str(self.folder), "--as", "Trần Minh Khuê"]
        assert main([*words, *at, *([] if plain else ["--json"])]) == code
        said = self.capsys.readouterr().out
        return said if plain else json.loads(said)


@pytest.fixture
def run(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    return Run(copied(template, tmp_path), capsys)


def test_an_item_from_adding_to_the_synthesis(run: Run, tmp_path: Path) -> None:
    run("coverage", "subjects", "--add", "Đê điều", "--phrase", "vỡ đập", "--phrase", "sạt lở đê")
    made = run(
        "coverage",
        "add",
        "--outlet",
        "Facebook: Nhóm A",
        "--title",
        "Nghe nói vo dap",
        "--text",
        "3 giờ sáng",
    )
    assert [one["name"] for one in made["subjects"]] == ["Đê điều"]
    assert [row["id"] for row in run("coverage", "list")] == [made["id"]]
    judged = run("coverage", "triage", made["id"], "false_post", "--assign", "Lê Thị Ánh")
    assert judged["now"] == {"state": "open", "verdict": "false_post", "assignee": "Lê Thị Ánh", "done": ""}
    assert run("coverage", "list") == []
    sheet = tmp_path / "phieu.pdf"
    run(
        "coverage",
        "sheet",
        made["id"],
        "--fact",
        "Đập an toàn",
        "--published-on",
        "27/11/2026",
        "--pdf",
        str(sheet),
    )
    assert sheet.read_bytes().startswith(b"%PDF")
    report = tmp_path / "th.docx"
    told = run("digest", "--docx", str(report), "--paper")
    assert (told["items"], told["subjects"]) == (1, {"Đê điều": 1})
    assert report.read_bytes().startswith(b"PK")
    assert run("paper", "show", told["paper"])["letter"]["kind"] == "bao-cao"
    run("coverage", "triage", made["id"], "--close", "Đã báo nền tảng gỡ")
    assert [row["done"] for row in run("coverage", "list", "--state", "closed")] == ["Đã báo nền tảng gỡ"]
    assert run("coverage", "triage", made["id"], "--undo")["now"]["state"] == "open"
    article = run("coverage", "article", made["id"])
    assert run("article", "show", article["id"])["title"] == "Nghe nói vo dap"
    assert "3 giờ sáng" in run("coverage", "show", made["id"], plain=True)


def test_a_source_on_this_machine_is_refused_and_says_why(run: Run) -> None:
    run("coverage", "sources", "--add", "http://127.0.0.1:9/rss", "--name", "Nguồn lạ")
    told = run("coverage", "fetch")
    assert [one["fault"] for one in told] == ["web_private"]
    listed = run("coverage", "sources")
    assert "mạng nội bộ" in listed[0]["fault_words"]
    run("coverage", "sources", "--off", listed[0]["id"])
    assert run("coverage", "fetch", "--all") == []
    assert run("coverage", "sources", "--drop", listed[0]["id"]) == []


def test_what_is_wrong_is_named(run: Run) -> None:
    made = run("coverage", "add", "--outlet", "Báo A", "--title", "Tin")
    assert run("coverage", "triage", made["id"], code=3)["field"] == "verdict"
    assert run("coverage", "triage", made["id"], "--close", "xong", code=5)["error"] == "item_not_judged"
    assert run("coverage", "capture", made["id"], code=3)["error"] == "no_address"
    assert run("coverage", "sources", "--add", "khong-phai-url", code=3)["field"] == "url"
    assert (
        run("coverage", "add", "--outlet", "A", "--title", "T", "--url", "ftp://x", code=3)["field"] == "url"
    )
