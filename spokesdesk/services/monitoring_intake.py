"""Takes found items into the queue: known ones are left out, repeated texts joined, subjects looked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from uuid import UUID

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import CLOCK_TOLERANCE
from spokesdesk.domain.monitoring import Item, Source
from spokesdesk.domain.monitoring_copies import ALIKE, likeness, marks, shingles, title_key, url_key
from spokesdesk.domain.monitoring_match import STOP, PhraseIndex, syllables
from spokesdesk.domain.monitoring_web import FeedEntry
from spokesdesk.domain.people import Ref
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.monitoring import Keys
from spokesdesk.services.secrecy import require_unmarked

# The agency's own name is always looked for; it is no row that could be taken out.
AGENCY = UUID("00000000-0000-7000-8000-00000000a9e0")
REPEATED_WITHIN = timedelta(days=3)
Watched = PhraseIndex[Ref]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of some entries.

    Attributes:
        items: the new ones.
        refused: so many bore a mark of secrecy and were not kept.
    """

    items: tuple[Item, ...]
    refused: int = 0

    @property
    def matched(self) -> int:
        """How many of the new ones hold something watched for."""
        return sum(bool(item.subjects) for item in self.items)


def watched(unit: Unit) -> Watched:
    """Give what is looked for: the agency's name and every subject in use."""
    agency = unit.people.agency()
    phrases: list[tuple[Ref, tuple[str, ...]]] = (
        [(Ref(AGENCY, agency.name), (agency.name,))] if agency.name else []
    )
    phrases += [(Ref(one.id, one.name), one.phrases) for one in unit.watching.subjects() if one.is_active]
    return _index(tuple(phrases))


@lru_cache(maxsize=4)
def _index(phrases: tuple[tuple[Ref, tuple[str, ...]], ...]) -> Watched:
    """Give the index of some phrases; made once, for every source looks for the same."""
    return PhraseIndex(dict(phrases))


def subjects_in(index: Watched, title: str, text: str) -> tuple[Ref, ...]:
    """Give what is watched for and stands in an item."""
    return index.keys_in(f"{syllables(title)} {STOP} {syllables(text)}")


def take(desk: Desk, unit: Unit, source: Source, entries: Sequence[FeedEntry]) -> Taken:
    """Write the entries of a source that are new, the earliest first."""
    index = watched(unit)
    found = [_found(desk, source, entry) for entry in reversed(entries)]
    named = [_named(item) for item in found]
    known = set(unit.monitoring.known(named))
    made: list[Item] = []
    refused = 0
    for item, keys in zip(found, named, strict=True):
        if not known.isdisjoint({keys.url, keys.title} - {""}):
            continue
        known |= {keys.url, keys.title}
        try:
            require_unmarked((item.title, item.text, item.byline), "text")
        except UserError:
            # What bears a mark of secrecy is never written; the other entries are.
            refused += 1
            continue
        joined = replace(item, subjects=subjects_in(index, item.title, item.text))
        made.append(put(unit, joined, keys_of(joined)))
    return Taken(tuple(made), refused)


def _found(desk: Desk, source: Source, entry: FeedEntry) -> Item:
    now = desk.now()
    said = entry.published_at
    return Item(
        id=desk.new_id(),
        where=source.outlet.name if source.outlet else source.name,
        title=entry.title,
        published_at=said if said is not None and said <= now + CLOCK_TOLERANCE else now,
        found_at=now,
        url=entry.url[:2_000],
        byline=entry.byline,
        text=entry.text,
        outlet_id=source.outlet.id if source.outlet else None,
        source_id=source.id,
    )


def put(unit: Unit, item: Item, keys: Keys) -> Item:
    """Write an item, joined to the one whose text it repeats, if any."""
    first = _first_like(unit, item, keys) if item.source_id is not None else None
    joined = replace(item, same_as=first)
    unit.monitoring.add(joined, keys)
    return joined


def keys_of(item: Item) -> Keys:
    """Give by what an item is known again, and finds its like."""
    return replace(_named(item), shingles=shingles(syllables(item.text)))


def _named(item: Item) -> Keys:
    return Keys(url_key(item.url), title_key(item.title, item.where, vn_day(item.published_at)))


def _first_like(unit: Unit, item: Item, keys: Keys) -> UUID | None:
    if not keys.shingles:
        return None
    near = unit.monitoring.like(marks(keys.shingles), item.published_at - REPEATED_WITHIN)
    for other, text in near:
        if likeness(keys.shingles, shingles(syllables(text))) >= ALIKE:
            return other
    return None
