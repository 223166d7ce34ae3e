"""Papers in lists."""

from collections.abc import Sequence

from spokesdesk.domain.papers import PaperRow, PaperState
from spokesdesk.services.listed import Listed
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.paging import Paged


def paper_list(desk: Desk, words: str = "", states: Sequence[PaperState] = ()) -> Listed[PaperRow]:
    """Give the papers to read by pages, the one saved last first."""

    def pick(unit: Unit) -> Paged:
        return unit.papers.listed(words, states=states)

    return Listed(desk, pick, lambda unit, numbers: unit.papers.rows(numbers))


def paper_numbers(desk: Desk, words: str = "", states: Sequence[PaperState] = ()) -> tuple[int, ...]:
    """Give the numbers of papers for a list, the one saved last first."""
    with desk.read() as unit:
        return unit.papers.row_numbers(words, states=states)


def paper_rows(desk: Desk, numbers: Sequence[int]) -> tuple[PaperRow, ...]:
    """Give the rows of a list, in the order of their numbers."""
    with desk.read() as unit:
        return unit.papers.rows(numbers)
