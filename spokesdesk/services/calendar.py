"""The agency's own days off and make-up days, on top of the calendar that comes with the program."""

from collections.abc import Mapping
from datetime import date

from spokesdesk.domain.calendar import WorkingCalendar
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.people import Role
from spokesdesk.domain.text import clean_line
from spokesdesk.services.ports import Desk, Unit

HOLIDAYS = "holidays"
MADE_UP = "working_weekend_days"


def holidays(desk: Desk) -> dict[date, str]:
    """Give the agency's own days off, by day."""
    with desk.read() as unit:
        return _own_holidays(unit)


def save_holidays(desk: Desk, days: Mapping[date, str]) -> tuple[dict[date, str], Changes]:
    """Keep the agency's own days off; an admin's work. Raises UserError naming ``holidays``."""
    desk.member.require(Role.ADMIN)
    clean = {on: clean_line(name, field="holidays", limit=100) for on, name in sorted(days.items())}
    with desk.write() as unit:
        unit.settings.put(HOLIDAYS, {on.isoformat(): name for on, name in clean.items()})
    return clean, (Change("setting"),)


def working_calendar(desk: Desk, unit: Unit) -> WorkingCalendar:
    """Give the calendar that deadlines are counted with: the official days and the agency's own."""
    return desk.calendar.with_local(_own_holidays(unit))


def own_calendar(desk: Desk) -> WorkingCalendar:
    """Give the same in a transaction of its own."""
    with desk.read() as unit:
        return working_calendar(desk, unit)


def _own_holidays(unit: Unit) -> dict[date, str]:
    value = unit.settings.get(HOLIDAYS)
    if not isinstance(value, dict):
        return {}
    return {date.fromisoformat(str(on)): str(name) for on, name in value.items()}
