"""Reminders of clocks that run by the hour (nhắc việc): which steps were reached, and whether the clock jumped."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from spokesdesk.domain.clock import remaining, to_vn
from spokesdesk.domain.incidents import Incident, IncidentClock
from spokesdesk.domain.language import gettext as _

# So many hours before the end somebody is told; 0 is the end itself.
STEPS_H = (12, 4, 1, 0)
# A step told later than this was missed: the machine was off or asleep, or nobody had the desk open.
PUNCTUAL = timedelta(minutes=5)
# Less than this is a network clock being put right, more is a jump.
JUMP_S = 90.0


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one clock: ``hours`` before ``due_at`` (UTC)."""

    incident_id: UUID
    rule_id: str
    due_at: datetime
    hours: int

    @property
    def at(self) -> datetime:
        """When it is reached (UTC)."""
        return self.due_at - timedelta(hours=self.hours)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is told of one clock now: the last step reached, and those that passed untold before it.

    Attributes:
        steps: every step that is told by this, the last one last.
        missed: hours of the steps that passed while nobody could be told.
    """

    incident_id: UUID
    title: str
    clock: IncidentClock
    steps: tuple[Step, ...]
    missed: tuple[int, ...]

    def words(self, now: datetime) -> str:
        """Say what is due, what is left and by which law; ``now`` UTC."""
        due = self.clock.due
        assert due.due_at is not None
        left = remaining(due.due_at, now).wording
        law = f" ({due.cited})" if due.cited else ""
        parts = [
            _("{what}: {left}, hạn {moment}{law}.").format(
                what=self.clock.title, left=left, moment=f"{to_vn(due.due_at):%H:%M %d/%m/%Y}", law=law
            )
        ]
        if self.missed:
            hours = ", ".join(str(hour) for hour in self.missed)
            parts.append(_("Mốc trước hạn {hours} giờ đã qua khi máy tắt hoặc ngủ.").format(hours=hours))
        return " ".join(parts)


def reminders(incidents: Iterable[Incident], told: Collection[Step], now: datetime) -> tuple[Reminder, ...]:
    """Give what is to be told now, what is due first first.

    Args:
        incidents: those that are not closed.
        told: the steps that were told before.
        now: UTC.
    """
    found = [made for incident in incidents for made in _of(incident, told, now)]
    return tuple(sorted(found, key=lambda made: made.steps[-1].due_at))


def _of(incident: Incident, told: Collection[Step], now: datetime) -> Iterator[Reminder]:
    for clock in incident.running:
        due_at = clock.due.due_at
        if due_at is None:
            continue
        steps = tuple(Step(incident.id, clock.due.rule_id, due_at, hours) for hours in STEPS_H)
        new = tuple(step for step in steps if step.at <= now and step not in told)
        if not new:
            continue
        # What had passed before anybody wrote the incident down was missed by nobody.
        known_from = max(incident.opened_at, clock.trigger_at)
        is_late = now - new[-1].at > PUNCTUAL
        passed = new if is_late else new[:-1]
        missed = tuple(step.hours for step in passed if step.at >= known_from and step.hours)
        yield Reminder(incident.id, incident.title, clock, new, missed)


def reached(ends: Iterable[datetime], after: datetime, now: datetime) -> tuple[datetime, ...]:
    """Give the ends of which a step was reached between two moments (UTC), the first one first.

    For a locked desk, of which nothing but these moments is known.
    """
    found = (end for end in ends if any(after < end - timedelta(hours=hours) <= now for hours in STEPS_H))
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class ClockMark:
    """The wall clock held against one that nobody sets, at one moment.

    Attributes:
        wall: seconds since 1970 as the machine says.
        steady: seconds that ran since the machine started, sleep included.
    """

    wall: float
    steady: float


def clock_jump(before: ClockMark, now: ClockMark) -> float:
    """Give by how many seconds the wall clock was set forward (or, negative, back) between two moments; 0 for not.

    A machine that was started again in between has a steady clock that begins anew: only a step back is seen then.
    """
    if now.steady < before.steady:
        back = now.wall - before.wall
        return back if back < -JUMP_S else 0.0
    jump = (now.wall - before.wall) - (now.steady - before.steady)
    return jump if abs(jump) > JUMP_S else 0.0


def jump_words(jump_s: float) -> str:
    """Say that the machine's clock was set while clocks of incidents run; "" for no jump."""
    if not jump_s:
        return ""
    minutes = max(1, round(abs(jump_s) / 60))
    span = _("{h} giờ {m} phút").format(h=minutes // 60, m=minutes % 60)
    span = span if minutes >= 60 else _("{m} phút").format(m=minutes)
    way = _("tới") if jump_s > 0 else _("lùi")
    return _(
        "Đồng hồ máy vừa bị chỉnh {way} {span}. Hạn của vụ việc là thời điểm đã ghi nên không đổi, "
        "nhưng “còn bao lâu” đang tính theo giờ mới: hãy kiểm tra giờ của máy."
    ).format(way=way, span=span)
