"""What waits at the journalists' door for a desk: questions that it may take, ratings that nobody has kept yet."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from spokesdesk.server.door_tables import TAKEN, WAITING, journalist, question
from spokesdesk.server.tokens import Caller

LEASE = timedelta(hours=2)


def waiting(connection: Connection, who: Caller, now: datetime) -> tuple[int, int]:
    """Say how much waits for a device, and when the last of it came.

    What waits are questions that it may take, and ratings that no desk has kept yet.

    Returns:
        How much; milliseconds since 1970, 0 for nothing.
    """
    many, latest = 0, 0
    for came, which in ((question.c.asked_at, for_device(who, now)), (question.c.rated_at, unkept(who))):
        wanted = sa.select(sa.func.count(), sa.func.max(came)).select_from(question).where(*which)
        found, last = connection.execute(wanted).one()
        many += int(found)
        latest = max(latest, int(last.timestamp() * 1000) if last else 0)
    return many, latest


def for_device(who: Caller, now: datetime) -> "tuple[sa.ColumnElement[bool], ...]":
    """Give what makes a question one that a device may take."""
    may_take = (question.c.taken_by == who.device) | (question.c.taken_at < now - LEASE)
    is_open = (question.c.state == WAITING) | ((question.c.state == TAKEN) & may_take)
    # Of an account that was erased, blocked or has to be verified anew nothing reaches an agency.
    verified = sa.select(journalist.c.id).where(journalist.c.state == "verified")
    return (question.c.journal == who.journal, is_open, question.c.journalist.in_(verified))


def unkept(who: Caller) -> "tuple[sa.ColumnElement[bool], ...]":
    """Give what makes a rating one that no desk has kept yet."""
    here = (question.c.journal == who.journal, question.c.rated_at.is_not(None))
    return (*here, question.c.rating_kept_at.is_(None))
