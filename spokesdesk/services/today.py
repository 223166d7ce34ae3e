"""What is due and what waits, for whoever works now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from spokesdesk.domain.clock import end_of_day, start_of_day, vn_day
from spokesdesk.domain.journal import Contact, Due
from spokesdesk.domain.papers import FINISHED, PaperRow, PaperState, waits_for
from spokesdesk.domain.people import Member
from spokesdesk.domain.requests import Request
from spokesdesk.services import rebuttals, spokespeople_due
from spokesdesk.services.ports import Desk, SyncState, Unit

_MOST = 500
_NO_DATE = Due("", None, "", "", "verified")


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something to be done in time: kind is contact, request, article or spokesperson.

    Attributes:
        detail: who it concerns.
        due: the deadline with its căn cứ; citation "" for an appointment we made ourselves, ``due_at`` None for a
            request that nobody has set a date for.
        holder: who a request waits on.
    """

    kind: str
    id: UUID
    title: str
    detail: str
    due: Due
    holder: str = ""


@dataclass(frozen=True, slots=True)
class WaitItem:
    """A paper that waits for a move of the member who works now."""

    kind: str
    id: UUID
    title: str
    detail: str
    state: PaperState
    since: datetime


@dataclass(frozen=True, slots=True)
class Today:
    """The today page: due first what is due first, waiting the oldest first."""

    due: tuple[DueItem, ...]
    waiting: tuple[WaitItem, ...]
    drafts: tuple[WaitItem, ...]
    contacts_today: int
    contacts_week: int
    sync: SyncState


def board(desk: Desk) -> Today:
    """Give what is due, what waits for the member who works now, and the day's counts."""
    now = desk.now()
    today = vn_day(now)
    with desk.read() as unit:
        due = _due(unit)
        due += [
            DueItem("article", each.article_id, title, outlet, law)
            for each, law, outlet, title in rebuttals.due(desk, unit)
        ]
        due += [
            DueItem("spokesperson", item.id, item.title, item.detail, item.due)
            for item in spokespeople_due.due(desk, unit)
        ]
        waiting, drafts = _waiting(unit, desk.actor)
        return Today(
            due=tuple(sorted(due, key=lambda item: (item.due.due_at is None, item.due.due_at or now))),
            waiting=waiting,
            drafts=drafts,
            contacts_today=unit.journal.count_between(start_of_day(today), end_of_day(today)),
            contacts_week=unit.journal.count_between(
                start_of_day(today - timedelta(days=6)), end_of_day(today)
            ),
            sync=unit.outbox.state(),
        )


def _due(unit: Unit) -> list[DueItem]:
    """Give what is due: a contact that brought a request waits as that request, not twice."""
    requests = unit.requests.open(limit=_MOST)
    brought = {request.subject.contact_id for request in requests}
    found = [_request_item(request) for request in requests]
    for entry in unit.journal.due():
        found += _due_items(entry, with_answer=entry.id not in brought)
    return found


def _request_item(request: Request) -> DueItem:
    return DueItem("request", request.id, request.topic, request.who, request.due or _NO_DATE, request.holder)


def _due_items(entry: Contact, *, with_answer: bool) -> list[DueItem]:
    who = " · ".join(ref.name for ref in (entry.journalist, entry.outlet) if ref)
    items = []
    if with_answer and entry.due and entry.due.due_at:
        items.append(DueItem("contact", entry.id, entry.topic, who, entry.due))
    if entry.follow_up_on:
        own = Due("", end_of_day(entry.follow_up_on), entry.follow_up, "", "verified")
        items.append(DueItem("contact", entry.id, entry.follow_up or entry.topic, who, own))
    return items


def _waiting(unit: Unit, member: Member | None) -> tuple[tuple[WaitItem, ...], tuple[WaitItem, ...]]:
    """Give the papers whose move is the member's, and the member's own drafts."""
    open_states = [state for state in PaperState if state not in FINISHED]
    rows = unit.papers.rows(unit.papers.row_numbers(states=open_states, limit=500))
    oldest_first = sorted(rows, key=lambda row: row.saved_at)
    mine = [row for row in oldest_first if member and member.roles & set(waits_for(row.state))]
    drafts = [row for row in reversed(oldest_first) if row.state is PaperState.DRAFT]
    return tuple(_wait_item(row) for row in mine), tuple(_wait_item(row) for row in drafts)


def _wait_item(row: PaperRow) -> WaitItem:
    return WaitItem("paper", row.id, row.title, row.author, row.state, row.saved_at)
