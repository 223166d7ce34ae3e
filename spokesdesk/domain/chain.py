"""The journal chain: each entry's salted commitment is linked to the one before.

A changed, missing or reordered entry shows, and a body can still be erased later. A link holds no text:
``commitment = SHA-256(salt ‖ canonical body)``. Erasing body and salt leaves the chain whole (sync.md §3, T30).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

GENESIS = bytes(32)
SALT_BYTES = 32
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain (mắt xích).

    Attributes:
        n: 1, 2, 3 … without gaps.
        kind: noun of the entry: contact, article, paper_text, paper_move, erasure.
        at: UTC, when the entry was written.
        commitment: 32 bytes.
        hash: 32 bytes, over everything above and the hash of the link before.
    """

    n: int
    kind: str
    entry: UUID
    at: datetime
    commitment: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class ChainFault:
    """What is wrong with the chain at one link; ``code`` is one of ``domain.chain_faults.SENTENCES``.

    Attributes:
        n: number of the link; 0 where none is meant.
        kind: noun of the entry, "" where none is meant.
        day: of a checkpoint.
        name: what a record is called, where a record and no entry is meant.
    """

    n: int
    code: str
    entry: UUID | None = None
    kind: str = ""
    day: date | None = None
    name: str = ""


def canonical(body: Mapping[str, object]) -> bytes:
    """Give the one byte form of an entry's body: JSON, keys sorted, UTF-8, NFC texts as stored."""
    return _CANONICAL.encode(body).encode()


def commitment(salt: bytes, body: Mapping[str, object]) -> bytes:
    """Give SHA-256 over salt and body."""
    return hashlib.sha256(salt + canonical(body)).digest()


def link_hash(before: bytes, n: int, kind: str, entry: UUID, at: datetime, committed: bytes) -> bytes:
    """Give the hash that joins a link to the one before."""
    head = f"{n}|{kind}|{entry}|{at.isoformat()}|".encode()
    return hashlib.sha256(before + head + committed).digest()


def next_link(last: Link | None, kind: str, entry: UUID, at: datetime, committed: bytes) -> Link:
    """Give the link that follows ``last`` (None at the beginning of a journal)."""
    n = last.n + 1 if last else 1
    before = last.hash if last else GENESIS
    return Link(n, kind, entry, at, committed, link_hash(before, n, kind, entry, at, committed))


def peer_faults(chains: Sequence[Sequence[Link]], own: Sequence[Link]) -> list[ChainFault]:
    """Give what is wrong with the chains of colleagues' desks.

    A desk that had to be enrolled anew goes on with its chain under another id: its first link then follows one of
    an earlier part. What such a desk wrote before it was put back from a copy comes to it as a colleague's.

    Args:
        own: this desk's own chain.
    """
    found: list[ChainFault] = []
    ends = {(link.n, link.hash) for links in (own, *chains) for link in links}
    for links in chains:
        if not links:
            continue
        before, expected = GENESIS, links[0].n
        if expected > 1:
            earlier = [hashed for n, hashed in ends if n == expected - 1]
            before = next((one for one in earlier if _continues(one, links[0])), GENESIS)
        found += _faults(links, before, expected)
    return found


def _continues(before: bytes, link: Link) -> bool:
    made = link_hash(before, link.n, link.kind, link.entry, link.at, link.commitment)
    return made == link.hash


def faults(links: Iterable[Link]) -> list[ChainFault]:
    """Give what is wrong with the order and the hashes of a chain; empty when it is whole."""
    return _faults(links, GENESIS, 1)


def _faults(links: Iterable[Link], before: bytes, expected: int) -> list[ChainFault]:
    found: list[ChainFault] = []
    for link in links:
        if link.n != expected:
            code = "gap" if link.n > expected else "repeated"
            found.append(ChainFault(expected if code == "gap" else link.n, code))
        made = link_hash(before, link.n, link.kind, link.entry, link.at, link.commitment)
        if made != link.hash:
            found.append(ChainFault(link.n, "hash", link.entry, link.kind))
        before, expected = link.hash, link.n + 1
    return found
