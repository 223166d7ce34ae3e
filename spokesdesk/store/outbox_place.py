"""Where this desk is enrolled, and which records ever went on their way to the portal."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select

from spokesdesk.store.tables_sync import enrolled, ledger

_PLACE = select(enrolled)


class Place:
    """What all parts of the outbox ask."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _place(self) -> Row[Any] | None:
        return self._connection.execute(_PLACE).first()

    def _has(self, record: UUID) -> bool:
        return self._connection.scalar(select(ledger.c.record).where(ledger.c.record == record)) is not None
