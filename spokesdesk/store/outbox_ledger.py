"""What a person sees of each record's way to the portal: its state, why it stopped, its receipt."""

from uuid import UUID

from sqlalchemy import case, func, select

from spokesdesk import wire
from spokesdesk.services.ports import SyncRow, SyncState
from spokesdesk.store.outbox_place import Place
from spokesdesk.store.replica_state import ASIDE, LOCKED, MARKED, in_state
from spokesdesk.store.tables_sync import changed, ledger, replica, replication, sync_conflict

UNDERWAY = ("queued", "sent")
# Not what has arrived: that is nearly all of a large ledger.
_COUNTED = (*UNDERWAY, "published", "withdrawn", "quarantined")


class Ledger(Place):
    """The ledger as lists and the status line read it."""

    def state(self) -> SyncState:
        """Give what the status line says."""
        place = self._place()
        counted = (
            select(ledger.c.entity == wire.RELEASED, ledger.c.state, func.count())
            .where(ledger.c.state.in_(_COUNTED))
            .group_by(ledger.c.entity == wire.RELEASED, ledger.c.state)
        )
        counts: dict[tuple[bool, str], int] = {
            (bool(row[0]), row[1]): row[2] for row in self._connection.execute(counted)
        }
        filled = self._connection.scalar(select(replication.c.filled))
        is_open = select(func.count()).where(sync_conflict.c.state == "open")
        is_aside = select(func.count()).select_from(replica).where(in_state(ASIDE, MARKED))
        locked = select(func.count()).select_from(replica).where(in_state(LOCKED))
        unnoted = self._connection.scalar(select(func.count()).select_from(changed)) or 0
        return SyncState(
            portal=place.portal if place else "",
            queued=counts.get((True, "queued"), 0),
            sent=counts.get((True, "sent"), 0),
            published=counts.get((True, "published"), 0),
            quarantined=counts.get((True, "quarantined"), 0),
            last_round_at=place.last_round_at if place else None,
            fault=place.fault if place else "",
            withdrawn=counts.get((True, "withdrawn"), 0),
            waiting=sum(counts.get((False, state), 0) for state in UNDERWAY) + unnoted,
            refused=counts.get((False, "quarantined"), 0),
            conflicts=self._connection.scalar(is_open) or 0,
            filling=bool(filled),
            filled=self._connection.scalar(select(func.count()).select_from(replica)) or 0 if filled else 0,
            aside=self._connection.scalar(is_aside) or 0,
            awaited=self._connection.scalar(locked) or 0,
            by_hand=bool(place and place.by_hand),
        )

    def record_state(self, record: UUID) -> str:
        """Give where a record is on its way; "" for one that no round has seen yet."""
        found = self._connection.scalar(select(ledger.c.state).where(ledger.c.record == record))
        return str(found or "")

    def rows(self, limit: int = 500, *, every: bool = False) -> tuple[SyncRow, ...]:
        """Give the releases of the ledger, or every record: what is on its way first, then the newest."""
        is_done = case((ledger.c.state.in_(("published", "withdrawn", "accepted")), 1), else_=0)
        wanted = select(ledger) if every else select(ledger).where(ledger.c.entity == wire.RELEASED)
        ordered = wanted.order_by(is_done, ledger.c.changed_at.desc()).limit(limit)
        return tuple(
            SyncRow(row.record, row.entity, row.title, row.state, row.reason, row.changed_at, row.url)
            for row in self._connection.execute(ordered)
        )
