"""Requests for information: take one, look them up, see what was said before, and move them on."""

from collections.abc import Sequence
from uuid import UUID

from spokesdesk.domain import requests as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Ref
from spokesdesk.domain.requests import (
    Assignment,
    Request,
    RequestDraft,
    RequestRow,
    RequestState,
    Subject,
)
from spokesdesk.domain.rules import RefusalGround, grounds_on
from spokesdesk.domain.said_before import most_like, syllables
from spokesdesk.domain.text import short_date, words_match
from spokesdesk.services.journal import answer_due, answer_events
from spokesdesk.services.listed import Listed
from spokesdesk.services.people import named_journalist, named_outlet
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.paging import Paged
from spokesdesk.services.request_moves import (
    amend,
    answer,
    assign,
    hold,
    refer,
    refuse,
    reopen,
    set_deadline,
    undo,
    withdraw,
)
from spokesdesk.services.request_opening import opened, wished

__all__ = [
    "amend",
    "answer",
    "answer_events",
    "assign",
    "grounds",
    "hold",
    "names",
    "of_contact",
    "open_request",
    "refer",
    "refuse",
    "reopen",
    "request",
    "request_numbers",
    "request_rows",
    "said_before",
    "set_deadline",
    "undo",
    "withdraw",
]

SAID_LIMIT = 8
NAMES_LIMIT = 12


def open_request(desk: Desk, draft: RequestDraft, draft_id: UUID | None = None) -> tuple[Request, Changes]:
    """Write a request into the journal, with its deadline by the law of its day, in one transaction.

    Args:
        draft: as typed; outlets and journalists not known yet are created.
        draft_id: the autosaved draft that it replaces.

    Raises:
        UserError: names the field.
    """
    now = desk.now()
    clean = rules.checked(draft, now)
    due = wished(answer_due(desk, clean.event, clean.received_at), clean.wanted_at, _wish_words(clean))
    with desk.write() as unit:
        outlet = named_outlet(desk, unit, clean.outlet, clean.outlet_id)
        who = named_journalist(desk, unit, clean.journalist, clean.journalist_id, outlet)
        made = Request(
            id=desk.new_id(),
            asker_kind=clean.asker_kind,
            asker=clean.asker,
            outlet=outlet or (who.outlet if who else None),
            journalist=who.ref if who else None,
            channel=clean.channel,
            received_at=clean.received_at,
            entered_at=now,
            author=desk.member.ref,
            event=clean.event,
            subject=Subject(clean.topic, clean.questions),
        )
        owner = unit.people.member(clean.owner_id).ref if clean.owner_id else None
        assignment = Assignment(owner, clean.lead_unit, clean.shared)
        made = opened(desk, made, due, assignment, clean.holder)
        unit.requests.add(made)
        if draft_id is not None:
            unit.drafts.drop(draft_id)
    return made, _changes(made)


def request(desk: Desk, request_id: UUID) -> Request:
    """Give one request with its steps."""
    with desk.read() as unit:
        return unit.requests.get(request_id)


def request_numbers(
    desk: Desk,
    words: str = "",
    *,
    states: Sequence[RequestState] = (),
    mine: Ref | None = None,
    holder: str = "",
) -> tuple[int, ...]:
    """Give the numbers of requests for a list: open ones first, what is due first before the rest.

    Args:
        words: what they hold, accents aside; "" for all.
        states: only these; empty for all.
        mine: only those this member answers for, holds, or shares.
        holder: only those that wait on whoever has these words in the name.
    """
    with desk.read() as unit:
        return unit.requests.row_numbers(words, states=states, mine=mine, holder=holder)


def request_list(
    desk: Desk,
    words: str = "",
    *,
    states: Sequence[RequestState] = (),
    mine: Ref | None = None,
    holder: str = "",
) -> Listed[RequestRow]:
    """Give the requests to read by pages; what is wanted, and the order, as in ``request_numbers``."""

    def pick(unit: Unit) -> Paged:
        return unit.requests.listed(words, states=states, mine=mine, holder=holder)

    return Listed(desk, pick, lambda unit, numbers: unit.requests.rows(numbers))


def request_rows(desk: Desk, numbers: Sequence[int]) -> tuple[RequestRow, ...]:
    """Give the rows of a list, in the order of their numbers."""
    with desk.read() as unit:
        return unit.requests.rows(numbers)


def of_contact(desk: Desk, contact_id: UUID) -> UUID | None:
    """Give the request that a contact brought, if any."""
    with desk.read() as unit:
        return unit.requests.of_contact(contact_id)


def said_before(
    desk: Desk,
    topic: str,
    questions: Sequence[str] = (),
    outlet_id: UUID | None = None,
    apart_from: UUID | None = None,
) -> tuple[Request, ...]:
    """Give earlier answered requests on the same matter or from the same outlet, what is closest first."""
    wanted = " ".join((topic, *questions))
    with desk.read() as unit:
        found = unit.requests.alike(syllables(wanted)[:40], outlet_id)
    others = (each for each in found if each.id != apart_from)
    return most_like(wanted, outlet_id, others, SAID_LIMIT)


def grounds(desk: Desk) -> tuple[RefusalGround, ...]:
    """Give the grounds on which information may be refused today."""
    return grounds_on(desk.rules, vn_day(desk.now()))


def names(desk: Desk, words: str = "") -> tuple[str, ...]:
    """Give whom a request may wait on or be shared with: members, and units named before, accents aside."""
    with desk.read() as unit:
        known = _names(unit)
    return tuple(name for name in known if words_match(words, name))[:NAMES_LIMIT]


def _names(unit: Unit) -> tuple[str, ...]:
    members = [member.name for member in unit.people.members()]
    return tuple(dict.fromkeys((*members, *unit.requests.names())))


def _wish_words(draft: RequestDraft) -> str:
    if draft.wanted_at is None:
        return ""
    at = to_vn(draft.wanted_at)
    return _("bên hỏi đề nghị trả lời trước {moment}").format(moment=f"{at:%H:%M} {short_date(at.date())}")


def _changes(made: Request) -> Changes:
    changed = [Change("request", made.id)]
    changed += [Change("outlet", made.outlet.id)] if made.outlet else []
    changed += [Change("journalist", made.journalist.id)] if made.journalist else []
    return tuple(changed)
