"""A profile is copied and both copies run (sync.md F16): one must take a new id, and nothing is lost."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from spokesdesk.cli import main
from tests.server.running import RunningPortal
from tests.sync.desks import PASSPHRASE

AGENCY = "Sở Nhân bản"


@dataclass
class Copy:
    """A workspace of its own."""

    folder: Path

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Begin a command in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "spokesdesk", *words, "--workspace", str(self.folder), "--json"],
            env={**os.environ, "SPOKESDESK_PASSPHRASE": PASSPHRASE},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *words: str) -> tuple[int, Any]:
        """Do a command in this process."""
        said = StringIO()
        with redirect_stdout(said):
            code = main([*words, "--workspace", str(self.folder), "--json"])
        return code, json.loads(said.getvalue()) if said.getvalue().strip() else {}

    def visit(self, topic: str) -> None:
        """Write a contact down."""
        who = ("--outlet", f"Báo {topic}", "--journalist", f"Lê {topic}")
        code, _said = self.run("visit", "add", "--channel", "phone", "--topic", topic, *who)
        assert code == 0

    def topics(self) -> set[str]:
        """Give the topics of all contacts here."""
        code, rows = self.run("visit", "list")
        assert code == 0
        return {str(row["topic"]) for row in rows}


def joins(copy: Copy, portal: RunningPortal) -> None:
    """Enrol with a code of its own."""
    assert copy.run("connect", "--portal", portal.url, "--code", portal.quick_code(AGENCY))[0] == 0


def ended(process: "subprocess.Popen[str]") -> None:
    _out, errors = process.communicate(timeout=120)
    assert process.returncode != 1, errors


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[RunningPortal]:
    running = RunningPortal(tmp_path / "cong").start()
    yield running
    running.stop()
    RunningPortal.close_all()


def test_two_live_copies_end_as_two_desks_with_everything_that_was_typed(
    tmp_path: Path, portal: RunningPortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    first = Copy(tmp_path / "ban")
    assert first.run("init", "--agency", AGENCY, "--place", "Long An", "--member", "Lê Mai")[0] == 0
    joins(first, portal)
    assert first.run("sync")[0] == 0
    second = Copy(tmp_path / "ban-sao")
    shutil.copytree(first.folder, second.folder)
    copies = (first, second)
    first.visit("việc ở bản gốc")
    second.visit("việc ở bản sao")
    # Both at once: whichever comes first keeps the id.
    for process in [copy.start("sync") for copy in copies]:
        ended(process)
    told = [copy.run("sync")[1]["fault"] for copy in copies]
    assert sorted(told) == ["", "device_cloned"]
    loser = copies[told.index("device_cloned")]
    state = loser.run("sync")[1]["state"]
    assert state["waiting"] + state["refused"] > 0  # the queue is kept
    # Once more of the same, offline from the portal's view: nothing of it is taken under the shared id.
    loser.visit("việc sau khi bị phát hiện")
    assert loser.run("sync")[1]["fault"] == "device_cloned"
    joins(loser, portal)
    for copy in (loser, *copies, *copies):
        said = copy.run("sync")[1]
        if said["fault"] == "session_copied":
            # The token that both had was used twice: whoever has it still signs in once more, under its own id.
            joins(copy, portal)
            said = copy.run("sync")[1]
        assert said["fault"] == ""
    expected = {"việc ở bản gốc", "việc ở bản sao", "việc sau khi bị phát hiện"}
    assert [copy.topics() for copy in copies] == [expected, expected]
    states = [copy.run("sync")[1]["state"] for copy in copies]
    assert [(state["waiting"], state["refused"]) for state in states] == [(0, 0), (0, 0)]
    assert [copy.run("doctor")[0] for copy in copies] == [0, 0]
