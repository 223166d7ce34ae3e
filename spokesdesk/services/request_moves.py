"""The steps of a request: assigned, waiting on somebody, deadline moved, answered, refused, referred, withdrawn."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from spokesdesk.domain import requests as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.door import checked_meeting
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.journal import Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.domain.request_moves import REMARK_LIMIT, check_move
from spokesdesk.domain.requests import (
    Assignment,
    CitedGround,
    GivenAnswer,
    Request,
    RequestMove,
    RequestStep,
    Subject,
)
from spokesdesk.domain.rules import choose, grounds_on
from spokesdesk.domain.sending import GONE
from spokesdesk.domain.text import clean_line, clean_text, short_date
from spokesdesk.services.door import MeetingSaid, answer_with, tell_asker
from spokesdesk.services.paper_moves import add_draft
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.province_requests import answer_back
from spokesdesk.services.request_letters import refusal_letter, transfer_letter
from spokesdesk.services.request_opening import holder_of
from spokesdesk.services.templates import wording

Moved = tuple[Request, Changes]


@dataclass(frozen=True, slots=True)
class Assign:
    """Who is to work on it, as typed; ``holder`` "" means whoever it is given to."""

    owner_id: UUID | None = None
    lead_unit: str = ""
    shared: tuple[str, ...] = ()
    holder: str = ""
    remark: str = ""


def assign(desk: Desk, request_id: UUID, given: Assign, seen: UUID | None = None) -> Moved:
    """Give a request to a member or a lead unit; raises UserError naming ``owner`` when it is neither.

    Args:
        seen: the last step the person saw; another one since then is a ConflictError.
    """
    lead_unit = clean_line(given.lead_unit, field="lead_unit", limit=NAME_LIMIT)
    if given.owner_id is None and not lead_unit:
        raise UserError("request_nobody", field="owner")
    shared, holder = rules.checked_shared(given.shared), rules.checked_holder(given.holder)

    def made(unit: Unit, _before: Request) -> dict[str, Any]:
        owner = unit.people.member(given.owner_id).ref if given.owner_id else None
        assignment = Assignment(owner, lead_unit, shared)
        return {"assignment": assignment, "holder": holder or holder_of(assignment)}

    return _moved(desk, request_id, RequestMove.ASSIGN, given.remark, seen, made)


def hold(desk: Desk, request_id: UUID, holder: str, remark: str = "", seen: UUID | None = None) -> Moved:
    """Say who a request waits on now; raises UserError naming ``holder``."""
    name = clean_line(holder, field="holder", limit=NAME_LIMIT, required=True)
    return _moved(desk, request_id, RequestMove.HOLD, remark, seen, lambda _unit, _before: {"holder": name})


def set_deadline(
    desk: Desk, request_id: UUID, due_at: datetime, reason: str, seen: UUID | None = None
) -> Moved:
    """Move the deadline; the rule that set it stays beside it, the old one stays in the history.

    Args:
        due_at: UTC.
        reason: why; required.
    """

    def made(_unit: Unit, before: Request) -> dict[str, Any]:
        if due_at <= before.received_at:
            raise UserError("request_due_early", field="due_at")
        at = to_vn(due_at)
        moment = f"{at:%H:%M} {short_date(at.date())}"
        words = _("chậm nhất {moment} (đã đổi: {reason})").format(
            moment=moment, reason=" ".join(reason.split())[:200]
        )
        kept = before.due or Due("", None, "", "", "verified")
        return {"due": replace(kept, due_at=due_at, wording=words)}

    return _moved(desk, request_id, RequestMove.DEADLINE, reason, seen, made)


def amend(
    desk: Desk,
    request_id: UUID,
    topic: str,
    questions: tuple[str, ...],
    remark: str = "",
    seen: UUID | None = None,
) -> Moved:
    """Put right what was asked; what stood there before stays in the history."""
    clean = rules.checked_subject(Subject(topic, questions))

    def made(_unit: Unit, before: Request) -> dict[str, Any]:
        return {"subject": replace(clean, contact_id=before.subject.contact_id)}

    return _moved(desk, request_id, RequestMove.AMEND, remark, seen, made)


def answer(
    desk: Desk,
    request_id: UUID,
    given: GivenAnswer,
    remark: str = "",
    seen: UUID | None = None,
    *,
    meeting: MeetingSaid | None = None,
) -> Moved:
    """Close a request as answered; one that came through the journalists' door is answered there.

    Args:
        meeting: what is said to an appointment that came through the door; it begins the answer.

    Raises:
        UserError: no answer, no way it was given, a time that cannot be; names the field.
        ConflictError: the paper is not released, or somebody else has closed it; says what happened.
    """

    def made(unit: Unit, before: Request) -> dict[str, Any]:
        if meeting is not None:
            checked_meeting(meeting.meeting, meeting.at, desk.now())
        clean = rules.checked_answer(answer_with(given, meeting), before, desk.now())
        if clean.paper_id is not None:
            found = unit.papers.get(clean.paper_id)
            if found.state.value not in GONE:
                raise ConflictError(
                    "answer_paper_unreleased", field="paper", title=found.title, state=found.state.value
                )
        return {"answer": clean, "paper_id": clean.paper_id}

    return _moved(desk, request_id, RequestMove.ANSWER, remark, seen, made, meeting)


def refuse(desk: Desk, request_id: UUID, ground_id: str, reason: str, seen: UUID | None = None) -> Moved:
    """Refuse on a ground in force today, with the reason; the letter is drafted in the same transaction.

    Raises:
        UserError: ``ground_missing``, ``ground_unknown`` (not in force today), no reason (``remark``).
        AccessError: neither spokesperson nor leader.
        ConflictError: somebody else has closed it.

    Source:
        Luật Báo chí 2025, Điều 31 khoản 2 (no other ground); NĐ 244/2026/NĐ-CP, Điều 4 khoản 3 (the reason).
    """
    ground = _ground(desk, ground_id)

    def made(unit: Unit, before: Request) -> dict[str, Any]:
        outlet = unit.people.outlet(before.outlet.id) if before.outlet else None
        event = wording("request")["refusal"]["duty_event"]
        duties = [
            (rule.citation, desk.rules.instruments[rule.citation.instrument_id])
            for rule in choose(desk.rules, event, vn_day(desk.now()))
        ]
        letter = refusal_letter(unit.people.agency(), before, outlet, ground, reason.strip(), duties)
        return {"ground": ground, "paper_id": _drafted(desk, unit, letter)}

    return _moved(desk, request_id, RequestMove.REFUSE, reason, seen, made)


def refer(desk: Desk, request_id: UUID, to: str, remark: str = "", seen: UUID | None = None) -> Moved:
    """Pass a request on to the body that may answer it; the transfer letter is drafted in the same transaction.

    Raises:
        UserError: nobody named (``refer_to``).
        ConflictError: somebody else has closed it.
    """
    name = clean_line(to, field="refer_to", limit=NAME_LIMIT, required=True)

    def made(unit: Unit, before: Request) -> dict[str, Any]:
        letter = transfer_letter(unit.people.agency(), before, name, remark.strip())
        return {"refer_to": name, "paper_id": _drafted(desk, unit, letter)}

    return _moved(desk, request_id, RequestMove.REFER, remark, seen, made)


def withdraw(desk: Desk, request_id: UUID, reason: str, seen: UUID | None = None) -> Moved:
    """Note that whoever asked has taken it back; the reason is required."""
    return _moved(desk, request_id, RequestMove.WITHDRAW, reason, seen, lambda _unit, _before: {})


def close_double(desk: Desk, request_id: UUID, reason: str) -> Changes:
    """Close a request whose question a colleague's desk has written down as another one; who asked hears nothing."""
    return _moved(
        desk, request_id, RequestMove.WITHDRAW, reason, None, lambda _unit, _before: {}, is_told=False
    )[1]


def reopen(desk: Desk, request_id: UUID, reason: str, seen: UUID | None = None) -> Moved:
    """Open a closed request again; the reason is required, what was done stays in the history."""
    return _moved(desk, request_id, RequestMove.REOPEN, reason, seen, lambda _unit, _before: {})


def undo(desk: Desk, request_id: UUID, seen: UUID) -> Moved:
    """Take back a closing made by mistake a moment ago: it is opened again, with that as the reason."""
    return reopen(desk, request_id, wording("request")["undo"]["reason"], seen)


def _moved(
    desk: Desk,
    request_id: UUID,
    move: RequestMove,
    remark: str,
    seen: UUID | None,
    parts: Callable[[Unit, Request], dict[str, Any]],
    meeting: MeetingSaid | None = None,
    *,
    is_told: bool = True,
) -> Moved:
    """Write one step in one transaction; the contact it came from is settled or opened with it."""
    clean = clean_text(remark, field="remark", limit=REMARK_LIMIT)
    with desk.write() as unit:
        before = unit.requests.get(request_id)
        target = check_move(before, move, desk.member, clean, seen)
        step = RequestStep(
            id=desk.new_id(),
            request_id=request_id,
            move=move,
            target=target,
            at=desk.now(),
            by=desk.member.ref,
            remark=clean,
            **parts(unit, before),
        )
        after = unit.requests.move(step, before.state)
        _settle(unit, before, after)
        if is_told:
            answer_back(desk, unit, before, step)
            tell_asker(desk, unit, after, step, meeting)
    return after, _changes(after, step)


def _settle(unit: Unit, before: Request, after: Request) -> None:
    contact_id = after.subject.contact_id
    if contact_id is not None and before.is_open != after.is_open:
        last = after.steps[-1]
        unit.journal.settle(contact_id, None if after.is_open else last.at, last.by)


def _changes(after: Request, step: RequestStep) -> Changes:
    changed = [Change("request", after.id)]
    if after.subject.contact_id is not None:
        changed.append(Change("contact", after.subject.contact_id))
    if step.paper_id is not None:
        changed.append(Change("paper", step.paper_id))
    return tuple(changed)


def _ground(desk: Desk, ground_id: str) -> CitedGround:
    today = vn_day(desk.now())
    in_force = grounds_on(desk.rules, today)
    known = "; ".join(f"{ground.id} ({ground.citation.text})" for ground in in_force)
    wanted = ground_id.strip().upper()
    if not wanted:
        raise UserError("ground_missing", field="ground", known=known)
    found = next((ground for ground in in_force if ground.id == wanted), None)
    if found is None:
        raise UserError(
            "ground_unknown", field="ground", ground=ground_id[:40], day=short_date(today), known=known
        )
    return CitedGround(found.id, found.text, found.citation.text, found.confidence.value)


def _drafted(desk: Desk, unit: Unit, letter: Letter) -> UUID:
    return add_draft(desk, unit, letter, None).id
