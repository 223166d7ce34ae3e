"""Requests from the command line: from the question to the end of the day."""

import json
from pathlib import Path
from typing import Any

import pytest

from spokesdesk.cli import main
from tests.desks import PASSPHRASE, copied
from tests.mailserver import post_office

ADD = ("add", "--channel", "email", "--outlet", "Báo Tuổi Trẻ", "--topic")


class Run:
    """Runs `request` commands on one workspace."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def __call__(self, *words: str, who: str = "Trần Minh Khuê", code: int = 0, noun: str = "request") -> Any:
        self.capsys.readouterr()
        at = ["--workspace", str(self.folder), "--as", who, "--json"]
        assert main([noun, words[0], *at, *words[1:]]) == code
        return json.loads(self.capsys.readouterr().out)


@pytest.fixture
def run(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    return Run(copied(template, tmp_path), capsys)


def test_a_request_from_question_to_answer(run: Run) -> None:
    made = run(*ADD, "Giá đất đền bù", "--question", "Bao nhiêu?", "--event", "press_opinion_received")
    asked = made["id"]
    assert "237/2026" in made["due"]["citation"]
    given = run(
        "assign", asked, "--owner", "le thi anh", "--lead-unit", "Phòng Đất đai", "--share", "Thanh tra"
    )
    assert (given["state"], given["holder"]) == ("assigned", "Lê Thị Ánh")
    assert [row["id"] for row in run("list", "gia dat", "--holder", "anh")] == [asked]
    assert run("list", "--mine") == []
    assert run("answer", asked, "--form", "email", code=3)["field"] == "answer"
    done = run("answer", asked, "--form", "email", "--text", "214.000 đồng/m²", who="Lê Thị Ánh")
    assert done["state"] == "answered"
    stale = run("withdraw", asked, "--reason", "rút", "--seen", made["seen"], code=5)
    assert stale["error"] == "request_closed"
    assert "214.000 đồng/m²" in stale["message"]
    assert run("list") == []
    assert [row["id"] for row in run("list", "--state", "all")] == [asked]
    assert run("reopen", asked, "--reason", "Báo hỏi tiếp")["state"] == "assigned"
    again = run(*ADD, "Giá đất đền bù ở Đức Hòa")["id"]
    run("answer", asked, "--form", "email", "--text", "214.000 đồng/m²")
    assert [item["id"] for item in run("said", again)] == [asked]


def test_a_visit_says_which_request_it_brought(run: Run) -> None:
    visit = ("add", "--outlet", "Báo Tuổi Trẻ", "--channel", "phone", "--topic", "Giá đất")
    made = run(*visit, "--answer-event", "press_question", noun="visit")
    assert [row["id"] for row in run("list")] == [made["request"]]
    assert run("show", made["id"], noun="visit")["request"] == made["request"]
    assert run("show", made["request"])["subject"]["contact_id"] == made["id"]


def test_refusing_and_referring_draft_letters(run: Run) -> None:
    first, second = (run(*ADD, topic)["id"] for topic in ("Vụ án đang điều tra", "Giá điện"))
    assert run("grounds")[0]["id"] == "L126-31-2-A"
    assert run("refuse", first, "--reason", "Bận", code=3)["error"] == "ground_missing"
    refused = run("refuse", first, "--ground", "L126-31-2-B", "--reason", "Vụ án đang được điều tra")
    letter = refused["steps"][-1]["paper_id"]
    assert "Vụ án đang điều tra".lower() in run("show", letter, noun="paper")["letter"]["subject"].lower()
    assert run("refer", second, "--to", "Công ty Điện lực")["state"] == "referred"
    assert run("deadline", first, "20/12/2026", "--reason", "x", code=5)["error"] == "request_closed"


def test_the_end_of_the_day_in_one_command(run: Run, tmp_path: Path) -> None:
    asked = run(*ADD, "Giá đất")["id"]
    assert [item["holder"] for item in run("day-end", "--look")] == [""]
    assert run("day-end", code=4)["error"] == "day_end_holders"
    target = tmp_path / "cuối ngày.pdf"
    with post_office(tmp_path / "box") as post:
        where = ("--host", "127.0.0.1", "--port", str(post.port), "--from", "vp@coquan.vn")
        run("set", *where, noun="mail")
        hold = f"{asked}=Lãnh đạo Sở"
        done = run("day-end", "--hold", hold, "--pdf", str(target), "--mail", "ld@coquan.vn")
        assert len(post.received()) == 1
    assert [item["holder"] for item in done["items"]] == ["Lãnh đạo Sở"]
    assert [note["way"] for note in done["sent"]] == ["mail"]
    assert target.read_bytes().startswith(b"%PDF")
