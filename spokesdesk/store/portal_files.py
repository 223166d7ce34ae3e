"""Which files the portal was seen to hold."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from spokesdesk.store.tables_sync import portal_file


class SqlPortalFiles:
    """The portal_file table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def seen(self, epoch: str, since: datetime) -> frozenset[str]:
        """Give the files seen at the portal in this epoch of the journal, not longer ago."""
        here = (portal_file.c.epoch == epoch) & (portal_file.c.seen_at >= since)
        return frozenset(self._connection.scalars(select(portal_file.c.sha256).where(here)))

    def known(self, epoch: str) -> frozenset[str]:
        """Give the files ever seen at the portal in this epoch of the journal."""
        here = portal_file.c.epoch == epoch
        return frozenset(self._connection.scalars(select(portal_file.c.sha256).where(here)))

    def note(self, files: Sequence[str], epoch: str, at: datetime) -> None:
        """Note that the portal holds these files."""
        rows = [{"sha256": sha256, "epoch": epoch, "seen_at": at} for sha256 in files]
        if rows:
            self._connection.execute(insert(portal_file).prefix_with("OR REPLACE"), rows)
