"""The real case of March 2018, from the telephone call to the letter and the release, at the command line."""

import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from spokesdesk.cli import main
from tests.desks import PASSPHRASE

FACT_1 = (
    "Hội Luật gia tỉnh Long An xác nhận ông V.H.T. không phải là hội viên; không có tên trong danh sách hội viên "
    "của Hội Luật gia huyện Bến Lức, huyện Thủ Thừa và của tỉnh"
)
FACT_2 = "Hội Luật gia cấp huyện không có chức danh “Thư ký Hội Luật gia”"

SIGNER = """
[[signers]]
authority = ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
name = "Nguyễn Văn Ổn"
"""


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., dict[str, object]]:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    folder = str(tmp_path / "ban")
    init = [
        "init",
        "--workspace",
        folder,
        "--agency",
        "Sở Thông tin và Truyền thông",
        "--parent",
        "UBND tỉnh Long An",
    ]
    assert main([*init, "--place", "Long An", "--symbol", "STTTT", "--unit", "TTBCXB", "--json"]) == 0

    def answer(noun: str, verb: str, *words: str) -> dict[str, object]:
        capsys.readouterr()
        code = main([noun, verb, "--workspace", folder, *words, "--json"])
        said = capsys.readouterr()
        assert code == 0, said.err
        value: dict[str, object] = json.loads(said.out)
        return value

    return answer


def pdf_text(judge: Callable[[str], str], pdf: Path) -> str:
    done = subprocess.run([judge("pdftotext"), str(pdf), "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_from_the_call_to_the_letter(
    desk: Callable[..., dict[str, object]], judge: Callable[[str], str], tmp_path: Path
) -> None:
    desk("visit", "add", "--outlet", "Báo Điện tử Một Ngày", "--journalist", "Lê Thùy Ánh", "--channel", "phone",
         "--topic", "Phụ huynh bắt cô giáo quỳ tại Trường Tiểu học Bình Chánh", "--received", "2018-03-09 08:30",
         "--question", "Ông V.H.T. có phải Thư ký Hội Luật gia huyện không?")  # fmt: skip
    article = desk(
        "article", "add", "--outlet", "Báo Điện tử Một Ngày", "--title", "Phụ huynh bắt cô giáo quỳ là ai?",
        "--published", "2018-03-07 10:00",
        "--text", "Ông V.H.T. là Thư ký Hội Luật gia của một huyện thuộc tỉnh Long An.",
        "--quote", "Thư ký Hội Luật gia của một huyện", "--fact", FACT_1,
        "--proof", "Công văn của Hội Luật gia tỉnh Long An",
        "--quote", "Thư ký Hội Luật gia", "--fact", FACT_2,
    )  # fmt: skip
    clocks = article["clocks"]
    assert isinstance(clocks, list)
    then = ("Luật Báo chí số 103/2016/QH13", "Nghị định số 09/2017/NĐ-CP")
    assert all(clock["citation"].endswith(then) for clock in clocks), "the law of March 2018, not today's"
    assert any("30 ngày" in clock["wording"] for clock in clocks)
    assert any("ngay" in clock["wording"] for clock in clocks)
    assert any("3 lần" in clock["wording"] for clock in clocks)

    letter = str(desk("article", "rebut", str(article["id"]))["id"])
    draft = tmp_path / "thu.toml"
    desk("paper", "export", letter, "--toml", str(draft))
    signed = draft.read_text(encoding="utf-8") + SIGNER
    draft.write_text(signed, encoding="utf-8")
    paper = letter
    desk("paper", "save", paper, str(draft))
    for verb in ("submit", "approve"):
        desk("paper", verb, paper)
    numbered = desk("paper", "number", paper, "--number", "214", "--date", "2018-03-12")
    assert (numbered["number"], numbered["numbered_on"]) == (214, "2018-03-12")
    released = desk("paper", "release", paper)
    assert released["state"] == "released"

    desk("paper", "export", paper, "--pdf", str(tmp_path / "t.pdf"), "--docx", str(tmp_path / "t.docx"))
    text = pdf_text(judge, tmp_path / "t.pdf")
    for words in ("Số: 214/STTTT-TTBCXB", "Long An, ngày 12 tháng 3 năm 2018", "V/v đề nghị cải chính thông tin",
                  FACT_1, FACT_2, "Luật Báo chí số 103/2016/QH13", "- Như trên;", "./."):  # fmt: skip
        assert words in text
    with zipfile.ZipFile(tmp_path / "t.docx") as archive:
        assert "cải chính" in archive.read("word/document.xml").decode()
