"""What a paper was drawn up for: the request it ends, the case it reports, the visit it records."""

from dataclasses import dataclass
from uuid import UUID

from spokesdesk.services.ports import Desk


@dataclass(frozen=True, slots=True)
class PaperSource:
    """Something that a paper belongs to; kind is request, case, incident or contact."""

    kind: str
    id: UUID
    title: str


def sources(desk: Desk, paper_id: UUID) -> tuple[PaperSource, ...]:
    """Give what a paper was drawn up for: requests first, then cases, incidents, contacts."""
    with desk.read() as unit:
        found = [PaperSource("request", row.id, row.topic) for row in unit.requests.of_paper(paper_id)]
        found += [PaperSource("case", row.id, row.title) for row in unit.cases.of_paper(paper_id)]
        found += [PaperSource("incident", row.id, row.title) for row in unit.incidents.of_paper(paper_id)]
        found += [PaperSource("contact", row.id, row.topic) for row in unit.journal.of_paper(paper_id)]
    return tuple(found)
