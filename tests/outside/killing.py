"""Kills a working process at a random moment, many times, and checks that every acknowledged piece of work is there.

Run as a program of its own (``python -m tests.outside.killing WHAT ROUNDS FOLDER``): it forks, and a process with
threads, as pytest may be, must not. Prints the number of acknowledged pieces and of kills.
"""

import contextlib
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, Protocol

from spokesdesk.outside import sealing
from spokesdesk.outside.blobs import BlobStore
from spokesdesk.outside.workspace import OpenWorkspace, create, open_workspace
from spokesdesk.store.database import Database

KEY = bytes(range(32))
# So many kills one after another at the same place, each on what the one before left; then a fresh one.
ROUNDS_A_PLACE = 40
Acknowledge = Callable[[str], None]


class Work(Protocol):
    """One kind of work: done over and over by a process that will be killed, then checked.

    Attributes:
        pieces: a process is killed after fewer acknowledged pieces than this, at random.
        pause_s: and then within so many seconds: not right after a piece was done, but anywhere in the next one.
    """

    pieces: int
    pause_s: float

    def go_on(self, acknowledge: Acknowledge) -> NoReturn:
        """Work for ever; acknowledge a piece only when it is said to be safe."""

    def check(self, acknowledged: list[str]) -> None:
        """Raise AssertionError when an acknowledged piece is missing or torn."""


class Commits:
    """Transactions that write a record and its operation; the pair is there or absent."""

    pieces, pause_s = 25, 0.04

    def __init__(self, folder: Path) -> None:
        self._path = folder / "desk.db"
        database = Database(self._path, KEY, create=True)
        with database.writing() as c:
            c.exec_driver_sql("CREATE TABLE record (id TEXT PRIMARY KEY, body TEXT)")
            c.exec_driver_sql("CREATE TABLE operation (id TEXT PRIMARY KEY)")
        database.close()

    def go_on(self, acknowledge: Acknowledge) -> NoReturn:
        database = Database(self._path, KEY)
        while True:
            piece = os.urandom(8).hex()
            with database.writing() as c:
                c.exec_driver_sql("INSERT INTO record VALUES (?, ?)", (piece, "x" * random.randrange(9000)))
                c.exec_driver_sql("INSERT INTO operation VALUES (?)", (piece,))
            acknowledge(piece)

    def check(self, acknowledged: list[str]) -> None:
        database = Database(self._path, KEY)
        with database.reading() as c:
            records = set(c.exec_driver_sql("SELECT id FROM record").scalars())
            operations = set(c.exec_driver_sql("SELECT id FROM operation").scalars())
        assert records == operations, "torn"
        assert set(acknowledged) <= records, "lost"
        assert database.integrity_faults() == []
        database.close()


class Blobs:
    """Files put into the encrypted store; what stands under a name is whole."""

    pieces, pause_s = 25, 0.04

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "blobs"

    def go_on(self, acknowledge: Acknowledge) -> NoReturn:
        store = BlobStore(self._folder, KEY)
        while True:
            acknowledge(store.put_bytes(os.urandom(random.randrange(1, 300_000)), "x").sha256)

    def check(self, acknowledged: list[str]) -> None:
        store = BlobStore(self._folder, KEY)
        there = set(store.all())
        assert set(acknowledged) <= there, "lost"
        assert all(map(store.is_whole, there)), "torn"
        assert len(there) == len(list(self._folder.glob("??/*"))), "a torn file stands under a name"


class Secrets:
    """Changes of workspace.json; it can always be opened and has the last acknowledged secret."""

    pieces, pause_s = 25, 0.04

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "desk"
        sealing.COST = (64, 1, 1)  # the passphrase is not what is tried here
        create(self._folder, agency_name="X", passphrase="x", use_keyring=False)

    def _desk(self) -> OpenWorkspace:
        return open_workspace(self._folder, passphrase="x")

    def go_on(self, acknowledge: Acknowledge) -> NoReturn:
        desk = self._desk()
        number = int((desk.device.get("n") or b"0").decode())
        while True:
            number += 1
            desk.device.put("n", str(number).encode())
            acknowledge(str(number))

    def check(self, acknowledged: list[str]) -> None:
        kept = int((self._desk().device.get("n") or b"0").decode())
        assert not acknowledged or kept >= int(acknowledged[-1]), "lost"


def works() -> dict[str, Callable[[Path], Work]]:
    """Give every kind of work by name; those of a whole desk are imported only here, for they import this module."""
    from tests.outside.killing_desk import DeskWork, Upgrades
    from tests.sync.killing_fillings import Fillings
    from tests.sync.killing_rounds import Pushes, Rounds

    known: dict[str, Callable[[Path], Work]] = {"commits": Commits, "blobs": Blobs, "secrets": Secrets}
    return known | {
        "desk": DeskWork,
        "upgrades": Upgrades,
        "rounds": Rounds,
        "pushes": Pushes,
        "fillings": Fillings,
    }


def main(what: str, rounds: int, folder: Path) -> None:
    """Do the rounds; each is one process that is killed a random while after some acknowledged pieces.

    Everything written is read again after every kill: a place that had seen a thousand would take hours.
    """
    pieces = 0
    for first in range(0, rounds, ROUNDS_A_PLACE):
        place = folder / f"{first:04}"
        place.mkdir()
        work = works()[what](place)
        for _ in range(min(ROUNDS_A_PLACE, rounds - first)):
            pieces += killed_once(work)
        shutil.rmtree(place)
    print(pieces, rounds)


def killed_once(work: Work) -> int:
    """Let a process work, kill it, check what it left; gives how many pieces it had acknowledged."""
    with working(work) as (process, acknowledged):
        wanted = random.randrange(1, work.pieces)
        seen = [next(acknowledged) for _ in range(wanted)]
        signal.sigtimedwait([signal.SIGCHLD], random.random() * work.pause_s)
        os.kill(process, signal.SIGKILL)
        seen.extend(acknowledged)
    work.check(seen)
    return len(seen)


@contextmanager
def working(work: Work) -> Iterator[tuple[int, Iterator[str]]]:
    """Fork a process that works; give its number and what it acknowledges, to the end of its pipe."""
    ours, theirs = os.pipe()

    def acknowledge(piece: str) -> None:
        os.write(theirs, f"{piece}\n".encode())

    process = os.fork()
    if not process:
        with contextlib.suppress(BrokenPipeError):
            os.close(ours)
            work.go_on(acknowledge)
        os._exit(1)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8") as pipe:
        yield process, (line.strip() for line in pipe if line.endswith("\n"))
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status), "the process ended by itself"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
