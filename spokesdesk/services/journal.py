"""Log a contact, look entries up, print the journalist's slip."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from spokesdesk.domain import journal as rules
from spokesdesk.domain import verification as papers_check
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.journal import Attachment, Contact, ContactDraft, ContactRow, Due, FileKind, GivenForm
from spokesdesk.domain.people import Journalist, Ref
from spokesdesk.domain.rules import Deadline, Rule, answering, choose, deadline
from spokesdesk.domain.verification import Facts, Verification, VerificationKind
from spokesdesk.services import secrecy
from spokesdesk.services.calendar import working_calendar
from spokesdesk.services.journal_papers import draft_minutes, minutes_of, print_slip, slip
from spokesdesk.services.journal_parts import companions_of, remember_card, with_answers
from spokesdesk.services.journal_thread import open_questions, thread
from spokesdesk.services.listed import Listed
from spokesdesk.services.people import named_journalist, named_outlet
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.paging import Paged
from spokesdesk.services.request_opening import follow_contact, require_no_open_request

__all__ = ["draft_minutes", "minutes_of", "open_questions", "print_slip", "slip", "thread"]


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
    on = vn_day(clean.received_at)
    checked = verify(desk, clean.verification, clean.facts, on)
    with desk.write() as unit:
        outlet = named_outlet(desk, unit, clean.outlet, clean.outlet_id)
        who = named_journalist(desk, unit, clean.journalist, clean.journalist_id, outlet)
        if who is not None:
            remember_card(unit, who, clean.facts)
        entry = _entry(desk, clean, outlet or (who.outlet if who else None), who, checked, now)
        entry = replace(
            entry,
            due=_due(desk, unit, clean.answer_event, clean.received_at),
            companions=companions_of(desk, unit, clean.companions, on),
        )
        entry = with_answers(desk, unit, entry, clean.answers)
        unit.journal.add(entry, [desk.new_id() for _each in entry.companions])
        request_id = follow_contact(desk, unit, entry, clean.answer_event)
        if draft_id is not None:
            unit.drafts.drop(draft_id)
    opened = (Change("request", request_id),) if request_id else ()
    return entry, (*_changes(entry), *opened)


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
    """Note that what was due on an entry has been done.

    Raises:
        ConflictError: ``contact_request_open``: its request is still open; ending that settles the entry.
    """
    with desk.write() as unit:
        require_no_open_request(unit, contact_id)
        unit.journal.settle(contact_id, desk.now(), desk.member.ref)
        return unit.journal.get(contact_id), (Change("contact", contact_id),)


def given_by_form(desk: Desk, start: datetime, end: datetime) -> dict[GivenForm, int]:
    """Count what was given to the press by form, for the annual report.

    Args:
        start: UTC; entries received from then on.
        end: UTC; entries received before.

    Returns:
        The forms in the order they are offered, those that were used; corrected entries count as corrected.

    Source: NĐ 244/2026/NĐ-CP, Điều 10 and its annex (one copy seen).
    """
    with desk.read() as unit:
        counts = unit.journal.given_by_form(start, end)
    return {form: counts[form] for form in GivenForm if counts.get(form)}


def keep_file(
    desk: Desk,
    source: Path,
    kind: FileKind = FileKind.OTHER,
    told: Callable[[int], bool] | None = None,
    *,
    looked: bool = False,
) -> Attachment:
    """Take a file into the encrypted store, hashed while it is read, in constant memory.

    Args:
        kind: what it is; OTHER leaves it to the file's name.
        told: called with the bytes read so far; False stops, and nothing of the file is kept.
        looked: somebody has looked into it: it is kept even when its inside cannot be read here.

    Raises:
        UserError: empty, missing, too large; ``attachment_unread``.
        WaitError: ``attachment_stopped``.
        OutsideError: the disk is full.
    """
    if not looked:
        secrecy.require_readable(source)
    kept = desk.files.put_file(source, source.name, told)
    return replace(kept, kind=kind or rules.likely_kind(source.name))


def keep_watched(
    desk: Desk, source: Path, told: Callable[[int], bool], *, looked: bool = False
) -> Attachment:
    """Take a file into the encrypted store, telling how far it is; as ``keep_file`` does."""
    return keep_file(desk, source, told=told, looked=looked)


def not_to_be_kept(desk: Desk, on: date) -> tuple[str, ...]:
    """Give what of a journalist's papers may not be kept on a day, each sentence with its citation."""
    return papers_check.not_to_be_kept(on, desk.rules)


def file_bytes(desk: Desk, sha256: str) -> bytes:
    """Give the bytes of a file kept with an entry."""
    return desk.files.read(sha256)


def export_file(desk: Desk, sha256: str, target: Path) -> None:
    """Write a file kept with an entry to the disk, as it was."""
    desk.files.export(sha256, target)


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
        occasion=clean.occasion,
        answered_by=clean.answered_by,
        givens=clean.givens,
        recorded=clean.recorded,
        follows=clean.follows,
    )


def _due(desk: Desk, unit: Unit, event: str, received_at: datetime) -> Due | None:
    if not event:
        return None
    found = answering(desk.rules, event, vn_day(received_at))
    return due_of(desk, unit, found, received_at) if found else None


def _changes(entry: Contact) -> Changes:
    changed = [Change("contact", entry.id)]
    changed += [Change("outlet", entry.outlet.id)] if entry.outlet else []
    changed += [Change("journalist", entry.journalist.id)] if entry.journalist else []
    changed += [Change("journalist", each.journalist.id) for each in entry.companions if each.journalist]
    changed += [Change("contact", each) for each in (entry.corrects, entry.follows) if each]
    changed += [Change("contact", reply.contact_id) for reply in entry.replies]
    return tuple(dict.fromkeys(changed))
