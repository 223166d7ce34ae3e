"""Setting up: what is looked for, what is said when it is missing, and that a second start does nothing."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from installer import environment, interpreter, lock, system
from installer.talk import SetupError
from tests.house import source
from tests.judges import judge


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose environment was just made, with nothing marked as ready."""
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    environment.venv_python().parent.mkdir(parents=True)
    environment.venv_python().symlink_to(sys.executable)
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("version = 3.11.7\n", encoding="utf-8")
    (tmp_path / "requirements").mkdir()
    for kind in environment.INCLUDES:
        environment.lock_file(kind).write_text("six==1.17.0\n", encoding="utf-8")
    return tmp_path


def forbid_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*command: object, **_options: object) -> None:
        raise AssertionError(f"a process was started: {command}")

    monkeypatch.setattr(subprocess, "run", refuse)


def test_a_second_start_starts_no_process(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.mark_ready("packages", "desk")
    environment.mark_ready("system", "desk")
    forbid_processes(monkeypatch)
    assert environment.ensure("desk") == checkout / ".venv" / "bin" / "python"


def test_a_developer_needs_no_further_setup_to_open_the_desk(checkout: Path) -> None:
    environment.mark_ready("packages", "dev")
    assert all(environment.is_ready("packages", kind) for kind in ("desk", "portal", "dev"))


@pytest.mark.parametrize("what", ["lock", "python", "moved"])
def test_a_change_is_noticed_at_the_next_start(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    environment.mark_ready("packages", "desk")
    assert environment.is_ready("packages", "desk")
    if what == "lock":
        environment.lock_file("desk").write_text("six==1.16.0\n", encoding="utf-8")
    elif what == "python":
        environment.venv_python().unlink()
    else:
        monkeypatch.setattr(environment, "ROOT", checkout.rename(checkout.with_name("moved")))
        monkeypatch.setattr(environment, "VENV", environment.ROOT / ".venv")
    assert not environment.is_ready("packages", "desk")


def test_a_renamed_package_counts_when_it_provides_the_old_name() -> None:
    listing = (
        "installed\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80.0-6)\n"
        "config-files\tlibegl1\t\n"
        "installed\tfonts-liberation\tfonts-a, fonts-b\n"
    )
    wanted = ("libglib2.0-0", "libegl1", "fonts-liberation2|fonts-liberation", "fonts-b")
    assert system.missing_packages(wanted, system.names_in(listing)) == ["libegl1"]


def test_without_root_one_line_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "can_install", lambda: False)
    monkeypatch.setattr(system, "installed_names", lambda: set(system.DESK) - {"libegl1", "libxcb-cursor0"})
    assert system.ensure("desk") is False
    line = capsys.readouterr().out.splitlines()[-1].strip()
    assert line == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 libxcb-cursor0"
    )


def test_an_old_python_hands_over_to_a_supported_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, answer in {
        "python3.13": "exit 1",
        "python3.12": "echo 3 12",
        "python3.11": "echo 3 11",
    }.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert interpreter.choose() == str(tmp_path / "python3.12")
    (tmp_path / "python3.12").unlink()
    (tmp_path / "python3.11").unlink()
    with pytest.raises(SetupError, match=r"3\.11, 3\.12 hoặc 3\.13"):
        interpreter.choose()


def test_the_set_up_needs_the_standard_library_only_and_older_pythons_can_read_it() -> None:
    for file in source.python_files("installer"):
        ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 8))
        names = {name.split(".")[0] for name, _ in source.imported_names(source.parsed(file))}
        # The publisher's own tools go on in the environment that the set-up has made.
        own = (
            {"cryptography", "securesystemslib", "tuf", "zstandard"}
            if file.parent.name == "updates"
            else set()
        )
        assert names <= sys.stdlib_module_names | {"installer"} | own, file


@pytest.mark.parametrize("program", system.JUDGES)
def test_every_judge_is_installed(program: str) -> None:
    assert Path(judge(program)).is_absolute()


def test_a_lock_is_split_by_platform() -> None:
    entries = lock.blocks(
        "a==1 ; sys_platform == 'win32' \\\n    --hash=sha256:1\n"
        "b==2 ; python_full_version < '3.12' and sys_platform == 'linux' \\\n    --hash=sha256:2\n"
        "c==3 ; os_name == 'nt' or sys_platform == 'linux' \\\n    --hash=sha256:3\n"
    )
    assert [entry[:4] for entry in lock.for_platform(entries, "linux")] == ["b==2", "c==3"]
    assert [entry[:4] for entry in lock.for_platform(entries, "windows")] == ["a==1", "c==3"]
