"""Incidents: opened in a moment, what is known corrected by versions, their clocks kept, looked up and shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from spokesdesk.domain import incident_moves as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.incidents import (
    Incident,
    IncidentDraft,
    IncidentMove,
    IncidentRow,
    IncidentState,
    IncidentStep,
    IncidentVersion,
)
from spokesdesk.domain.routing import PlaceKind
from spokesdesk.services import routing
from spokesdesk.services.incident_clocks import ClockChange, changes, started
from spokesdesk.services.incident_moves import (
    add_evidence,
    agree,
    close,
    note,
    reopen,
    say,
    sent,
    text_of,
    word,
    word_paper,
)
from spokesdesk.services.incident_papers import draft_message, draft_statement, save_timeline, timeline_pdf
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.routing import Route

__all__ = [
    "add_evidence",
    "agree",
    "close",
    "draft_message",
    "draft_statement",
    "note",
    "reopen",
    "save_timeline",
    "say",
    "sent",
    "timeline_pdf",
    "word",
    "word_paper",
]

# Whom an incident is coordinated with, in the order they are offered.
MESSAGE_KINDS = (PlaceKind.PARTY, PlaceKind.PRESS_AUTHORITY, PlaceKind.OFFICE, PlaceKind.OTHER)


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident with everything its page shows.

    Attributes:
        changes: what the rules in force now would change of its clocks.
        places: whom a coordination message is addressed to.
        papers: id, what lists call it, state.
        altered: papers whose text is not the one that was put up for agreement any more.
    """

    incident: Incident
    changes: tuple[ClockChange, ...]
    places: tuple[Route, ...]
    papers: tuple[tuple[UUID, str, str], ...]
    altered: frozenset[UUID]


def open_incident(desk: Desk, draft: IncidentDraft, draft_id: UUID | None = None) -> tuple[Incident, Changes]:
    """Open an incident; the clocks of its moments start.

    Args:
        draft: as typed; only a title is needed.
        draft_id: the autosaved draft that it replaces.

    Raises:
        UserError: names the field.
    """
    now = desk.now()
    clean = rules.checked_incident(draft, now)
    incident_id = desk.new_id()
    first = IncidentStep(
        desk.new_id(), incident_id, IncidentMove.OPEN, IncidentState.OPEN, now, desk.member.ref
    )
    with desk.write() as unit:
        made = Incident(
            id=incident_id,
            facts=clean,
            clocks=started(desk, unit, clean, now),
            state=IncidentState.OPEN,
            version=1,
            opened_at=now,
            saved_at=now,
            author=desk.member.ref,
            steps=(first,),
        )
        unit.incidents.add(made, desk.new_id())
        if draft_id is not None:
            unit.drafts.drop(draft_id)
    return made, (Change("incident", made.id),)


def save_facts(
    desk: Desk, incident_id: UUID, draft: IncidentDraft, expected_version: int, draft_id: UUID | None = None
) -> tuple[Incident, Changes]:
    """Save what is known as the next version; a moment that changed starts its clocks anew, the others keep theirs.

    Raises:
        UserError: names the field.
        ConflictError: ``incident_closed``, or somebody saved it meanwhile.
    """
    clean = rules.checked_incident(draft, desk.now())
    with desk.write() as unit:
        before = unit.incidents.get(incident_id)
        if before.state is IncidentState.CLOSED:
            raise ConflictError("incident_closed")
        if before.version != expected_version:
            raise ConflictError("incident_changed_meanwhile")
        saved = before
        if clean != before.facts:
            clocks = started(desk, unit, clean, before.opened_at, before)
            version = IncidentVersion(expected_version + 1, clean, clocks, desk.now(), desk.member.ref)
            saved = unit.incidents.save(desk.new_id(), version, incident_id)
        if draft_id is not None:
            unit.drafts.drop(draft_id)
    return saved, (Change("incident", incident_id),)


def preview(desk: Desk, draft: IncidentDraft) -> Incident:
    """Give the incident that would be opened, with its clocks; nothing is written.

    Raises:
        UserError: names the field; a missing title is none.
    """
    now = desk.now()
    clean = rules.checked_incident(replace(draft, title=draft.title.strip() or "…"), now)
    with desk.read() as unit:
        clocks = started(desk, unit, clean, now)
    author = desk.member.ref
    return Incident(desk.new_id(), clean, clocks, IncidentState.OPEN, 0, now, now, author)


def incident(desk: Desk, incident_id: UUID) -> Incident:
    """Give one incident."""
    with desk.read() as unit:
        return unit.incidents.get(incident_id)


def view(desk: Desk, incident_id: UUID) -> IncidentView:
    """Give an incident with everything its page shows."""
    with desk.read() as unit:
        return _view(desk, unit, unit.incidents.get(incident_id))


def versions(desk: Desk, incident_id: UUID) -> tuple[IncidentVersion, ...]:
    """Give every saved version of what is known, the first one first."""
    with desk.read() as unit:
        return unit.incidents.versions(incident_id)


def incident_numbers(desk: Desk, words: str = "", states: Sequence[IncidentState] = ()) -> tuple[int, ...]:
    """Give the numbers of incidents for a list: open ones first, what is due first before the rest."""
    with desk.read() as unit:
        return unit.incidents.row_numbers(words, states=states)


def incident_rows(desk: Desk, numbers: Sequence[int]) -> tuple[IncidentRow, ...]:
    """Give the rows of a list, in the order of their numbers."""
    with desk.read() as unit:
        return unit.incidents.rows(numbers)


def places(desk: Desk) -> tuple[Route, ...]:
    """Give whom a coordination message may be addressed to today."""
    with desk.read() as unit:
        return routing.places_in(unit, vn_day(desk.now()), MESSAGE_KINDS)


def _view(desk: Desk, unit: Unit, found: Incident) -> IncidentView:
    papers = [unit.papers.get(paper_id) for paper_id in found.papers]
    texts = {paper.id: rules.text_hash(text_of(paper.letter)) for paper in papers}
    latest = {text.paper_id: text.sha256 for text in found.wordings if text.paper_id}
    return IncidentView(
        incident=found,
        changes=changes(desk, unit, found),
        places=routing.places_in(unit, vn_day(desk.now()), MESSAGE_KINDS),
        papers=tuple((paper.id, paper.title, paper.state.value) for paper in papers),
        altered=frozenset(paper for paper, kept in latest.items() if paper and texts.get(paper) != kept),
    )
