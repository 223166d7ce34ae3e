"""Records of colleagues that bear a mark of secrecy: listed without what they say, and tried once more."""

from uuid import UUID

from sqlalchemy import func, select

from spokesdesk.services.ports.sync import SetAside
from spokesdesk.store.replica_checks import Checks
from spokesdesk.store.replica_land import held_again, land
from spokesdesk.store.replica_marks import silenced
from spokesdesk.store.replica_renew import Nouns, renew
from spokesdesk.store.replica_state import ASIDE
from spokesdesk.store.seals import Seals
from spokesdesk.store.tables import member
from spokesdesk.store.tables_sync import feed_log, replica


class Asides(Checks):
    """The records in the state ``aside``."""

    _nouns: Nouns
    _seals: Seals

    def aside(self) -> tuple[SetAside, ...]:
        """Give the records that came and were set aside, because they bear a mark of secrecy; never what they say."""
        rows = self._connection.execute(select(replica).where(replica.c.state == ASIDE))
        return tuple(SetAside(row.record, row.entity, self._author(row.record)) for row in rows)

    def _author(self, record: UUID) -> str:
        """Give who wrote a record last, by name, as far as the feed that is kept here says."""
        of_it = func.json_extract(feed_log.c.effect, "$.op.rec") == str(record)
        wanted = select(func.json_extract(feed_log.c.effect, "$.op.actor")).where(of_it)
        actor = self._connection.scalar(wanted.order_by(feed_log.c.seq.desc()).limit(1))
        if not actor:
            return ""
        return self._connection.scalar(select(member.c.name).where(member.c.id == UUID(actor))) or ""

    def try_aside(self) -> int:
        """Try once more what was set aside; give how many records are still."""
        again = held_again(self._connection, aside=True)
        with silenced(self._connection):
            renew(self._nouns, self._connection, land(self._connection, again, self._seals))
        still = select(func.count()).select_from(replica).where(replica.c.state == ASIDE)
        return self._connection.scalar(still) or 0
