import json
from pathlib import Path

import pytest

from spokesdesk.domain.errors import UserError
from spokesdesk.outside import settings
from spokesdesk.outside.settings import MachineSettings, Setting


def test_a_new_machine_has_the_declared_defaults(home: Path) -> None:
    machine = MachineSettings()
    assert {one.name: machine.get(one.name) for one in settings.DECLARED} == {
        one.name: one.default for one in settings.DECLARED
    }
    assert machine.path.is_relative_to(home)
    assert not machine.path.exists()


def test_what_was_chosen_is_there_at_the_next_start() -> None:
    MachineSettings().put("palette", "dark")
    MachineSettings().put("workspace", "/nhà/bàn làm việc")
    MachineSettings().put("recent_workspaces", ["a", "b"])
    again = MachineSettings()
    assert again.get("palette") == "dark"
    assert again.get("workspace") == "/nhà/bàn làm việc"
    assert again.get("recent_workspaces") == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("palette", "pink"),
        ("scale", 99),
        ("scale", 201),
        ("scale", "150"),
        ("scale", True),
        ("recent_workspaces", [1]),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_and_the_old_one_kept(name: str, value: object) -> None:
    machine = MachineSettings()
    before = machine.get(name)
    with pytest.raises(UserError, match="setting_refused"):
        machine.put(name, value)
    assert MachineSettings().get(name) == before


@pytest.mark.parametrize("content", ["", "{", "[]", '{"scale": "big", "palette": 7}', "\udcff"])
def test_a_damaged_file_gives_defaults_and_can_be_written_again(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    machine = MachineSettings(path)
    assert (machine.get("scale"), machine.get("palette")) == (100, "system")
    machine.put("scale", 150)
    assert MachineSettings(path).get("scale") == 150


def test_a_renamed_setting_is_still_found_and_a_strange_one_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DECLARED", (Setting("zoom", int, 100, "x", low=50, old_names=("scale",)),))
    path = tmp_path / "settings.json"
    path.write_text('{"scale": 125, "from_the_future": 1}', encoding="utf-8")
    machine = MachineSettings(path)
    assert machine.get("zoom") == 125
    machine.put("zoom", 130)
    assert json.loads(path.read_text(encoding="utf-8")) == {"zoom": 130, "from_the_future": 1}


def test_an_undeclared_setting_is_a_bug() -> None:
    with pytest.raises(KeyError):
        MachineSettings().get("nothing")
    with pytest.raises(KeyError):
        MachineSettings().put("nothing", 1)
