"""Incidents on the first page: every clock that runs."""

from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.today import DueItem, Dues


def due(_desk: Desk, unit: Unit, limit: int) -> Dues:
    """Give the running clocks of open incidents; one without a moment stands only where no other runs."""
    found = []
    for incident in unit.incidents.open(limit):
        running = incident.running
        dated = [clock for clock in running if clock.due.due_at is not None]
        for clock in dated or running[:1]:
            found.append(DueItem("incident", incident.id, incident.title, clock.title, clock.due))
    return Dues(tuple(found), len(found))
