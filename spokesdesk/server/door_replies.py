"""What an agency says of a question: a projection written with the log, the only way back to the journalist."""

import hashlib
import hmac
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from spokesdesk import wire
from spokesdesk.domain.clock import moment_told
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.text import clean_line, clean_text
from spokesdesk.server.door_tables import TAKEN, WAITING, door_reply, door_secret, journalist, question

TEXT_LIMIT = 20_500
CLOSED = frozenset({"answered", "refused", "referred", "withdrawn"})


def check(op: wire.Op) -> str:
    """Give what is wrong with a word of the agency; "" when nothing is."""
    if op.kind not in {"append", "erase"}:
        return "kind_unknown"
    if op.kind == "erase":
        return ""
    try:
        made = wire.door_reply_of(op.patch)
        clean_text(made.text, field="text", limit=TEXT_LIMIT)
        for line in (made.wording, made.citation):
            clean_line(line, field="citation", limit=500)
        for moment in (made.at, made.due_at, made.meeting_at):
            _moment(moment)
        if not made.at or (made.paper and str(UUID(made.paper)) != made.paper):
            return "fields_wrong"
    except (UserError, ValueError):
        return "fields_wrong"
    return ""


def project(connection: Connection, op: wire.Op, now: datetime) -> None:
    """Let the journalist read it; of a question that this portal lost, keep it again when its seal is ours.

    A word on a question that nobody asked here is in the log and nowhere else.
    """
    if op.kind == "erase":
        here = (door_reply.c.journal == op.journal) & (door_reply.c.id == op.rec)
        connection.execute(sa.update(door_reply).where(here).values(text=""))
        return
    made = wire.door_reply_of(op.patch)
    here = (door_reply.c.journal == op.journal) & (door_reply.c.id == op.rec)
    if connection.execute(sa.select(door_reply.c.id).where(here)).first() is not None:
        return
    asked = _question(connection, op.journal, made.question) or _regained(connection, op, made)
    if asked is None:
        return
    at = min(max(_known(made.at), asked.asked_at), now)
    connection.execute(
        sa.insert(door_reply).values(
            journal=op.journal,
            id=op.rec,
            question=made.question,
            what=made.what,
            at=at,
            text=clean_text(made.text, field="text", limit=TEXT_LIMIT),
            paper=UUID(made.paper) if made.paper else None,
            meeting=made.meeting,
            meeting_at=_moment(made.meeting_at),
        )
    )
    changed = _changed(made, asked, at, now)
    there = (question.c.journal == op.journal) & (question.c.id == made.question)
    connection.execute(sa.update(question).where(there).values(**changed))


def secret(connection: Connection) -> bytes:
    """Give the portal's own secret."""
    found: bytes = connection.execute(sa.select(door_secret.c.secret)).scalar_one()
    return bytes(found)


def seal(key: bytes, asked: wire.DoorAsked) -> str:
    """Give the portal's seal over a question (HMAC-SHA256, hex)."""
    return hmac.new(key, wire.canonical(asked), hashlib.sha256).hexdigest()


def _changed(made: wire.DoorReply, asked: Row[Any], at: datetime, now: datetime) -> dict[str, object]:
    if made.what == "taken":
        changed: dict[str, object] = {"told_at": now}
        if asked.told_at is None:  # the first deadline stands, however often it is reckoned
            said = clean_line(made.wording, field="citation", limit=500)
            cited = clean_line(made.citation, field="citation", limit=500)
            changed |= {"due_at": _moment(made.due_at), "due_said": said, "citation": cited}
        return changed | ({"state": "open"} if asked.state in {WAITING, TAKEN} else {})
    if made.what == "promised":
        return {"promised_at": _moment(made.due_at)}
    if made.what == "reopened":
        return {"state": "open", "closed_at": None}
    return {"state": made.what, "closed_at": at}


def _question(connection: Connection, owner: UUID, which: UUID) -> Row[Any] | None:
    here = (question.c.journal == owner) & (question.c.id == which)
    return connection.execute(sa.select(question).where(here)).first()


def _regained(connection: Connection, op: wire.Op, made: wire.DoorReply) -> Row[Any] | None:
    asked = made.asked
    if asked is None or asked.id != made.question or asked.journal != op.journal or not asked.asked_at:
        return None
    if not hmac.compare_digest(seal(secret(connection), asked), made.seal):
        return None
    known = sa.select(journalist.c.id).where(journalist.c.id == asked.asker)
    values = dict(
        journal=op.journal,
        id=asked.id,
        journalist=connection.execute(known).scalar(),
        kind=asked.kind,
        thread=UUID(asked.thread) if asked.thread else None,
        topic=asked.topic,
        text=asked.text,
        asked_at=_known(asked.asked_at),
        wanted_at=_moment(asked.wanted_at),
        state=TAKEN,
        due_said="",
        citation="",
        level="",
        remark="",
    )
    connection.execute(sa.insert(question).values(**values))
    return _question(connection, op.journal, asked.id)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError(text)
    return moment_told(text)


def _known(text: str) -> datetime:
    found = _moment(text)
    assert found is not None  # ``check`` has looked
    return found
