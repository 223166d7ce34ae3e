"""Papers of an incident: the first statement, messages to those it is coordinated with, the timeline in print."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.incidents import Incident, IncidentScope
from spokesdesk.domain.letters import Annex, Letter, LetterKind, Urgency, check
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Agency
from spokesdesk.domain.text import short_date, unmarked
from spokesdesk.services import routing
from spokesdesk.services.incident_moves import note_paper
from spokesdesk.services.paper_moves import add_draft
from spokesdesk.services.ports import Desk
from spokesdesk.services.routing import Route
from spokesdesk.services.templates import blank, wording
from spokesdesk.services.writing import write_whole

TEMPLATE = "incident"


def draft_statement(desk: Desk, incident_id: UUID) -> tuple[Paper, Changes]:
    """Draft the first statement as a press release, filled with what is known; later ones say what is new.

    Raises:
        ConflictError: the incident is closed.
    """
    with desk.write() as unit:
        found = unit.incidents.get(incident_id)
        made = statement_letter(unit.people.agency(), found)
        drafted = add_draft(desk, unit, made, None)
        note_paper(desk, unit, found, drafted.id, ())
    return drafted, (Change("paper", drafted.id), Change("incident", incident_id))


def draft_message(desk: Desk, incident_id: UUID, place_id: str) -> tuple[Paper, Changes]:
    """Draft the letter that reports to, or coordinates with, one place of the routing table.

    Args:
        place_id: a row of ``resources/rules/routing.toml``, or one of the agency's own.

    Raises:
        UserError: ``place_unknown``, naming ``to``.
        ConflictError: the incident is closed.
    """
    with desk.write() as unit:
        found = unit.incidents.get(incident_id)
        known = {route.place.id: route for route in routing.places_in(unit, vn_day(desk.now()))}
        route = known.get(place_id)
        if route is None or not route.addressee:
            raise UserError("place_unknown", field="to", id=place_id)
        drafted = add_draft(desk, unit, message_letter(unit.people.agency(), found, route), None)
        note_paper(desk, unit, found, drafted.id, (route.addressee,))
    return drafted, (Change("paper", drafted.id), Change("incident", incident_id))


def statement_letter(agency: Agency, found: Incident) -> Letter:
    """Compose a statement: what happened, what is done, what is not known yet, when more is said.

    Source:
        NĐ 244/2026/NĐ-CP, Điều 7 khoản 2–4 (initial statement; content unified with those concerned).
    """
    words = wording(TEMPLATE)["statement"]
    facts = found.facts
    is_first = not found.statements
    filled = {"agency": agency.name, "title": _bare(facts.title), **_when_where(words, found)}
    parts = [unmarked(words["opening" if is_first else "opening_more"].format_map(filled))]
    parts += [unmarked(line) for line in _lines(facts.facts)] or [words["no_facts"]]
    if facts.scope is not IncidentScope.OWN or facts.participants:
        lead = facts.lead or agency.name
        others = ", ".join(facts.participants) or words["others"]
        parts.append(unmarked(words["together"].format(lead=lead, others=others)))
    parts += [words["done"].format_map(filled), words["unknown"], words["closing"].format_map(filled)]
    letter = blank(LetterKind.THONG_CAO_BAO_CHI, agency)
    subject = words["subject" if is_first else "subject_more"].format_map(filled)
    made = replace(letter, subject=subject, body="\n\n".join(parts))
    check(made)
    return made


def message_letter(agency: Agency, found: Incident, route: Route) -> Letter:
    """Compose a coordination message: the moments, what was said, the text that is proposed, what is asked for."""
    words = wording(TEMPLATE)["message"]
    facts = found.facts
    filled = {"agency": agency.name, "title": _bare(facts.title), **_when_where(words, found)}
    parts = [unmarked(words["opening"].format_map(filled))]
    parts += [unmarked(line) for line in _lines(facts.facts)]
    parts += [unmarked(line) for line in _moments(words, found)]
    parts += [_said(words, found), unmarked(_with_others(words, found))]
    asked = words["asked"].get(route.place.kind.value, words["asked"]["other"])
    parts.append(asked.format_map(filled))
    text = found.wordings[-1] if found.wordings else None
    annex = Annex(words["annex"], _annex(words, text.text, text.sha256)) if text else None
    made = replace(
        blank(LetterKind.CONG_VAN, agency),
        urgency=Urgency.HOA_TOC if found.due_at is not None else None,
        subject=words["subject"].format_map(filled),
        addressees=(route.addressee,),
        body="\n\n".join(part for part in parts if part),
        recipients=tuple(words["recipients"]),
        annexes=(annex,) if annex else (),
    )
    check(made)
    return made


def timeline_pdf(desk: Desk, incident_id: UUID) -> bytes:
    """Give the timeline of an incident as a PDF to print, sign and file."""
    from spokesdesk.typeset.incident import timeline_pdf as drawn

    with desk.read() as unit:
        found = unit.incidents.get(incident_id)
        agency = unit.people.agency().name
        titles = {paper_id: unit.papers.get(paper_id).title for paper_id in found.papers}
    return drawn(found, agency=agency, by=desk.member.name, at=desk.now(), papers=titles)


def save_timeline(desk: Desk, incident_id: UUID, target: Path) -> Path:
    """Write the timeline as a PDF file; raises OutsideError("file_unwritable") when the disk does not take it."""
    write_whole(target, timeline_pdf(desk, incident_id))
    return target


def _when_where(words: dict[str, Any], found: Incident) -> dict[str, str]:
    facts = found.facts
    return {
        "when": words["when"].format(moment=_moment(facts.happened_at)) if facts.happened_at else "",
        "place": words["place"].format(place=facts.place) if facts.place else "",
    }


def _moments(words: dict[str, Any], found: Incident) -> list[str]:
    named = words["moments"]
    known = ((name, getattr(found.facts, name)) for name in named)
    lines = [named[name].format(moment=_moment(at)) for name, at in known if at is not None]
    for clock in found.running:
        due = clock.due
        if due.due_at is not None:
            doubt = words["doubt"] if due.confidence != "verified" else ""
            lines.append(
                words["clock"].format(
                    what=clock.title, moment=_moment(due.due_at), law=due.citation, doubt=doubt
                )
            )
    return lines


def _said(words: dict[str, Any], found: Incident) -> str:
    said = found.statements
    if not said:
        return str(words["nothing_said"])
    last = said[-1]
    form = last.form.wording.lower()
    sentence = words["said"].format(
        count=f"{len(said):02d}", moment=_moment(last.said_at), form=form, speaker=last.speaker
    )
    return unmarked(sentence)


def _with_others(words: dict[str, Any], found: Incident) -> str:
    facts = found.facts
    if not (facts.lead or facts.participants):
        return ""
    answered = [f"{name} ({stance.wording})" for name, stance in found.stances().items() if stance]
    sentence: str = words["with"].format(
        lead=facts.lead or words["no_lead"],
        others=", ".join(facts.participants) or words["no_others"],
        answered=words["answered"].format(names=", ".join(answered)) if answered else "",
    )
    return sentence


def _annex(words: dict[str, Any], text: str, sha256: str) -> str:
    groups = " ".join(sha256[at : at + 8] for at in range(0, 64, 8))
    return "\n\n".join([*_lines(text), words["hash"].format(sha256=groups)])


def _moment(at: datetime) -> str:
    local = to_vn(at)
    return f"{local:%H} giờ {local:%M} phút ngày {short_date(local.date())}"  # official papers: always Vietnamese


def _lines(text: str) -> Sequence[str]:
    return [line for line in (line.strip() for line in text.split("\n")) if line]


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip(".;")
