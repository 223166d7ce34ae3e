"""What every test lives under: its own home, no outside network, no unexpected warning or log, two tiers.

- Python warnings, Qt warnings and log records of WARNING or above fail a test. A record that belongs to the
  behaviour is announced: ``logs.expect("text of the message")`` (and must then come).
- ``@pytest.mark.long`` tests run only with ``--long`` (``python3 installer/test.py --long``).
- Only loopback and Unix sockets can be reached.
- ``judge("soffice")`` gives an outside program that judges our output, or fails with its apt-get line.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests import judges, traps

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_SESSION_HOME = tempfile.TemporaryDirectory(prefix="spokesdesk-home-", ignore_cleanup_errors=True)
traps.live_in(Path(_SESSION_HOME.name), os.environ)
if sys.platform != "win32":
    time.tzset()

hypothesis.settings.register_profile("default-tier", deadline=None)
hypothesis.settings.register_profile("long-tier", deadline=None, max_examples=2000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the heavy loops too")


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("long-tier" if config.getoption("--long") else "default-tier")
    traps.close_the_network()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    heavy = [item for item in items if item.get_closest_marker("long")]
    if heavy:
        config.hook.pytest_deselected(items=heavy)
        items[:] = [item for item in items if item not in heavy]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat the outcome of the checks that ran before, so that it stands where people look."""
    table = os.environ.get("SPOKESDESK_CHECKS")
    if table:
        terminalreporter.section("checks before the tests")
        terminalreporter.write_line(table)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, with the XDG and Windows folders inside; settings never leak."""
    folder = tmp_path_factory.mktemp("home")
    for name in traps.FORGOTTEN:
        monkeypatch.delenv(name, raising=False)
    for name, value in traps.homes(folder).items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.fixture(autouse=True)
def logs() -> Iterator[traps.LogTrap]:
    """Fails the test on an unexpected log record of WARNING or above."""
    with traps.LogTrap() as trap:
        yield trap
    trap.check()


@pytest.fixture(scope="session")
def judge() -> Callable[[str], str]:
    """Gives the path of an outside program, or fails with the apt-get line that installs it."""
    return judges.judge
