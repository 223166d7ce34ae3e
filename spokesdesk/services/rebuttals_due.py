"""Rebuttals on the first page: what is to be looked at again when the outlet's time is over."""

from spokesdesk.services import rebuttals
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.today import DueItem, Dues


def due(desk: Desk, unit: Unit, limit: int) -> Dues:
    """Give the clocks of rebuttals that run, each with its article."""
    found = [
        DueItem("article", each.article_id, title, outlet, law)
        for each, law, outlet, title in rebuttals.due(desk, unit)
    ]
    return Dues(tuple(found[:limit]), len(found))
