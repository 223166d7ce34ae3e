"""Counting over a period for reports, in the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from spokesdesk.domain.journal import Channel
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.requests import RequestState
from spokesdesk.domain.sending import GONE
from spokesdesk.store.tables import article, claim, contact, paper
from spokesdesk.store.tables_requests import request


class SqlCounters:
    """Counts of several tables; nothing is written."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def occasions(self, channel: Channel, start: datetime, end: datetime) -> Sequence[tuple[datetime, str]]:
        """Give when somebody was met in a way between two moments (UTC, the end left out), and on which occasion."""
        statement = select(contact.c.received_at, func.coalesce(contact.c.occasion, "")).where(
            contact.c.received_at >= start,
            contact.c.received_at < end,
            contact.c.channel == channel.value,
            contact.c.corrected_by.is_(None),
        )
        return [(row[0], row[1]) for row in self._connection.execute(statement)]

    def requests(self, start: datetime, end: datetime) -> tuple[int, int]:
        """Give how many of the requests received between two moments are answered, and how many there were."""
        within = (request.c.received_at >= start, request.c.received_at < end)
        counted = select(request.c.state, func.count()).where(*within).group_by(request.c.state)
        states = {row[0]: row[1] for row in self._connection.execute(counted)}
        return states.get(RequestState.ANSWERED.value, 0), sum(states.values())

    def false_reports(self, start: datetime, end: datetime) -> tuple[int, int]:
        """Give how many articles with claims found between two moments were answered by a letter, of how many."""
        wrong = select(claim.c.article_id).distinct()
        within = (article.c.found_at >= start, article.c.found_at < end, article.c.id.in_(wrong))
        letters = select(paper.c.article_id).where(
            paper.c.kind == LetterKind.CONG_VAN.value, paper.c.state.in_(sorted(GONE))
        )
        total = self._connection.scalar(select(func.count()).select_from(article).where(*within)) or 0
        answered = select(func.count()).select_from(article).where(*within, article.c.id.in_(letters))
        return self._connection.scalar(answered) or 0, total
