"""What is done about an incident: spoken, a text put up, answers to it taken, messages sent, closed, opened again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from spokesdesk.domain import incident_moves as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.incidents import (
    TEXT_LIMIT,
    Agreement,
    Incident,
    IncidentMove,
    IncidentStep,
    Stance,
    Statement,
    Wording,
)
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.text import clean_text
from spokesdesk.services.ports import Desk, Unit

Moved = tuple[Incident, Changes]


def say(
    desk: Desk,
    incident_id: UUID,
    statement: Statement,
    *,
    paper_id: UUID | None = None,
    remark: str = "",
    draft_id: UUID | None = None,
) -> Moved:
    """Log a statement to the press; the first one after a clock's start meets that clock.

    Args:
        statement: as typed; its text may be empty when a paper says it.
        paper_id: the paper that was given out.

    Raises:
        UserError: names ``statement``, ``speaker`` or ``said_at``.
        ConflictError: the incident is closed, or was changed meanwhile.
    """
    return _moved(
        desk,
        incident_id,
        IncidentMove.SAY,
        draft_id,
        remark=remark,
        statement=statement,
        paper_id=paper_id,
    )


def word(desk: Desk, incident_id: UUID, text: str, remark: str = "", draft_id: UUID | None = None) -> Moved:
    """Put up a version of the text that the agencies are to agree on; raises ConflictError for the same text again."""
    clean = clean_text(text, field="wording", limit=TEXT_LIMIT, required=True)
    with desk.write() as unit:
        return _worded(desk, unit, incident_id, clean, None, remark, draft_id)


def word_paper(desk: Desk, incident_id: UUID, paper_id: UUID) -> Moved:
    """Put up the text of a paper as it stands now; raises ConflictError for the same text again."""
    with desk.write() as unit:
        text = text_of(unit.papers.get(paper_id).letter)
        return _worded(desk, unit, incident_id, text, paper_id, "", None)


def agree(
    desk: Desk,
    incident_id: UUID,
    agency: str,
    person: str,
    stance: Stance,
    *,
    sha256: str,
    remark: str = "",
    draft_id: UUID | None = None,
) -> Moved:
    """Note what an agency answered to the latest text.

    Args:
        sha256: of the text that was read to the agency or sent to it.

    Raises:
        UserError: names ``other_agency`` or ``answerer``.
        ConflictError: ``incident_no_wording``, ``wording_superseded``: it is not the latest text any more.
    """
    with desk.write() as unit:
        before = unit.incidents.get(incident_id)
        if not before.wordings:
            raise ConflictError("incident_no_wording")
        if before.wordings[-1].sha256 != sha256:
            raise ConflictError("wording_superseded")
        given = Agreement(agency, person, stance, sha256)
        return _write(desk, unit, before, IncidentMove.AGREE, draft_id, remark=remark, agreement=given)


def sent(
    desk: Desk,
    incident_id: UUID,
    to: Sequence[str],
    *,
    done_at: datetime | None = None,
    paper_id: UUID | None = None,
    remark: str = "",
    draft_id: UUID | None = None,
) -> Moved:
    """Log a coordination message that was given or sent; raises UserError naming ``to`` or ``done_at``."""
    return _moved(
        desk,
        incident_id,
        IncidentMove.SENT,
        draft_id,
        to=tuple(to),
        done_at=done_at or desk.now(),
        paper_id=paper_id,
        remark=remark,
    )


def note(desk: Desk, incident_id: UUID, remark: str, draft_id: UUID | None = None) -> Moved:
    """Write something down that happened; raises UserError naming ``remark``."""
    return _moved(desk, incident_id, IncidentMove.NOTE, draft_id, remark=remark)


def add_evidence(
    desk: Desk, incident_id: UUID, files: Sequence[Attachment], remark: str = "", draft_id: UUID | None = None
) -> Moved:
    """Log files that show what happened; each stands in the journal with its hash.

    Args:
        files: kept already (``journal.keep_file``).
        remark: what they are, where they come from.

    Raises:
        UserError: names ``files``.
    """
    given: dict[str, Any] = {"files": tuple(files), "remark": remark}
    return _moved(desk, incident_id, IncidentMove.EVIDENCE, draft_id, **given)


def close(desk: Desk, incident_id: UUID, remark: str = "", draft_id: UUID | None = None) -> Moved:
    """Close an incident; its clocks run no more."""
    return _moved(desk, incident_id, IncidentMove.CLOSE, draft_id, remark=remark)


def reopen(desk: Desk, incident_id: UUID, reason: str, draft_id: UUID | None = None) -> Moved:
    """Open an incident again; raises UserError naming ``remark`` without a reason."""
    return _moved(desk, incident_id, IncidentMove.REOPEN, draft_id, remark=reason)


def text_of(letter: Letter) -> str:
    """Give the text of a paper that is agreed on: what it is about, then its body."""
    return "\n\n".join(part for part in (letter.subject, letter.body) if part.strip())


def note_paper(desk: Desk, unit: Unit, before: Incident, paper_id: UUID, to: Sequence[str]) -> Incident:
    """Note inside a running transaction that a paper was drafted, and whom it is for."""
    return _step(desk, unit, before, IncidentMove.DRAFT, paper_id=paper_id, to=tuple(to))


def _worded(
    desk: Desk,
    unit: Unit,
    incident_id: UUID,
    text: str,
    paper_id: UUID | None,
    remark: str,
    draft_id: UUID | None,
) -> Moved:
    before = unit.incidents.get(incident_id)
    sha256 = rules.text_hash(text)
    if before.wordings and before.wordings[-1].sha256 == sha256:
        raise ConflictError("wording_unchanged")
    made = Wording(len(before.wordings) + 1, text, sha256, paper_id)
    return _write(
        desk, unit, before, IncidentMove.WORD, draft_id, remark=remark, wording=made, paper_id=paper_id
    )


def _moved(desk: Desk, incident_id: UUID, move: IncidentMove, draft_id: UUID | None, **given: Any) -> Moved:
    with desk.write() as unit:
        return _write(desk, unit, unit.incidents.get(incident_id), move, draft_id, **given)


def _write(
    desk: Desk, unit: Unit, before: Incident, move: IncidentMove, draft_id: UUID | None, **given: Any
) -> Moved:
    moved = _step(desk, unit, before, move, **given)
    if draft_id is not None:
        unit.drafts.drop(draft_id)
    return moved, (Change("incident", before.id),)


def _step(desk: Desk, unit: Unit, before: Incident, move: IncidentMove, **given: Any) -> Incident:
    target = rules.target_of(before, move)
    made = IncidentStep(desk.new_id(), before.id, move, target, desk.now(), desk.member.ref, **given)
    return unit.incidents.move(rules.checked_step(made, desk.now()), before.state)
