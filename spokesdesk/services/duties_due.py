"""Periodic duties on the first page: what is late, and what comes within two weeks."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from spokesdesk.domain.clock import end_of_day, vn_day
from spokesdesk.domain.duties import DutyTurn, turns
from spokesdesk.domain.journal import Due
from spokesdesk.services.calendar import working_calendar
from spokesdesk.services.duties import kind_of
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.today import DueItem, Dues

AHEAD = timedelta(days=14)
# What is late for longer stands on the page of duties alone: a desk set up later owes no past.
LATE = timedelta(days=30)


def due(desk: Desk, unit: Unit, limit: int) -> Dues:
    """Give the turns not noted as done that come soon or are late by less than a month."""
    today = vn_day(desk.now())
    marks = unit.library.marks()
    known = turns(desk.rules, marks, kind_of(unit), today, working_calendar(desk, unit))
    near = [turn for turn in known if turn.done_on is None and today - LATE <= turn.due_on <= today + AHEAD]
    return Dues(tuple(_item(turn) for turn in near[:limit]), len(near))


def _item(turn: DutyTurn) -> DueItem:
    rule = turn.rule
    due = Due(
        rule.id, end_of_day(turn.due_on), rule.title, rule.citation.text, rule.confidence.value, rule.note
    )
    return DueItem("duty", uuid5(NAMESPACE_URL, turn.uid), rule.title, rule.addressee, due)
