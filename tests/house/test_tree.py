"""What no file of the project may hold: hosts of package registries, paths of one machine, private keys."""

import re

from installer.environment import ROOT
from tests.house import source

REGISTRY = re.compile(
    r"://[a-z0-9.-]*(pyp[i]\.|pythonhoste[d]|npmj[s]|debia[n]\.org|ubunt[u]\.com)", re.IGNORECASE
)
MACHINE_PATH = re.compile(r"(?<![\w.])/(wor[k]|far[m]|roo[t]|home/[a-z]+|Users/[A-Za-z]+)/[\w.]")
KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")


def offenders(pattern: re.Pattern[str]) -> list[str]:
    """Give the places in text files where a pattern occurs."""
    found: list[str] = []
    for file in source.tree_files():
        data = file.read_bytes()
        if b"\0" not in data[:8000]:
            lines = data.decode("utf-8").splitlines()
            found += [
                source.where(file, number) for number, line in enumerate(lines, 1) if pattern.search(line)
            ]
    return found


def test_no_registry_is_named() -> None:
    places = offenders(REGISTRY)
    assert places == [], source.listed(places)


def test_no_path_of_a_machine_is_named() -> None:
    places = offenders(MACHINE_PATH)
    assert places == [], source.listed(places)


def test_no_private_key_is_kept() -> None:
    places = offenders(KEY)
    assert places == [], source.listed(places)


def test_locks_hold_no_address_at_all() -> None:
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert locks
    assert [lock.name for lock in locks if "://" in lock.read_text(encoding="utf-8")] == []


def test_the_readme_opens_with_two_commands_and_continuous_integration_runs_the_second() -> None:
    run = ROOT / ".ci" / "run"
    assert "python3 installer/test.py" in run.read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first_screen = readme.split("\n## ", maxsplit=1)[0]
    commands = re.findall(r"^```sh\n(.*?)\n```$", first_screen, re.MULTILINE | re.DOTALL)
    assert commands == ["python3 installer/start.py", "python3 installer/test.py"]
