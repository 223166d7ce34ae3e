"""Updates on a disk that fills up on the way: ``python -m tests.outside.update_starved HOME SITE ROOT WHEN``.

HOME lies on a small disk. WHEN is "before", "fetching", "unpacking" or "no room". Prints the code of the error and
what is left.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from spokesdesk.domain.errors import DeskError
from spokesdesk.outside.programfolder import CHANGING, OwnFolder
from spokesdesk.outside.settings import MachineSettings
from spokesdesk.outside.updates import MachineUpdates
from spokesdesk.services import updates
from tests.outside.publisher import program


def fill(home: Path) -> None:
    """Leave not a byte on the disk."""
    try:
        with (home / "filler").open("ab", buffering=0) as filler:
            while True:
                filler.write(bytes(1 << 16))
    except OSError:
        pass


def filling(home: Path, when: str, fetched: int) -> Callable[[int, int], None]:
    """Give what fills the disk at the moment that was asked for."""

    def told(done: int, _total: int) -> None:
        if (when == "fetching") == (done <= fetched) and not (home / "filler").exists():
            fill(home)

    return told


def main(home: Path, site: Path, root: Path, when: str) -> None:
    """Try to update; say what came of it."""
    program(home / "SpokesDesk", "0.1.0")
    settings = MachineSettings(home / "settings.json")
    machine = MachineUpdates(OwnFolder(home / "SpokesDesk" / "program"), home / "state", root.read_bytes())
    offer = updates.check(machine, settings, site).offer
    assert offer is not None
    if when == "before":
        fill(home)
    code = ""
    try:
        updates.get(machine, settings, filling(home, when, offer.size), place=site)
    except DeskError as error:
        code = error.code
    (home / "filler").unlink(missing_ok=True)
    done = subprocess.run([home / "SpokesDesk" / "spokesdesk"], capture_output=True, text=True, check=False)
    left = sorted(path.name for path in (home / "SpokesDesk").iterdir() if path.name != CHANGING)
    print(json.dumps({"code": code, "starts": done.stdout.strip(), "left": left}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
