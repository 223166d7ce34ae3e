"""What is older than a period, by kind; what was written while the clock was surely wrong has no known age."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, select

from spokesdesk.domain.cases import CaseState
from spokesdesk.domain.clock import EARLIEST
from spokesdesk.domain.papers import FINISHED
from spokesdesk.domain.privacy import GONE
from spokesdesk.domain.rebuttals import OPEN_STATES
from spokesdesk.store.alias import survivor
from spokesdesk.store.tables import draft, journalist, metadata, paper

Aged = tuple[tuple[UUID, str, datetime], ...]
"""Records with their words and the time (UTC) that their age counts from."""


def older(connection: Connection, kind: str, before: datetime, limit: int) -> Aged:
    """Give what of a kind is older than a time (UTC) and not erased yet, the oldest first; () for other kinds.

    What was written while the clock was surely wrong (see ``EARLIEST``) has no known age and is never among it.
    """
    if kind == "draft":
        old = draft.c.saved_at.between(EARLIEST, before)
        rows = connection.execute(select(draft).where(old).limit(limit))
        return tuple((row.id, row.form, row.saved_at) for row in rows)
    ways = {
        "contact": _older_contacts,
        "request": _older_requests,
        "article": _older_articles,
        "case": _older_cases,
        "journalist": _older_journalists,
    }
    return ways[kind](connection, before, limit) if kind in ways else ()


def _older_contacts(connection: Connection, before: datetime, limit: int) -> Aged:
    """Give contacts received before a time (UTC) that are not erased yet, the oldest first."""
    own = metadata.tables["contact"]
    statement = select(own.c.id, own.c.topic, own.c.received_at).where(
        own.c.received_at < before, own.c.entered_at >= EARLIEST, own.c.topic != GONE
    )
    rows = connection.execute(statement.order_by(own.c.received_at).limit(limit))
    return tuple((row.id, row.topic, row.received_at) for row in rows)


def _older_requests(connection: Connection, before: datetime, limit: int) -> Aged:
    """Give requests closed before a time (UTC) that are not erased yet, the oldest first; open ones never."""
    own = metadata.tables["request"]
    statement = select(own.c.id, own.c.topic, own.c.closed_at).where(
        own.c.closed_at.between(EARLIEST, before), own.c.topic != GONE
    )
    rows = connection.execute(statement.order_by(own.c.closed_at).limit(limit))
    return tuple((row.id, row.topic, row.closed_at) for row in rows)


def _older_articles(connection: Connection, before: datetime, limit: int) -> Aged:
    """Give articles found before a time (UTC), the oldest first; none with a paper or a round still in hand."""
    ended = [state.value for state in FINISHED]
    in_hand = select(paper.c.article_id).where(paper.c.article_id.is_not(None), paper.c.state.not_in(ended))
    own, rounds = metadata.tables["article"], metadata.tables["rebuttal_round"]
    waiting = select(rounds.c.article_id).where(rounds.c.state.in_([one.value for one in OPEN_STATES]))
    statement = select(own.c.id, own.c.title, own.c.found_at).where(
        own.c.found_at.between(EARLIEST, before),
        own.c.title != GONE,
        own.c.id.not_in(in_hand),
        own.c.id.not_in(waiting),
    )
    rows = connection.execute(statement.order_by(own.c.found_at).limit(limit))
    return tuple((row.id, row.title, row.found_at) for row in rows)


def _older_cases(connection: Connection, before: datetime, limit: int) -> Aged:
    """Give cases closed before a time (UTC) that are not erased yet, the oldest first; open ones never."""
    own, step = metadata.tables["case"], metadata.tables["case_move"]
    last = func.max(step.c.at).label("last")
    statement = (
        select(own.c.id, own.c.title, last)
        .join(step, step.c.case_id == own.c.id)
        .where(own.c.state == CaseState.CLOSED.value, own.c.title != GONE)
        .group_by(own.c.id)
        .having(last.between(EARLIEST, before))
    )
    rows = connection.execute(statement.order_by(last).limit(limit))
    return tuple((row.id, row.title, row.last) for row in rows)


def _older_journalists(connection: Connection, before: datetime, limit: int) -> Aged:
    """Give journalists whose last contact was received before a time (UTC); merged records count as one."""
    own, kept = metadata.tables["contact"], journalist.alias("kept")
    last = func.max(own.c.received_at).label("last")
    statement = (
        select(kept.c.id, kept.c.name, last)
        .select_from(
            own.join(journalist, own.c.journalist_id == journalist.c.id).join(
                kept, kept.c.id == survivor(journalist)
            )
        )
        .group_by(kept.c.id)
        .having(last < before)
    )
    rows = connection.execute(statement.order_by(last).limit(limit))
    return tuple((row.id, row.name, row.last) for row in rows)
