"""Sharing a journal: the first filling of a desk, five hundred edits made offline, a round with nothing to say.

The baseline of a filling is the work that cannot be left out, done one thing after the other: every page that a filling
reads, read by the desk's own client (HTTP, unpacked, decoded), each record's JSON inserted as a bare row (id and text)
into SQLCipher with the desk's own settings, a transaction a page; then the words that the filled desk is searched by,
inserted and put into an index of the same definition as the desk's, built at once. Not in it: opening sealed fields,
the desk's other columns and indexes, links of the chain, what the portal is known to have, the gate, folding the words.
Python's search for circles of values is off, as a filling puts it off.

A desk fills without the agency's key first, and opens what is sealed when a colleague's desk has handed the key over;
or it has the key, as when it reads a restored portal anew. Baseline and filling take turns on new desks; the
median of the ratios is given. ``SPOKESDESK_SHARED`` is the number of contacts, ``SPOKESDESK_LAPS`` the number of turns.
"""

import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from spokesdesk import wire
from spokesdesk.services import journal, people, samples, sync
from spokesdesk.services.ports import Desk
from spokesdesk.store.tables import SEARCH_INDEX
from tests.server.running import RunningPortal
from tests.sync.pairs import made_desk, well

RECORDS = int(os.environ.get("SPOKESDESK_SHARED", "10000"))
LAPS = int(os.environ.get("SPOKESDESK_LAPS", "3"))
EDITS = 500
AGENCY = "Sở Đo"
KEYS = "agency_keys"


def main() -> None:
    """Print what each took, as a ratio to its baseline of the same run."""
    with tempfile.TemporaryDirectory() as folder:
        portal = RunningPortal(Path(folder) / "portal").start()
        first = made_desk(Path(folder) / "a", "Lê Thị Mai")
        try:
            samples.fill(first, RECORDS, journalists=RECORDS // 50)
            sync.connect(first, portal.url, portal.quick_code(AGENCY))
            pushed = _timed(lambda: well(first))
            print(f"push of {RECORDS} contacts and what they name: {pushed:.1f} s")
            fillings(Path(folder), portal, first)
            _edits(first)
        finally:
            first.close()
            portal.stop()
            RunningPortal.close_all()


def fillings(folder: Path, portal: RunningPortal, first: Desk) -> None:
    """Fill desks without and with the agency's key in turns, and open what waited on one."""
    taken: dict[str, list[Taken]] = {"without the key": [], "with the key": []}
    for lap in range(LAPS):
        for name, laps in taken.items():
            desk = made_desk(folder / f"{lap} {name}", "Trần Văn Bình")
            sync.connect(desk, portal.url, portal.quick_code(AGENCY))
            if name == "with the key":
                desk.device_keys.put(KEYS, first.device_keys.get(KEYS) or b"")
            laps.append(_filling(folder / f"{lap} {name}.db", desk))
            print(f"  {name}: {laps[-1]}")
            if lap == LAPS - 1 and name == "without the key":
                well(first)
                print(f"  opened when the key came: {_timed(lambda desk=desk: well(desk)):.2f} s")  # type: ignore[misc]
            desk.close()
    for name, laps in taken.items():
        ratio = statistics.median(one.filled / one.bare for one in laps)
        usable = statistics.median(one.usable for one in laps)
        print(f"first filling {name}: ratio {ratio:.2f}; the list shows entries after {usable:.2f} s")


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of one filling and of its baseline's parts."""

    read: float
    kept: float
    indexed: float
    filled: float
    usable: float

    @property
    def bare(self) -> float:
        """The baseline."""
        return self.read + self.kept + self.indexed

    def __str__(self) -> str:
        parts = f"HTTP {self.read:.2f} + rows {self.kept:.2f} + index {self.indexed:.2f}"
        return f"{self.filled:.2f} s; {parts} = {self.bare:.2f} s; ratio {self.filled / self.bare:.2f}"


def _filling(path: Path, desk: Desk) -> Taken:
    bare = Bare(path)
    read, kept = _read_and_keep(desk, bare)
    usable: list[float] = []
    start = time.perf_counter()

    def told(_filled: int) -> bool:
        if not usable and journal.contact_numbers(desk):
            usable.append(time.perf_counter() - start)
        return True

    report, _changes = sync.run_round(desk, told)
    filled = time.perf_counter() - start
    assert report.fault is None, report.fault
    indexed = bare.index(_words(desk))
    bare.close()
    return Taken(read, kept, indexed, filled, usable[0])


def _read_and_keep(desk: Desk, bare: "Bare") -> tuple[float, float]:
    """Read every page as a filling does and keep its records as bare rows; give the seconds of each of the two."""
    with desk.read() as unit:
        basis, nouns = unit.outbox.basis(), unit.replicas.nouns()
    token = desk.device_keys.get("portal_token")
    assert basis is not None
    assert token is not None
    portal, read, kept = desk.portal_at(basis.enrolment.portal), 0.0, 0.0
    gc.disable()
    named: list[str] = []
    for noun in nouns:
        # As a filling does: what the first page does not name is not asked for.
        after, more = "", noun in named or not named
        while more:
            start = time.perf_counter()
            page = portal.snapshot(token.decode(), basis.enrolment.journal, noun, after, wire.PAGE_OPS)
            between = time.perf_counter()
            bare.keep([(one.rec.bytes, wire.encode(one.fields).decode()) for one in page.records])
            read, kept = read + between - start, kept + time.perf_counter() - between
            named = page.nouns or named
            after, more = page.after, bool(page.after)
    gc.enable()
    portal.close()
    return read, kept


class Bare:
    """A SQLCipher file with the desk's own settings, and in it two tables and an index of words."""

    def __init__(self, path: Path) -> None:
        self._base = driver.connect(str(path), isolation_level=None)
        key = f"key = \"x'{'ab' * 32}'\""
        for setting in (key, "journal_mode = WAL", "synchronous = FULL", "cache_size = -8000"):
            self._base.execute(f"PRAGMA {setting}")
        self._base.execute("CREATE TABLE bare(id BLOB PRIMARY KEY, text TEXT)")
        self._base.execute("CREATE TABLE search_doc(n INTEGER PRIMARY KEY, fold TEXT)")
        self._base.execute(SEARCH_INDEX)

    def keep(self, rows: Sequence[tuple[bytes, str]]) -> None:
        """Insert a page of rows."""
        self._insert("INSERT INTO bare VALUES (?, ?)", rows)

    def index(self, words: Sequence[tuple[int, str]]) -> float:
        """Build the index of words; give what it took."""

        def work() -> None:
            self._insert("INSERT INTO search_doc VALUES (?, ?)", words)
            self._base.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')")

        return _timed(work)

    def close(self) -> None:
        """Let the file go."""
        self._base.close()

    def _insert(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        self._base.execute("BEGIN")
        self._base.executemany(statement, rows)
        self._base.execute("COMMIT")


def _words(desk: Desk) -> list[tuple[int, str]]:
    """Give what a filled desk has in its index."""
    with desk.read() as unit:
        connection = unit.search._connection  # type: ignore[attr-defined]
        return [tuple(row) for row in connection.exec_driver_sql("SELECT n, fold FROM search_doc ORDER BY n")]


def _edits(desk: Desk) -> None:
    outlets = people.outlets(desk)
    for at in range(EDITS):
        chosen = outlets[at % len(outlets)]
        people.save_outlet(desk, replace(people.outlet(desk, chosen.id), note=f"ghi chú {at}"))
        if at % len(outlets) == len(outlets) - 1:
            sync.preview(desk)
    print(f"{EDITS} edits made offline, sent and seen again: {_timed(lambda: well(desk)):.2f} s")
    print(f"a round with nothing to say: {_timed(lambda: well(desk)) * 1000:.0f} ms")


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
