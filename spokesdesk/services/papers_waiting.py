"""Papers on the first page: those whose move is the member's who works now, and drafts."""

from spokesdesk.domain.papers import FINISHED, PaperRow, PaperState, waits_for
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.today import WaitItem

_OPEN = tuple(state for state in PaperState if state not in FINISHED)


def waiting(desk: Desk, unit: Unit, limit: int) -> list[WaitItem]:
    """Give the papers whose move is the member's, the oldest first."""
    member = desk.actor
    rows = _rows(unit, limit)
    return [_item(row) for row in rows if member and member.roles & set(waits_for(row.state))]


def drafts(_desk: Desk, unit: Unit, limit: int) -> tuple[WaitItem, ...]:
    """Give the drafts, the one saved last first."""
    rows = reversed(_rows(unit, limit))
    return tuple(_item(row) for row in rows if row.state is PaperState.DRAFT)


def _rows(unit: Unit, limit: int) -> list[PaperRow]:
    rows = unit.papers.rows(unit.papers.row_numbers(states=_OPEN, limit=limit))
    return sorted(rows, key=lambda row: row.saved_at)


def _item(row: PaperRow) -> WaitItem:
    return WaitItem("paper", row.id, row.title, row.author, row.state, row.saved_at)
