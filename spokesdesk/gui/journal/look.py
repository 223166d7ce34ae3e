"""Reading one entry with what stands around it, in one go on the read lane."""

from dataclasses import dataclass
from uuid import UUID

from spokesdesk.domain.journal import Contact
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.journal.values import moment_text
from spokesdesk.services import answerers, journal, requests
from spokesdesk.services.ports import Desk


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry as its page shows it.

    Attributes:
        is_settled: what was due on it has been done.
        times: how often this journalist (or outlet) has been in contact.
        thread: the entries that follow or correct one another, this one among them.
        cautions: who answered without being authorised on that day, a sentence each.
        minutes: papers drawn up of it.
        request_id: the request that it brought, if any; ending that settles the entry.
    """

    contact: Contact
    is_settled: bool
    times: int
    thread: tuple[Contact, ...] = ()
    cautions: tuple[str, ...] = ()
    minutes: tuple[UUID, ...] = ()
    request_id: UUID | None = None

    @property
    def corrected_words(self) -> str:
        """Say when and by whom this entry was corrected."""
        later = self._entry(self.contact.corrected_by)
        if later is None:
            return _("Mục này đã được đính chính bằng một mục ghi sau.")
        return _("Mục này đã được đính chính lúc {time}, người ghi: {author}.").format(
            time=moment_text(later.entered_at), author=later.author.name
        )

    @property
    def corrects_words(self) -> str:
        """Say which entry this one corrects."""
        former = self._entry(self.contact.corrects)
        if former is None:
            return _("Mục này đính chính một mục đã ghi trước.")
        return _("Mục này đính chính một mục đã ghi trước, lúc {time}, người ghi {author}: {topic}").format(
            time=moment_text(former.entered_at), author=former.author.name, topic=former.topic
        )

    def _entry(self, wanted: UUID | None) -> Contact | None:
        return next((each for each in self.thread if each.id == wanted), None)


def look(desk: Desk, contact_id: UUID) -> Seen:
    """Give an entry, what became of it, and how often the person has come (blocking)."""
    thread = journal.thread(desk, contact_id)
    entry = next((each for each in thread if each.id == contact_id), None) or journal.contact(
        desk, contact_id
    )
    who = entry.journalist.id if entry.journalist else None
    outlet = entry.outlet.id if entry.outlet and who is None else None
    numbers = journal.contact_numbers(desk, outlet_id=outlet, journalist_id=who)
    minutes = journal.minutes_of(desk, contact_id)
    return Seen(
        entry,
        entry.settled_at is not None,
        len(numbers),
        thread,
        answerers.cautions_of(desk, entry),
        minutes,
        requests.of_contact(desk, contact_id),
    )
