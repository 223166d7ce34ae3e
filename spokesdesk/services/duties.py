"""The calendar of duties that return by themselves: next dates, what was done, a file for other calendars."""

from datetime import date
from pathlib import Path

from spokesdesk.domain import ics
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.duties import AGENCY_KINDS, DutyMark, DutyTurn, likely_agency_kind, turns
from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Role
from spokesdesk.services.calendar import working_calendar
from spokesdesk.services.ports import Desk, Unit

KIND = "agency_kind"


def agency_kind(desk: Desk) -> str:
    """Give the kind of agency this desk belongs to: as set, else as its name tells."""
    with desk.read() as unit:
        return kind_of(unit)


def set_agency_kind(desk: Desk, kind: str) -> tuple[str, Changes]:
    """Set the kind of agency; an admin's work. Raises UserError("agency_kind")."""
    desk.member.require(Role.ADMIN)
    if kind not in AGENCY_KINDS:
        raise UserError("agency_kind", field="kind")
    with desk.write() as unit:
        unit.settings.put(KIND, kind)
    return kind, (Change("rules"),)


def upcoming(desk: Desk) -> tuple[DutyTurn, ...]:
    """Give the turns of the coming year, with those past that were not noted as done."""
    with desk.read() as unit:
        calendar = working_calendar(desk, unit)
        return turns(desk.rules, unit.library.marks(), kind_of(unit), vn_day(desk.now()), calendar)


def done(
    desk: Desk, rule_id: str, due_on: date, on: date | None = None
) -> tuple[tuple[DutyTurn, ...], Changes]:
    """Note a turn as done.

    Args:
        due_on: last day of the turn.
        on: the day it was done; None: today.

    Returns:
        The calendar as it is then.

    Raises:
        UserError: ``duty_missing``: no such turn.
    """
    if all((turn.rule.id, turn.due_on) != (rule_id, due_on) for turn in upcoming(desk)):
        raise UserError("duty_missing", field="rule", rule=rule_id, day=due_on.isoformat())
    now = desk.now()
    with desk.write() as unit:
        unit.library.mark(DutyMark(rule_id, due_on, on or vn_day(now), now, desk.member.ref))
    return upcoming(desk), (Change("rules"),)


def undone(desk: Desk, rule_id: str, due_on: date) -> tuple[tuple[DutyTurn, ...], Changes]:
    """Take the note of a turn back; gives the calendar as it is then."""
    now = desk.now()
    with desk.write() as unit:
        unit.library.unmark(DutyMark(rule_id, due_on, due_on, now, desk.member.ref))
    return upcoming(desk), (Change("rules"),)


def calendar_file(desk: Desk) -> bytes:
    """Give the turns still to be done as an .ics file (RFC 5545)."""
    with desk.read() as unit:
        name = unit.people.agency().name
    return ics.calendar_file(upcoming(desk), desk.now(), _("Việc định kỳ – {agency}").format(agency=name))


def export(desk: Desk, target: Path) -> Path:
    """Write that file; raises OutsideError("file_unwritable") when the disk does not take it."""
    try:
        target.write_bytes(calendar_file(desk))
    except OSError as wrong:
        raise OutsideError("file_unwritable", field="file", path=target) from wrong
    return target


def kind_of(unit: Unit) -> str:
    """Give the kind of agency inside a running transaction: as set, else as its name tells."""
    kept = unit.settings.get(KIND)
    return kept if isinstance(kept, str) else likely_agency_kind(unit.people.agency().name)
