"""Power cuts without a plug: what a desk writes is played again on a disk that remembers each write and each flush.

The statements of the real program are recorded where SQLAlchemy hands them over, and played through an ``apsw`` VFS,
which notes every write, truncation, deletion and flush. A cut keeps what was flushed; of the rest each write is there,
gone, or torn at a sector of 512 bytes. The pager is SQLite's own in both; SQLCipher only changes what is in a page.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy import Engine, event

SECTOR = 512
COMMIT, ROLLBACK = "COMMIT", "ROLLBACK"
# Reading changes nothing on the disk; what a pragma reads is asked again by the judge.
_UNPLAYED = (
    "SELECT",
    "PRAGMA query_only",
    "PRAGMA foreign_key_check",
    "PRAGMA table",
    "PRAGMA main.",
    "PRAGMA index",
)
Digest = tuple[object, ...]


@dataclass
class Recording:
    """Statements in the order in which the program gave them to its database."""

    statements: list[tuple[str, Any]] = field(default_factory=list)
    writers: set[int] = field(default_factory=set)

    def note(self, connection: Any, statement: str, parameters: Any) -> None:
        """Keep a statement of a connection that writes; readers beside it change nothing on the disk."""
        if statement.startswith("BEGIN IMMEDIATE"):
            self.writers.add(id(connection))
        if id(connection) in self.writers and not statement.lstrip().startswith(_UNPLAYED):
            self.statements.append((statement, parameters))
        if statement in (COMMIT, ROLLBACK):
            self.writers.discard(id(connection))


@contextmanager
def recorded() -> Iterator[Recording]:
    """Record what any SQLAlchemy engine of this process executes in the block."""
    made = Recording()

    def executed(
        connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
    ) -> None:
        for row in parameters if many else [parameters]:
            made.note(connection, statement, row)

    def committed(connection: Any) -> None:
        made.note(connection, COMMIT, ())

    def rolled_back(connection: Any) -> None:
        made.note(connection, ROLLBACK, ())

    listeners = (
        ("before_cursor_execute", executed),
        ("commit", committed),
        ("rollback", rolled_back),
    )
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    try:
        yield made
    finally:
        for name, listener in listeners:
            event.remove(Engine, name, listener)


@dataclass
class Disk:
    """Every change of every file, in order, and after how many of them each commit had come back."""

    events: list[tuple[str, str, int, bytes]] = field(default_factory=list)
    commits: list[int] = field(default_factory=list)
    states: list[Digest] = field(default_factory=list)

    def note(self, kind: str, name: str, place: int = 0, data: bytes = b"") -> None:
        """Keep a change; files without a name are thrown away by the next start anyway."""
        if name:
            self.events.append((kind, name, place, data))

    def acknowledged(self, cut: int) -> int:
        """Give how many commits the program had been told of at a cut."""
        return sum(at <= cut for at in self.commits)


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, base: str, name: Any, flags: list[int]) -> None:
        self._disk = disk
        given = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name = Path(given).name if given else ""
        super().__init__(base, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self._disk.note("write", self._name, offset, bytes(data))

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._disk.note("flush", self._name)

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self._disk.note("truncate", self._name, size)


class _Vfs(apsw.VFS):
    def __init__(self, disk: Disk, name: str) -> None:
        self._disk, self._base = disk, apsw.vfs_names()[0]
        super().__init__(name, self._base)

    def xOpen(self, name: Any, flags: list[int]) -> _File:
        return _File(self._disk, self._base, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        super().xDelete(filename, syncdir)
        self._disk.note("delete", Path(filename).name)


def played(recording: Recording, folder: Path, synchronous: str) -> Disk:
    """Play a recording on a disk that remembers; an open transaction at the end is given up."""
    disk = Disk()
    name = f"powercut-{id(disk)}"
    vfs = _Vfs(disk, name)
    connection = apsw.Connection(str(folder / "desk.db"), vfs=name)
    for pragma in ("journal_mode = WAL", f"synchronous = {synchronous}", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    disk.states.append(digest(connection))
    for statement, parameters in recording.statements:
        connection.execute(statement, parameters or None)
        if statement == COMMIT:
            disk.commits.append(len(disk.events))
            disk.states.append(digest(connection))
    connection.close()
    vfs.unregister()
    return disk


@dataclass
class _Platter:
    """What a disk holds for sure, and what is still on its way to it."""

    kept: dict[str, bytearray] = field(default_factory=dict)
    waiting: dict[str, list[tuple[str, int, bytes]]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    leaving: list[str] = field(default_factory=list)

    def take(self, kind: str, name: str, place: int, data: bytes) -> None:
        """Take one change."""
        if kind == "flush":
            self._flush(name)
        elif kind == "delete":
            self.waiting.pop(name, None)
            self.known.discard(name)
            self.leaving.append(name)
        else:
            self.waiting.setdefault(name, []).append((kind, place, data))

    def lose_power(self, chance: random.Random) -> None:
        """Let what is on its way arrive, be lost, or arrive in part."""
        for gone in self.leaving:
            if chance.random() < 0.5:
                self.kept.pop(gone, None)
        for name, steps in self.waiting.items():
            content = self.kept.setdefault(name, bytearray())
            for step in steps:
                _perhaps(content, step, chance)

    def _flush(self, name: str) -> None:
        for step in self.waiting.pop(name, []):
            _apply(self.kept.setdefault(name, bytearray()), *step)
        if name in self.known:
            return
        # The first flush of a new file flushes its folder too, and with it the deletions before.
        self.known.add(name)
        for gone in self.leaving:
            self.kept.pop(gone, None)
        self.leaving.clear()


def cut(disk: Disk, at: int, chance: random.Random, folder: Path) -> None:
    """Put the files into a folder as a power cut after ``at`` events leaves them."""
    platter = _Platter()
    for step in disk.events[:at]:
        platter.take(*step)
    platter.lose_power(chance)
    for name, content in platter.kept.items():
        (folder / name).write_bytes(content)


def judged(folder: Path) -> tuple[str, Digest]:
    """Open what is left, as the next start does: its faults ("ok" for none), and what is in it."""
    connection = apsw.Connection(str(folder / "desk.db"))
    try:
        faults = "; ".join(str(row[0]) for row in connection.execute("PRAGMA integrity_check"))
        loose = connection.execute("PRAGMA foreign_key_check").fetchall()
        return faults if not loose else f"{faults}; loose: {loose[0][0]}", digest(connection)
    except apsw.Error as error:
        return f"{type(error).__name__}", ()
    finally:
        connection.close()


def digest(connection: apsw.Connection) -> Digest:
    """Give the schema number, and how many rows each table has."""
    names = [
        str(row[0])
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]
    counts = [(name, connection.execute(f'SELECT count(*) FROM "{name}"').get) for name in names]
    return (connection.execute("PRAGMA user_version").get, *counts)


def _perhaps(content: bytearray, step: tuple[str, int, bytes], chance: random.Random) -> None:
    fate = chance.random()
    kind, place, data = step
    if fate < 1 / 3:
        return
    if fate < 2 / 3 or kind == "truncate":
        _apply(content, kind, place, data)
        return
    sectors: Sequence[int] = range(0, len(data), SECTOR)
    for start in sectors:
        if chance.random() < 0.5:
            _apply(content, "write", place + start, data[start : start + SECTOR])


def _apply(content: bytearray, kind: str, place: int, data: bytes) -> None:
    if kind == "truncate":
        del content[place:]
        content.extend(bytes(max(0, place - len(content))))
        return
    if len(content) < place:
        content.extend(bytes(place - len(content)))
    content[place : place + len(data)] = data
