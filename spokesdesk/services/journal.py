"""Log a contact, look entries up, print the journalist's slip."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from spokesdesk.domain import journal as rules
from spokesdesk.domain import verification as papers_check
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.journal import Attachment, Contact, ContactDraft, ContactRow, Due
from spokesdesk.domain.people import Journalist, Ref
from spokesdesk.domain.rules import Deadline, Rule, choose, deadline
from spokesdesk.domain.verification import CardFacts, Facts, Verification, VerificationKind
from spokesdesk.services.calendar import working_calendar
from spokesdesk.services.listed import Listed
from spokesdesk.services.people import named_journalist, named_outlet
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.paging import Paged


def log_contact(desk: Desk, draft: ContactDraft, draft_id: UUID | None = None) -> tuple[Contact, Changes]:
    """Write a contact into the journal, with its link in the chain and its search text, in one transaction.

    Args:
        draft: as typed; outlets and journalists not known yet are created.
        draft_id: the autosaved draft that this entry replaces.

    Raises:
        UserError: names the field; an ambiguous name lists who is meant by it.
    """
    now = desk.now()
    clean = rules.checked(draft, now)
    checked = verify(desk, clean.verification, clean.facts, vn_day(clean.received_at))
    with desk.write() as unit:
        outlet = named_outlet(desk, unit, clean.outlet, clean.outlet_id)
        who = named_journalist(desk, unit, clean.journalist, clean.journalist_id, outlet)
        if who is not None:
            _remember_card(unit, who, clean.facts)
        entry = _entry(desk, clean, outlet or (who.outlet if who else None), who, checked, now)
        entry = replace(entry, due=_due(desk, unit, clean.answer_event, clean.received_at))
        unit.journal.add(entry)
        if draft_id is not None:
            unit.drafts.drop(draft_id)
    return entry, _changes(entry)


def contact(desk: Desk, contact_id: UUID) -> Contact:
    """Give one entry."""
    with desk.read() as unit:
        return unit.journal.get(contact_id)


def contact_numbers(
    desk: Desk, words: str = "", *, outlet_id: UUID | None = None, journalist_id: UUID | None = None
) -> tuple[int, ...]:
    """Give the numbers of entries for a list, the latest first; at most 50,000."""
    with desk.read() as unit:
        return unit.journal.row_numbers(words, outlet_id=outlet_id, journalist_id=journalist_id)


def contact_list(
    desk: Desk, words: str = "", *, outlet_id: UUID | None = None, journalist_id: UUID | None = None
) -> Listed[ContactRow]:
    """Give the journal to read by pages, however long it is: the latest contact first, hits the latest written."""

    def pick(unit: Unit) -> Paged:
        return unit.journal.listed(words, outlet_id=outlet_id, journalist_id=journalist_id)

    return Listed(desk, pick, lambda unit, numbers: unit.journal.rows(numbers))


def contact_rows(desk: Desk, numbers: Sequence[int]) -> tuple[ContactRow, ...]:
    """Give the rows of a list, in the order of their numbers."""
    with desk.read() as unit:
        return unit.journal.rows(numbers)


def verify(desk: Desk, kind: VerificationKind, facts: Facts, on: date) -> Verification:
    """Check a card or a letter by the profile in force on a day; instant, touches no file."""
    return papers_check.verify(kind, facts, on, desk.rules)


def answer_events(desk: Desk, on: date) -> tuple[tuple[str, str], ...]:
    """Give what may start an answer clock on a day: event and its name, as the law in force has them."""
    return tuple(
        (event.id, event.title)
        for event in desk.rules.events.values()
        if event.id in desk.answer_events and choose(desk.rules, event.id, on)
    )


def answer_due(desk: Desk, event: str, received_at: datetime) -> Due | None:
    """Give the deadline that an event starts, by the law in force on its day; None for "" or no such law."""
    with desk.read() as unit:
        return _due(desk, unit, event, received_at)


def due_of(desk: Desk, unit: Unit, rule: Rule, trigger_at: datetime) -> Due:
    """Give a rule's deadline as it is kept on a record."""
    return due_record(deadline(rule, trigger_at, working_calendar(desk, unit)))


def due_record(reckoned: Deadline) -> Due:
    """Give a reckoned deadline as it is kept on a record, with its căn cứ."""
    return Due(
        rule_id=reckoned.rule_id,
        due_at=reckoned.due_at,
        wording=reckoned.wording,
        citation=reckoned.citation.text,
        confidence=reckoned.confidence.value,
        note=reckoned.note,
        calendar_uncertain=reckoned.calendar_uncertain,
    )


def settle(desk: Desk, contact_id: UUID) -> tuple[Contact, Changes]:
    """Note that what was due on an entry has been done."""
    with desk.write() as unit:
        unit.journal.settle(contact_id, desk.now())
        return unit.journal.get(contact_id), (Change("contact", contact_id),)


def keep_file(desk: Desk, source: Path) -> Attachment:
    """Take a file into the encrypted store; raises UserError (empty, missing) or OutsideError (disk full)."""
    return desk.files.put_file(source, source.name)


def file_bytes(desk: Desk, sha256: str) -> bytes:
    """Give the bytes of a file kept with an entry."""
    return desk.files.read(sha256)


def export_file(desk: Desk, sha256: str, target: Path) -> None:
    """Write a file kept with an entry to the disk, as it was."""
    desk.files.export(sha256, target)


def slip(desk: Desk, contact_id: UUID) -> bytes:
    """Give the journalist's slip (phiếu tiếp nhận) of an entry as a PDF."""
    from spokesdesk.typeset.slip import slip_pdf

    with desk.read() as unit:
        return slip_pdf(unit.journal.get(contact_id), unit.people.agency())


def print_slip(desk: Desk, contact_id: UUID, printer: str = "") -> str:
    """Print the slip; gives the print job's name. Raises OutsideError when no printer takes it."""
    return desk.printer.print_pdf(slip(desk, contact_id), title="Phiếu tiếp nhận", printer=printer)


def _entry(
    desk: Desk,
    clean: ContactDraft,
    outlet: Ref | None,
    who: Journalist | None,
    checked: Verification,
    now: datetime,
) -> Contact:
    return Contact(
        id=desk.new_id(),
        channel=clean.channel,
        received_at=clean.received_at,
        entered_at=now,
        outlet=outlet,
        journalist=who.ref if who else None,
        topic=clean.topic,
        verification=checked,
        author=desk.member.ref,
        questions=clean.questions,
        given=clean.given,
        given_form=clean.given_form,
        follow_up=clean.follow_up,
        follow_up_on=clean.follow_up_on,
        attachments=clean.attachments,
        corrects=clean.corrects,
    )


def _due(desk: Desk, unit: Unit, event: str, received_at: datetime) -> Due | None:
    if not event:
        return None
    found = choose(desk.rules, event, vn_day(received_at))
    return due_of(desk, unit, found[0], received_at) if found else None


def _remember_card(unit: Unit, who: Journalist, facts: Facts) -> None:
    """Keep the card shown with the journalist, so that next time it is prefilled."""
    if not isinstance(facts, CardFacts) or not facts.number or facts.number == who.card_number:
        return
    shown = replace(
        who,
        card_number=facts.number,
        card_issued_on=facts.issued_on,
        card_expires_on=facts.expires_on,
    )
    unit.people.save_journalist(shown)


def _changes(entry: Contact) -> Changes:
    changed = [Change("contact", entry.id)]
    changed += [Change("outlet", entry.outlet.id)] if entry.outlet else []
    changed += [Change("journalist", entry.journalist.id)] if entry.journalist else []
    changed += [Change("contact", entry.corrects)] if entry.corrects else []
    return tuple(changed)
