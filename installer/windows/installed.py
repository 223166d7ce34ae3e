"""The installed program in wine: where it lies and how it is asked."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from installer.windows.wine import LOCAL, Wine

PROGRAM = rf"{LOCAL}\Programs\SpokesDesk"
PYTHON = rf"{PROGRAM}\program\python.exe"
WORKSPACE = rf"{LOCAL}\SpokesDesk\workspace"
SETUP = "Z:\\proof\\setup.exe"
SECRET = {"SPOKESDESK_PASSPHRASE": "cụm mật khẩu để thử bộ cài"}
PATIENCE_S = 120


class Installed:
    """Asks the program of one Windows user.

    Args:
        wine: the machine.
    """

    def __init__(self, wine: Wine) -> None:
        self.wine = wine

    def expect(self, code: int, *words: str, env: dict[str, str] | None = None) -> str:
        """Run a Windows program; gives its output.

        Raises:
            AssertionError: another exit code; its last words are shown.
        """
        got, out = self.wine.run(*words, env=env)
        assert got == code, f"{words[0]} {words[-1]} gave {got} instead of {code}: {out[-600:]}"
        return out

    def cli(self, *words: str) -> str:
        """Run a command of the program that must succeed."""
        return self.expect(0, PYTHON, "-m", "spokesdesk", *words, env=SECRET)

    def told(self, *words: str) -> Any:
        """Run a command that answers in JSON."""
        return json_in(self.cli(*words, "--json"))

    def desk(self) -> tuple[str, ...]:
        """The option that names the workspace."""
        return ("--workspace", WORKSPACE)

    def count(self) -> str:
        """See that the one entry is there."""
        rows = self.told("visit", "list", *self.desk())
        assert len(rows) == 1, rows
        assert rows[0]["topic"] == "Ngập", rows
        return "sổ có 1 mục"

    def version(self) -> str:
        """Give what the installed folder says of itself."""
        return self.wine.path(PROGRAM + r"\program\VERSION.txt").read_text(encoding="utf-8").strip()

    def left_half_done(self) -> list[str]:
        """Give what of an installation that did not end lies beside the program."""
        names = (path.name for path in self.wine.path(PROGRAM).iterdir())
        return [name for name in names if name.startswith("program") and name != "program"]


def json_in(out: str) -> Any:
    """Give the JSON that a command printed, whatever stands before it."""
    return json.loads(next(line for line in out.splitlines() if line.startswith(("{", "["))))


def until(holds: Callable[[], object], what: str) -> None:
    """Look again and again until something holds.

    Raises:
        AssertionError: it did not within two minutes.
    """
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.5)
