"""Requests that two desks wrote down of one question: the desk that was late closes its own."""

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import ConflictError
from spokesdesk.services.ports import Desk
from spokesdesk.services.request_moves import close_double
from spokesdesk.services.templates import wording

# Of each kind the letter file whose words say why one was closed.
_KINDS = ("door", "province")


def close_doubles(desk: Desk) -> Changes:
    """Close this desk's own requests that a colleague's desk has written down as well; who asked hears nothing of it.

    Without anybody at work they wait.

    A question of a journalist is closed only while it was not sent: the portal gives each to one desk for two hours.
    A request of the province is closed whenever an earlier one, or one that was answered, is seen in the feed.
    """
    if desk.actor is None:
        return ()
    with desk.read() as unit:
        found = {"door": unit.door.unsent_doubles(), "province": unit.province.doubles()}
    changes: Changes = ()
    for kind in _KINDS:
        reason = wording(kind)["request"]["double"]
        for request_id in found[kind]:
            try:
                changes += close_double(desk, request_id, reason)
            except ConflictError:  # somebody has closed it at this very moment
                continue
    return changes
