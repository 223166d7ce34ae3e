"""Complaints about obstruction (phản ánh bị cản trở): from a journalist to the province, past the agency."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.door import PLACE_LIMIT
from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.domain.journal import QUESTION_LIMIT
from spokesdesk.domain.text import clean_line, clean_text
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.door.journalists import Account
from spokesdesk.server.door_tables import complaint, journalist
from spokesdesk.server.tables import journal

NEW, READ, ANSWERED = "new", "read", "answered"
LISTED = 500


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint as the province reads it; times UTC.

    Attributes:
        agency: the agency that it is about.
        who: name, outlet, card, phone and address of the journalist; all "" after the account was erased.
        happened_on: day in Vietnam.
        state: new, read or answered.
    """

    id: UUID
    journal: UUID
    agency: str
    who: tuple[str, str, str, str, str]
    happened_on: date
    place: str
    text: str
    made_at: datetime
    state: str
    answer: str
    answered_at: datetime | None


def file(
    engine: Engine, account: Account, owner: UUID, happened_on: date, place: str, text: str, now: datetime
) -> UUID:
    """Send a complaint to the province.

    Args:
        owner: journal of the agency that it is about.
        happened_on: day in Vietnam.

    Raises:
        AccessError: ``door_unverified``.
        UserError: names the field.
    """
    if not account.is_verified:
        raise AccessError("door_unverified")
    if happened_on > vn_day(now):
        raise UserError("door_complaint_day", field="happened_on")
    values = {
        "happened_on": happened_on,
        "place": clean_line(place, field="place", limit=PLACE_LIMIT),
        "text": clean_text(text, field="body", limit=QUESTION_LIMIT, required=True),
        "made_at": now,
        "state": NEW,
        "answer": "",
    }
    new = uuid4()

    def work(connection: Connection) -> None:
        connection.execute(sa.select(journal.c.id).where(journal.c.id == owner).with_for_update())
        connection.execute(
            sa.insert(complaint).values(journal=owner, id=new, journalist=account.id, **values)
        )

    in_transaction(engine, work)
    return new


def mine(engine: Engine, account: Account) -> tuple[Complaint, ...]:
    """Give what an account complained of, the newest first."""
    return _found(engine, complaint.c.journalist == account.id)


def listed(engine: Engine, state: str = "") -> tuple[Complaint, ...]:
    """Give the complaints for the province, the newest first.

    Args:
        state: only these: new, read or answered; "" for all.
    """
    every = complaint.c.state.in_((NEW, READ, ANSWERED))
    return _found(engine, complaint.c.state == state if state else every)


def note_read(engine: Engine, which: UUID) -> None:
    """Note that the province has opened a complaint; raises AccessError("complaint_unknown")."""
    _move(engine, which, {"state": READ}, only=NEW)


def answer(engine: Engine, which: UUID, text: str, now: datetime) -> None:
    """Say to the journalist what came of it; a later answer takes the place of an earlier one.

    Raises:
        AccessError: ``complaint_unknown``.
        UserError: names ``body``.
    """
    said = clean_text(text, field="body", limit=QUESTION_LIMIT, required=True)
    _move(engine, which, {"state": ANSWERED, "answer": said, "answered_at": now})


def _move(engine: Engine, which: UUID, values: dict[str, object], only: str = "") -> None:
    def work(connection: Connection) -> None:
        found = connection.execute(
            sa.select(complaint.c.journal, complaint.c.state).where(complaint.c.id == which)
        ).first()
        if found is None:
            raise AccessError("complaint_unknown")
        if only in {"", found.state}:
            here = (complaint.c.journal == found.journal) & (complaint.c.id == which)
            connection.execute(sa.update(complaint).where(here).values(**values))

    in_transaction(engine, work)


def _found(engine: Engine, which: "sa.ColumnElement[bool]") -> tuple[Complaint, ...]:
    joined = sa.select(complaint, journal.c.agency).join(journal, journal.c.id == complaint.c.journal)
    wanted = joined.where(which).order_by(complaint.c.made_at.desc(), complaint.c.id).limit(LISTED)
    with reading(engine) as connection:
        rows = connection.execute(wanted).all()
        asked = {row.journalist for row in rows if row.journalist is not None}
        here = journalist.c.id.in_(sorted(asked))
        known = {row.id: row for row in connection.execute(sa.select(journalist).where(here))}
    return tuple(_complaint(row, known.get(row.journalist)) for row in rows)


def _complaint(row: Row[Any], who: Row[Any] | None) -> Complaint:
    return Complaint(
        row.id,
        row.journal,
        row.agency,
        (who.name, who.outlet, who.card, who.phone, who.email) if who else ("", "", "", "", ""),
        row.happened_on,
        row.place,
        row.text,
        row.made_at,
        row.state,
        row.answer,
        row.answered_at,
    )
