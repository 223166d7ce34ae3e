"""What a journal's desks read of its inbox, and which of them writes a request down."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, WaitError
from spokesdesk.server import mailing
from spokesdesk.server.database import in_transaction, is_replica, reading
from spokesdesk.server.door import punctual
from spokesdesk.server.door.punctual import Tally
from spokesdesk.server.tables import device, journal, journal_role, mail, mailbox
from spokesdesk.server.tokens import Caller

# A desk that claimed a request and went away keeps it for a day; then a colleague's may have it.
CLAIM_VALID = timedelta(days=1)


def page(engine: Engine, who: Caller, after: int, mark: str, limit: int) -> wire.Mail:
    """Give what follows a cursor in the caller's inbox; all of it when the cursor is not of this inbox.

    Raises:
        WaitError: ``portal_behind``: this is a copy that lags behind its primary.
    """
    with reading(engine) as connection:
        is_own = _mark_at(connection, who.journal, after) == mark
        if not is_own and is_replica(connection):
            raise WaitError("portal_behind")
        start = after if is_own else 0
        here = (mail.c.journal == who.journal) & (mail.c.n > start)
        most = max(1, min(limit, wire.MAIL_PAGE))
        rows = connection.execute(sa.select(mail).where(here).order_by(mail.c.n).limit(most)).all()
        last = connection.execute(sa.select(mailbox.c.n).where(mailbox.c.journal == who.journal)).scalar_one()
    items = _fitting(rows)
    end = items[-1].n if items else last
    return wire.Mail(items, more=end < last, anew=not is_own)


def _mark_at(connection: Connection, owner: UUID, n: int) -> str:
    if n == 0:
        return mailing.EMPTY
    here = (mail.c.journal == owner) & (mail.c.n == n)
    return str(connection.execute(sa.select(mail.c.mark).where(here)).scalar() or "")


def _fitting(rows: Sequence[Row[Any]]) -> list[wire.MailItem]:
    items: list[wire.MailItem] = []
    size = 0
    for row in rows:
        size += len(row.body) + 300
        if items and size > wire.PAGE_BYTES:
            break
        at = row.at.isoformat()
        items.append(wire.MailItem(row.n, row.mark, row.kind, row.id, row.sender, row.agency, at, row.body))
    return items


def claim(engine: Engine, who: Caller, ids: Sequence[UUID], now: datetime) -> wire.Claimed:
    """Give those of some notes that the caller may write down: nobody else of its journal has taken them."""

    def work(connection: Connection) -> wire.Claimed:
        owner = mailbox.c.journal == who.journal
        connection.execute(sa.select(mailbox.c.n).where(owner).with_for_update()).one()
        at_work = set(
            connection.execute(
                sa.select(device.c.id).where(device.c.journal == who.journal, device.c.revoked_at.is_(None))
            ).scalars()
        )
        here = (mail.c.journal == who.journal) & mail.c.id.in_(ids) & (mail.c.kind == "note")
        free = [row.id for row in connection.execute(sa.select(mail).where(here)) if _is_free(row, at_work)]
        if free:
            taken = (mail.c.journal == who.journal) & mail.c.id.in_(free) & (mail.c.kind == "note")
            connection.execute(sa.update(mail).where(taken).values(claimed=who.device, claimed_at=now))
        return wire.Claimed(free)

    def _is_free(row: Row[Any], at_work: set[UUID]) -> bool:
        if row.claimed in (None, who.device) or row.claimed not in at_work:
            return True
        return bool(row.claimed_at + CLAIM_VALID < now)

    return in_transaction(engine, work)


def agencies(engine: Engine, who: Caller, now: datetime) -> wire.Agencies:
    """Give the agencies that are enrolled here, for the province.

    Raises:
        AccessError: ``role_missing``: the caller's journal is not the province's.
    """
    with reading(engine) as connection:
        if mailing.role_of(connection, who.journal) != wire.PROVINCE:
            raise AccessError("role_missing")
        among = connection.execute(sa.select(journal_role.c.journal)).scalars().all()
        rows = connection.execute(sa.select(journal).order_by(journal.c.agency)).all()
        asked = {one.agency.journal: one for one in punctual.tallies(connection, now)}
        told = [_told(row, asked.get(row.id)) for row in rows if row.id not in among]
    return wire.Agencies(told)


def _told(row: Row[Any], asked: Tally | None) -> wire.AgencyTold:
    counts = (asked.in_time, asked.late, asked.overdue) if asked else (0, 0, 0)
    seen_at = row.moved_at.isoformat() if row.moved_at else ""
    return wire.AgencyTold(row.id, row.agency, seen_at, *counts, joined_at=row.made_at.isoformat())
