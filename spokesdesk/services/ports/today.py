"""What the first page shows, and what gives it: every noun brings its own sources (see ``services/today.py``)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from spokesdesk.domain.journal import Due
from spokesdesk.domain.papers import PaperState
from spokesdesk.services.ports.desk import Desk
from spokesdesk.services.ports.stores import Unit


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something to be done in time.

    Attributes:
        kind: of the record, as the window opens it: contact, request, spokesperson, incident, duty …
        detail: who it concerns.
        due: the deadline with its căn cứ; citation "" for an appointment we made ourselves, ``due_at`` None for what
            has no date.
        holder: who it waits on.
    """

    kind: str
    id: UUID
    title: str
    detail: str
    due: Due
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Dues:
    """What one source gives: the first of its items, and how many there are in all."""

    items: tuple[DueItem, ...]
    total: int


@dataclass(frozen=True, slots=True)
class WaitItem:
    """Something that waits for the member who works now.

    Attributes:
        kind: of the record, as the window opens it.
        id: None for a line that stands for many: it opens their screen.
        state: of a paper; None for anything else, which ``chip`` names.
        since: UTC; None for a line that stands for many.
    """

    kind: str
    id: UUID | None
    title: str
    detail: str
    state: PaperState | None
    since: datetime | None
    chip: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """Something to know that has no date of its own.

    Attributes:
        kind: of the record, or the screen, that it opens.
        id: of the record; None for a screen.
        detail: what is to be done.
        tone: red is wrong, amber asks for attention, teal informs.
    """

    kind: str
    title: str
    detail: str
    id: UUID | None = None
    tone: str = "amber"


class DueSource(Protocol):
    """Gives what is due of one noun, the first due first, at most ``limit``."""

    def __call__(self, desk: Desk, unit: Unit, limit: int, /) -> Dues: ...


class WaitSource(Protocol):
    """Gives what of one noun waits for the member who works now, the oldest first, at most ``limit``."""

    def __call__(self, desk: Desk, unit: Unit, limit: int, /) -> Sequence[WaitItem]: ...


class AlertSource(Protocol):
    """Gives the alerts of one noun."""

    def __call__(self, desk: Desk, unit: Unit, /) -> Sequence[Alert]: ...
