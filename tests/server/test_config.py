"""The portal's configuration file stands in place of options; what the command line says stands over it."""

from pathlib import Path

import pytest

from installer.debian.build import FILES
from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.server import commands, config


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "portal.toml"
    written.write_text('data = "/srv/cong"\nport = 8480\nurl = ""\ntitle = "-Cổng tỉnh"\n', encoding="utf-8")
    return written


def test_serving_takes_all_of_the_file_and_leaves_out_what_is_empty(file: Path) -> None:
    assert config.spread(["serve", "--config", str(file)]) == [
        "serve",
        "--data=/srv/cong",
        "--port=8480",
        "--title=-Cổng tỉnh",
    ]


def test_other_commands_take_only_where_the_data_is(file: Path) -> None:
    assert config.spread(["enrol", "--config", str(file), "--agency", "X"]) == [
        "enrol",
        "--agency",
        "X",
        "--data=/srv/cong",
    ]


def test_the_command_line_stands_over_the_file(file: Path) -> None:
    spread = config.spread(["serve", "--config", str(file), "--port", "9", "--data=/elsewhere"])
    assert [word for word in spread if "8480" in word or "srv" in word] == []


@pytest.mark.parametrize("text", ["port = ", "poort = 8480", "[data]\nx = 1", "\xff"])
def test_a_wrong_file_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    wrong = tmp_path / "portal.toml"
    wrong.write_bytes(text.encode("latin-1"))
    with pytest.raises(UserError, match="portal_config_form") as told:
        config.spread(["serve", "--config", str(wrong)])
    assert told.value.params["path"] == str(wrong)


def test_a_file_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(OutsideError):
        config.spread(["serve", "--config", str(tmp_path / "none.toml")])
    assert commands.main(["serve", "--config", str(tmp_path / "none.toml")]) == 6
    assert "none.toml" in capsys.readouterr().err


def test_the_file_that_the_package_installs_is_understood() -> None:
    spread = config.spread(["serve", "--config", str(FILES / "portal.toml")])
    assert "--data=/var/lib/spokesdesk-portal" in spread
    assert not [word for word in spread if word.startswith("--database")]
