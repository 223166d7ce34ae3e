"""The agency's keys on the command line: parts of `sync` name the workspace themselves."""

import json
from io import StringIO
from pathlib import Path

import pytest

from spokesdesk.cli import main
from tests.desks import PASSPHRASE, copied


@pytest.fixture
def place(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The options that name a workspace and who is at work."""
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    return ["--workspace", str(copied(template, tmp_path)), "--as", "Trần Minh Khuê"]


def test_a_desk_without_a_portal_has_no_key_and_says_what_cannot_be_done(
    place: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sync", "keys", *place, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["generation"], told["mark"], told["awaited"], told["holders"]) == (0, "", 0, [])
    assert main(["sync", "export-outbox", *place, str(tmp_path / "a.hangcho")]) == 4
    (tmp_path / "b.hangcho").write_bytes(b"PK")
    assert main(["sync", "import-outbox", *place, str(tmp_path / "b.hangcho")]) == 3
    monkeypatch.setattr("sys.stdin", StringIO("AAAA\n"))
    assert main(["sync", "keys", "recover", *place]) == 7
    assert main(["sync", "keys", "new", *place]) == 4
    said = capsys.readouterr().err
    assert "hangcho" in said
    assert "Mã khôi phục" in said or "mã khôi phục" in said


@pytest.mark.parametrize("words", [["sync"], ["sync", "keys"], ["sync", "places"]])
def test_a_workspace_that_is_not_named_is_asked_for(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as told:
        main(words)
    assert told.value.code == 2
    assert "--workspace" in capsys.readouterr().err


def test_the_parts_of_sync_are_called_with_the_workspace_once(place: list[str]) -> None:
    assert main(["sync", "conflicts", *place]) == 0
    assert main(["sync", "places", *place]) == 0
