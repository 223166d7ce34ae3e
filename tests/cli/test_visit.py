"""Everything a contact can say, from the command line, and what stops a wrong line."""

import json
from pathlib import Path

import pytest

from spokesdesk.cli import main
from tests.desks import PASSPHRASE, copied

VISIT = (
    "add",
    "--channel",
    "visit",
    "--topic",
    "Giá đất",
    "--outlet",
    "Báo Tuổi Trẻ",
    "--journalist",
    "Lê Ánh",
)


@pytest.fixture
def visit(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> "Visit":
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    return Visit(copied(template, tmp_path), capsys)


class Visit:
    """Runs ``visit`` as the spokesperson."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def run(self, verb: str, *words: str) -> tuple[int, str, str]:
        self.capsys.readouterr()
        code = main(["visit", verb, "--workspace", str(self.folder), "--as", "Trần Minh Khuê", *words])
        said = self.capsys.readouterr()
        return code, said.out, said.err

    def answer(self, verb: str, *words: str) -> dict[str, object]:
        code, out, err = self.run(verb, *words, "--json")
        assert code == 0, out + err
        value: dict[str, object] = json.loads(out)
        return value


def test_every_field_comes_back(visit: Visit) -> None:
    first = visit.answer(
        *VISIT,
        *("--question", "Ai duyệt?", "--question", "Bao nhiêu hộ?", "--answer", "1", "UBND tỉnh"),
        *("--answer-by", "1", "Nguyễn Văn Ổn", "--answered-by", "Trần Minh Khuê", "--recorded"),
        *("--given", "Trả lời", "--also-given", "document", "Quyết định 214", "--occasion", "Họp báo quý IV"),
        *(
            "--with",
            "Vũ Quốc Huy; outlet=Báo Lao Động; papers=card; card_number=IBT1; card_issued=02/03/2026",
        ),
    )
    assert first["questions"] == ["Ai duyệt?", "Bao nhiêu hộ?"]
    answers = first["answers"]
    assert isinstance(answers, list)
    assert [(each["text"], each["answered_by"]) for each in answers] == [("UBND tỉnh", "Nguyễn Văn Ổn")]
    companions = first["companions"]
    assert isinstance(companions, list)
    assert companions[0]["verification"]["result"] == "card_valid"
    assert first["givens"] == [{"text": "Quyết định 214", "form": "document"}]
    assert (first["occasion"], first["recorded"]) == ("Họp báo quý IV", True)
    code, out, _err = visit.run("show", str(first["id"]))
    assert code == 0
    for said in (
        "+ Vũ Quốc Huy – Báo Lao Động",
        "chưa trả lời",
        "Quyết định 214 (bằng văn bản)",
        "Họp báo quý IV",
    ):
        assert said in out


def test_a_follow_up_answers_what_was_open_and_the_thread_shows_it(visit: Visit) -> None:
    first = visit.answer(*VISIT, "--question", "Ai duyệt?", "--question", "Bao nhiêu hộ?")
    later = visit.answer(*VISIT, "--follows", str(first["id"]), "--answer-earlier", "2", "14 hộ")
    thread = visit.answer("thread", str(later["id"]))
    entries, asked = thread["entries"], thread["open_questions"]
    assert isinstance(entries, list)
    assert isinstance(asked, list)
    assert [entry["id"] for entry in entries] == [first["id"], later["id"]]
    assert [each["asked"] for each in asked] == ["Ai duyệt?"]


def test_what_was_given_is_counted(visit: Visit) -> None:
    visit.answer(*VISIT, "--received", "20/11/2026 09:00", "--given", "a", "--also-given", "zalo", "b")
    visit.answer(*VISIT, "--received", "21/11/2026 09:00", "--given", "c")
    counted = visit.answer("given", "--from", "20/11/2026", "--to", "20/11/2026")
    assert counted == {"total": 2, "forms": {"oral": 1, "zalo": 1}}


def test_files_come_back_and_none_is_written_over(visit: Visit, tmp_path: Path) -> None:
    for folder in ("một", "hai"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "ghi âm.m4a").write_bytes(folder.encode() * 1000)
    entry = visit.answer(
        *VISIT,
        "--attach",
        str(tmp_path / "một" / "ghi âm.m4a"),
        "--attach-as",
        "photo",
        str(tmp_path / "hai" / "ghi âm.m4a"),
    )
    attachments = entry["attachments"]
    assert isinstance(attachments, list)
    assert [each["kind"] for each in attachments] == ["audio", "photo"]
    out = tmp_path / "ra" / "đâu đó"
    files = visit.answer("files", str(entry["id"]), "--out", str(out))["files"]
    assert isinstance(files, list)
    assert [Path(path).read_bytes()[:3] for path in files] == ["một".encode()[:3], b"hai"]


def test_the_slip_and_the_minutes(visit: Visit, tmp_path: Path) -> None:
    entry = visit.answer(*VISIT)
    pdf = tmp_path / "phiếu.pdf"
    assert visit.run("slip", str(entry["id"]), "--pdf", str(pdf))[0] == 0
    assert pdf.read_bytes().startswith(b"%PDF-")
    made = visit.answer("minutes", str(entry["id"]))
    assert (
        main(
            ["paper", "show", "--workspace", str(visit.folder), "--as", "Trần Minh Khuê", str(made["paper"])]
        )
        == 0
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--with", "Huy; báo=Lao Động"), "--with"),
        (("--with", "Huy; papers=passport"), "papers=passport"),
        (("--answer", "1", "không có câu hỏi"), "câu hỏi số 1"),
        (("--answer", "x", "không phải số"), "câu hỏi số x"),
        (("--answer-earlier", "1", "không nói của mục nào"), "câu hỏi số 1"),
        (("--also-given", "fax", "bản tin"), "fax"),
        (("--attach-as", "cccd", "anh.jpg"), "cccd"),
        (("--follows", "01890000-0000-7000-8000-000000000000"), "Không có mục"),
    ],
)
def test_a_wrong_line_says_what_is_wrong(visit: Visit, words: tuple[str, ...], said: str) -> None:
    code, _out, err = visit.run(*VISIT, *words)
    assert code == 3
    assert said in err


LETTER = ("--letter-no", "1/GGT", "--letter-until", "01/01/2031", "--letter-names-us")
ARMY = ("defence", "--identity-shown", *LETTER, "--letter-content", "diễn tập", "--letter-time", "sáng")


@pytest.mark.parametrize(
    ("papers", "result"),
    [
        (
            ("foreign", "--permit-number", "TL-3", "--permit-until", "01/01/2031", "--assistant"),
            "foreign_permit",
        ),
        (("foreign", "--permit-number", "BNG-1", "--permit-scope", "Long An"), "foreign_missing"),
        ((*ARMY, "--letter-not-press"), "defence_valid"),
        ((*ARMY, "--letter-signed", "--letter-sealed"), "defence_missing"),
        ((*ARMY, "--letter-signed", "--letter-sealed", "--letter-names-holder"), "defence_valid"),
    ],
)
def test_every_profile_can_be_said(visit: Visit, papers: tuple[str, ...], result: str) -> None:
    entry = visit.answer(*VISIT, "--verification", *papers)
    assert entry["result"] == result
    assert any("căn cước" in each for each in entry["may_not_demand"])  # type: ignore[attr-defined]


def test_whoever_answered_without_authorisation_is_named(visit: Visit) -> None:
    entry = visit.answer(*VISIT, "--answered-by", "Lê Thị Ánh")
    cautions = entry["cautions"]
    assert isinstance(cautions, list)
    assert "Lê Thị Ánh" in cautions[0]
    assert visit.answer(*VISIT)["cautions"] == []
