"""Reading one entry with what stands around it, in one go on the read lane."""

from dataclasses import dataclass
from uuid import UUID

from spokesdesk.domain.journal import Contact
from spokesdesk.services import journal
from spokesdesk.services.ports import Desk


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
    return Seen(entry, entry.settled_at is not None, len(numbers))
