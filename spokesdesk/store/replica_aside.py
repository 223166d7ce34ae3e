"""What comes and is no plain row: records set aside for a mark of secrecy, and what is left of erased ones."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from spokesdesk import wire
from spokesdesk.services.ports.sync import SetAside
from spokesdesk.store.carried import ERASED
from spokesdesk.store.replica_checks import Checks
from spokesdesk.store.replica_entries import Landing
from spokesdesk.store.replica_land import held_again, land
from spokesdesk.store.replica_marks import silenced
from spokesdesk.store.replica_renew import Nouns, renew
from spokesdesk.store.replica_state import ASIDE, MARKED, Replica, in_state, read_replicas
from spokesdesk.store.replica_tables import Spec, by_entity
from spokesdesk.store.replica_unlock import unlock
from spokesdesk.store.seals import Seals
from spokesdesk.store.tables import member
from spokesdesk.store.tables_sync import carried_op, feed_log, ledger, replica


class Asides(Checks):
    """Records in the state ``aside``, and erased ones."""

    _nouns: Nouns
    _seals: Seals

    def aside(self) -> tuple[SetAside, ...]:
        """Give the records that came and were set aside, because they bear a mark of secrecy; never what they say."""
        rows = self._connection.execute(select(replica).where(in_state(ASIDE, MARKED)))
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
        with silenced(self._connection):
            reached: int | None = 0
            while reached is not None:
                stale, reached = unlock(self._connection, self._seals, reached, MARKED)
                renew(self._nouns, self._connection, stale)
            again = held_again(self._connection, aside=True)
            renew(self._nouns, self._connection, land(self._connection, again, self._seals))
        still = select(func.count()).select_from(replica).where(in_state(ASIDE, MARKED))
        return self._connection.scalar(still) or 0

    def _take_remains(self, landing: Landing, values: dict[str, Any]) -> None:
        """Take what is left of an entry: for its row, or as the row where the bodies went before it came."""
        noun, entry = str(values["noun"]), UUID(values["entry"])
        spec = by_entity().get(noun)
        is_coming = any(record == entry for record, _values in landing.entries.get(noun, ()))
        if spec is None or is_coming or self._has_row(spec, entry):
            landing.remains[noun].append(values)
            return
        known = read_replicas(self._connection, [entry])
        landing.replicas.setdefault(entry, known.get(entry) or Replica(entry, noun, 0, None))
        landing.entries[noun].append((entry, values["values"]))

    def _has_row(self, spec: Spec, entry: UUID) -> bool:
        table = spec.table
        return self._connection.scalar(select(table.c.id).where(table.c.id == entry)) is not None

    def _forget_bodies(self, effects: Sequence[wire.Effect]) -> None:
        """Let go of what was kept of erased records: in the log, for others by hand, as the ledger calls them.

        The chain holds.
        """
        for effect in effects:
            if effect.op.kind == "erase":
                here = select(feed_log.c.seq).where(feed_log.c.op_id == effect.op.op_id).scalar_subquery()
                of_it = func.json_extract(feed_log.c.effect, "$.op.rec") == str(effect.op.rec)
                gone = update(feed_log).where(of_it, feed_log.c.seq < here)
                self._connection.execute(gone.values(effect=None, salt=None))
                brought = update(carried_op).where(carried_op.c.record == effect.op.rec)
                self._connection.execute(brought.where(carried_op.c.state == "arrived").values(op=ERASED))
                named = update(ledger).where(ledger.c.record == effect.op.rec)
                self._connection.execute(named.values(title="", folded=""))
