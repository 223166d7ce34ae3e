"""Saves every row that can still be read from a damaged database into a new one, and tells which could not.

After one bad page a connection gives no true answers any more (sqlcipher #617), so it is opened anew after each
failure, and the range in which it failed is halved until the bad rows alone are left.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text
from sqlcipher3 import dbapi2 as driver

from spokesdesk.domain.errors import WaitError
from spokesdesk.domain.salvage import Lost
from spokesdesk.store.database import Database

# Made anew by the copy itself: counted by triggers, or built from the rows.
_MADE_ANEW = ("list_span", "search_index", "alembic_version", "sqlite_")
WITHOUT_NUMBERS = ("news_mark", "peer_link")
"""Tables that are kept in the order of their key, without row numbers; a test compares this with the schema."""
_STEP = 2_000
_PAGE_BYTES = 4096
# More rows than that do not fit on a page, so no number lies far beyond pages times this.
_ROWS_OF_PAGE = 500
_MOST_FAILURES = 2_000

Progress = Callable[[int, int], object]
Stopped = Callable[[], bool]


@dataclass
class _Reading:
    """Reads one table by ranges of row numbers."""

    source: Database
    table: str
    columns: tuple[str, ...]
    failures: int = 0
    bad: list[tuple[int, int]] = field(default_factory=list)
    raw: Any = None

    def rows(self, first: int, last: int) -> Iterator[list[tuple[Any, ...]]]:
        """Give the rows of a range, batch by batch; what cannot be read is noted in ``bad``."""
        waiting = [(first, last)]
        if not any(self._can_look_at(number) for number in {first, (first + last) // 2, last}):
            # The root of the table is gone, and with it the way to every row.
            self._note(first, last)
            waiting = []
        while waiting:
            low, high = waiting.pop()
            if self.failures > _MOST_FAILURES:
                self._note(low, high)
                continue
            try:
                found = self._read(low, high)
            except driver.DatabaseError:
                self._let_go()
                self.failures += 1
                if low >= high:
                    self._note(low, high)
                    continue
                middle = (low + high) // 2
                waiting += [(middle + 1, high), (low, middle)]
                continue
            if found:
                yield [row[1:] for row in found]
            if len(found) == _STEP and found[-1][0] < high:
                waiting.append((found[-1][0] + 1, high))
        self._let_go()

    def rows_by_key(self) -> Iterator[list[tuple[Any, ...]]]:
        """Give the rows of a table without row numbers, in the order of its key, up to the first bad page."""
        read = 0
        try:
            names = ", ".join(f'"{name}"' for name in self.columns)
            found = self._connection().execute(f'SELECT {names} FROM "{self.table}"')
            while batch := found.fetchmany(_STEP):
                yield [tuple(row) for row in batch]
                read += len(batch)
        except driver.DatabaseError:
            self._note(read, self._pages() * _ROWS_OF_PAGE)
        self._let_go()

    def ends(self) -> tuple[int, int]:
        """Give the lowest and highest row number, as far as they can be read."""
        ends = []
        for order, unknown in (("ASC", 0), ("DESC", self._counted())):
            try:
                found = self._connection().execute(
                    f'SELECT rowid FROM "{self.table}" ORDER BY rowid {order} LIMIT 1'
                )
                row = found.fetchone()
                ends.append(row[0] if row else unknown)
            except driver.DatabaseError:
                self._let_go()
                ends.append(unknown)
        return ends[0], ends[1]

    def _counted(self) -> int:
        """Give the highest number that a table ever had, for one whose last page is bad."""
        with suppress(driver.DatabaseError):
            row = self._connection().execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (self.table,))
            found = row.fetchone()
            if found:
                return int(found[0])
        self._let_go()
        return self._pages() * _ROWS_OF_PAGE

    def _pages(self) -> int:
        return self.source.path.stat().st_size // _PAGE_BYTES

    def _can_look_at(self, number: int) -> bool:
        try:
            self._connection().execute(f'SELECT 1 FROM "{self.table}" WHERE rowid = ?', (number,)).fetchone()
        except driver.DatabaseError:
            self._let_go()
            return False
        return True

    def _read(self, low: int, high: int) -> list[tuple[Any, ...]]:
        names = ", ".join(f'"{name}"' for name in self.columns)
        found = self._connection().execute(
            f'SELECT rowid, {names} FROM "{self.table}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid LIMIT {_STEP}',
            (low, high),
        )
        return [tuple(row) for row in found]

    def _note(self, low: int, high: int) -> None:
        if self.bad and self.bad[-1][1] + 1 == low:
            self.bad[-1] = (self.bad[-1][0], high)
        else:
            self.bad.append((low, high))

    def _connection(self) -> Any:
        if self.raw is None:
            self.raw = self.source.connect()
        return self.raw

    def _let_go(self) -> None:
        if self.raw is not None:
            with suppress(driver.DatabaseError):
                self.raw.close()
            self.raw = None


def salvage(
    source: Database, target: Database, *, progress: Progress, is_stopped: Stopped
) -> tuple[Lost, ...]:
    """Copy what can be read.

    Args:
        source: the damaged database; its list of tables must be readable.
        target: an empty database in the present shape.
        progress: told tables done and tables in all.
        is_stopped: asked after each batch.

    Returns:
        What could not be read, by table.

    Raises:
        WaitError: ``stopped``.
        OutsideError: ``database_damaged``: not even the list of tables can be read; ``disk_full``.
    """
    names = _tables(target)
    lost = []
    with closing(target.connect()) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        for n, name in enumerate(names):
            progress(n, len(names))
            found = _copy(source, raw, name, is_stopped)
            if found.ranges:
                lost.append(found)
        raw.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')")
    progress(len(names), len(names))
    return tuple(lost)


def _copy(source: Database, raw: Any, name: str, is_stopped: Stopped) -> Lost:
    columns = tuple(row[1] for row in raw.execute(f'PRAGMA table_info("{name}")'))
    reading = _Reading(source, name, columns)
    slots = ", ".join("?" for _column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    raw.execute("BEGIN IMMEDIATE")
    raw.execute(f'DELETE FROM "{name}"')
    copied = 0
    numbered = name not in WITHOUT_NUMBERS
    for batch in reading.rows(*reading.ends()) if numbered else reading.rows_by_key():
        raw.executemany(f'INSERT OR IGNORE INTO "{name}" ({names}) VALUES ({slots})', batch)
        copied += len(batch)
        if is_stopped():
            raise WaitError("stopped")
    raw.execute("COMMIT")
    return Lost(name, copied, tuple(sorted(reading.bad)))


def _tables(target: Database) -> tuple[str, ...]:
    with target.reading() as connection:
        return table_names(connection)


def table_names(connection: Connection) -> tuple[str, ...]:
    """Give the tables that hold what people wrote; those that are made from others are left out."""
    found = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
    return tuple(name for name in found if not name.startswith(_MADE_ANEW))
