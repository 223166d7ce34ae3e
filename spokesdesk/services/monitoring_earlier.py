"""What was found before, by the marks of its text: tells for many new items at once which text they repeat."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from spokesdesk.domain.monitoring import Item
from spokesdesk.domain.monitoring_copies import ALIKE, LEAST_COMMON, likeness, marks, shingles
from spokesdesk.domain.monitoring_match import syllables
from spokesdesk.services.ports.monitoring import Keys, Near

REPEATED_WITHIN = timedelta(days=3)


class Earlier:
    """Items found before, the earliest first, and those noted since.

    Args:
        near: as ``MonitoringStore.near`` gives them.
    """

    def __init__(self, near: Iterable[Near]) -> None:
        self._known: list[tuple[UUID, datetime, str]] = []
        self._shingles: dict[int, frozenset[int]] = {}
        self._by_mark: defaultdict[int, list[int]] = defaultdict(list)
        for each in near:
            self._keep((each.id, each.published_at, each.text), each.marks)

    def note(self, item: Item, keys: Keys) -> None:
        """Note a new item as one that later ones may repeat."""
        if keys.shingles:
            self._shingles[len(self._known)] = keys.shingles
            self._keep((item.id, item.published_at, ""), marks(keys.shingles))

    def first_like(self, keys: Keys, published_at: datetime) -> UUID | None:
        """Give the earliest item whose text is repeated, None when there is none.

        Args:
            keys: of the new item, its shingles with them.
            published_at: of the new item; what is older by days is not repeated, but written anew.
        """
        shared = Counter(at for mark in marks(keys.shingles) for at in self._by_mark.get(mark, ()))
        for at in sorted(at for at, count in shared.items() if count >= LEAST_COMMON):
            item_id, said_at, text = self._known[at]
            if said_at < published_at - REPEATED_WITHIN:
                continue
            if at not in self._shingles:
                self._shingles[at] = shingles(syllables(text))
            if likeness(keys.shingles, self._shingles[at]) >= ALIKE:
                return item_id
        return None

    def _keep(self, known: tuple[UUID, datetime, str], found: Iterable[int]) -> None:
        for mark in found:
            self._by_mark[mark].append(len(self._known))
        self._known.append(known)
