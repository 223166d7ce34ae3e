"""Which journalists or outlets are likely the same one, written down twice."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from spokesdesk.domain.people import Journalist, Outlet, is_short_for

# A number that more people share is a newsroom's, not a person's.
SHARED_BY = 3
LIMIT = 200
_PHONE_DIGITS = 8

Record = Journalist | Outlet
Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Sketch:
    """As much of a record as tells whether it is another one; 20,000 of them are compared at a time.

    Attributes:
        id: the record's, as its 16 bytes: making so many UUIDs would cost more than comparing them.
        name: folded.
        outlet: of a journalist, the first one of its name; None for outlets, and when it is not known.
    """

    id: bytes
    name: str
    outlet: bytes | None = None
    phone: str = ""
    email: str = ""
    card: str = ""
    licence: str = ""
    website: str = ""
    is_outlet: bool = False


@dataclass(frozen=True, slots=True)
class Twin:
    """Two sketches that look alike, the older first; ``reasons``: name, card, phone, email, licence, website."""

    one: UUID
    other: UUID
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likely:
    """Two records that look like one; ``reasons`` as ``Twin``."""

    one: Record
    other: Record
    reasons: tuple[str, ...]


def pair_of(one: UUID, other: UUID) -> Pair:
    """Give two ids in the one order in which a pair is kept."""
    return (one, other) if one.bytes <= other.bytes else (other, one)


def twins(known: Sequence[Sketch], apart: Iterable[Pair] = (), limit: int = LIMIT) -> tuple[Twin, ...]:
    """Give pairs with the same card, licence, phone, e-mail or page, or with the same name.

    A name alone counts for journalists only when they are not at two different outlets; outlets are compared
    without "Báo", "Tạp chí" where one of the two goes without.

    Args:
        known: journalists or outlets.
        apart: pairs of which somebody said that they are not the same.
        limit: most pairs wanted.
    """
    is_named = [item for item in known if item.is_outlet]
    groups = {
        "card": _by(known, lambda item: item.card.lower().replace(" ", "")),
        "licence": _by(known, lambda item: item.licence.lower().replace(" ", "")),
        "phone": _by(known, lambda item: phone_key(item.phone)),
        "email": _by(known, lambda item: item.email.strip().lower()),
        "website": _by(known, lambda item: _host(item.website)),
        "name": [*_by(known, lambda item: item.name), *_short_names(is_named)],
    }
    return _twins(groups, frozenset((one.bytes, other.bytes) for one, other in apart), limit)


def phone_key(phone: str) -> str:
    """Give a phone number's digits, +84 as 0; "" for what is too short to tell anybody apart."""
    if not phone:
        return ""
    plain = phone.isascii() and phone.isdigit()
    digits = phone if plain else "".join(char for char in phone if char.isascii() and char.isdigit())
    if phone.strip().startswith("+84") or (digits.startswith("84") and len(digits) > 10):
        digits = f"0{digits[2:]}"
    return digits if len(digits) >= _PHONE_DIGITS else ""


def _host(website: str) -> str:
    if not website:
        return ""
    bare = website.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return bare.rstrip("/")


def _by(known: Sequence[Sketch], key_of: Callable[[Sketch], str]) -> list[list[Sketch]]:
    groups: dict[str, list[Sketch]] = defaultdict(list)
    for item in known:
        if key := key_of(item):
            groups[key].append(item)
    return [group for group in groups.values() if len(group) > 1]


def _short_names(known: Sequence[Sketch]) -> list[list[Sketch]]:
    """Group an outlet with the one that has its name without "Báo", "Tạp chí"."""
    by_last: dict[str, list[Sketch]] = defaultdict(list)
    for item in known:
        by_last[item.name.rpartition(" ")[2]].append(item)
    found: list[list[Sketch]] = []
    for group in by_last.values():
        found += [[a, b] for a in group for b in group if a is not b and is_short_for(a.name, b.name)]
    return found


def _twins(
    groups: dict[str, list[list[Sketch]]], apart: frozenset[tuple[bytes, bytes]], limit: int
) -> tuple[Twin, ...]:
    found: dict[tuple[bytes, bytes], tuple[str, ...]] = {}
    for reason, same in groups.items():
        for one, other in _pairs(reason, same):
            pair = (one.id, other.id) if one.id <= other.id else (other.id, one.id)
            reasons = found.get(pair, ())
            if pair in apart or (not reasons and len(found) >= limit):
                continue
            found[pair] = reasons if reason in reasons else (*reasons, reason)
    made = [Twin(UUID(bytes=one), UUID(bytes=other), reasons) for (one, other), reasons in found.items()]
    return tuple(sorted(made, key=lambda item: -len(item.reasons)))


def _pairs(reason: str, groups: Iterable[list[Sketch]]) -> Iterator[tuple[Sketch, Sketch]]:
    for group in groups:
        is_shared = reason in ("phone", "email") and len(group) > SHARED_BY
        for one, other in combinations(group, 2):
            if is_shared and one.name != other.name:
                continue
            if reason == "name" and not _may_be_one(one, other):
                continue
            yield one, other


def _may_be_one(one: Sketch, other: Sketch) -> bool:
    """Tell whether a shared name alone makes two likely: many people are called Nguyễn Thị Hoa."""
    return one.is_outlet or one.outlet is None or other.outlet is None or one.outlet == other.outlet
