"""On the command line a mark of secrecy ends with exit code 3 and the sentence, and nothing is written."""

import json
from pathlib import Path

import pytest

from spokesdesk import assets, bootstrap
from spokesdesk.cli.commands import main
from spokesdesk.services.ports import Desk
from tests.desks import PASSPHRASE, copied

VISIT = ("visit", "add", "--outlet", "Báo A", "--journalist", "B", "--channel", "visit", "--topic")


@pytest.fixture
def folder(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    return copied(template, tmp_path)


def code(folder: Path, *words: str) -> int:
    return main([*words[:2], "--workspace", str(folder), "--as", "Trần Minh Khuê", *words[2:], "--json"])


def opened(folder: Path) -> Desk:
    return bootstrap.open_desk(folder, passphrase=PASSPHRASE)


def test_a_marked_topic_and_a_marked_file_name(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marked = tmp_path / "Phương án_MẬT.pdf"
    marked.write_bytes(b"%PDF-1.4")
    for words in ((*VISIT, "Hồ sơ TỐI MẬT"), (*VISIT, "Giá đất", "--attach", str(marked))):
        capsys.readouterr()
        assert code(folder, *words) == 3
        said = capsys.readouterr()
        assert json.loads(said.out)["error"] == "secret_marked"
        assert "Luật Bảo vệ bí mật nhà nước" in said.err
    assert code(folder, "visit", "list") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_marked_letter_file_is_not_rendered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = tmp_path / "cv.toml"
    sample = assets.read_text("samples", "cong-van-cai-chinh.toml")
    letter.write_text(sample.replace('subject = "', 'subject = "MẬT: '), encoding="utf-8")
    assert main(["render", str(letter), "--pdf", str(tmp_path / "cv.pdf"), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["error"] == "secret_marked"
    assert not (tmp_path / "cv.pdf").exists()
