"""What waits for an agency's desks: handed to one of them, until that desk says that it has it.

A desk that never says so loses it to another one after a while; the same desk may ask again and gets the same.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from spokesdesk import wire
from spokesdesk.server.database import in_transaction
from spokesdesk.server.door_replies import seal, secret
from spokesdesk.server.door_tables import TAKEN, journalist, question
from spokesdesk.server.door_waiting import for_device, unkept
from spokesdesk.server.tables import journal
from spokesdesk.server.tokens import Caller


def take(engine: Engine, who: Caller, asked: wire.DoorCall, now: datetime) -> wire.DoorBox:
    """Hand what waits to a device, and note which ratings the desk has kept."""

    def work(connection: Connection) -> wire.DoorBox:
        here = journal.c.id == who.journal
        connection.execute(sa.select(journal.c.id).where(here).with_for_update())
        for rating in asked.kept:
            _note_kept(connection, who, rating, now)
        ours = sa.select(question.c.id).where(*for_device(who, now)).order_by(question.c.asked_at)
        every = connection.execute(ours).scalars().all()
        chosen = every[: wire.DOOR_ITEMS]
        mine = (question.c.journal == who.journal) & question.c.id.in_(chosen)
        taken = {"state": TAKEN, "taken_by": who.device, "taken_at": now}
        connection.execute(sa.update(question).where(mine).values(**taken))
        joined = sa.select(question, *_WHO).join(journalist, journalist.c.id == question.c.journalist)
        rows = connection.execute(joined.where(mine).order_by(question.c.asked_at)).all()
        key = secret(connection)
        rated = sa.select(question).where(*unkept(who)).limit(wire.DOOR_ITEMS)
        ratings = [_rating(row) for row in connection.execute(rated)]
        return wire.DoorBox([_item(row, key) for row in rows], ratings, len(every) - len(chosen))

    return in_transaction(engine, work)


_WHO = (
    journalist.c.name,
    journalist.c.outlet,
    journalist.c.card,
    journalist.c.email,
    journalist.c.phone,
)


def _note_kept(connection: Connection, who: Caller, rating: wire.DoorRating, now: datetime) -> None:
    here = (question.c.journal == who.journal) & (question.c.id == rating.question)
    row = connection.execute(sa.select(question.c.rated_at).where(here)).first()
    if row is not None and row.rated_at is not None and row.rated_at.isoformat() == rating.at:
        connection.execute(sa.update(question).where(here).values(rating_kept_at=now))


def _item(row: Row[Any], key: bytes) -> wire.DoorItem:
    asked = asked_of(row)
    return wire.DoorItem(asked, seal(key, asked), row.name, row.outlet, row.card, row.email, row.phone)


def asked_of(row: Row[Any]) -> wire.DoorAsked:
    """Give a question as a desk gets it, from its row."""
    return wire.DoorAsked(
        row.id,
        row.journal,
        row.kind,
        row.topic,
        row.text,
        row.journalist,
        row.asked_at.isoformat(),
        row.wanted_at.isoformat() if row.wanted_at else "",
        str(row.thread) if row.thread else "",
    )


def _rating(row: Row[Any]) -> wire.DoorRating:
    return wire.DoorRating(row.id, row.level, row.remark, row.rated_at.isoformat())
