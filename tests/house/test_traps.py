"""The traps of tests/conftest.py do trap: a green run means what it says."""

import logging
import os
import socket
import subprocess
import sys
import textwrap
import warnings
from pathlib import Path

import pytest

from installer.environment import ROOT
from tests import traps


def run_inner(folder: Path, body: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run pytest on a made-up test file under the project's own configuration and conftest."""
    (folder / "conftest.py").write_text("from tests.conftest import *  # noqa: F403\n", encoding="utf-8")
    (folder / "test_inner.py").write_text(textwrap.dedent(body), encoding="utf-8")
    base = ["-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-p", "no:cacheprovider", str(folder)]
    return subprocess.run(
        [sys.executable, *base, *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_warnings_and_log_records_fail_a_test(tmp_path: Path) -> None:
    body = """
        import logging, warnings
        from PySide6.QtCore import qWarning

        def test_python_warning():
            warnings.warn("old")

        def test_log_record():
            logging.getLogger("x").warning("trouble")

        def test_qt_warning(qapp):
            qWarning("trouble")

        def test_announced_record_that_never_comes(logs):
            logs.expect("never")
        """
    done = run_inner(tmp_path, body)
    failed = {line.split("::")[1].split(" ")[0] for line in done.stdout.splitlines() if "::" in line}
    names = {"test_python_warning", "test_log_record", "test_qt_warning"}
    assert failed == names | {"test_announced_record_that_never_comes"}, done.stdout + done.stderr


def test_a_misspelt_marker_stops_the_run(tmp_path: Path) -> None:
    done = run_inner(tmp_path, "import pytest\n\n@pytest.mark.lnog\ndef test_it():\n    pass\n")
    assert done.returncode != 0
    assert "lnog" in done.stdout


def test_long_tests_are_left_out_without_being_skipped_and_run_on_request(tmp_path: Path) -> None:
    body = """
        import pytest

        def test_quick():
            pass

        @pytest.mark.long
        def test_heavy():
            pass
        """
    usual = run_inner(tmp_path, body)
    assert "1 passed, 1 deselected" in usual.stdout, usual.stdout + usual.stderr
    full = run_inner(tmp_path, body, "--long")
    assert "2 passed" in full.stdout, full.stdout + full.stderr


def test_another_machine_cannot_be_reached() -> None:
    with socket.socket() as plug, pytest.raises(traps.OutsideNetworkError):
        plug.connect(("192.0.2.1", 80))
    with pytest.raises(traps.OutsideNetworkError):
        socket.create_connection(("portal.example", 443), timeout=1)


def test_loopback_and_unix_sockets_can_be_reached(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))


def test_an_announced_record_is_allowed(logs: traps.LogTrap) -> None:
    logs.expect("paper jam in tray 2")
    logging.getLogger("printer").error("paper jam in tray %d", 2)


def test_each_test_has_a_home_of_its_own(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert Path.home() == home
    assert home.is_relative_to(tmp_path_factory.getbasetemp())
    assert not any(home.rglob("*.toml"))
    assert "SPOKESDESK_PASSPHRASE" not in os.environ


def test_warnings_are_errors_here() -> None:
    with pytest.raises(UserWarning, match="old"):
        warnings.warn("old", stacklevel=1)
