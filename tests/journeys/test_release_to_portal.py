"""From a draft on a desk that is offline to the public page and the feed, at the command line (issue: point 10)."""

import hashlib
import json
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import defusedxml.ElementTree  # type: ignore[import-untyped]
import pytest

from spokesdesk.cli import main
from tests.server.running import RunningPortal, ask

ATOM = "{http://www.w3.org/2005/Atom}"
SUBJECT = "về thông tin liên quan ông V.H.T. tại Trường Tiểu học Bình Chánh"
LETTER = f"""
kind = "thong-cao-bao-chi"
parent_agency = "UBND TỈNH LONG AN"
agency = "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"
symbol = "TCBC-STTTT"
place = "Long An"
subject = "{SUBJECT}"
body = '''
Hội Luật gia tỉnh Long An xác nhận ông V.H.T. **không phải** là hội viên.

Hội Luật gia cấp huyện không có chức danh “Thư ký Hội Luật gia”.
'''
recipients = ["Các cơ quan báo chí"]
archive = "VT, TTBCXB"
[[signers]]
authority = ["GIÁM ĐỐC"]
name = "Nguyễn Văn Ổn"
"""
Command = Callable[..., tuple[int, dict[str, object]]]


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[RunningPortal]:
    running = RunningPortal(tmp_path / "cong").start()
    yield running
    running.stop()


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Does a command on a new workspace; gives the exit code and the JSON."""
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", "đủ dài để mở bàn này")
    folder = str(tmp_path / "ban")

    def run(*words: str) -> tuple[int, dict[str, object]]:
        capsys.readouterr()
        code = main([*words, "--workspace", folder, "--json"])
        said = capsys.readouterr().out
        return code, json.loads(said) if said.strip() else {}

    code, _ = run(
        "init", "--agency", "Sở Thông tin và Truyền thông", "--place", "Long An", "--member", "Lê Mai"
    )
    assert code == 0
    return run


def release(command: Command, tmp_path: Path) -> str:
    file = tmp_path / "thong-cao.toml"
    file.write_text(LETTER, encoding="utf-8")
    code, made = command("paper", "add", str(file))
    assert code == 0
    paper = str(made["id"])
    for step in (
        ("submit", paper),
        ("approve", paper),
        ("number", paper, "--date", "2018-03-12"),
        ("release", paper),
    ):
        assert command("paper", *step)[0] == 0
    return paper


def where(command: Command) -> dict[str, object]:
    """Give where the one record stands after a round."""
    code, report = command("sync")
    assert code == 0, report
    records = report["records"]
    assert isinstance(records, list)
    assert len(records) == 1
    row: dict[str, object] = records[0]
    return row


def test_a_release_goes_from_an_offline_desk_to_the_public_once(
    command: Command, portal: RunningPortal, tmp_path: Path
) -> None:
    code, told = command("connect", "--portal", portal.url, "--code", portal.code("Sở TT&TT tỉnh Long An"))
    assert (code, told["portal"]) == (0, portal.url)
    portal.stop()
    paper = release(command, tmp_path)
    code, report = command("sync")
    assert (code, report["fault"]) == (6, "portal_unreachable")
    assert command("sync", "--dry-run")[1]["operations"]
    portal.start()
    row = where(command)
    assert (row["record"], row["state"]) == (paper, "published")
    assert where(command) == row
    front = unescape(portal.get("/").text)
    assert front.count("<article>") == 1
    assert SUBJECT[1:] in front
    assert "Sở TT&TT tỉnh Long An" in front
    feed = defusedxml.ElementTree.fromstring(portal.get("/feed.atom").content)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["V" + SUBJECT[1:]]
    page = portal.get(str(row["url"]).removeprefix(portal.url)).text
    assert "<p>Hội Luật gia tỉnh Long An xác nhận ông V.H.T. không phải là hội viên.</p>" in page
    same_files(command, portal, paper, str(row["url"]))


def same_files(command: Command, portal: RunningPortal, paper: str, url: str) -> None:
    """The files that the public downloads are the ones that the desk holds."""
    _code, shown = command("paper", "show", paper)
    for kind in ("pdf", "docx"):
        data = portal.get(f"{url.removeprefix(portal.url)}/van-ban.{kind}").content
        named: dict[str, object] = shown[kind]  # type: ignore[assignment]
        assert hashlib.sha256(data).hexdigest() == named["sha256"]


def test_a_release_made_before_enrolment_is_sent_after_it(
    command: Command, portal: RunningPortal, tmp_path: Path
) -> None:
    release(command, tmp_path)
    assert command("sync")[0] == 4
    command("connect", "--portal", portal.url, "--code", portal.code("Sở A"))
    assert where(command)["state"] == "published"
    assert portal.get("/").text.count("<article>") == 1


def test_a_code_serves_once(command: Command, portal: RunningPortal) -> None:
    code = portal.code("Sở A")
    portal.client().enrol(ask(code, bytes(range(32))))
    RunningPortal.close_all()
    exit_code, told = command("connect", "--portal", portal.url, "--code", code)
    assert exit_code == 7
    assert "enrol_code_used" in json.dumps(told)
    assert command("sync")[0] == 4
