"""Takes found items into the queue: known ones are left out, repeated texts joined, subjects looked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import CLOCK_TOLERANCE
from spokesdesk.domain.monitoring import Item, Source
from spokesdesk.domain.monitoring_copies import found_id, marks, shingles, title_key, url_key
from spokesdesk.domain.monitoring_match import STOP, PhraseIndex, syllables
from spokesdesk.domain.monitoring_web import FeedEntry
from spokesdesk.domain.people import Ref
from spokesdesk.services.monitoring_earlier import REPEATED_WITHIN, Earlier
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.monitoring import Keys
from spokesdesk.services.secrecy import require_unmarked

# The agency's own name is always looked for; it is no row that could be taken out.
AGENCY = UUID("00000000-0000-7000-8000-00000000a9e0")
Watched = PhraseIndex[Ref]
# So many entries are looked at and written together.
_AT_ONCE = 200
_NO_ID = UUID(int=0)


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
    """Write the entries of a source that are new, the earliest first; read and written many at a time."""
    index, earliest_first = watched(unit), [*reversed(entries)]
    made: list[Item] = []
    refused = 0
    for at in range(0, len(earliest_first), _AT_ONCE):
        found = [_found(desk, source, entry) for entry in earliest_first[at : at + _AT_ONCE]]
        fresh = _unknown(unit, found)
        kept = [(item, keys) for item, keys in fresh if _is_unmarked(item)]
        refused += len(fresh) - len(kept)
        made += put_all(unit, index, kept)
    return Taken(tuple(made), refused)


def put_all(unit: Unit, index: Watched, found: Sequence[tuple[Item, Keys]]) -> list[Item]:
    """Write new items with what is watched for in them, each joined to the one whose text it repeats, if any.

    Args:
        found: with keys as ``named`` gives them.
    """
    texts = [(syllables(item.title), syllables(item.text)) for item, _keys in found]
    keys = [
        replace(named, shingles=shingles(text))
        for (_item, named), (_title, text) in zip(found, texts, strict=True)
    ]
    earlier = _earlier(unit, found, keys)
    made: list[tuple[Item, Keys]] = []
    for (item, _named), known_by, (title, text) in zip(found, keys, texts, strict=True):
        # What a person puts in is never hidden behind another item.
        first = earlier.first_like(known_by, item.published_at) if item.source_id is not None else None
        joined = replace(item, subjects=index.keys_in(f"{title} {STOP} {text}"), same_as=first)
        made.append((joined, known_by))
        if first is None:
            earlier.note(joined, known_by)
    if made:
        unit.monitoring.add(made)
    return [item for item, _keys in made]


def named(item: Item) -> Keys:
    """Give by what an item is known again."""
    return Keys(url_key(item.url), title_key(item.title, item.where, vn_day(item.published_at)))


def _unknown(unit: Unit, found: Sequence[Item]) -> list[tuple[Item, Keys]]:
    keys = [named(item) for item in found]
    known = set(unit.monitoring.known(keys))
    fresh: list[tuple[Item, Keys]] = []
    for item, each in zip(found, keys, strict=True):
        if known.isdisjoint({each.url, each.title} - {""}):
            known |= {each.url, each.title}
            # The same on every desk of the agency that finds it, so that it is one item when they exchange.
            fresh.append((replace(item, id=found_id(each.url, each.title)), each))
    return fresh


def _is_unmarked(item: Item) -> bool:
    """Say whether an item bears no mark of secrecy: what does is never written; the other entries are."""
    try:
        require_unmarked((item.title, item.text, item.byline), "text")
    except UserError:
        return False
    return True


def _earlier(unit: Unit, found: Sequence[tuple[Item, Keys]], keys: Sequence[Keys]) -> Earlier:
    if not found:
        return Earlier(())
    since = min(item.published_at for item, _named in found) - REPEATED_WITHIN
    return Earlier(unit.monitoring.near({mark for each in keys for mark in marks(each.shingles)}, since))


def _found(desk: Desk, source: Source, entry: FeedEntry) -> Item:
    now = desk.now()
    said = entry.published_at
    return Item(
        id=_NO_ID,
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
