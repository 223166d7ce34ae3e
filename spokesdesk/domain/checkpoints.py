"""Checkpoints of the journal chain: heads kept apart from it, so that a cut-off tail or a rewritten one shows.

Each day's head is a row of its own, printed in the daily report; the last head and a digest over the days are sealed
outside the database. A chain that no longer holds what a checkpoint saw was cut or rewritten since.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from spokesdesk.domain.chain import GENESIS, ChainFault, Link
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import UserError

GROUP = 4
LEAST_DIGITS = 16
HASH_DIGITS = 64


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of the chain as one day ended (đầu chuỗi cuối ngày).

    Attributes:
        day: Vietnamese day.
        n: number of the last link, 0 for a journal still empty.
        hash: 32 bytes; zeros for a journal still empty.
        at: UTC, when the checkpoint was made.
        token: RFC 3161 time stamp over ``hash``, DER; b"" where none was asked for.
    """

    day: date
    n: int
    hash: bytes
    at: datetime
    token: bytes = b""


@dataclass(frozen=True, slots=True)
class SealedHead:
    """What is kept outside the database, sealed by this device.

    Attributes:
        n: number of the last link seen.
        hash: its hash, hex.
        days: how many checkpoints there were.
        digest: over these, hex.
    """

    n: int
    hash: str
    days: int = 0
    digest: str = ""

    def to_bytes(self) -> bytes:
        """Give the form that is sealed."""
        return json.dumps([1, self.n, self.hash, self.days, self.digest]).encode()

    @staticmethod
    def from_bytes(data: bytes) -> "SealedHead":
        """Read what ``to_bytes`` gave; raises ValueError for anything else."""
        found = json.loads(data)
        if not isinstance(found, list) or len(found) != 5:
            raise ValueError("no head")
        return SealedHead(int(found[1]), str(found[2]), int(found[3]), str(found[4]))


@dataclass(frozen=True, slots=True)
class HeadCheck:
    """What a printed head says of the journal.

    Attributes:
        n: number of the link that it is; None when the chain has no such link.
        at: UTC, when that link was written; None for a journal that was empty.
        later: how many entries of the same day came after it.
        day_fits: that link was the last one by the end of the day, or entries came after printing.
    """

    n: int | None
    at: datetime | None = None
    later: int = 0
    day_fits: bool = True

    @property
    def ok(self) -> bool:
        """Whether the journal still holds everything that the printed head stands for."""
        return self.n is not None and self.day_fits


def digest(days: Iterable[Checkpoint]) -> str:
    """Give SHA-256 over checkpoints in the order they were made, hex; "" for none."""
    running = b""
    for one in days:
        running = hashlib.sha256(running + f"{one.day}|{one.n}|".encode() + one.hash).digest()
    return running.hex()


def sealed_faults(
    links: Sequence[Link], days: Sequence[Checkpoint], sealed: SealedHead | None
) -> list[ChainFault]:
    """Give what the checkpoints know and the chain no longer holds."""
    if sealed is None:
        return [ChainFault(0, "seal_missing")] if links else []
    by_number = {link.n: link for link in links}
    found = _head_fault(by_number, sealed)
    if len(days) < sealed.days or digest(days[: sealed.days]) != sealed.digest:
        found.append(ChainFault(0, "days_changed"))
    for one in days:
        link = by_number.get(one.n)
        if (link.hash if link else GENESIS if one.n == 0 else None) != one.hash:
            found.append(ChainFault(one.n, "day_changed", day=one.day))
    return found


def _head_fault(by_number: dict[int, Link], sealed: SealedHead) -> list[ChainFault]:
    if sealed.n == 0:
        return []
    link = by_number.get(sealed.n)
    if link is None:
        return [ChainFault(sealed.n, "cut_off")]
    return [] if link.hash.hex() == sealed.hash else [ChainFault(sealed.n, "rewritten")]


def check_head(links: Sequence[Link], head: str, day: date) -> HeadCheck:
    """Look for a printed head in the chain.

    Args:
        head: hex as ``read_head`` gives it, whole or its first digits.
        day: the day it was printed for.
    """
    if GENESIS.hex().startswith(head):
        first = links[0] if links else None
        return HeadCheck(0, None, 0, first is None or vn_day(first.at) > day)
    found = next((link for link in links if link.hash.hex().startswith(head)), None)
    if found is None:
        return HeadCheck(None)
    later = sum(1 for link in links[found.n :] if vn_day(link.at) == day)
    return HeadCheck(found.n, found.at, later, vn_day(found.at) <= day)


def grouped(head: bytes) -> str:
    """Give a head as it is printed: ``3f9a 0c41 …``, sixteen groups of four."""
    text = head.hex()
    return " ".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def read_head(text: str) -> str:
    """Give the hex digits of a head typed from paper, at least the first sixteen.

    Raises:
        UserError: ``head_form``.
    """
    digits = "".join(char for char in text.lower() if not char.isspace() and char not in "-.:·")
    if not LEAST_DIGITS <= len(digits) <= HASH_DIGITS or set(digits) - set("0123456789abcdef"):
        raise UserError("head_form", field="head", least=LEAST_DIGITS)
    return digits
