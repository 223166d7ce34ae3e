"""Which journalists or outlets are likely the same one, written down twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from spokesdesk.domain.people import Journalist, Outlet, is_short_for
from spokesdesk.domain.text import fold

# A number that more people share is a newsroom's, not a person's.
SHARED_BY = 3
LIMIT = 200
_PHONE_DIGITS = 8

Record = Journalist | Outlet
Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Likely:
    """Two records that look like one; ``reasons``: name, card, phone, email, licence, website."""

    one: Record
    other: Record
    reasons: tuple[str, ...]


def pair_of(one: UUID, other: UUID) -> Pair:
    """Give two ids in the one order in which a pair is kept."""
    return (one, other) if one.bytes <= other.bytes else (other, one)


def likely_journalists(
    known: Sequence[Journalist], apart: Iterable[Pair] = (), limit: int = LIMIT
) -> tuple[Likely, ...]:
    """Give pairs of journalists with the same card, phone or e-mail, or the same name at no two outlets.

    Args:
        known: every journalist.
        apart: pairs of which somebody said that they are not the same.
        limit: most pairs wanted.
    """
    keys = {
        "card": _by(known, lambda item: fold(item.card_number).replace(" ", "")),
        "phone": _by(known, lambda item: phone_key(item.phone)),
        "email": _by(known, lambda item: item.email.strip().lower()),
        "name": _by(known, lambda item: fold(item.name)),
    }
    return _likely(keys, frozenset(apart), limit)


def likely_outlets(
    known: Sequence[Outlet], apart: Iterable[Pair] = (), limit: int = LIMIT
) -> tuple[Likely, ...]:
    """Give pairs of outlets with the same name (title aside), licence, e-mail or web page; see above."""
    keys = {
        "licence": _by(known, lambda item: fold(item.licence_number).replace(" ", "")),
        "name": [*_by(known, lambda item: fold(item.name)), *_short_names(known)],
        "email": _by(known, lambda item: item.email.strip().lower()),
        "website": _by(known, lambda item: _host(item.website)),
        "phone": _by(known, lambda item: phone_key(item.phone)),
    }
    return _likely(keys, frozenset(apart), limit)


def phone_key(phone: str) -> str:
    """Give a phone number's digits, +84 as 0; "" for what is too short to tell anybody apart."""
    digits = "".join(char for char in phone if char.isascii() and char.isdigit())
    if phone.strip().startswith("+84") or (digits.startswith("84") and len(digits) > 10):
        digits = f"0{digits[2:]}"
    return digits if len(digits) >= _PHONE_DIGITS else ""


def _host(website: str) -> str:
    bare = website.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return bare.rstrip("/")


def _by(known: Sequence[Record], key_of: object) -> list[list[Record]]:
    assert callable(key_of)
    groups: dict[str, list[Record]] = defaultdict(list)
    for item in known:
        if key := key_of(item):
            groups[key].append(item)
    return [group for group in groups.values() if len(group) > 1]


def _short_names(known: Sequence[Outlet]) -> list[list[Record]]:
    """Group an outlet with the one that has its name without "Báo", "Tạp chí"."""
    by_last: dict[str, list[Outlet]] = defaultdict(list)
    for item in known:
        by_last[fold(item.name).rpartition(" ")[2]].append(item)
    found: list[list[Record]] = []
    for group in by_last.values():
        found += [[a, b] for a in group for b in group if a is not b and is_short_for(a.name, b.name)]
    return found


def _likely(keys: dict[str, list[list[Record]]], apart: frozenset[Pair], limit: int) -> tuple[Likely, ...]:
    found: dict[Pair, Likely] = {}
    for reason, groups in keys.items():
        for one, other in _pairs(reason, groups):
            pair = pair_of(one.id, other.id)
            if pair in apart:
                continue
            before = found.get(pair)
            if before is None and len(found) >= limit:
                continue
            reasons = (*before.reasons, reason) if before else (reason,)
            found[pair] = Likely(*_older_first(one, other), tuple(dict.fromkeys(reasons)))
    return tuple(sorted(found.values(), key=lambda item: -len(item.reasons)))


def _pairs(reason: str, groups: Iterable[list[Record]]) -> Iterator[tuple[Record, Record]]:
    for group in groups:
        is_shared = reason in ("phone", "email") and len(group) > SHARED_BY
        for one, other in combinations(group, 2):
            if is_shared and fold(one.name) != fold(other.name):
                continue
            if reason == "name" and not _may_be_one(one, other):
                continue
            yield one, other


def _may_be_one(one: Record, other: Record) -> bool:
    """Tell whether a shared name alone makes two likely: many people are called Nguyễn Thị Hoa."""
    if isinstance(one, Outlet) or isinstance(other, Outlet):
        return True
    return one.outlet is None or other.outlet is None or one.outlet.id == other.outlet.id


def _older_first(one: Record, other: Record) -> tuple[Record, Record]:
    return (one, other) if one.id.bytes <= other.id.bytes else (other, one)
