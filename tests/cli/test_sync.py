"""`sync` and what stands below it: each takes the workspace where a person writes it, at the end."""

from pathlib import Path

import pytest

from spokesdesk.cli import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", "đủ dài để mở bàn này")
    made = str(tmp_path / "ban")
    assert (
        main(["init", "--agency", "Sở A", "--place", "Long An", "--member", "Lê Mai", "--workspace", made])
        == 0
    )
    return made


def test_parts_of_sync_take_the_workspace_at_the_end(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    for words in (["conflicts"], ["places"], ["places", "deliver"]):
        assert main(["sync", *words, "--workspace", folder, "--json"]) == 0
    stick = tmp_path / "the"
    stick.mkdir()
    for way in ("out", "in"):
        capsys.readouterr()
        # Not connected yet: said in words, and nothing is written.
        assert main(["sync", "carry", way, str(stick), "--workspace", folder, "--json"]) in {4, 7}
        assert list(stick.iterdir()) == []
    assert capsys.readouterr().err


def test_without_a_workspace_it_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["sync"])
    assert caught.value.code == 2
    assert "--workspace" in capsys.readouterr().err
