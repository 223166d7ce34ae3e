"""What this desk knows the portal to have, counted to be compared with the portal's own counts."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, select, update

from spokesdesk import wire
from spokesdesk.store.replica_state import DELETED, LOST, chunks
from spokesdesk.store.replica_strange import lose
from spokesdesk.store.replica_tables import by_entity
from spokesdesk.store.tables_sync import changed, outbox, replica, replication


def forget(connection: Connection, records: Iterable[UUID]) -> None:
    """Forget that the portal has some records."""
    for part in chunks(records):
        connection.execute(delete(replica).where(replica.c.record.in_(part)))


class Checks:
    """The hourly comparison, as the store takes part in it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counts(self) -> dict[str, tuple[int, int]]:
        """Give for each noun how many records the portal has, and their joined marks, to compare with the portal's."""
        found: dict[str, tuple[int, int]] = {}
        there = replica.c.state.not_in([DELETED, LOST])
        wanted = select(replica.c.entity, replica.c.record, replica.c.ver).where(there)
        for entity, record, ver in self._connection.execute(wanted).yield_per(5000):
            count, marks = found.get(entity, (0, 0))
            found[entity] = (count + 1, marks ^ wire.record_mark(record, ver))
        return found

    def is_check_due(self, before: datetime) -> bool:
        """Say whether the last comparison was before a moment, or never was; not while this desk is filled."""
        row = self._connection.execute(select(replication)).first()
        return row is not None and not row.filled and (row.compared_at is None or row.compared_at < before)

    def note_checked(self, at: datetime, repaired: int) -> None:
        """Keep when this desk compared itself with the portal, and how many records it ever had to repair."""
        total = replication.c.repaired + repaired
        self._connection.execute(update(replication).values(compared_at=at, repaired=total))

    def send_unknown(self, entity: str, known: Collection[UUID]) -> int:
        """Have what the portal does not know of a noun sent as new.

        Args:
            known: all records of the noun at the portal.

        Returns:
            How many records it did not know.
        """
        spec = by_entity().get(entity)
        of_it = (replica.c.entity == entity) & (replica.c.state != LOST)
        own = self._connection.scalars(select(replica.c.record).where(of_it))
        unknown = set(own).difference(known)
        for part in chunks(unknown):
            waiting = set(self._connection.scalars(select(outbox.c.record).where(outbox.c.record.in_(part))))
            unknown -= waiting
        lose(self._connection, spec, unknown)
        if spec is None or not unknown:
            return len(unknown)
        keys = self._connection.exec_driver_sql(f'SELECT {spec.key_sql("t")} FROM "{spec.table.name}" AS t')
        again = [key for (key,) in keys if spec.record_of(key) in unknown]
        for key in again:
            self._connection.exec_driver_sql(
                f"INSERT OR IGNORE INTO {changed.name}(noun, key) VALUES (?, ?)", (spec.table.name, key)
            )
        return len(unknown)
