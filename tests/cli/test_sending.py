"""Sending and batches from the command line."""

import json
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from spokesdesk.cli import main
from tests.desks import PASSPHRASE, copied
from tests.mailserver import post_office

RELEASE = Path("resources/samples/thong-cao-bao-chi.toml").resolve()
LETTER = Path("resources/samples/cong-van-cai-chinh.toml").resolve()


class Run:
    """Runs commands on one workspace."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def __call__(self, *words: str, who: str = "Phạm Thị Ấn", code: int = 0) -> Any:
        self.capsys.readouterr()
        at = ["--workspace", str(self.folder), "--as", who, "--json"]
        assert main([*words[:2], *at, *words[2:]]) == code
        return json.loads(self.capsys.readouterr().out)


@pytest.fixture
def run(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("SPOKESDESK_PIN", "2468")
    return Run(copied(template, tmp_path), capsys)


@pytest.fixture
def released(run: Run) -> str:
    made = str(run("paper", "add", str(RELEASE), who="Lê Thị Ánh")["id"])
    run("paper", "submit", made, who="Lê Thị Ánh")
    run("paper", "approve", made, who="Nguyễn Văn Ổn")
    run("paper", "number", made)
    run("paper", "release", made)
    return made


def test_mail_from_setting_the_server_to_the_list_of_sendings(
    run: Run, released: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("paper", "mail", released, "--to", "a@b.vn", code=3)["error"] == "mail_not_set"
    monkeypatch.setenv("SPOKESDESK_SMTP_PASSWORD", "bí mật")
    with post_office(tmp_path / "box", users={"vp": "bí mật"}) as post:
        where = ("--host", "127.0.0.1", "--port", str(post.port), "--user", "vp", "--from", "vp@coquan.vn")
        assert "bí mật" not in json.dumps(
            run("mail", "set", *where, who="Trần Minh Khuê"), ensure_ascii=False
        )
        monkeypatch.delenv("SPOKESDESK_SMTP_PASSWORD")
        made = run("paper", "mail", released, "--to", "a@bao.vn", "--to", "b@bao.vn", "--subject", "Kính gửi")
        (got,) = post.received()
    assert got.to == ["a@bao.vn", "b@bao.vn"]
    assert (got.mail["Subject"], got.mail["Message-ID"]) == ("Kính gửi", made["message_id"])
    assert run("paper", "sent", released) == [made]


def test_a_draft_and_words_for_zalo(run: Run, released: str, tmp_path: Path) -> None:
    target = tmp_path / "nháp.eml"
    run("paper", "eml", released, "--out", str(target))
    assert message_from_bytes(target.read_bytes(), policy=policy.default)["X-Unsent"] == "1"
    said = run("paper", "zalo", released, "--sent-to", "Nhóm báo chí")
    assert str(said["text"]).startswith("Thông cáo báo chí số 01/")
    (noted,) = run("paper", "sent", released)
    assert noted["to"] == ["Nhóm báo chí"]


def test_a_package_and_its_look(
    run: Run, released: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "goi.xml"
    wanted = ("--to-organ", "H35=UBND tỉnh", "--to-organ", "0101234567", "--out", str(target))
    assert run("paper", "edxml", released, *wanted, code=3)["error"] == "organ_id_missing"
    assert run("edxml", "organ", "h35.11", who="Trần Minh Khuê") == {"organ_id": "H35.11"}
    made = run("paper", "edxml", released, *wanted)
    capsys.readouterr()
    assert main(["edxml", "show", str(target), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["document_id"] == made["document_id"]
    assert [one["organ_id"] for one in shown["receivers"]] == ["H35", "0101234567"]
    assert len(shown["files"]) == 2
    target.write_text('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')
    assert main(["edxml", "show", str(target), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["error"] == "edxml_unsafe"


def test_a_batch_needs_no_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = tmp_path / "ds.csv"
    listed.write_text("Tên cơ quan;Chức danh\nBáo Một;Tổng Biên tập\nBáo Hai;\n", encoding="utf-8-sig")
    words = ["batch", str(LETTER), str(listed), "--out", str(tmp_path / "ra"), "--json"]
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["done"], told["total"], told["cancelled"]) == (2, 2, False)
    assert sorted(file.name for file in (tmp_path / "ra").iterdir()) == [
        "001_bao-mot.docx", "001_bao-mot.pdf", "002_bao-hai.docx", "002_bao-hai.pdf",
    ]  # fmt: skip
    assert main(words) == 6
    assert json.loads(capsys.readouterr().out)["error"] == "batch_folder_full"
