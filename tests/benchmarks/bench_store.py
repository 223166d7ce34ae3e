"""The store: logging and finding against the plain SQL of the same work, over many entries."""

import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from spokesdesk import bootstrap
from spokesdesk.domain.text import fold
from spokesdesk.services import find, journal, samples
from spokesdesk.services.ports import Desk
from tests.benchmarks.measure import interleaved, paired_ratio, shown, table

CONTACTS = 5_000
ROUNDS = 15
WORDS = "gia dat den bu"


def main() -> None:
    """Print the table: first page of a search, against the same query in plain SQLite without encryption."""
    with tempfile.TemporaryDirectory() as folder:
        desk = _filled(Path(folder) / "workspace")
        plain = _plain_copy(desk, Path(folder) / "plain.db")
        ways = {
            "plain": lambda: _plain_find(plain),
            "find": lambda: find.find(desk, WORDS, ("contact",), 50),
            "list": lambda: journal.contact_rows(desk, journal.contact_numbers(desk)[:100]),
        }
        taken = interleaved(ways, ROUNDS)
        desk.close()
        plain.close()
    rows = [
        (
            name,
            shown(statistics.median(taken[name])),
            shown(statistics.median(taken["plain"])),
            f"{paired_ratio(taken[name], taken['plain']):.1f}",
            "100 ms",
        )
        for name in ("find", "list")
    ]
    table(rows)


def _filled(folder: Path) -> Desk:
    agency, members = samples.sample_agency(), samples.sample_members()[:1]
    desk, _key = bootstrap.create(folder, agency, members, passphrase="đo tốc độ")
    start = time.perf_counter()
    samples.fill(desk, CONTACTS)
    print(f"{CONTACTS} contacts written in {time.perf_counter() - start:.1f} s")
    return desk


def _plain_copy(desk: Desk, path: Path) -> sqlite3.Connection:
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE doc (n INTEGER PRIMARY KEY, title TEXT, fold TEXT)")
    plain.execute("CREATE VIRTUAL TABLE ix USING fts5(fold, content='doc', content_rowid='n', prefix='2 3')")
    for row in journal.contact_rows(desk, journal.contact_numbers(desk)):
        text = fold(f"{row.topic} {row.journalist} {row.outlet}")
        plain.execute("INSERT INTO doc VALUES (?, ?, ?)", (row.n, row.topic, text))
        plain.execute("INSERT INTO ix(rowid, fold) VALUES (?, ?)", (row.n, text))
    plain.commit()
    return plain


def _plain_find(plain: sqlite3.Connection) -> None:
    query = " AND ".join(f'"{word}"*' for word in WORDS.split())
    sql = "SELECT n, title FROM ix JOIN doc ON n = ix.rowid WHERE ix MATCH ? ORDER BY ix.rowid DESC LIMIT 50"
    plain.execute(sql, (query,)).fetchall()


if __name__ == "__main__":
    main()
