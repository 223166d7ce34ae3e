"""Which files the portal was seen to hold, and for which desks this one carries."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from spokesdesk.services.ports.sync import CarriedDesk
from spokesdesk.store.tables_sync import carried, portal_file


class SqlPortalFiles:
    """The portal_file and carried tables."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def seen(self, epoch: str, since: datetime) -> frozenset[str]:
        """Give the files seen at the portal in this epoch of the journal, not longer ago."""
        here = (portal_file.c.epoch == epoch) & (portal_file.c.seen_at >= since)
        return frozenset(self._connection.scalars(select(portal_file.c.sha256).where(here)))

    def note(self, files: Sequence[str], epoch: str, at: datetime) -> None:
        """Note that the portal holds these files."""
        rows = [{"sha256": sha256, "epoch": epoch, "seen_at": at} for sha256 in files]
        if rows:
            self._connection.execute(insert(portal_file).prefix_with("OR REPLACE"), rows)

    def carried(self) -> tuple[CarriedDesk, ...]:
        """Give the desks for which this one carries, the latest first."""
        rows = self._connection.execute(select(carried).order_by(carried.c.at.desc()))
        return tuple(
            CarriedDesk(row.who, (row.epoch, row.seq, row.chain), row.joined, row.at) for row in rows
        )

    def note_carried(self, desk: CarriedDesk) -> None:
        """Note how far a desk has read, or what the portal answered to its wish to join."""
        epoch, seq, chain = desk.cursor
        self._connection.execute(delete(carried).where(carried.c.who == desk.who))
        row = {
            "who": desk.who,
            "epoch": epoch,
            "seq": seq,
            "chain": chain,
            "joined": desk.joined,
            "at": desk.at,
        }
        self._connection.execute(insert(carried), row)
