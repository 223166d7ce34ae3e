"""The same way by commands, as somebody without a window goes it."""

import json
from pathlib import Path
from typing import Any

import pytest

from spokesdesk.cli import main
from tests.server.running import RunningPortal


class Person:
    """Somebody at one desk who types commands."""

    def __init__(self, folder: Path, name: str, read: pytest.CaptureFixture[str]) -> None:
        self.folder, self.name, self._read = str(folder), name, read
        given = ["--agency", "Sở A", "--place", "Long An", "--member", name, "--workspace", self.folder]
        assert main(["init", *given]) == 0

    def does(self, *words: str, code: int = 0) -> Any:
        """Do a command that must end with this exit code; gives its answer."""
        self._read.readouterr()
        told = main([*words, "--workspace", self.folder, "--as", self.name, "--json"])
        said = self._read.readouterr()
        assert told == code, said.err
        return json.loads(said.out or said.err)


def test_two_people_take_a_desk_in_by_commands(
    portal: RunningPortal,
    tmp_path: Path,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", "đủ dài để mở bàn này")
    near, far = Person(tmp_path / "gan", "Lê Mai", capsys), Person(tmp_path / "xa", "Trần Bình", capsys)
    agency = f"Sở {tmp_path.name}"
    near.does("connect", "--portal", portal.url, "--code", portal.quick_code(agency))
    near.does("sync")
    code, the = portal.quick_code(agency), str(stick)
    check = far.does("sync", "join", "ask", the, "--code", code)["check"]
    [waiting] = near.does("sync", "join", "waiting", the)
    assert (waiting["check"], waiting["name"], waiting["fault"]) == (check, "Trần Bình", "")
    wrong = "0000" + check[4:] if not check.startswith("0000") else "1111" + check[4:]
    near.does("sync", "join", "vouch", the, "--code", code, "--check", wrong, code=4)
    near.does("sync", "join", "vouch", the, "--code", portal.quick_code(agency), "--check", check, code=7)
    far.does("sync", "join", "enter", the, code=4)
    near.does("sync", "join", "vouch", the, "--code", code, "--check", check)
    entered = far.does("sync", "join", "enter", the)
    assert (entered["agency"], entered["by"], len(entered["came"])) == (agency, "Lê Mai", 1)
    assert entered["mark"] == near.does("sync", "keys")["mark"]
    far.does("sync", code=4)  # it has no line, and says so
    far.does("sync", "join", "enter", the, code=4)
    assert far.does("sync", "carry", "out", the)["readers"] == ["Lê Mai"]
    [came] = near.does("sync", "carry", "in", the)
    assert (came["name"], came["fault"]) == ("Trần Bình", "")
    near.does("sync")
    near.does("sync", "carry", "out", the)
    [back] = far.does("sync", "carry", "in", the)
    assert back["fault"] == ""


def test_who_asked_by_a_command_may_take_it_back(
    tmp_path: Path,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", "đủ dài để mở bàn này")
    far = Person(tmp_path / "xa", "Trần Bình", capsys)
    far.does("sync", "join", "ask", str(stick), "--code", "AAAA-BBBB", code=3)
    far.does("sync", "join", "ask", str(stick), "--code", "AAAA-BBBB-CCCC-DDDD")
    far.does("sync", "join", "forget")
    far.does("sync", "join", "enter", str(stick), code=4)
