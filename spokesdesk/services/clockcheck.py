"""Whether the machine's clock can be right: entries carry its time, and limits are reckoned from it."""

from spokesdesk.domain.clock import clock_caution
from spokesdesk.services.ports import Desk


def caution(desk: Desk) -> str:
    """Say that the clock must be wrong, "" when nothing speaks against it.

    It is held against the latest entry of the journal and the latest day that was closed.
    """
    with desk.read() as unit:
        head, days = unit.chain.head(), unit.checkpoints.all()
    known = [each.at for each in (head, *days[-1:]) if each is not None]
    return clock_caution(desk.now(), max(known, default=None))
