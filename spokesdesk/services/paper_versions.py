"""Every saved text of a paper: which there are, what differs between two, and an old one taken back."""

from uuid import UUID

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.compare import PartChange, compare_letters
from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.papers import Paper, PaperVersion
from spokesdesk.services.ports import Desk


def versions(desk: Desk, paper_id: UUID) -> tuple[PaperVersion, ...]:
    """Give every version of a paper with who saved it, when, and what was done with it; the first one first."""
    with desk.read() as unit:
        unit.papers.get(paper_id)
        return unit.paper_history.versions(paper_id)


def version(desk: Desk, paper_id: UUID, number: int) -> Letter:
    """Give the text of one version; raises UserError("record_missing")."""
    with desk.read() as unit:
        return unit.papers.version(paper_id, number)


def compare(desk: Desk, paper_id: UUID, before: int, after: int) -> tuple[PartChange, ...]:
    """Give what differs between two versions, part by part, word by word; nothing for equal texts.

    Args:
        before, after: version numbers, in any order of time.

    Raises:
        UserError: ``record_missing``.
    """
    with desk.read() as unit:
        old, new = unit.papers.version(paper_id, before), unit.papers.version(paper_id, after)
    return compare_letters(old, new)


def restore(desk: Desk, paper_id: UUID, number: int) -> tuple[Paper, Changes]:
    """Save an old version's text as the newest version; nothing in between is lost.

    Raises:
        ConflictError: ``paper_frozen`` (approved), or somebody saved meanwhile.
        UserError: ``record_missing``.
    """
    with desk.write() as unit:
        now = unit.papers.get(paper_id)
        if now.is_frozen:
            raise ConflictError("paper_frozen", state=now.state.value)
        letter = unit.papers.version(paper_id, number)
        if letter == now.letter:
            return now, ()
        unit.papers.save_letter(paper_id, desk.new_id(), letter, now.version + 1, desk.now(), desk.member.ref)
        return unit.papers.get(paper_id), (Change("paper", paper_id),)
