"""How the exchange with the province is shown: its lists, a row of one, one row whole, what can be done with it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.door import AccountState
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import short_date


class Tab(StrEnum):
    """One of the lists."""

    AGENCIES = "agencies"
    RELEASES = "releases"
    ALERTS = "alerts"
    ASKS = "asks"
    REBUTTALS = "rebuttals"
    DIFFICULTIES = "difficulties"
    LISTS = "lists"
    COMPLAINTS = "complaints"
    ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """One row of a list.

    Attributes:
        n: its place, 1 first.
        at: UTC; None where the row has no moment.
        more: words by which it is found, too.
    """

    n: int
    id: UUID
    tab: Tab
    title: str
    detail: str
    at: datetime | None
    chip: str
    tone: str
    more: str = ""


class Act(StrEnum):
    """What can be done with a note."""

    ACK = "ack"
    ANSWER = "answer"
    REMIND = "remind"
    VERIFY = "verify"
    REFUSE = "refuse"
    BLOCK = "block"


# What is decided on a journalist's account, at the portal and at once.
DECISIONS = {
    Act.VERIFY: AccountState.VERIFIED,
    Act.REFUSE: AccountState.REFUSED,
    Act.BLOCK: AccountState.BLOCKED,
}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote about a note, or what stands in a list."""

    head: str
    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProvinceView:
    """One row whole.

    Attributes:
        facts: names and values.
        told: replies, releases of an agency, rows of a list.
        url: of a page to open; "" for none.
    """

    id: UUID
    tab: Tab
    title: str
    about: str
    chip: str
    tone: str
    facts: tuple[tuple[str, str], ...] = ()
    text: str = ""
    told: tuple[Said, ...] = ()
    url: str = ""
    acts: frozenset[Act] = field(default_factory=frozenset)


def length_words(minutes: int) -> str:
    """Say how long something took."""
    if minutes < 60:
        return _("{n} phút").format(n=max(minutes, 1))
    if minutes < 48 * 60:
        return _("{n} giờ").format(n=round(minutes / 60))
    return _("{n} ngày").format(n=round(minutes / 1440))


def moment(at: datetime) -> str:
    """Give a moment by the clock of Vietnam."""
    local = to_vn(at)
    return f"{local:%H:%M} {short_date(local.date())}"
