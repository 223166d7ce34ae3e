"""A million contacts: searching, opening lists and the today page, and logging one more, each against its baseline."""

import os
import statistics
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.outside.workspace import open_workspace
from spokesdesk.services import find, journal, people, today
from spokesdesk.services.ports import Desk
from spokesdesk.store.database import Database
from spokesdesk.store.search_query import query_of
from tests.benchmarks import million
from tests.benchmarks.measure import interleaved, table

ROUNDS = 15
WORDS = ("ng", "th", "dat", "nguye", "khanh", "gia dat den bu", "tran huu dat khue", "quyet dinh 21", "xyzq")
RAW = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT 50"


def main() -> None:
    """Print the table."""
    with million.workspace("million") as folder, million.opened(folder) as desk:
        raw = _raw(folder)
        rows = _search(desk, raw)
        with tempfile.TemporaryDirectory() as small, _small(Path(small)) as few:
            rows += _pages(desk, few)
        rows += _log(desk, raw)
        raw.close()
    table(rows)


def _small(folder: Path) -> Any:
    million._make(folder / "few", 1_000, 40)
    return million.opened(folder / "few")


def _raw(folder: Path) -> Any:
    opened = open_workspace(folder, passphrase=million.PASSPHRASE)
    key, path = opened.database_key, opened.database_path
    opened.close()
    return Database(path, key).connect()


def _search(desk: Desk, raw: Any) -> list[tuple[str, str, str, str, str]]:
    rows, all_ours = [], list[float]()
    for words in WORDS:
        ways: dict[str, Callable[[], object]] = {
            "raw": partial(_hits, raw, query_of(words)),
            "find": partial(find.find, desk, words),
            "list": partial(_first_page, journal.contact_list(desk, words)),
        }
        taken = interleaved(ways, ROUNDS)
        base = statistics.median(taken["raw"])
        all_ours += taken["find"] + taken["list"]
        for name in ("find", "list"):
            ours = statistics.median(taken[name])
            rows.append((f"{name} “{words}”", _ms(ours), _ms(base), f"+{_ms(ours - base)}", "+5 ms"))
    rows.append(("all searches, p95", _ms(statistics.quantiles(all_ours, n=20)[-1]), "", "", "50 ms"))
    return rows


def _hits(raw: Any, query: str) -> object:
    return raw.execute(RAW, (query,)).fetchall()


def _pages(desk: Desk, few: Desk) -> list[tuple[str, str, str, str, str]]:
    ways: dict[str, Callable[[], object]] = {
        "few list": lambda: _first_page(journal.contact_list(few)),
        "list": lambda: _first_page(journal.contact_list(desk)),
        "few today": lambda: today.board(few),
        "today": lambda: today.board(desk),
    }
    taken = interleaved(ways, ROUNDS)
    rows = []
    for name in ("list", "today"):
        ours, base = statistics.median(taken[name]), statistics.median(taken[f"few {name}"])
        rows.append(
            (f"open {name}: a million, a thousand", _ms(ours), _ms(base), f"{ours / base:.2f}", "1.0")
        )
    return rows


def _first_page(found: Any) -> None:
    with found.reading() as own:
        own.page(own.open(), 0, 50)


def _log(desk: Desk, raw: Any) -> list[tuple[str, str, str, str, str]]:
    who = people.journalist(desk, _some_journalist(raw))
    draft = ContactDraft(
        Channel.PHONE, desk.now(), "", "", "Giá đất đền bù tại xã Bình Chánh", journalist_id=who.id,
        given="Báo cáo nhanh số 37",
    )  # fmt: skip
    bare = partial(_bare, raw, Ed25519PrivateKey.generate(), _last_rows(raw))
    taken = interleaved({"bare": bare, "log": lambda: journal.log_contact(desk, draft)}, 60)
    ours, base = statistics.median(taken["log"]), statistics.median(taken["bare"])
    return [("log a contact", _ms(ours), _ms(base), f"{ours / base:.2f}", "4.0")]


def _some_journalist(raw: Any) -> Any:
    from uuid import UUID

    return UUID(bytes=raw.execute("SELECT id FROM journalist LIMIT 1").fetchone()[0])


def _last_rows(raw: Any) -> dict[str, list[Any]]:
    return {
        name: list(raw.execute(f"SELECT * FROM {name} ORDER BY n DESC LIMIT 1").fetchone())
        for name in ("contact", "chain", "search_doc")
    }


def _bare(raw: Any, key: Ed25519PrivateKey, last: dict[str, list[Any]]) -> None:
    """Insert the rows of an entry as they are, in one transaction with one signature."""
    raw.execute("BEGIN IMMEDIATE")
    key.sign(os.urandom(32))
    for name, row in last.items():
        columns = ",".join("?" * len(row))
        n = raw.execute(f"SELECT max(n) + 1 FROM {name}").fetchone()[0]
        fresh = [
            n,
            *(
                os.urandom(16) if isinstance(value, bytes) and len(value) == 16 and at == ID[name] else value
                for at, value in enumerate(row[1:], start=1)
            ),
        ]
        raw.execute(f"INSERT INTO {name} VALUES ({columns})", fresh)
    raw.execute("INSERT INTO search_index(rowid, fold) VALUES (?, ?)", (n, last["search_doc"][6]))
    raw.execute("COMMIT")


ID = {"contact": 1, "chain": 2, "search_doc": 2}


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    main()
