"""What is due and what waits, for whoever works now; each noun gives its own part.

A new noun adds its source to DUE, WAITING or ALERTS; the page shows it without another word.
"""

from dataclasses import dataclass
from datetime import timedelta

from spokesdesk.domain.clock import end_of_day, start_of_day, vn_day
from spokesdesk.services import (
    calendar_alerts,
    contacts_due,
    duties_due,
    incidents_due,
    monitoring_waiting,
    papers_waiting,
    province_due,
    rebuttals_due,
    requests_due,
    spokespeople_due,
)
from spokesdesk.services.ports import Desk, SyncState
from spokesdesk.services.ports.today import Alert, AlertSource, DueItem, DueSource, WaitItem, WaitSource

__all__ = ["Alert", "DueItem", "Today", "WaitItem", "board"]

# Most items of one noun that the page lists; how many there are is said all the same.
MOST = 500

DUE: tuple[DueSource, ...] = (
    requests_due.due,
    contacts_due.due,
    incidents_due.due,
    province_due.due,
    rebuttals_due.due,
    duties_due.due,
    spokespeople_due.dues,
)
WAITING: tuple[WaitSource, ...] = (
    papers_waiting.waiting,
    requests_due.mine,
    monitoring_waiting.waiting,
    province_due.waiting,
)
ALERTS: tuple[AlertSource, ...] = (province_due.alerts, calendar_alerts.alerts)


@dataclass(frozen=True, slots=True)
class Today:
    """The today page: due first what is due first, waiting the oldest first.

    Attributes:
        due_total: how much is due in all, listed or not.
    """

    due: tuple[DueItem, ...]
    waiting: tuple[WaitItem, ...]
    drafts: tuple[WaitItem, ...]
    contacts_today: int
    contacts_week: int
    sync: SyncState
    due_total: int = 0
    alerts: tuple[Alert, ...] = ()


def board(desk: Desk) -> Today:
    """Give what is due, what waits for the member who works now, and the day's counts."""
    now = desk.now()
    today = vn_day(now)
    with desk.read() as unit:
        given = [source(desk, unit, MOST) for source in DUE]
        due = sorted((item for one in given for item in one.items), key=_by_due)
        waiting = [item for wait in WAITING for item in wait(desk, unit, MOST)]
        week = start_of_day(today - timedelta(days=6))
        return Today(
            due=tuple(due[:MOST]),
            waiting=tuple(sorted(waiting, key=_by_age)),
            drafts=papers_waiting.drafts(desk, unit, MOST),
            contacts_today=unit.journal.count_between(start_of_day(today), end_of_day(today)),
            contacts_week=unit.journal.count_between(week, end_of_day(today)),
            sync=unit.outbox.state(),
            due_total=sum(one.total for one in given),
            alerts=tuple(alert for source in ALERTS for alert in source(desk, unit)),
        )


def _by_due(item: DueItem) -> tuple[bool, float]:
    due_at = item.due.due_at
    return due_at is None, due_at.timestamp() if due_at else 0


def _by_age(item: WaitItem) -> tuple[bool, float]:
    return item.since is None, item.since.timestamp() if item.since else 0
