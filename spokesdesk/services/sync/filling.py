"""The first filling of a desk: records as they are now, page by page; pages are made ready while others are written."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Semaphore
from typing import Any
from uuid import UUID

import msgspec

from spokesdesk import wire
from spokesdesk.domain.errors import DeskError
from spokesdesk.services.ports import Desk, Portal
from spokesdesk.services.ports.sync import Filling
from spokesdesk.services.sync.takingover import taking_over

# Pages are written together: most nouns have few records, every transaction waits for the disk, and what stands in the
# indexes among older entries is written anew by each. The first ones are shown at once; later ones may take a little.
_TOGETHER, _SOON, _LATER = 500, 2000, 4000
# Pages asked for before they are written: enough that neither the portal nor the disk waits, few enough to hold.
_AHEAD = 5
_Page = tuple[wire.Snapshot, Any]
_Coming = tuple[wire.Snapshot, Future[Any] | None, Filling | None]
# Seconds between two questions for the agency's key.
_KEY_EVERY_S = 1.0


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
        self._asked_at, self._grants = 0.0, set[UUID]()
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
        after: Filling | None = place
        with taking_over(), self._line(place, nouns) as pages:
            try:
                for page, after in pages:
                    kept.append(page)
                    if after is None or self._is_enough(kept):
                        self._write(kept, after)
                        kept = []
                        if after is not None and self._told is not None and not self._told(self.filled):
                            return False
            except DeskError:
                if kept:
                    self._write(kept, after)
                raise
        return True

    def _is_enough(self, kept: Sequence[_Page]) -> bool:
        enough = _TOGETHER if self.filled < _SOON else _LATER
        return sum(len(page.records) for page, _ready in kept) >= enough

    @contextmanager
    def _line(self, place: Filling, nouns: Sequence[str]) -> Iterator[Iterator[tuple[_Page, Filling | None]]]:
        """Give pages, each with the place after it: asked and made ready by two threads that are some pages ahead."""
        line = _Line()
        with ThreadPoolExecutor(1) as asking, ThreadPoolExecutor(1) as readying:
            try:
                asking.submit(self._fetch, line, readying, place, nouns)
                yield line.pages()
            finally:
                line.end()

    def _fetch(
        self, line: "_Line", readying: ThreadPoolExecutor, first: Filling, nouns: Sequence[str]
    ) -> None:
        place: Filling | None = first
        try:
            while place is not None and line.has_room():
                self._ask_for_key(line, place)
                page = self._ask(place, nouns)
                self._grants |= {one.rec for one in page.records if one.entity == wire.KEY_GRANT}
                if page.nouns:
                    nouns = [noun for noun in nouns if noun == wire.KEY_GRANT or noun in page.nouns]
                place = _following(page, place, nouns)
                line.put((page, readying.submit(self._make_ready, page), place))
        except BaseException as error:
            line.put(error)

    def _ask_for_key(self, line: "_Line", place: Filling) -> None:
        """Before what is sealed comes, see whether a colleague's desk has handed the agency's key over meanwhile.

        It is never waited for: what comes without it is opened later.
        """
        if place.noun not in wire.SEALED_FIELDS or time.monotonic() - self._asked_at < _KEY_EVERY_S:
            return
        with self._desk.read() as unit:
            if unit.agency_keys.ring.current is not None:
                return
        self._asked_at = time.monotonic()
        page = self._ask(Filling(wire.KEY_GRANT), (wire.KEY_GRANT,))
        new = [one for one in page.records if one.rec not in self._grants]
        self._grants |= {one.rec for one in new}
        if new:
            line.put((msgspec.structs.replace(page, records=new), None, place))

    def _ask(self, place: Filling, nouns: Sequence[str]) -> wire.Snapshot:
        noun = place.noun or nouns[0]
        return self._portal.snapshot(self._token, self._journal, noun, place.after, wire.PAGE_OPS)

    def _make_ready(self, page: wire.Snapshot) -> Any:
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


class _Line:
    """Pages that were asked for and are not written yet, so many at most."""

    def __init__(self) -> None:
        self._pages: SimpleQueue[_Coming | BaseException] = SimpleQueue()
        self._room = Semaphore(_AHEAD)
        self._is_over = False

    def has_room(self) -> bool:
        """Wait until another page may be asked for; False when none is wanted any more."""
        self._room.acquire()
        return not self._is_over

    def put(self, page: "_Coming | BaseException") -> None:
        """Add a page, or what kept it from coming: it is raised after the pages before it were given."""
        self._pages.put(page)

    def pages(self) -> Iterator[tuple[_Page, Filling | None]]:
        """Give the pages to the last one, each when it has been made ready."""
        following: Filling | None = Filling()
        while following is not None:
            coming = self._pages.get()
            if isinstance(coming, BaseException):
                raise coming
            page, ready, following = coming
            yield (page, ready.result() if ready else None), following
            if ready is not None:
                self._room.release()

    def end(self) -> None:
        """Want no more pages."""
        self._is_over = True
        self._room.release()


def _following(page: wire.Snapshot, place: Filling, nouns: Sequence[str]) -> Filling | None:
    """Give what is asked after a page: the rest of the noun, or the next noun."""
    noun = place.noun or nouns[0]
    if page.after:
        return Filling(noun, page.after)
    following = next(iter(nouns[nouns.index(noun) + 1 :]), "")
    return Filling(following) if following else None
