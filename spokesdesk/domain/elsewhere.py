"""Places beside the portal where releases are published, too: a drop folder, a WordPress site (nơi công bố khác)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from spokesdesk.domain.journal import Attachment


class ElsewhereKind(Enum):
    """How a place takes releases."""

    FOLDER = "folder"
    WORDPRESS = "wordpress"


@dataclass(frozen=True, slots=True)
class ElsewherePlace:
    """A place where released papers go.

    Attributes:
        address: the folder, or the site's address.
        account: name to sign in with; the password is among the device's secrets.
        made_at: UTC; papers released before go there only when that was asked.
    """

    id: UUID
    kind: ElsewhereKind
    name: str
    address: str
    account: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """The way of one paper to one place.

    Attributes:
        wanted: ``publish`` or ``withdraw``.
        state: queued, sent, accepted, published, withdrawn or quarantined.
        reason: why it was not taken, or why the last try failed.
        url: where the public finds it.
        remote: what the place knows it by.
    """

    place: UUID
    record: UUID
    title: str
    wanted: str
    state: str
    reason: str
    url: str
    remote: str
    tries: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """What a place publishes of a paper.

    Attributes:
        mark: number and symbol as printed.
        corrects: the released paper that this one corrects or replaces.
    """

    record: UUID
    mark: str
    title: str
    agency: str
    place: str
    date_on: date
    released_at: datetime
    text: tuple[str, ...]
    pdf: Attachment
    docx: Attachment
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a place answers; its fields are those of a Delivery."""

    state: str
    url: str = ""
    remote: str = ""
    reason: str = ""
