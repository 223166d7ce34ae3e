"""Reminders of incidents: what is to be told now, told once however many windows look; the machine's clock watched."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from spokesdesk.domain import reminders as rules
from spokesdesk.domain.reminders import ClockMark, Reminder, clock_jump, jump_words
from spokesdesk.services.ports import Desk

MARK = "clock_mark"


def pending(desk: Desk) -> tuple[Reminder, ...]:
    """Give what is to be told now, what is due first first; nothing is noted by it."""
    with desk.read() as unit:
        found = unit.incidents.open()
        told = unit.incidents.told() if found else frozenset()
    return rules.reminders(found, told, desk.now())


def tell(desk: Desk, found: Sequence[Reminder]) -> tuple[Reminder, ...]:
    """Note reminders as told, and give those that nobody told meanwhile: these are to be shown now."""
    if not found:
        return ()
    now = desk.now()
    with desk.write() as unit:
        ours = [replace(each, steps=unit.incidents.tell(each.steps, now)) for each in found]
    return tuple(each for each in ours if each.steps)


def running(desk: Desk) -> dict[UUID, tuple[datetime, ...]]:
    """Give the incidents that have a clock running, each with the ends of its clocks (UTC)."""
    with desk.read() as unit:
        ends = {
            found.id: tuple(clock.due.due_at for clock in found.running if clock.due.due_at is not None)
            for found in unit.incidents.open()
        }
    return {incident_id: known for incident_id, known in ends.items() if known}


def watch_clock(desk: Desk) -> str:
    """Say that the machine's clock was set since it was looked at last, also across a restart; "" for no.

    Only a desk with clocks running looks, for nothing depends on it otherwise.
    """
    now = ClockMark(desk.now().timestamp(), desk.steady())
    with desk.read() as unit:
        runs = any(incident.due_at is not None for incident in unit.incidents.open())
        kept = unit.settings.get(MARK)
    if not runs:
        return ""
    before = ClockMark(*kept) if isinstance(kept, list) and len(kept) == 2 else now
    jump = clock_jump(before, now)
    with desk.write() as unit:
        unit.settings.put(MARK, [now.wall, now.steady])
    return jump_words(jump)
