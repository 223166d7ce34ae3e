"""Papers after release on the command line: what scripts rely on."""

from pathlib import Path

import pytest

from spokesdesk.cli import main
from spokesdesk.services import papers
from tests.cli.test_desk import Run, folder, run
from tests.desks import Office
from tests.services.test_papers import a_draft, approved

__all__ = ["folder", "run"]


@pytest.fixture
def released(office: Office) -> str:
    """A released công văn of the desk's own workspace."""
    paper = approved(office)
    papers.number(office.registry, paper.id, 3)
    papers.release(office.registry, paper.id)
    return str(paper.id)


class Commands:
    """Runs commands on the office's workspace while its desk stands open, as a second program would."""

    def __init__(
        self, office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from tests.desks import PASSPHRASE

        monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
        monkeypatch.setenv("SPOKESDESK_PIN", "2468")
        office.leader.close()
        self.run = Run(office.folder, capsys)

    def as_(self, who: str) -> Run:
        self.run.who = who
        return self.run


@pytest.fixture
def commands(
    released: str, office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Commands:
    return Commands(office, capsys, monkeypatch)


def test_a_released_paper_is_corrected_and_then_withdrawn(commands: Commands, released: str) -> None:
    desk = commands.as_("Trần Minh Khuê")
    code, told, _err = desk.error("paper", "correct", released, "--remark", " ")
    assert (code, told["field"]) == (3, "remark")
    new = desk.answer("paper", "correct", released, "--remark", "Sai số liệu", "--way", "letter")
    assert (new["state"], new["corrects"]) == ("draft", released)
    old = desk.answer("paper", "show", released)
    assert (old["state"], old["corrected_by"]) == ("corrected", new["id"])
    assert desk.answer("paper", "withdraw", released, "--remark", "Bỏ hẳn")["state"] == "withdrawn"
    code, told, _err = desk.error("paper", "withdraw", released, "--remark", "lần nữa")
    assert (code, told["error"]) == (5, "paper_move_illegal")


def test_register_gaps_and_series(commands: Commands, released: str, tmp_path: Path) -> None:
    desk = commands.as_("Trần Minh Khuê")
    desk.capsys.readouterr()
    assert desk.code("paper", "gaps") == 0
    assert "thiếu 01–02" in desk.capsys.readouterr().out
    target = tmp_path / "sổ.pdf"
    assert desk.code("paper", "register", "--pdf", str(target)) == 0
    lines = desk.capsys.readouterr().out.splitlines()
    assert [len(line.split("\t")) for line in lines] == [10, 10]
    assert lines[1].startswith("03/STTTT-TTBCXB\t")
    assert target.read_bytes().startswith(b"%PDF")
    told = desk.answer("paper", "series", "--mode", "mixed", "--table", "cong-van=Hành chính")
    assert told["mode"] == "mixed"
    assert desk.error("paper", "series", "--mode", "mixed", "--table", "x=y")[0] == 3
    assert desk.error("paper", "register", "--year", "26")[0] == 3


def test_versions_are_listed_compared_and_taken_back(
    commands: Commands, released: str, tmp_path: Path
) -> None:
    desk = commands.as_("Lê Thị Ánh")
    letter = tmp_path / "thu.toml"
    assert desk.code("paper", "export", released, "--toml", str(letter)) == 0
    paper = str(desk.answer("paper", "add", str(letter))["id"])
    letter.write_text(letter.read_text(encoding="utf-8").replace("12/3/2018", "13/3/2018"), encoding="utf-8")
    desk.answer("paper", "save", paper, str(letter))
    assert len(desk.answer("paper", "versions", paper)) == 2
    desk.capsys.readouterr()
    assert desk.code("paper", "compare", paper, "1", "2") == 0
    assert "[-12/3/2018-][+13/3/2018+]" in desk.capsys.readouterr().out
    assert desk.answer("paper", "restore", paper, "1")["version"] == 3
    assert desk.error("paper", "compare", paper, "1", "9")[0] == 3


def test_flagged_and_waiting_are_listed(commands: Commands) -> None:
    desk = commands.as_("Nguyễn Văn Ổn")
    told = desk.answer("paper", "flagged")
    assert (told["approvals"], told["count"], told["unreviewed"]) == (1, 0, 0)
    assert not desk.answer("paper", "waiting")


def test_help_names_the_new_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["paper", "--help"])
    told = capsys.readouterr().out
    assert all(verb in told for verb in ("correct", "withdraw", "review", "flagged", "register", "gaps"))


def test_a_letter_with_the_leaders_words_is_approved_at_once(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = a_draft(office.drafter)
    papers.submit(office.drafter, draft.id)
    letter = tmp_path / "thu.toml"
    text = papers.file(office.leader, draft.id, "toml").decode()
    letter.write_text(text.replace("đề nghị quý Báo", "yêu cầu quý Báo"), encoding="utf-8")
    desk = Commands(office, capsys, monkeypatch).as_("Nguyễn Văn Ổn")
    told = desk.answer("paper", "approve", str(draft.id), "--letter", str(letter))
    assert (told["state"], told["version"]) == ("approved", 2)
    desk.capsys.readouterr()
    desk.code("paper", "show", str(draft.id))
    assert "bản 1 → bản 2" in desk.capsys.readouterr().out
