"""How agencies answer the province: counted from its own notes and what came back, and what they released."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from spokesdesk.domain.province import KnownAgency, NoteKind, reaches
from spokesdesk.services.ports import Desk
from spokesdesk.services.province import Sent, sent_in


@dataclass(frozen=True, slots=True)
class Answering:
    """How one agency answers (thời gian trả lời).

    Attributes:
        asked: requests and alerts that went to it.
        in_time, late: answered or, an alert, acknowledged.
        open: nothing yet, time is left or none was set; ``over``: the time has passed.
        typical: minutes; half of the answers took no longer; None without an answer.
        releases: public now.
        speakers: people on its posted list of spokespeople; None where it posted none.
    """

    agency: KnownAgency
    asked: int
    in_time: int
    late: int
    open: int
    over: int
    typical: int | None
    releases: int
    speakers: int | None

    @property
    def questions(self) -> tuple[int, int, int] | None:
        """Questions of journalists through the portal: in time, late, over time; None without any."""
        counts = (self.agency.in_time, self.agency.late, self.agency.overdue)
        return counts if any(counts) else None


def answering(desk: Desk) -> tuple[Answering, ...]:
    """Give the figures of every agency, the slowest first: those over time, then those often late, then by name."""
    with desk.read() as unit:
        asked = sent_in(unit, (NoteKind.ASK, NoteKind.ALERT))
        released = Counter(one.sender for one in unit.province.releases("") if not one.withdrawn)
        speakers = {one.sender: len(one.rows) for one in unit.province.lists() if one.which == "spokespeople"}
        known = unit.province.agencies()
    found = [_of(one, asked, released[one.journal], speakers.get(one.journal), desk.now()) for one in known]
    return tuple(sorted(found, key=_slowest_first))


def _slowest_first(one: Answering) -> tuple[int, int, str]:
    known = one.agency
    return -one.over - known.overdue, -one.late - known.late, known.name


def _of(
    agency: KnownAgency, asked: Sequence[Sent], releases: int, speakers: int | None, now: datetime
) -> Answering:
    counts: Counter[str] = Counter()
    took: list[timedelta] = []
    for sent in asked:
        if not reaches(sent.note, agency):
            continue
        state, after = _state(sent, agency.journal, now)
        counts[state] += 1
        took += [after] if after is not None else []
    typical = round(median(each.total_seconds() for each in took) / 60) if took else None
    return Answering(
        agency,
        sum(counts.values()),
        counts["in_time"],
        counts["late"],
        counts["open"],
        counts["over"],
        typical,
        releases,
        speakers,
    )


def _state(sent: Sent, journal: UUID, now: datetime) -> tuple[str, timedelta | None]:
    """The portal's time counts for an answer, not the agency's clock."""
    limit, at = sent.note.due.due_at if sent.note.due else None, sent.said_at.get(journal)
    if at is None:
        return ("over" if limit is not None and limit < now else "open"), None
    return ("late" if limit is not None and at > limit else "in_time"), max(at - sent.note.at, timedelta())


def of_agency(desk: Desk, journal: UUID) -> Answering | None:
    """Give the figures of one agency; None when it is not at the portal."""
    return next((one for one in answering(desk) if one.agency.journal == journal), None)
