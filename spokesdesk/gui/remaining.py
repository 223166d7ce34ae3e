"""How urgent a deadline is, said the same way on every screen."""

from datetime import datetime

from spokesdesk.domain.clock import remaining

_HOUR = 3600
_URGENT_S = 6 * _HOUR
_SOON_S = 48 * _HOUR


def left(due_at: datetime, now: datetime) -> tuple[str, str]:
    """Give the time that remains in words, and its tone: red when late or nearly so, amber soon, teal otherwise.

    Args:
        due_at: when the limit ends, aware.
        now: the present moment, aware.
    """
    rest = remaining(due_at, now)
    if rest.overdue or rest.seconds < _URGENT_S:
        return rest.wording, "red"
    return rest.wording, "amber" if rest.seconds < _SOON_S else "teal"
