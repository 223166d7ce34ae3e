"""What may be done about an incident and when, and how what was typed is checked."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from spokesdesk.domain import incidents as records
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.incidents import (
    Agreement,
    Incident,
    IncidentDraft,
    IncidentMove,
    IncidentState,
    IncidentStep,
    Statement,
)
from spokesdesk.domain.journal import CLOCK_TOLERANCE
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.domain.text import clean_line, clean_text

STAMPS = ("happened_at", "received_at", "impact_at", "asked_at")
_NOT_CLOSED = (IncidentState.OPEN, IncidentState.SPOKEN)

# From which states a move is legal, and where it leads; None keeps the state.
_MOVES: dict[IncidentMove, tuple[tuple[IncidentState, ...], IncidentState | None]] = {
    IncidentMove.SAY: (_NOT_CLOSED, IncidentState.SPOKEN),
    IncidentMove.WORD: (_NOT_CLOSED, None),
    IncidentMove.AGREE: (_NOT_CLOSED, None),
    IncidentMove.DRAFT: (_NOT_CLOSED, None),
    IncidentMove.SENT: (_NOT_CLOSED, None),
    IncidentMove.NOTE: (tuple(IncidentState), None),
    IncidentMove.EVIDENCE: (tuple(IncidentState), None),
    IncidentMove.CLOSE: (_NOT_CLOSED, IncidentState.CLOSED),
    IncidentMove.REOPEN: ((IncidentState.CLOSED,), None),
}


def checked_incident(draft: IncidentDraft, now: datetime) -> IncidentDraft:
    """Give what is known with clean text.

    Args:
        draft: as typed.
        now: UTC.

    Raises:
        UserError: names the field: no title, a moment in the future, determined before it happened, too long.
    """
    for stamp in STAMPS:
        at = getattr(draft, stamp)
        if at is not None and at > now + CLOCK_TOLERANCE:
            raise UserError("incident_in_future", field=stamp)
        if at is not None and draft.happened_at is not None and at < draft.happened_at:
            raise UserError("incident_before_it_happened", field=stamp)
    names = _agencies(draft.participants)
    return replace(
        draft,
        title=clean_line(draft.title, field="title", limit=records.TITLE_LIMIT, required=True),
        place=clean_line(draft.place, field="place", limit=NAME_LIMIT),
        lead=clean_line(draft.lead, field="lead", limit=NAME_LIMIT),
        participants=names,
        facts=clean_text(draft.facts, field="facts", limit=records.FACTS_LIMIT),
    )


def target_of(incident: Incident, move: IncidentMove) -> IncidentState:
    """Say where a move leads; raises ConflictError("incident_move_illegal") when it is not legal now."""
    sources, target = _MOVES[move]
    if incident.state not in sources:
        raise ConflictError(
            "incident_move_illegal", move=move.wording.lower(), state=incident.state.wording.lower()
        )
    if move is IncidentMove.REOPEN:
        return IncidentState.SPOKEN if incident.statements else IncidentState.OPEN
    return target or incident.state


def moves_for(incident: Incident) -> tuple[IncidentMove, ...]:
    """Give the moves that are legal now."""
    return tuple(move for move, (sources, _target) in _MOVES.items() if incident.state in sources)


def checked_step(step: IncidentStep, now: datetime) -> IncidentStep:
    """Give a step with clean text.

    Raises:
        UserError: names the field: no words (``remark``) or nobody told (``to``) where they are needed, in the future
            (``done_at``, ``said_at``), a statement without text or paper (``statement``), an answer of nobody, evidence
            without a file (``files``).
    """
    to = tuple(dict.fromkeys(name for each in step.to if (name := clean_line(each, field="to", limit=300))))
    if step.move is IncidentMove.SENT and not to:
        raise UserError("incident_told_nobody", field="to")
    if len(to) > records.AGENCIES_LIMIT:
        raise UserError("incident_too_many", field="to", limit=records.AGENCIES_LIMIT)
    if step.done_at is not None and step.done_at > now + CLOCK_TOLERANCE:
        raise UserError("incident_in_future", field="done_at")
    if step.move is IncidentMove.EVIDENCE and not step.files:
        raise UserError("incident_no_file", field="files")
    if len(step.files) > records.FILES_LIMIT:
        raise UserError("incident_too_many_files", field="files", limit=records.FILES_LIMIT)
    needs_words = step.move in (IncidentMove.NOTE, IncidentMove.REOPEN)
    remark = clean_text(step.remark, field="remark", limit=records.REMARK_LIMIT, required=needs_words)
    return replace(
        step,
        to=to,
        remark=remark,
        statement=_checked_statement(step, now) if step.statement else None,
        agreement=_checked_agreement(step.agreement) if step.agreement else None,
    )


def text_hash(text: str) -> str:
    """Give the SHA-256 (hex) by which a version of a text is agreed on: of its UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def _checked_statement(step: IncidentStep, now: datetime) -> Statement:
    said = step.statement
    assert said is not None
    if said.said_at > now + CLOCK_TOLERANCE:
        raise UserError("incident_in_future", field="said_at")
    text = clean_text(said.text, field="statement", limit=records.TEXT_LIMIT, required=step.paper_id is None)
    speaker = clean_line(said.speaker, field="speaker", limit=NAME_LIMIT, required=True)
    return replace(said, text=text, speaker=speaker)


def _checked_agreement(given: Agreement) -> Agreement:
    return replace(
        given,
        agency=clean_line(given.agency, field="other_agency", limit=NAME_LIMIT, required=True),
        person=clean_line(given.person, field="answerer", limit=NAME_LIMIT, required=True),
    )


def _agencies(names: Iterable[str]) -> tuple[str, ...]:
    clean = (clean_line(name, field="participants", limit=NAME_LIMIT) for name in names)
    found = tuple(dict.fromkeys(name for name in clean if name))
    if len(found) > records.AGENCIES_LIMIT:
        raise UserError("incident_too_many", field="participants", limit=records.AGENCIES_LIMIT)
    return found
