"""One user's machine that updates itself."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.updates import UpdateState
from spokesdesk.outside.programfolder import CHANGING, OwnFolder
from spokesdesk.outside.settings import MachineSettings
from spokesdesk.outside.updates import MachineUpdates
from spokesdesk.services import updates
from tests.outside.publisher import program

Serve = Callable[..., str]
"""Serves a publisher's files; gives the address."""


def refused(work: Callable[[], object], code: str) -> DeskError:
    with pytest.raises(DeskError) as told:
        work()
    assert told.value.code == code
    return told.value


class Machine:
    """One user's machine with version 0.1.0 installed in a folder of its own."""

    def __init__(self, folder: Path, root: bytes, version: str = "0.1.0", kind: str = "folder") -> None:
        self.folder = folder
        self.home = program(folder / "Thư mục của Ổn" / "SpokesDesk", version, kind=kind)
        self.settings = MachineSettings(folder / "settings.json")
        self.state = folder / "state"
        self.root = root
        self.updates = self._running("program")

    def _running(self, name: str) -> MachineUpdates:
        return MachineUpdates(OwnFolder(self.home / name), self.state, self.root)

    def restarted(self, name: str) -> None:
        """The program of this folder is at work now, its window on the screen."""
        self.updates = self._running(name)
        updates.came_up(self.updates)

    def asks_at(self, address: str) -> "Machine":
        """Look there from now on."""
        self.settings.put("update_address", address)
        return self

    def check(self, **how: Any) -> UpdateState:
        return updates.check(self.updates, self.settings, **how)

    def get(self, **how: Any) -> UpdateState:
        return updates.get(self.updates, self.settings, **how)

    def apply(self) -> UpdateState:
        return updates.apply(self.updates, self.settings)

    def starts(self, *words: str) -> str:
        """Start the program as a person does; gives what it says."""
        done = subprocess.run(
            [self.home / "spokesdesk", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        return done.stdout.strip() or done.stderr

    def folders(self) -> list[str]:
        """What lies there, without the empty file by which processes take turns."""
        return sorted(path.name for path in self.home.iterdir() if path.name != CHANGING)
