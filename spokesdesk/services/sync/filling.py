"""The first filling of a desk: records as they are now, page by page; the next are made ready while one is written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.errors import DeskError
from spokesdesk.services.ports import Desk, Portal
from spokesdesk.services.ports.sync import Filling
from spokesdesk.services.sync.takingover import taking_over

# Small pages are written together: most nouns have few records, and every transaction waits for the disk.
_TOGETHER = 500
_Page = tuple[wire.Snapshot, Mapping[UUID, Any]]
_Coming = tuple[wire.Snapshot, Future[Mapping[UUID, Any]], Filling | None]


class Filler:
    """Brings the records of the journal to a desk that has none of them yet; goes on where it was broken off.

    Attributes:
        filled: records that came.
        entities: their nouns.
    """

    def __init__(
        self, desk: Desk, portal: Portal, token: str, journal: UUID, told: Callable[[int], bool] | None
    ) -> None:
        self._desk, self._portal, self._token, self._journal = desk, portal, token, journal
        self._told = told
        self.filled = 0
        self.entities: set[str] = set()

    def run(self) -> bool:
        """Fill to the end; True when this desk has all records, False when it was told to stop.

        Raises:
            DeskError: the portal could not be asked; what came before is kept.
        """
        with self._desk.read() as unit:
            place, nouns = unit.replicas.filling(), unit.replicas.nouns()
        if place is None:
            return True
        kept: list[_Page] = []
        with taking_over(), ThreadPoolExecutor(2) as workers:
            for page, following in self._pages(workers, place, nouns):
                kept.append(page)
                if following is None or sum(len(one.records) for one, _ready in kept) >= _TOGETHER:
                    self._write(kept, following)
                    kept = []
                    if following is not None and self._told is not None and not self._told(self.filled):
                        return False
        return True

    def _pages(
        self, workers: ThreadPoolExecutor, first: Filling, nouns: Sequence[str]
    ) -> Iterator[tuple[_Page, Filling | None]]:
        """Give pages, each with the place after it; the next is made ready meanwhile, and one more is asked."""
        place: Filling | None = first
        asked, before = workers.submit(self._ask, first, nouns), list[_Coming]()
        while place is not None:
            try:
                page = asked.result()
            except DeskError:
                yield from map(_come, before)
                raise
            place = _following(page, place, nouns)
            if place is not None:
                asked = workers.submit(self._ask, place, nouns)
            coming = (page, workers.submit(self._make_ready, page), place)
            yield from map(_come, before)
            before = [coming]
        yield from map(_come, before)

    def _ask(self, place: Filling, nouns: Sequence[str]) -> wire.Snapshot:
        noun = place.noun or nouns[0]
        return self._portal.snapshot(self._token, self._journal, noun, place.after, wire.PAGE_OPS)

    def _make_ready(self, page: wire.Snapshot) -> Mapping[UUID, Any]:
        with self._desk.read() as unit:
            return unit.replicas.make_ready(page)

    def _write(self, pages: Sequence[_Page], following: Filling | None) -> None:
        desk = self._desk
        with desk.write() as unit:
            # What is typed while a desk is filled is on top of what comes.
            unit.replicas.gather(desk.now(), str(desk.actor.id) if desk.actor else "", desk.new_id)
            # The feed is followed from where it was before the first page.
            cursor = (unit.replicas.filling() or Filling()).cursor or (pages[0][0].seq, pages[0][0].chain)
            for page, ready in pages:
                if page.records or page.conflicts:
                    unit.replicas.fill(page, desk.now(), ready)
                    self.entities |= {record.entity for record in page.records}
                    self.filled += len(page.records)
            kept = Filling(following.noun, following.after, cursor) if following else None
            unit.replicas.note_filling(kept)
            if kept is None:
                unit.outbox.start_from(pages[-1][0].epoch, *cursor)


def _come(coming: _Coming) -> tuple[_Page, Filling | None]:
    page, ready, following = coming
    return (page, ready.result()), following


def _following(page: wire.Snapshot, place: Filling, nouns: Sequence[str]) -> Filling | None:
    """Give what is asked after a page: the rest of the noun, or the next noun."""
    noun = place.noun or nouns[0]
    if page.after:
        return Filling(noun, page.after)
    following = next(iter(nouns[nouns.index(noun) + 1 :]), "")
    return Filling(following) if following else None
