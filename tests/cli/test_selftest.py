"""`self-test` from the command line: what the installers run from the installed program."""

import json
from pathlib import Path

import pytest

from spokesdesk.cli import main
from spokesdesk.domain.errors import UserError
from spokesdesk.gui import places
from spokesdesk.services.selftest import NAMES, LackError, Trial, TrialError


def test_every_step_passes_here_and_the_screens_are_kept_as_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home của tôi"
    home.mkdir()
    monkeypatch.setenv("SPOKESDESK_HOME", str(home))
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", "mật khẩu của tôi")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    code = main(["self-test", "--json", "--pictures", str(tmp_path / "ảnh")])
    told = json.loads(capsys.readouterr().out)
    results = {step["name"]: step["result"] for step in told["steps"]}
    assert (code, told["ok"]) == (0, True), told
    assert set(results) == set(NAMES)
    assert {name for name, result in results.items() if result == "skipped"} <= {"keyring", "portal"}
    shown = {place.name for place in (*places.rail(), places.settings(), *places.beside())}
    assert {file.stem for file in (tmp_path / "ảnh").glob("*.png")} == shown
    assert list(home.iterdir()) == [], "the trial must leave the user's own folder alone"


def test_a_failed_step_is_told_and_does_not_stop_the_others() -> None:
    trial = Trial()

    def refuse() -> str:
        raise UserError("sign_options")

    def wrong() -> str:
        raise TrialError("hai trang thay vì một")

    def lack() -> str:
        raise LackError("không có")

    def fall() -> str:
        raise OSError("đĩa hỏng")

    assert not trial.run("letter", refuse)
    assert not trial.run("print", wrong)
    assert trial.run("keyring", lack)
    assert trial.ok is False
    assert not trial.run("visit", fall)
    assert [step.result for step in trial.steps] == ["failed", "failed", "skipped", "failed"]
    assert "sign_options" in trial.steps[0].said
    assert "hai trang" in trial.steps[1].said
