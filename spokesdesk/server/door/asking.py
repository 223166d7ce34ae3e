"""What journalists ask of agencies, seen from their side: asked, followed up, answered, rated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from spokesdesk.domain.door import NOTE_LIMIT, DoorKind, DoorLevel, checked_asked
from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.domain.text import clean_text
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.door.journalists import Account
from spokesdesk.server.door_tables import WAITING, door_reply, question
from spokesdesk.server.tables import journal, release

PAGE = 20
# What a thread may hold; beyond it a new question begins one.
THREAD_LIMIT = 30


@dataclass(frozen=True, slots=True)
class Wish:
    """What a journalist typed.

    Attributes:
        wanted_at: UTC; None when left open.
        thread: any question of the thread that is followed up; None for a new one.
    """

    kind: DoorKind
    topic: str
    text: str
    wanted_at: datetime | None = None
    thread: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """One word of the agency; times UTC.

    Attributes:
        release: public id of the release that answers, when it stands on the public pages.
    """

    what: str
    at: datetime
    text: str
    meeting: str
    meeting_at: datetime | None
    release: UUID | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as its journalist sees it; times UTC."""

    id: UUID
    journal: UUID
    agency: str
    kind: DoorKind
    thread: UUID | None
    topic: str
    text: str
    asked_at: datetime
    wanted_at: datetime | None
    state: str
    due_at: datetime | None
    due_said: str
    citation: str
    promised_at: datetime | None
    closed_at: datetime | None
    level: DoorLevel | None
    remark: str
    replies: tuple[Reply, ...] = ()

    @property
    def root(self) -> UUID:
        """The first question of the thread."""
        return self.thread or self.id

    @property
    def may_be_rated(self) -> bool:
        """Whether the agency has said its last word on it."""
        return self.state in {"answered", "refused", "referred"}


def ask(engine: Engine, account: Account, owner: UUID, wish: Wish, now: datetime) -> UUID:
    """Put a question to an agency.

    Args:
        owner: the agency's journal; of a follow-up it is that of the thread.

    Returns:
        The question's id.

    Raises:
        AccessError: ``door_unverified``; ``door_question_unknown``: the thread is not this account's.
        UserError: names the field.
    """
    if not account.is_verified:
        raise AccessError("door_unverified")
    topic, text = checked_asked(wish.topic, wish.text, wish.wanted_at, now)
    if wish.kind is DoorKind.APPOINTMENT and wish.wanted_at is None:
        raise UserError("door_wish_missing", field="wanted_at")
    new = uuid4()

    def work(connection: Connection) -> None:
        thread, place = None, owner
        if wish.thread is not None:
            first = _own(connection, account, wish.thread)
            thread, place = first.thread or first.id, first.journal
            _check_room(connection, place, thread)
        connection.execute(sa.select(journal.c.id).where(journal.c.id == place).with_for_update())
        row = _asked(wish, topic, text, now)
        values = {**row, "journal": place, "id": new, "journalist": account.id, "thread": thread}
        connection.execute(sa.insert(question).values(**values))

    in_transaction(engine, work)
    return new


def _check_room(connection: Connection, owner: UUID, thread: UUID) -> None:
    here = (question.c.journal == owner) & (question.c.thread == thread)
    counted = connection.execute(sa.select(sa.func.count()).select_from(question).where(here)).scalar_one()
    if counted >= THREAD_LIMIT:
        raise UserError("door_thread_full", field="body")


def _asked(wish: Wish, topic: str, text: str, now: datetime) -> dict[str, object]:
    return {
        "kind": wish.kind.value,
        "topic": topic,
        "text": text,
        "asked_at": now,
        "wanted_at": wish.wanted_at,
        "state": WAITING,
        "due_said": "",
        "citation": "",
        "level": "",
        "remark": "",
    }


def mine(engine: Engine, account: Account, page: int = 1) -> tuple[tuple[Question, ...], int]:
    """Give a page of what an account asked, the newest first, and how many there are in all."""
    here = question.c.journalist == account.id
    newest = sa.select(question, journal.c.agency).join(journal, journal.c.id == question.c.journal)
    newest = newest.where(here).order_by(question.c.asked_at.desc(), question.c.id)
    with reading(engine) as connection:
        total = connection.execute(sa.select(sa.func.count()).select_from(question).where(here)).scalar_one()
        rows = connection.execute(newest.limit(PAGE).offset((page - 1) * PAGE))
        return tuple(_question(row, ()) for row in rows), int(total)


def thread(engine: Engine, account: Account, which: UUID) -> tuple[Question, ...]:
    """Give the thread of one of an account's questions with the agency's words, the first question first.

    Raises:
        AccessError: ``door_question_unknown``: it is another account's, or nobody's.
    """
    with reading(engine) as connection:
        found = _own(connection, account, which)
        root = found.thread or found.id
        here = (question.c.journal == found.journal) & (question.c.journalist == account.id)
        here &= (question.c.id == root) | (question.c.thread == root)
        joined = sa.select(question, journal.c.agency).join(journal, journal.c.id == question.c.journal)
        rows = connection.execute(joined.where(here).order_by(question.c.asked_at)).all()
        said = _replies(connection, found.journal, [row.id for row in rows])
        return tuple(_question(row, said.get(row.id, ())) for row in rows)


def rate(engine: Engine, account: Account, which: UUID, level: DoorLevel, remark: str, now: datetime) -> UUID:
    """Rate an answer in three levels; a later rating takes the place of an earlier one. Gives the thread's root.

    Raises:
        AccessError: ``door_unverified``; ``door_question_unknown``.
        UserError: ``door_not_answered``; names ``remark``.
    """
    if not account.is_verified:
        raise AccessError("door_unverified")
    said = clean_text(remark, field="remark", limit=NOTE_LIMIT)

    def work(connection: Connection) -> UUID:
        found = _own(connection, account, which)
        if not _question(found, ()).may_be_rated:
            raise UserError("door_not_answered", field="level")
        connection.execute(sa.select(journal.c.id).where(journal.c.id == found.journal).with_for_update())
        here = (question.c.journal == found.journal) & (question.c.id == found.id)
        rated = {"level": level.value, "remark": said, "rated_at": now, "rating_kept_at": None}
        connection.execute(sa.update(question).where(here).values(**rated))
        root: UUID = found.thread or found.id
        return root

    return in_transaction(engine, work)


def _own(connection: Connection, account: Account, which: UUID) -> Row[Any]:
    joined = sa.select(question, journal.c.agency).join(journal, journal.c.id == question.c.journal)
    here = (question.c.id == which) & (question.c.journalist == account.id)
    found = connection.execute(joined.where(here)).first()
    if found is None:
        raise AccessError("door_question_unknown")
    return found


def _replies(connection: Connection, owner: UUID, of: Sequence[UUID]) -> dict[UUID, tuple[Reply, ...]]:
    here = (door_reply.c.journal == owner) & door_reply.c.question.in_(of)
    rows = connection.execute(sa.select(door_reply).where(here).order_by(door_reply.c.at)).all()
    papers = [row.paper for row in rows if row.paper is not None]
    shown = (release.c.journal == owner) & release.c.rec.in_(papers) & (release.c.state == "public")
    public = {
        row.rec: row.public_id
        for row in connection.execute(sa.select(release.c.rec, release.c.public_id).where(shown))
    }
    found: dict[UUID, tuple[Reply, ...]] = {}
    for row in rows:
        one = Reply(row.what, row.at, row.text, row.meeting, row.meeting_at, public.get(row.paper))
        found[row.question] = (*found.get(row.question, ()), one)
    return found


def _question(row: Row[Any], replies: tuple[Reply, ...]) -> Question:
    return Question(
        row.id,
        row.journal,
        row.agency,
        DoorKind(row.kind),
        row.thread,
        row.topic,
        row.text,
        row.asked_at,
        row.wanted_at,
        row.state,
        row.due_at,
        row.due_said,
        row.citation,
        row.promised_at,
        row.closed_at,
        DoorLevel(row.level) if row.level else None,
        row.remark,
        replies,
    )
