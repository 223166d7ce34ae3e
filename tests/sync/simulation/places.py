"""What a desk of the simulation is made of: its database's file, its secrets, its clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Engine

from spokesdesk.services.ports import Desk, Unit
from spokesdesk.store.database import Database
from tests.sync.simulation.line import CrashError, Weather

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
NAMES = ("Lê Thị Mai", "Trần Văn Bình", "Vũ Thị Sen", "Hồ Văn Tỉnh")
# The last one is the province's; the others are the agency's.
PROVINCE = 3
State = tuple[bytes, dict[str, bytes]]


class Clock:
    """The time of a history; desks see it wrong by what ``skew`` says."""

    def __init__(self) -> None:
        self.at = MORNING
        self.skew = [timedelta()] * len(NAMES)

    def put_back(self) -> None:
        """It is morning again."""
        self.at, self.skew = MORNING, [timedelta()] * len(NAMES)

    def on_desk(self, n: int) -> Callable[[], datetime]:
        """Give the clock of one desk."""
        return lambda: self.at + self.skew[n]


class Ids:
    """Fresh ids that are the same again when a history is replayed; their time is the desk's own, right or wrong."""

    def __init__(self) -> None:
        self.random, self.secrets = Random(0), Random(0)

    def secret(self, count: int) -> bytes:
        """Give what should be known to nobody."""
        return self.secrets.randbytes(count)

    def maker(self, now: Callable[[], datetime]) -> Callable[[], UUID]:
        """Give the maker of one desk."""

        def new_id() -> UUID:
            stamp = int(now().timestamp() * 1000) & ((1 << 48) - 1)
            rest = self.random.getrandbits(80)
            number = stamp << 80 | 0x7 << 76 | (rest >> 4 & 0xFFF) << 64 | 0b10 << 62 | rest & ((1 << 62) - 1)
            return UUID(int=number)

        return new_id


@dataclass
class Keys:
    """The secrets of a device."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def get(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def put(self, name: str, value: bytes | None) -> None:
        if value is None:
            self.kept.pop(name, None)
        else:
            self.kept[name] = value


@dataclass
class Place:
    """One desk: its program, its database file, its secrets."""

    n: int
    desk: Desk
    database: Database
    keys: Keys
    weather: Weather

    def state(self) -> State:
        """Give the desk's disk as it is now."""
        return content(self.database.path, self.database._engine), dict(self.keys.kept)

    def put_back(self, state: State) -> None:
        """Make the disk as it was."""
        put_file_back(self.database.path, self.database._engine, state[0])
        self.keys.kept = dict(state[1])

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Read the file itself."""
        with self.database.reading() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement)]


def content(path: Path, engine: Engine) -> bytes:
    """Give a database's file as it is now."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return path.read_bytes()


def put_file_back(path: Path, engine: Engine, data: bytes) -> None:
    """Make a database's file as it was."""
    engine.dispose()
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    path.write_bytes(data)


@contextmanager
def dying(open_unit: Callable[[], Any], weather: Weather) -> Iterator[Unit]:
    """Open a transaction in which the program may die."""
    fault = weather.next_on_disk()
    with open_unit() as unit:
        yield unit
        if fault == "before":
            raise CrashError
    if fault == "after":
        raise CrashError
