"""Reading one entry with what stands around it, in one go on the read lane."""

from dataclasses import dataclass
from uuid import UUID

from spokesdesk.domain.journal import Contact
from spokesdesk.services import journal
from spokesdesk.services.ports import Desk

_NEAR = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry as its page shows it.

    Attributes:
        is_settled: what was due on it has been done.
        times: how often this journalist (or outlet) has been in contact.
    """

    contact: Contact
    is_settled: bool
    times: int


def look(desk: Desk, contact_id: UUID) -> Seen:
    """Give an entry, whether its deadline is settled, and how often the person has come (blocking)."""
    entry = journal.contact(desk, contact_id)
    who = entry.journalist.id if entry.journalist else None
    outlet = entry.outlet.id if entry.outlet and who is None else None
    numbers = journal.contact_numbers(desk, outlet_id=outlet, journalist_id=who)
    rows = journal.contact_rows(desk, numbers[:_NEAR])
    # The list's row drops the date of a deadline that is settled; the entry itself keeps it.
    open_due = any(row.id == contact_id and row.due_at is not None for row in rows)
    return Seen(entry, bool(entry.due and entry.due.due_at) and not open_due, len(numbers))
