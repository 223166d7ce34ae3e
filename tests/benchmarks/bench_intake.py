"""A day of news taken in: 10,000 entries of 200 feeds, 200 subjects, an encrypted workspace; seconds of processor.

The baseline writes the same texts to the full-text index and does nothing else. ``SPOKESDESK_NEWS_ITEMS`` makes it
smaller.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from spokesdesk import bootstrap
from spokesdesk.domain.monitoring import Source, Subject
from spokesdesk.domain.monitoring_web import FeedEntry
from spokesdesk.domain.people import Agency, MemberDraft, Role
from spokesdesk.services.monitoring_intake import take
from spokesdesk.services.ports import Desk
from spokesdesk.store.search import SqlSearch, Text
from tests.benchmarks.bench_monitoring import SYLLABLES, subjects
from tests.benchmarks.measure import shown, table

ITEMS = int(os.environ.get("SPOKESDESK_NEWS_ITEMS", "10000"))
AT_ONCE = 50


def entries(chance: random.Random, desk: Desk, first: int) -> list[FeedEntry]:
    """Give the entries of one feed: most of a few lines, some whole articles, one in ten the text of another."""
    made = []
    for n in range(first, first + AT_ONCE):
        own = random.Random(n - 1 if n % 10 == 9 else n)
        words = [own.choice(SYLLABLES) for _k in range(own.choice((60, 60, 450)))]
        title = " ".join(chance.choice(SYLLABLES) for _k in range(12)) + f" {n}"
        at = desk.now() - timedelta(minutes=chance.randint(1, 1_000))
        made.append(FeedEntry(title, f"https://bao{n % 200}.vn/bai-{n}.html", " ".join(words), "", at))
    return made


def made_desk(folder: Path, chance: random.Random) -> Desk:
    """Give a desk that watches for 200 subjects."""
    members = [MemberDraft("Lê Thị Mai", frozenset(Role))]
    desk, _key = bootstrap.create(
        folder, Agency("Sở Thông tin và Truyền thông"), members, passphrase="một câu đủ dài 2018"
    )
    with desk.write() as unit:
        for n, phrases in subjects(chance).items():
            watched = Subject(desk.new_id(), f"Chủ đề {n}", tuple(phrases))
            unit.watching.save_subject(watched, desk.member.ref, desk.now())
    return desk


def processor_s(work: Callable[[], int]) -> tuple[float, int]:
    """Give the seconds of processor that some work took, and what it gave."""
    begun = time.process_time()
    given = work()
    return time.process_time() - begun, given


def index_alone(desk: Desk, batches: Sequence[Sequence[FeedEntry]]) -> int:
    """Write the texts to the full-text index."""
    for batch in batches:
        with desk.write() as unit:
            search = unit.search
            assert isinstance(search, SqlSearch)
            search.put_new([Text("news", desk.new_id(), one.title, one.text, desk.now()) for one in batch])
    return sum(map(len, batches))


def take_in(desk: Desk, batches: Sequence[Sequence[FeedEntry]]) -> int:
    """Take the entries in, a transaction a feed, as fetching does."""
    taken = 0
    for n, batch in enumerate(batches):
        with desk.write() as unit:
            source = Source(desk.new_id(), f"Báo {n}", f"https://bao{n}.vn/rss")
            taken += len(take(desk, unit, source, batch).items)
    return taken


def main() -> None:
    """Print the table."""
    chance = random.Random(6)
    with tempfile.TemporaryDirectory() as folder:
        desk = made_desk(Path(folder) / "w", chance)
        batches = [entries(chance, desk, first) for first in range(0, ITEMS, AT_ONCE)]
        alone, _count = processor_s(lambda: index_alone(desk, batches))
        ours, taken = processor_s(lambda: take_in(desk, batches))
        desk.close()
    print(f"{taken} items, {ours / taken * 1e3:.2f} ms of processor an item")
    table([(f"take in {taken} items", shown(ours), shown(alone), f"{ours / alone:.2f}", "6")])


if __name__ == "__main__":
    main()
