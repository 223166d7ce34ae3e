"""The end of the day (kết thúc ngày): every open request with the one it waits on, kept as it stood."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from spokesdesk.domain.errors import WaitError
from spokesdesk.domain.people import Ref
from spokesdesk.domain.requests import Request, checked_holder

_NAMED = 3


@dataclass(frozen=True, slots=True)
class DayEndItem:
    """One open request as it stood in the evening.

    Attributes:
        holder: who it waits on, "" while nobody was named.
        due_at: UTC, None where there is no date.
        citation: căn cứ of the deadline.
        journalist_id: the journalist who asks, so that the list is found when that person's data is.
    """

    request_id: UUID
    who: str
    topic: str
    received_at: datetime
    owner: str
    holder: str
    due_at: datetime | None
    citation: str = ""
    journalist_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DayEnd:
    """A finished list; ``at`` UTC, when it was finished."""

    id: UUID
    on: date
    at: datetime
    by: Ref
    items: tuple[DayEndItem, ...]


@dataclass(frozen=True, slots=True)
class DayEndSent:
    """Where a finished list went.

    Attributes:
        way: print or mail.
        to: addresses, or the name of the printer.
        result: sent, partial or failed.
        detail: what the server or the printer said.
    """

    id: UUID
    day_end_id: UUID
    way: str
    to: tuple[str, ...]
    at: datetime
    by: Ref
    result: str
    detail: str = ""


def item_of(request: Request, holder: str = "") -> DayEndItem:
    """Give a request as a line of the list; ``holder`` wins over the one named before."""
    owner = request.assignment.owner
    return DayEndItem(
        request_id=request.id,
        who=request.who,
        topic=request.topic,
        received_at=request.received_at,
        owner=owner.name if owner else request.assignment.lead_unit,
        holder=checked_holder(holder) or request.holder,
        due_at=request.due.due_at if request.due else None,
        citation=request.due.citation if request.due else "",
        journalist_id=request.journalist.id if request.journalist else None,
    )


def lines(requests: Iterable[Request], holders: Mapping[UUID, str]) -> tuple[DayEndItem, ...]:
    """Give the list: what is due first comes first, what has no date after it, the oldest first."""
    items = [item_of(request, holders.get(request.id, "")) for request in requests]
    return tuple(sorted(items, key=_order))


def require_holders(items: Iterable[DayEndItem]) -> None:
    """Raise WaitError("day_end_holders") while an open request does not say who it waits on."""
    missing = [item.topic for item in items if not item.holder]
    if missing:
        named = "; ".join(missing[:_NAMED]) + ("…" if len(missing) > _NAMED else "")
        raise WaitError("day_end_holders", field="holder", count=len(missing), named=named)


def _order(item: DayEndItem) -> tuple[bool, datetime, datetime]:
    return (item.due_at is None, item.due_at or item.received_at, item.received_at)
