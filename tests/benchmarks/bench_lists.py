"""Lists of articles, papers, cases and requests: the first page of 50,000 and of 200,000 rows against that of 1,000."""

import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from spokesdesk.domain.cases import CaseDraft, CaseKind
from spokesdesk.domain.coverage import ArticleDraft
from spokesdesk.domain.journal import Channel
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.papers import PaperState
from spokesdesk.domain.requests import RequestDraft, RequestState
from spokesdesk.outside.workspace import open_workspace
from spokesdesk.services import cases, coverage, papers, requests
from spokesdesk.services.ports import Desk
from spokesdesk.store.database import Database
from tests.benchmarks import million
from tests.benchmarks.measure import interleaved, table

SIZES = (1_000, 50_000, 200_000)
ROUNDS = 9
# The time by which each is listed; of requests nineteen of twenty are closed.
LISTED = {"article": "published_at", "paper": "saved_at", "case": "opened_at", "request": "received_at"}
CLOSED = (
    "UPDATE request SET state = 'answered', closed_at = received_at + 86400000000 WHERE n % 20",
    "UPDATE paper SET state = 'released' WHERE n % 50",
)
MORE = (
    "WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < {rows}) "
    'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}", k WHERE n = 1'
)


def main() -> None:
    """Print the table."""
    taken: dict[int, dict[str, list[float]]] = {}
    for size in SIZES:
        with _filled(size) as desk:
            taken[size] = interleaved(_ways(desk), ROUNDS)
    rows = []
    for way, few in taken[SIZES[0]].items():
        base = statistics.median(few)
        for size in SIZES[1:]:
            ours = statistics.median(taken[size][way])
            what = f"{way}, {size:,} rows"
            rows.append((what, _ms(ours), f"{_ms(base)} with 1,000", f"{ours / base:.2f}", "-"))
    table(rows)


def _ways(desk: Desk) -> dict[str, Callable[[], object]]:
    open_states = (RequestState.OPEN,)
    drafts = (PaperState.DRAFT,)
    lists: dict[str, Any] = {
        "articles": coverage.article_list(desk),
        "papers": papers.paper_list(desk),
        "papers, drafts": papers.paper_list(desk, states=drafts),
        "cases": cases.case_list(desk),
        "requests": requests.request_list(desk),
        "requests, open": requests.request_list(desk, states=open_states),
    }
    first = {f"{name}: first page": partial(_first_page, found) for name, found in lists.items()}
    return {**first, **{f"{name}: whole length": partial(_whole, found) for name, found in lists.items()}}


def _first_page(found: Any) -> None:
    with found.reading() as own:
        own.page(own.open(), 0, 50)


def _whole(found: Any) -> None:
    with found.reading() as own:
        own.whole(own.open())


@contextmanager
def _filled(size: int) -> Iterator[Desk]:
    with tempfile.TemporaryDirectory(prefix="lists-") as made:
        folder = Path(made) / "desk"
        million._make(folder, 10, 10)
        with million.opened(folder) as desk:
            _one_of_each(desk)
        _multiplied(folder, size)
        with million.opened(folder) as desk:
            yield desk


def _one_of_each(desk: Desk) -> None:
    now = desk.now()
    coverage.add_article(desk, ArticleDraft(outlet="Báo A", title="Giá đất", published_at=now, text="Tin."))
    letter = replace(papers.blank(desk, LetterKind.CONG_VAN), subject="Về giá đất", body="Nội dung.")
    papers.create(desk, letter)
    cases.open_case(desk, CaseDraft(CaseKind.HARASSMENT, "Gây rối"))
    draft = RequestDraft(Channel.PHONE, now, "Giá đất", journalist="Vũ Quốc Huy")
    requests.open_request(desk, replace(draft, event="press_opinion_received"))


def _multiplied(folder: Path, size: int) -> None:
    """Write copies of the one record there is, each a minute older; nothing but the lists reads them."""
    opened = open_workspace(folder, passphrase=million.PASSPHRASE)
    database = Database(opened.database_path, opened.database_key)
    raw = database.connect()
    raw.execute("BEGIN IMMEDIATE")
    for name, time in LISTED.items():
        columns = [row[1] for row in raw.execute(f'PRAGMA table_info("{name}")') if row[1] != "n"]
        made = {"id": "randomblob(16)", time: f"{time} - i * 60000000"}
        values = ", ".join(made.get(column, f'"{column}"') for column in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        raw.execute(MORE.format(rows=size - 1, table=name, names=names, values=values))
    for statement in CLOSED:
        raw.execute(statement)
    raw.execute("COMMIT")
    raw.close()
    database.close()
    opened.close()


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    main()
