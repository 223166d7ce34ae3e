"""The locked requirements: complete, hashed, agreeing with pyproject.toml and with each other."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from itertools import product

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installer.environment import INCLUDES, ROOT
from installer.interpreter import SUPPORTED

LOCKS = sorted((ROOT / "requirements").glob("*-*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FACTS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}


@cache
def entries(name: str) -> tuple[tuple[Requirement, int], ...]:
    """Give each pinned requirement of a lock with the number of its hashes."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if line.strip()]
    return tuple((Requirement(line.split("--hash")[0]), line.count("--hash=sha256:")) for line in lines)


def pinned(name: str, facts: dict[str, str]) -> dict[str, str]:
    """Give name → version of what a lock installs in an environment."""
    chosen = (one for one, _ in entries(name) if one.marker is None or one.marker.evaluate(facts))
    return {name_of(one.name): str(one.specifier).removeprefix("==") for one in chosen}


def environments(platform: str) -> Iterator[dict[str, str]]:
    """Give the marker environment of every supported Python on a platform."""
    for major, minor in SUPPORTED:
        versions = {"python_version": f"{major}.{minor}", "python_full_version": f"{major}.{minor}.4"}
        yield here() | FACTS[platform] | versions


def here() -> dict[str, str]:
    """Give the marker environment of this interpreter."""
    return {name: str(value) for name, value in default_environment().items()}


def name_of(package: str) -> str:
    """Give the one spelling of a package's name."""
    return str(canonicalize_name(package))


def declared(kind: str) -> list[Requirement]:
    """Give what pyproject.toml asks for in a kind of installation."""
    wanted = list(PROJECT["project"]["dependencies"])
    if "portal" in INCLUDES[kind]:
        wanted += PROJECT["project"]["optional-dependencies"]["portal"]
    if "dev" in INCLUDES[kind]:
        wanted += PROJECT["dependency-groups"]["dev"]
    return [Requirement(one) for one in wanted]


def test_there_is_a_lock_for_each_platform() -> None:
    names = {lock.stem for lock in LOCKS}
    assert names == {"linux-desk", "linux-portal", "linux-dev", "windows-desk", "windows-dev"}


@pytest.mark.parametrize("name", [lock.stem for lock in LOCKS])
def test_every_entry_is_one_version_with_hashes(name: str) -> None:
    loose = [
        str(one)
        for one, count in entries(name)
        if not re.fullmatch(r"==[\w.]+", str(one.specifier)) or not count
    ]
    assert loose == []


@pytest.mark.parametrize("name", [lock.stem for lock in LOCKS])
def test_what_the_project_asks_for_is_locked_at_an_allowed_version(name: str) -> None:
    platform, kind = name.split("-")
    for facts in environments(platform):
        versions = pinned(name, facts)
        wrong = [
            str(one)
            for one in declared(kind)
            if not one.specifier.contains(versions.get(name_of(one.name), "0"), prereleases=True)
        ]
        assert wrong == [], f"run installer/lock.py ({facts['python_version']})"


@pytest.mark.parametrize("name", [lock.stem for lock in LOCKS])
def test_what_the_locked_packages_need_is_locked_too(name: str) -> None:
    platform, kind = name.split("-")
    extras = {name_of(one.name): one.extras for one in declared(kind)}
    installed = {name_of(dist.name): dist for dist in metadata.distributions()}
    for facts in environments(platform):
        versions = pinned(name, facts)
        for package in versions.keys() & installed.keys():
            for line in installed[package].requires or ():
                need = Requirement(line)
                if any(applies(need, facts, extra) for extra in ("", *extras.get(package, ()))):
                    version = versions.get(name_of(need.name))
                    assert version, f"{package} needs {need} on Python {facts['python_version']}"
                    assert need.specifier.contains(version, prereleases=True), f"{package} needs {need}"


def applies(need: Requirement, facts: dict[str, str], extra: str) -> bool:
    """Say whether a requirement counts in an environment with an extra chosen."""
    return need.marker is None or need.marker.evaluate({**facts, "extra": extra})


@pytest.mark.parametrize(("platform", "kind"), [*product(FACTS, ["desk"]), ("linux", "portal")])
def test_a_smaller_lock_holds_the_same_versions_as_the_widest(platform: str, kind: str) -> None:
    for facts in environments(platform):
        small, wide = pinned(f"{platform}-{kind}", facts), pinned(f"{platform}-dev", facts)
        assert small.items() <= wide.items()


def test_platforms_agree_on_versions() -> None:
    linux, windows = ({str(one.name): str(one.specifier) for one, _ in entries(f"{p}-dev")} for p in FACTS)
    assert {name for name in linux.keys() & windows.keys() if linux[name] != windows[name]} == set()


def test_this_environment_is_the_locked_one() -> None:
    versions = pinned("linux-dev", here())
    installed = {name_of(dist.name): dist.version for dist in metadata.distributions()}
    different = {name: (version, installed.get(name)) for name, version in versions.items()}
    assert {name: pair for name, pair in different.items() if pair[0] != pair[1]} == {}, (
        "run installer/test.py"
    )
