"""Records written down as the portal has them, and of their texts what no version here says yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.people import Ref
from spokesdesk.services.ports.sync import Merged
from spokesdesk.store.replica_aside import Asides
from spokesdesk.store.replica_at_once import write_at_once
from spokesdesk.store.replica_conflicts import subject_of
from spokesdesk.store.replica_entries import Landing
from spokesdesk.store.replica_land import held_again, land
from spokesdesk.store.replica_marks import silenced
from spokesdesk.store.replica_parts import Stale
from spokesdesk.store.replica_ready import Ready
from spokesdesk.store.replica_renew import renew
from spokesdesk.store.replica_state import DELETED, Replica, read_replicas, read_unsent
from spokesdesk.store.replica_tables import Spec, by_entity
from spokesdesk.store.replica_texts import left_aside, save_text
from spokesdesk.store.replica_unlock import unlock


class Standing(Asides):
    """What stands here after something came: rows, and texts of several people."""

    def _write(self, landing: Landing) -> None:
        grants = (made.fields or {} for made in landing.replicas.values() if made.entity == wire.KEY_GRANT)
        has_new_key = self._seals.take(grants)
        with silenced(self._connection):
            self._work_out(land(self._connection, landing, self._seals), has_new_key=has_new_key)

    def _write_ready(self, ready: Ready) -> bool:
        """Write a page that was made ready; False, and nothing written, where it has to be looked at one by one."""
        with silenced(self._connection):
            stale = write_at_once(self._connection, ready)
            if stale is None:
                return False
            self._work_out(stale, has_new_key=False)
        return True

    def _work_out(self, stale: Stale, *, has_new_key: bool) -> None:
        again = held_again(self._connection)
        if again.replicas:
            _joined(stale, land(self._connection, again, self._seals))
        if has_new_key:
            # After an exchange of keys these are all; of a desk that joined the rest is opened part by part.
            _joined(stale, unlock(self._connection, self._seals, 0)[0])
        renew(self._nouns, self._connection, stale)

    def stand(self, records: Sequence[UUID]) -> tuple[Merged, ...]:
        """Write records as the portal has them, after the outbox let go of what it had taken before.

        Returns:
            Texts as the portal has them, but of those on which something unsent stands: each is still to be saved as
            a version where it says something else.
        """
        landing = Landing(replicas=read_replicas(self._connection, records))
        unsent = read_unsent(self._connection, records)
        texts: list[Merged] = []
        for record, known in landing.replicas.items():
            spec = by_entity().get(known.entity)
            if spec is None or spec.is_append:
                continue
            there = landing.gone if known.state == DELETED else landing.records
            there[known.entity].append(record)
            read = self._shown(spec, known)
            if read and known.state != DELETED and record not in unsent:
                texts.append(Merged(known.entity, record, read, ""))
        self._write(landing)
        return tuple(texts)

    def save_text(
        self, entity: str, record: UUID, fields: Mapping[str, Any], text_id: UUID, at: datetime, by: Ref
    ) -> bool:
        """Save the latest text of a record with other fields as its next version; False when it says the same."""
        spec = by_entity().get(entity)
        if spec is None or not spec.read:
            return False
        known = {name: value for name, value in fields.items() if name in spec.read}
        is_saved = save_text(self._connection, self._nouns.chain, spec, record, known, text_id, at, by)
        if is_saved:
            renew(self._nouns, self._connection, {spec.table.name: {record: None}})
        return is_saved

    def said_by_portal(self, ops: Sequence[wire.Op]) -> list[UUID]:
        """Give those of some operations that say nothing which the portal is not known to have."""
        known = read_replicas(self._connection, [op.rec for op in ops])
        return [op.op_id for op in ops if _says(known.get(op.rec), op)]

    def _standing(self, landing: Landing, merged: Sequence[Merged]) -> Iterator[Merged]:
        """Give the merged texts that nothing was written over since, at the portal or here and still unsent."""
        unsent = read_unsent(self._connection, [one.record for one in merged])
        for one in merged:
            known = landing.replicas[one.record].fields or {}
            waiting = unsent[one.record].values if one.record in unsent else {}
            fields = {
                name: value
                for name, value in one.fields.items()
                if known.get(name) == value and name not in waiting
            }
            if fields:
                yield replace(one, fields=fields)

    def _beside(self, landing: Landing, mine: Mapping[UUID, str]) -> Iterator[Merged]:
        """Give what this desk's people wrote into other fields of a text than a colleague, whose text stands."""
        unsent = read_unsent(self._connection, mine)
        for record, actor in mine.items():
            known = landing.replicas[record]
            spec = by_entity().get(known.entity)
            if spec is None or not spec.read or known.state == DELETED or record in unsent:
                continue
            subject = subject_of(self._connection, known.entity, record)
            if subject is None:
                continue
            fields = left_aside(self._connection, spec, subject[1], self._shown(spec, known))
            if fields:
                yield Merged(known.entity, record, fields, actor)

    def _shown(self, spec: Spec, known: Replica) -> dict[str, Any]:
        fields = known.fields or {}
        return {
            name: self._seals.shown_or_awaited(known.entity, known.record, name, fields[name])
            for name in spec.read
            if name in fields
        }


def _says(known: Replica | None, op: wire.Op) -> bool:
    if known is None or not known.ver:
        return False
    if op.kind in {"delete", "erase"} or known.state == DELETED:
        return known.state == DELETED
    fields = known.fields or {}
    return op.kind == "append" or all(fields.get(name) == change.new for name, change in op.patch.items())


def _joined(stale: Stale, more: Stale) -> None:
    for table, records in more.items():
        stale[table] = stale.get(table, {}) | records
