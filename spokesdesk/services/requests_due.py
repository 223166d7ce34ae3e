"""Requests on the first page: what is to be answered, and what was given to whoever works now."""

from collections.abc import Sequence

from spokesdesk.domain.journal import Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.requests import Request
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.today import DueItem, Dues, WaitItem

_NO_DATE = Due("", None, "", "", "verified")


def due(_desk: Desk, unit: Unit, limit: int) -> Dues:
    """Give the open requests, what is due first before the rest, those without a date last."""
    found = unit.requests.due_first(limit)
    return Dues(tuple(_item(request) for request in found), unit.requests.count_open())


def mine(desk: Desk, unit: Unit, limit: int) -> Sequence[WaitItem]:
    """Give the open requests that the member who works now answers for or holds."""
    if desk.actor is None:
        return ()
    return [
        WaitItem("request", row.id, row.topic, row.who, None, row.received_at, _("Yêu cầu giao tôi"))
        for row in unit.requests.assigned(desk.actor.ref, limit)
    ]


def _item(request: Request) -> DueItem:
    return DueItem("request", request.id, request.topic, request.who, request.due or _NO_DATE, request.holder)
