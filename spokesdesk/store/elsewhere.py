"""Other places that publish releases: each paper's way there, queued in the transaction that releases it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, case, delete, insert, select, update

from spokesdesk.domain.elsewhere import Delivery, ElsewhereKind, ElsewherePlace, Receipt
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.publication import is_public
from spokesdesk.store.tables_elsewhere import delivery, elsewhere

UNDERWAY = ("queued", "sent", "accepted")


class SqlElsewhere:
    """The tables of ``tables_elsewhere``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def places(self) -> tuple[ElsewherePlace, ...]:
        """Give the places by name."""
        rows = self._connection.execute(select(elsewhere).order_by(elsewhere.c.name))
        return tuple(
            ElsewherePlace(row.id, ElsewhereKind(row.kind), row.name, row.address, row.account, row.made_at)
            for row in rows
        )

    def add(self, place: ElsewherePlace) -> None:
        """Note a place."""
        self._connection.execute(
            insert(elsewhere).values(
                id=place.id,
                kind=place.kind.value,
                name=place.name,
                address=place.address,
                account=place.account,
                made_at=place.made_at,
            )
        )

    def remove(self, place: UUID) -> None:
        """Forget a place and what went there; what is published there stays."""
        self._connection.execute(delete(delivery).where(delivery.c.place == place))
        self._connection.execute(delete(elsewhere).where(elsewhere.c.id == place))

    def queue(self, paper: Paper, at: datetime) -> bool:
        """Queue a released paper for every place, in the transaction that releases it; False when nowhere."""
        return any([self.queue_at(place.id, paper, at) for place in self.places()])

    def queue_at(self, place: UUID, paper: Paper, at: datetime) -> bool:
        """Queue a released paper for one place; False when it is not for the public or was queued before."""
        here = (delivery.c.place == place) & (delivery.c.record == paper.id)
        if not is_public(paper.letter) or self._connection.scalar(select(delivery.c.state).where(here)):
            return False
        self._connection.execute(
            insert(delivery).values(
                place=place,
                record=paper.id,
                title=paper.title,
                wanted="publish",
                state="queued",
                tries=0,
                changed_at=at,
            )
        )
        return True

    def queue_withdrawal(self, paper: Paper, at: datetime) -> bool:
        """Queue that a paper is taken down wherever it went; False when it went nowhere."""
        done = self._connection.execute(
            update(delivery)
            .where(delivery.c.record == paper.id, delivery.c.wanted == "publish")
            .values(wanted="withdraw", state="queued", reason="", tries=0, changed_at=at)
        )
        return bool(done.rowcount)

    def underway(self, place: UUID) -> tuple[Delivery, ...]:
        """Give what is on its way to a place, the oldest first."""
        here = (delivery.c.place == place) & delivery.c.state.in_(UNDERWAY)
        rows = self._connection.execute(select(delivery).where(here).order_by(delivery.c.changed_at))
        return tuple(_delivery(row) for row in rows)

    def rows(self, limit: int = 500) -> tuple[Delivery, ...]:
        """Give all ways: what is not there yet first, then the newest."""
        is_done = case((delivery.c.state.in_(("published", "withdrawn")), 1), else_=0)
        ordered = select(delivery).order_by(is_done, delivery.c.changed_at.desc()).limit(limit)
        return tuple(_delivery(row) for row in self._connection.execute(ordered))

    def note(self, before: Delivery, receipt: Receipt, at: datetime) -> bool:
        """Note what a place answered; False when the way was changed meanwhile, and the answer is of the past."""
        here = (delivery.c.place == before.place) & (delivery.c.record == before.record)
        done = self._connection.execute(
            update(delivery)
            .where(here, delivery.c.wanted == before.wanted)
            .values(
                state=receipt.state,
                url=receipt.url,
                remote=receipt.remote or before.remote,
                reason=receipt.reason,
                tries=before.tries + 1,
                changed_at=at,
            )
        )
        return bool(done.rowcount)

    def retry(self, place: UUID, record: UUID, at: datetime) -> bool:
        """Queue anew what a place refused; False when it refused nothing of it."""
        here = (delivery.c.place == place) & (delivery.c.record == record)
        done = self._connection.execute(
            update(delivery)
            .where(here, delivery.c.state == "quarantined")
            .values(state="queued", reason="", changed_at=at)
        )
        return bool(done.rowcount)


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        row.place,
        row.record,
        row.title,
        row.wanted,
        row.state,
        row.reason,
        row.url,
        row.remote,
        row.tries,
        row.changed_at,
    )
