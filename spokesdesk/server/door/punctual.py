"""Who answers in time (ai trả lời đúng hạn): counts by agency over the last year; no journalist, no question."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from spokesdesk.domain.text import fold
from spokesdesk.server import lists
from spokesdesk.server.door_tables import question

PERIOD = timedelta(days=365)
# Fewer answers than these say nothing of how long an agency takes.
LEAST_FOR_MIDDLE = 3


_COUNTED = (
    question.c.journal,
    question.c.asked_at,
    question.c.told_at,
    question.c.due_at,
    question.c.closed_at,
)


@dataclass(slots=True)
class Tally:
    """How an agency answers, by the deadline that its desk reckoned when it took the question.

    Attributes:
        in_time: answered, refused with a ground or passed on, within the deadline; ``late`` after it.
        overdue: not answered, and the deadline has passed; ``running``: it has not.
        free: answered where no rule names a number of days; ``free_open`` not yet.
        untaken: no desk of the agency has taken it yet.
        spans: from question to answer.
    """

    agency: lists.Agency
    in_time: int = 0
    late: int = 0
    overdue: int = 0
    running: int = 0
    free: int = 0
    free_open: int = 0
    untaken: int = 0
    spans: list[timedelta] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All questions of the period."""
        with_limit = self.in_time + self.late + self.overdue + self.running
        return with_limit + self.free + self.free_open + self.untaken

    @property
    def share(self) -> int | None:
        """Per cent in time of those whose deadline is decided; None without one."""
        decided = self.in_time + self.late + self.overdue
        return round(100 * self.in_time / decided) if decided else None

    @property
    def middle_days(self) -> float | None:
        """The middle one of all answering times, in days with one decimal; None when there are too few."""
        if len(self.spans) < LEAST_FOR_MIDDLE:
            return None
        return round(sorted(self.spans)[len(self.spans) // 2] / timedelta(days=1), 1)

    def add(self, row: RowMapping, now: datetime) -> None:
        """Count one question."""
        if row["closed_at"] is not None:
            self.spans.append(row["closed_at"] - row["asked_at"])
        if row["told_at"] is None:
            self.untaken += 1
        elif row["due_at"] is None:
            self.free += row["closed_at"] is not None
            self.free_open += row["closed_at"] is None
        elif row["closed_at"] is not None:
            self.in_time += row["closed_at"] <= row["due_at"]
            self.late += row["closed_at"] > row["due_at"]
        else:
            self.overdue += row["due_at"] < now
            self.running += row["due_at"] >= now


def tallies(connection: Connection, now: datetime) -> tuple[Tally, ...]:
    """Give the agencies that were asked something in the last year, by name.

    What the asker took back is not counted. The deadline is the one that the agency's desk reckoned by its rule pack
    when it took the question; one that it moved later does not count.
    """
    known = {one.journal: Tally(one) for one in lists.agencies(connection)}
    wanted = sa.select(*_COUNTED).where(question.c.state != "withdrawn", question.c.asked_at > now - PERIOD)
    counted: defaultdict[UUID, int] = defaultdict(int)
    for row in connection.execute(wanted).mappings():
        known[row["journal"]].add(row, now)
        counted[row["journal"]] += 1
    found = (known[owner] for owner in counted)
    return tuple(sorted(found, key=lambda one: fold(one.agency.name)))
