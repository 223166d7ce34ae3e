"""Sharing a journal: the first filling of a desk, five hundred edits made offline, a round with nothing to say.

The raw baseline of a filling is the work that cannot be left out: the same pages over HTTP, the same bytes inserted as
bare rows into SQLCipher, the same words into a full-text index. ``SPOKESDESK_SHARED`` is the number of records.
"""

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from spokesdesk import wire
from spokesdesk.services import people, samples, sync
from spokesdesk.services.ports import Desk
from tests.server.running import RunningPortal
from tests.sync.pairs import made_desk, well

RECORDS = int(os.environ.get("SPOKESDESK_SHARED", "10000"))
EDITS = 500


def main() -> None:
    """Print what each took, as a ratio to its baseline of the same run."""
    with tempfile.TemporaryDirectory() as folder:
        portal = RunningPortal(Path(folder) / "portal").start()
        try:
            _measure(Path(folder), portal)
        finally:
            portal.stop()
            RunningPortal.close_all()


def _measure(folder: Path, portal: RunningPortal) -> None:
    first, second = made_desk(folder / "a", "Lê Thị Mai"), made_desk(folder / "b", "Trần Văn Bình")
    try:
        samples.fill(first, RECORDS, journalists=RECORDS // 50)
        sync.connect(first, portal.url, portal.quick_code("Sở Đo"))
        pushed = _timed(lambda: well(first))
        print(f"push of {RECORDS} contacts and what they name: {pushed:.1f} s")
        sync.connect(second, portal.url, portal.quick_code("Sở Đo"))
        raw = _raw(second, folder / "raw.db")
        filled = _timed(lambda: well(second))
        print(
            f"first filling: {filled:.2f} s; HTTP, bare rows and index: {raw:.2f} s; ratio {filled / raw:.2f}"
        )
        outlets = people.outlets(first)
        for at in range(EDITS):
            chosen = outlets[at % len(outlets)]
            people.save_outlet(first, replace(people.outlet(first, chosen.id), note=f"ghi chú {at}"))
            if at % len(outlets) == len(outlets) - 1:
                sync.preview(first)
        print(f"{EDITS} edits made offline, sent and seen again: {_timed(lambda: well(first)):.2f} s")
        print(f"a round with nothing to say: {_timed(lambda: well(first)) * 1000:.0f} ms")
    finally:
        first.close()
        second.close()


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _raw(desk: Desk, path: Path) -> float:
    """Read every page as a filling does, keep its records as bare rows, and index their words."""
    with desk.read() as unit:
        basis, nouns = unit.outbox.basis(), unit.replicas.nouns()
    token = desk.device_keys.get("portal_token")
    assert basis is not None
    assert token is not None
    portal = desk.portal_at(basis.enrolment.portal)
    base = driver.connect(str(path), isolation_level=None)
    base.execute(f"PRAGMA key = \"x'{'ab' * 32}'\"")
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = FULL")
    base.execute("CREATE TABLE bare(id BLOB PRIMARY KEY, text TEXT)")
    base.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='bare')")

    def work() -> None:
        for noun in nouns:
            after, more = "", True
            while more:
                page = portal.snapshot(token.decode(), basis.enrolment.journal, noun, after, wire.PAGE_OPS)
                rows = [(one.rec.bytes, wire.encode(one.fields).decode()) for one in page.records]
                base.execute("BEGIN")
                base.executemany("INSERT INTO bare VALUES (?, ?)", rows)
                base.execute("COMMIT")
                after, more = page.after, bool(page.after)
        base.execute("INSERT INTO words(words) VALUES ('rebuild')")

    took = _timed(work)
    base.close()
    portal.close()
    return took


if __name__ == "__main__":
    main()
