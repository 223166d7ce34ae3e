"""The command line contract on a real workspace: what scripts rely on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from spokesdesk import bootstrap
from spokesdesk.cli import main
from tests.desks import PASSPHRASE, copied


@pytest.fixture
def folder(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    return copied(template, tmp_path)


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> "Run":
    return Run(folder, capsys)


class Run:
    """Runs commands as the spokesperson; gives the exit code, or the JSON answer."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.who = "Trần Minh Khuê"

    def code(self, noun: str, *words: str) -> int:
        verb = () if noun in {"find", "backup", "doctor", "sample"} else words[:1]
        rest = words[len(verb) :]
        return main([noun, *verb, "--workspace", str(self.folder), "--as", self.who, *rest])

    def answer(self, noun: str, *words: str) -> dict[str, object]:
        self.capsys.readouterr()
        code = self.code(noun, *words, "--json")
        out = self.capsys.readouterr().out
        assert code == 0, out
        value: dict[str, object] = json.loads(out)
        return value

    def error(self, noun: str, *words: str) -> tuple[int, dict[str, str], str]:
        self.capsys.readouterr()
        code = self.code(noun, *words, "--json")
        said = self.capsys.readouterr()
        return code, json.loads(said.out), said.err


VISIT = ("add", "--outlet", "Báo Tuổi Trẻ", "--journalist", "Đặng Thị Khuê", "--channel", "visit", "--topic")


def test_init_makes_one_member_with_every_role_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    folder = tmp_path / "bàn mới"
    words = ["init", "--workspace", str(folder), "--agency", "UBND xã Bình Chánh", "--json"]
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["flagged"] is True
    assert set(told["roles"]) == {"spokesperson", "drafter", "leader", "registry", "admin"}
    recovered = bootstrap.open_desk(folder, recovery=told["recovery_key"])
    recovered.close()
    assert main(words) == 3, "a folder that holds a workspace is never made anew"


def test_without_passphrase_and_keyring_init_says_what_to_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--workspace", str(tmp_path / "x"), "--agency", "A"]) == 7
    assert "SPOKESDESK_PASSPHRASE" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_visit_with_a_letter_that_lacks_facts(run: Run) -> None:
    letter = ("--verification", "letter", "--letter-no", "12/GGT", "--letter-until", "2099-01-01")
    told = run.answer("visit", *VISIT, "Giá đất", *letter)
    assert told["result"] == "letter_missing_scope"
    whole = ("--letter-names-us", "--letter-content", "giá đất", "--letter-time", "sáng nay")
    assert run.answer("visit", *VISIT, "Giá đất", *letter, *whole)["result"] == "letter_valid"
    assert run.answer("visit", "show", str(told["id"]))["topic"] == "Giá đất"
    assert len(run.answer("visit", "list")) == 2


def test_find_gives_rows_of_kind_id_title_snippet_at(run: Run) -> None:
    visit = run.answer("visit", *VISIT, "Giá đất đền bù", "--question", "Bao nhiêu hộ?")
    rows = run.answer("find", "tuoi tre khue den bu ho")
    assert [set(row) for row in rows] == [{"kind", "id", "title", "snippet", "at"}]
    assert rows[0]["id"] == visit["id"]  # type: ignore[index]


def test_attachments_and_their_limits(run: Run, tmp_path: Path) -> None:
    good, empty = tmp_path / "ghi âm.txt", tmp_path / "trống.txt"
    good.write_text("xin chào", encoding="utf-8")
    empty.touch()
    told = run.answer("visit", *VISIT, "Giá đất", "--attach", str(good))
    assert [item["name"] for item in told["attachments"]] == ["ghi âm.txt"]  # type: ignore[attr-defined]
    code, _told, said = run.error("visit", *VISIT, "Giá đất", "--attach", str(empty))
    assert code == 3
    assert "trống.txt" in said


def test_an_error_names_its_field_in_words_and_in_json(run: Run) -> None:
    code, told, said = run.error("visit", *VISIT, "x" * 300)
    assert code == 3
    assert told["field"] == "topic"
    assert "Chủ đề" in said
    assert "250" in said


def test_an_ambiguous_journalist_is_an_error_that_lists_them(run: Run) -> None:
    for outlet in ("Báo A", "Báo B"):
        run.answer(
            "visit", "add", "--outlet", outlet, "--journalist", "Lê Hà", "--channel", "phone", "--topic", "t"
        )
    code, told, _said = run.error(
        "visit", "add", "--journalist", "Lê Hà", "--channel", "phone", "--topic", "t"
    )
    assert code == 3
    assert told["error"] == "journalist_ambiguous"
    assert "Báo A" in told["found"]
    assert "Báo B" in told["found"]


def test_an_unknown_id_and_a_wrong_id(run: Run) -> None:
    assert run.error("visit", "show", "abc")[1]["error"] == "id_form"
    assert run.error("visit", "show", "01a202ad-0000-7000-8000-000000000000")[1]["error"] == "record_missing"


def test_a_wrong_passphrase_opens_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", "sai bét")
    code, told, _said = run.error("visit", "list")
    assert (code, told["error"]) == (7, "passphrase_wrong")


def test_a_missing_workspace_is_named(run: Run, tmp_path: Path) -> None:
    run.folder = tmp_path / "không có"
    code, told, _said = run.error("visit", "list")
    assert (code, told["error"]) == (6, "workspace_missing")


def test_several_members_and_nobody_named(run: Run) -> None:
    code = main(["visit", "list", "--workspace", str(run.folder)])
    assert code == 0, "the only admin without a PIN works at the command line"
    assert main(["visit", "list", "--workspace", str(run.folder), "--as", "Ai đó"]) == 3


def test_a_member_with_a_pin_needs_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.who = "Nguyễn Văn Ổn"
    assert run.code("visit", "list") == 7
    monkeypatch.setenv("SPOKESDESK_PIN", "2468")
    assert run.code("visit", "list") == 0


def test_backup_restore_doctor(run: Run, tmp_path: Path) -> None:
    visit = run.answer("visit", *VISIT, "Giá đất")
    made = run.answer("backup", "--to", str(tmp_path / "sao.spokesbackup"))
    beside = Path(str(run.answer("backup")["file"]))
    assert beside.parent == run.folder.parent
    again = tmp_path / "lại"
    assert main(["restore", str(made["file"]), "--workspace", str(again)]) == 0
    run.folder = again
    assert run.answer("visit", "show", str(visit["id"]))["topic"] == "Giá đất"
    assert run.answer("doctor")["ok"] is True


def test_sample_contacts_are_found_and_in_order(run: Run) -> None:
    assert run.answer("sample", "--contacts", "120")["contacts"] == 120
    assert run.answer("find", "dat", "--kind", "contact")
    checked = run.answer("doctor")
    assert checked["ok"] is True
    assert int(str(checked["entries"])) >= 120


def test_a_reader_that_goes_away_is_no_fault() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [
        sys.executable,
        "-m",
        "spokesdesk",
        "rules",
        "due",
        "--event",
        "rebuttal",
        "--at",
        "2018-03-07",
    ]
    with os.fdopen(writer, "wb") as closed:
        ended = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["visit", "add", "--channel", "telepathy"], "--channel không nhận 'telepathy'; hãy chọn một trong"),
        (
            ["paper", "number", "--workspace", "x", "--number", "hai"],
            "--number phải là số nguyên, không phải 'hai'",
        ),
        (["doctor"], "còn thiếu --workspace"),
        (["doctor", "--workspace"], "--workspace cần một giá trị đi kèm"),
        (["rules", "due", "--at", "2018-03-07", "thừa"], "không có tùy chọn hoặc đối số thừa"),
        (["bay"], "LỆNH không nhận 'bay'"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_said_in_vietnamese(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*words, "--json"])
    assert caught.value.code == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert said in json.loads(shown.out)["message"]


def test_an_outlet_is_known_by_its_own_name_and_two_of_that_name_are_listed(run: Run) -> None:
    first = run.answer("visit", *VISIT, "Một")
    typed = (
        "add",
        "--journalist",
        "Đặng Thị Khuê",
        "--channel",
        "phone",
        "--topic",
        "Hai",
        "--outlet",
        "tuoi tre",
    )
    assert run.answer("visit", *typed)["outlet"] == first["outlet"]
    run.answer("visit", "add", "--channel", "phone", "--topic", "Ba", "--outlet", "Tạp chí Tuổi Trẻ")
    code, told, _sentence = run.error("visit", *typed)
    assert (code, told["error"]) == (3, "outlet_ambiguous")
    assert told["found"].count("Tuổi Trẻ") == 2


def test_an_article_of_a_day_to_come_and_claims_that_are_none_are_refused(run: Run, tmp_path: Path) -> None:
    words = ("add", "--outlet", "Báo Tuổi Trẻ", "--title", "Giá đất", "--published")
    code, told, _sentence = run.error("article", *words, "2190-01-01")
    assert (code, told["error"]) == (3, "published_in_future")
    for content, error in (
        ("claims = 3", "claims_form"),
        ('claims = ["a"]', "claims_form"),
        ('[[claims]]\nquote = "a"\nverdict = "đúng"', "verdict_unknown"),
        ("khác = 1", "toml_broken"),
        ("khac = 1", "key_unknown"),
    ):
        (tmp_path / "c.toml").write_text(content, "utf-8")
        code, told, _sentence = run.error(
            "article", *words, "2018-03-07", "--claims", str(tmp_path / "c.toml")
        )
        assert (code, told["error"]) == (3, error)


def test_an_agency_without_a_name_is_told_as_the_agency(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    assert main(["init", "--workspace", str(tmp_path / "bàn"), "--agency", " ", "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert told["field"] == "agency"
    assert "Cơ quan ban hành" in told["message"]
    assert not (tmp_path / "bàn").exists()


def test_a_backup_into_a_folder_that_is_not_there_names_the_folder(run: Run, tmp_path: Path) -> None:
    code, told, _sentence = run.error("backup", "--to", str(tmp_path / "không có" / "sao"))
    assert (code, told["error"]) == (3, "backup_folder_missing")
    assert told["path"] == str(tmp_path / "không có")
