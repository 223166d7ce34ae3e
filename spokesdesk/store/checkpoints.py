"""The heads of the chain day by day."""

from datetime import date

from sqlalchemy import Connection, RowMapping, insert, select, update

from spokesdesk.domain.checkpoints import Checkpoint
from spokesdesk.store.tables_trust import checkpoint


class SqlCheckpoints:
    """The checkpoint table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, made: Checkpoint) -> None:
        """Keep the head of a day; raises ConflictError where the day has one."""
        values = {"day": made.day, "link": made.n, "hash": made.hash, "at": made.at, "token": made.token}
        self._connection.execute(insert(checkpoint), values)

    def all(self) -> tuple[Checkpoint, ...]:
        """Give all checkpoints in the order they were made."""
        rows = self._connection.execute(select(checkpoint).order_by(checkpoint.c.n)).mappings()
        return tuple(_checkpoint(row) for row in rows)

    def of(self, day: date) -> Checkpoint | None:
        """Give the checkpoint of a day."""
        row = self._connection.execute(select(checkpoint).where(checkpoint.c.day == day)).mappings().first()
        return _checkpoint(row) if row else None

    def stamp(self, day: date, token: bytes) -> None:
        """Keep the time stamp that came for a day."""
        self._connection.execute(update(checkpoint).where(checkpoint.c.day == day).values(token=token))


def _checkpoint(row: RowMapping) -> Checkpoint:
    return Checkpoint(row["day"], row["link"], bytes(row["hash"]), row["at"], bytes(row["token"]))
