"""How a request comes into the journal: on its own, or with the contact in which it was asked."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.journal import Contact, Due
from spokesdesk.domain.requests import (
    AskerKind,
    Assignment,
    Request,
    RequestMove,
    RequestState,
    RequestStep,
    Subject,
)
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.templates import wording


def opened(
    desk: Desk,
    made: Request,
    due: Due | None,
    assignment: Assignment,
    holder: str,
) -> Request:
    """Give a request with its first step: what was asked, until when, who has it."""
    is_given = assignment.owner is not None or bool(assignment.lead_unit)
    step = RequestStep(
        id=desk.new_id(),
        request_id=made.id,
        move=RequestMove.OPEN,
        target=RequestState.ASSIGNED if is_given else RequestState.OPEN,
        at=made.entered_at,
        by=made.author,
        subject=made.subject,
        assignment=assignment if is_given or assignment.shared else None,
        holder=holder or holder_of(assignment),
        due=due,
    )
    return made.after(step)


def holder_of(assignment: Assignment) -> str:
    """Give who a request waits on when nobody said: its owner, else the lead unit."""
    return assignment.owner.name if assignment.owner else assignment.lead_unit


def follow_contact(desk: Desk, unit: Unit, entry: Contact, event: str) -> UUID | None:
    """Open the request that a contact brings, in the contact's transaction; a correction amends the one there is.

    Args:
        desk: who works now, and new ids.
        unit: the running transaction; the contact is written already.
        entry: the contact.
        event: event of the rule pack that the contact started, "" for none.

    Returns:
        The request opened or amended; None when the contact brings none.
    """
    if entry.corrects is not None:
        before = unit.requests.of_contact(entry.corrects)
        if before is not None:
            return _amended(desk, unit, unit.requests.get(before), entry)
    if not event:
        return None
    made = Request(
        id=desk.new_id(),
        asker_kind=AskerKind.PRESS,
        asker="",
        outlet=entry.outlet,
        journalist=entry.journalist,
        channel=entry.channel,
        received_at=entry.received_at,
        entered_at=entry.entered_at,
        author=entry.author,
        event=event,
        subject=Subject(entry.topic, entry.questions, entry.id),
    )
    unit.requests.add(opened(desk, made, entry.due, Assignment(), ""))
    return made.id


def require_no_open_request(unit: Unit, contact_id: UUID) -> None:
    """Raise ConflictError("contact_request_open") while the request that a contact brought is open."""
    found = unit.requests.of_contact(contact_id)
    asked = unit.requests.get(found) if found is not None else None
    if asked is not None and asked.is_open:
        raise ConflictError("contact_request_open", topic=asked.topic)


def _amended(desk: Desk, unit: Unit, before: Request, entry: Contact) -> UUID:
    changed_due = entry.due if entry.due and _moment(entry.due) != _moment(before.due) else None
    step = RequestStep(
        id=desk.new_id(),
        request_id=before.id,
        move=RequestMove.AMEND,
        target=before.state,
        at=entry.entered_at,
        by=entry.author,
        remark=wording("request")["amend"]["reason"],
        subject=Subject(entry.topic, entry.questions, entry.id),
        due=changed_due,
    )
    unit.requests.move(step, before.state)
    if not before.is_open:
        unit.journal.settle(entry.id, entry.entered_at, entry.author)
    return before.id


def _moment(due: Due | None) -> datetime | None:
    return due.due_at if due else None


def wished(due: Due | None, wanted_at: datetime | None, words: str) -> Due | None:
    """Give the deadline when the asker has said until when: the law's own moment stands, else the wish.

    Args:
        due: by the law, None where no rule was named.
        wanted_at: what the asker asked for, UTC.
        words: the wish in words.
    """
    if wanted_at is None:
        return due
    if due is None:
        return Due("", wanted_at, words, "", "verified")
    if due.due_at is None:
        return replace(due, due_at=wanted_at, wording=f"{due.wording}; {words}")
    return replace(
        due, note=" ".join(part for part in (due.note, f"{words[:1].upper()}{words[1:]}.") if part)
    )
