"""What waits for an official: the papers submitted, the oldest deadline first, and where each deadline comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from spokesdesk.domain.journal import Contact, Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Urgency
from spokesdesk.domain.papers import Move, Paper, PaperState, is_self_approval, moves_for
from spokesdesk.domain.text import fold
from spokesdesk.services.ports import Desk, Unit

_LATE = datetime.max.replace(tzinfo=UTC)
_URGENT = {Urgency.HOA_TOC: 0, Urgency.THUONG_KHAN: 1, Urgency.KHAN: 2, None: 3}


@dataclass(frozen=True, slots=True)
class ApprovalItem:
    """A paper that waits for the leader at work.

    Attributes:
        due: until when, None when nothing sets a deadline; ``due_at`` is never None here.
        submitted_at: UTC, the last time it was submitted.
        is_own: the leader wrote or submitted it: approving it would be flagged.
    """

    id: UUID
    title: str
    kind: str
    author: str
    urgency: Urgency | None
    submitted_at: datetime
    due: Due | None
    is_own: bool


def to_approve(desk: Desk) -> tuple[ApprovalItem, ...]:
    """Give the papers that the member at work may approve now.

    Returns:
        The earliest deadline first; without one the more urgent, then the one that has waited longest. A deadline is
        the one set when the paper was submitted, else that of the open answer to the outlet it is written to.
    """
    member = desk.member
    with desk.read() as unit:
        contacts = unit.journal.due(500)
        rows = unit.papers.row_numbers(states=(PaperState.SUBMITTED,), limit=500)
        waiting = [unit.papers.get(row.id) for row in unit.papers.rows(rows)]
        items = [
            _item(unit, found, contacts, is_self_approval(found, Move.APPROVE, member))
            for found in waiting
            if Move.APPROVE in moves_for(found, member)
        ]
    return tuple(sorted(items, key=_order))


def _order(item: ApprovalItem) -> tuple[datetime, int, datetime]:
    due = item.due.due_at if item.due else None
    return due or _LATE, _URGENT[item.urgency], item.submitted_at


def _item(unit: Unit, found: Paper, contacts: Iterable[Contact], is_own: bool) -> ApprovalItem:
    sent = next(step for step in reversed(found.moves) if step.move is Move.SUBMIT)
    return ApprovalItem(
        id=found.id,
        title=found.title,
        kind=found.letter.kind.value,
        author=sent.by.name,
        urgency=found.letter.urgency,
        submitted_at=sent.at,
        due=_due(unit, found, contacts),
        is_own=is_own,
    )


def _due(unit: Unit, found: Paper, contacts: Iterable[Contact]) -> Due | None:
    if found.due_at is not None:
        return Due("", found.due_at, "", _("hạn ghi khi trình"), "verified")
    outlet = unit.coverage.get(found.article_id).outlet.id if found.article_id else None
    written_to = fold(" ".join(found.letter.addressees))
    clocks = [
        entry.due
        for entry in contacts
        if entry.due and entry.due.due_at and entry.outlet
        if entry.outlet.id == outlet or fold(entry.outlet.name) in written_to
    ]
    return min(clocks, key=lambda due: due.due_at or _LATE, default=None)
