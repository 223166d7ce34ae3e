"""Contacts on the first page: answers promised, and appointments we made ourselves."""

from spokesdesk.domain.clock import end_of_day
from spokesdesk.domain.journal import Contact, Due
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.today import DueItem, Dues


def due(_desk: Desk, unit: Unit, limit: int) -> Dues:
    """Give what is due of contacts; one that brought a request waits as that request, not twice."""
    entries = unit.journal.due(limit)
    brought = unit.requests.open_of_contacts([entry.id for entry in entries])
    found = [item for entry in entries for item in _items(entry, with_answer=entry.id not in brought)]
    # Of more than are listed, those that wait as a request are not told apart: each is counted as that.
    total = len(found) if len(entries) < limit else max(len(found), unit.journal.count_due())
    return Dues(tuple(found), total)


def _items(entry: Contact, *, with_answer: bool) -> list[DueItem]:
    who = " · ".join(ref.name for ref in (entry.journalist, entry.outlet) if ref)
    items = []
    if with_answer and entry.due and entry.due.due_at:
        items.append(DueItem("contact", entry.id, entry.topic, who, entry.due))
    if entry.follow_up_on:
        own = Due("", end_of_day(entry.follow_up_on), entry.follow_up, "", "verified")
        items.append(DueItem("contact", entry.id, entry.follow_up or entry.topic, who, own))
    return items
