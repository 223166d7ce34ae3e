"""The records that several desks share: what was saved here goes out, what colleagues saved comes in."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_renew

from spokesdesk import wire
from spokesdesk.domain.errors import UserError
from spokesdesk.services.ports.sync import Filling, Merged, SyncConflict
from spokesdesk.store.bulk import has_between
from spokesdesk.store.replica_adopt import adopted_id, effect_of, found_of, fresh, unsent
from spokesdesk.store.replica_checks import forget
from spokesdesk.store.replica_conflicts import move_beside, read_conflicts, settling, subject_of
from spokesdesk.store.replica_entries import Landing
from spokesdesk.store.replica_filling import Fillings
from spokesdesk.store.replica_gather import REMAINS, Found, gather, queue_values
from spokesdesk.store.replica_land import forget_all
from spokesdesk.store.replica_marks import ensure_triggers, mark_all, silenced
from spokesdesk.store.replica_ready import Ready
from spokesdesk.store.replica_renew import Nouns, renew
from spokesdesk.store.replica_state import (
    DELETED,
    FULLER,
    HELD,
    LOCKED,
    MARKED,
    PLACED,
    Replica,
    read_replicas,
)
from spokesdesk.store.replica_strange import known_since, stand
from spokesdesk.store.replica_tables import by_entity, in_order_of_filling
from spokesdesk.store.replica_unlock import catch_up, unlock
from spokesdesk.store.seals import Seals
from spokesdesk.store.tables_sync import (
    enrolled,
    ledger,
    outbox,
    replication,
    sync_conflict,
)

_GATHERED = 1000


class SqlReplicas(Fillings):
    """The tables of sharing: ``changed``, ``replica``, ``sync_conflict`` and, of the outbox, what is no release."""

    def __init__(self, connection: Connection, nouns: Nouns, seals: Seals) -> None:
        super().__init__(connection)
        self._nouns, self._seals = nouns, seals

    def join(self, *, filling: bool) -> None:
        """Begin to share: every row there is goes out, every one saved from now on.

        Args:
            filling: the journal holds records that this desk is filled with first.
        """
        self._connection.execute(
            insert(replication).values(id=1, marking=True, repaired=0, filled="- " if filling else "")
        )
        ensure_triggers(self._connection)
        mark_all(self._connection)

    def gather(self, at: datetime, actor: str, new_id: Callable[[], UUID]) -> int:
        """Put what was saved since the last time into the outbox; give how many operations that made."""
        place = self._place()
        if place is None:
            return 0
        if newly_known := known_since(self._connection):
            with silenced(self._connection):
                stale = catch_up(self._connection, self._seals, newly_known)
                renew(self._nouns, self._connection, stale)
        found = gather(self._connection, place.device, actor, self._seals)
        ids = iter(new_id, None)
        total, dseq = 0, place.dseq
        while part := list(islice(found, _GATHERED)):
            ops, shown = queue_values(part, place.journal, place.device, dseq, at, ids)
            self._queue(ops, shown)
            dseq += len(part)
            total += len(part)
        if total:
            self._connection.execute(update(enrolled).values(dseq=dseq))
        return total

    def land(self, effects: Sequence[wire.Effect], own: UUID, at: datetime) -> tuple[Merged, ...]:
        """Write what operations of the feed did, in their order; what is unsent here stays on top.

        Args:
            effects: after the outbox let go of those of this desk.
            own: this desk's id.

        Returns:
            Texts that the portal merged for this desk; each is still to be saved as a version.
        """
        landing = Landing()
        landing.replicas = read_replicas(self._connection, [effect.op.rec for effect in effects])
        merged: list[Merged] = []
        mine: dict[UUID, str] = {}
        for effect in effects:
            if effect.op.entity == wire.RELEASED:
                continue
            self._take(landing, effect, own)
            self._keep_conflicts(effect.conflicts, effect.op.actor, at)
            if effect.op.device == own:
                mine[effect.op.rec] = effect.op.actor
                if effect.before:
                    merged.append(
                        Merged(effect.op.entity, effect.op.rec, dict(effect.fields), effect.op.actor)
                    )
        self._write(landing)
        self._forget_bodies(effects)
        return (*self._standing(landing, merged), *self._beside(landing, mine))

    def fill(self, page: wire.Snapshot, at: datetime, ready: Ready | None = None) -> None:
        """Write a page of records as the portal has them.

        Args:
            ready: what ``make_ready`` gave for it.
        """
        for found in page.conflicts:
            self._keep_conflicts([found], found.actor, at)
        if ready is not None and self._fill_at_once(page, ready):
            return
        landing = Landing()
        ids = [state.rec for state in page.records]
        is_new = not has_between(self._connection, "replica", "record", ids)
        known = {} if is_new else read_replicas(self._connection, ids)
        for state in page.records:
            before = known.get(state.rec)
            if state.entity == wire.RELEASED or (before is not None and before.ver >= state.ver):
                continue
            self._take_state(landing, state, before)
        self._write(landing)

    def repair(self, page: wire.Snapshot, at: datetime) -> int:
        """Write the records of a page that are not here as the portal has them; give how many those were."""
        known = read_replicas(self._connection, [state.rec for state in page.records])
        differing = [
            state
            for state in page.records
            if (found := known.get(state.rec)) is None
            or (found.ver, found.state == DELETED) != (state.ver, state.deleted)
        ]
        forget(self._connection, [state.rec for state in differing])
        self.fill(msgspec.structs.replace(page, records=differing), at)
        return len(differing)

    def _take_state(self, landing: Landing, state: wire.RecordState, before: Replica | None) -> None:
        spec = by_entity().get(state.entity)
        made = Replica(state.rec, state.entity, state.ver, state.fields, DELETED if state.deleted else PLACED)
        landing.replicas[state.rec] = made
        if state.entity == REMAINS:
            self._take_remains(landing, state.fields)
        elif spec is None:
            made.state = DELETED if state.deleted else _elsewhere(state.entity)
        elif state.deleted:
            landing.gone[state.entity].append(state.rec)
        elif not spec.is_append:
            landing.records[state.entity].append(state.rec)
        else:
            self._take_entry(landing, state, before)

    def _take_entry(self, landing: Landing, state: wire.RecordState, before: Replica | None) -> None:
        made = landing.replicas[state.rec]
        if before is not None and before.state == MARKED:
            made.state, made.fields = MARKED, before.fields
            return
        if before is not None and before.state in {LOCKED, FULLER}:
            made.state = before.state
        if before is None or not before.ver:
            landing.entries[state.entity].append((state.rec, state.fields))
        elif made.state not in {LOCKED, FULLER}:
            made.fields = None

    def _take(self, landing: Landing, effect: wire.Effect, own: UUID) -> None:
        op, spec = effect.op, by_entity().get(effect.op.entity)
        made = landing.replicas.get(op.rec)
        if made is None:
            made = landing.replicas[op.rec] = Replica(op.rec, op.entity, 0, None)
        made.ver = effect.ver
        values = wire.values_after(effect)
        if spec is None or not spec.is_append:
            made.fields = (made.fields or {}) | values
        if effect.deleted:
            made.state = DELETED
            landing.gone[op.entity].append(op.rec)
            return
        if op.rec in landing.gone.get(op.entity, ()):
            landing.gone[op.entity].remove(op.rec)  # deleted and brought back within one page
        if spec is None:
            made.state = _elsewhere(op.entity)
            if op.entity == REMAINS and op.device != own:
                self._take_remains(landing, values)
            return
        stand(made, op, spec)
        if not spec.is_append:
            landing.records[op.entity].append(op.rec)
        elif op.kind in {"append", "restore"}:
            landing.add_entry(spec, op.rec, values, is_own=op.device == own)

    def _keep_conflicts(self, conflicts: Sequence[wire.Conflict], actor: str, at: datetime) -> None:
        for found in conflicts:
            is_settled = found.state == "settled"
            values = dict(
                id=found.id,
                record=found.rec,
                entity=found.entity,
                field=found.field,
                base=found.base,
                current=found.current,
                mine=found.mine,
                device=found.device,
                actor=found.actor,
                state=found.state,
                opened_at=at,
                settled_at=at if is_settled else None,
                settled_by=actor if is_settled else "",
            )
            made = insert_or_renew(sync_conflict).values(**values)
            newer = {name: made.excluded[name] for name in values if name not in {"id", "opened_at"}}
            try:
                self._connection.execute(made.on_conflict_do_update(index_elements=["id"], set_=newer))
            except UserError as error:
                # One of the values bears a mark of secrecy: the record is set aside, and so is the choice about it.
                if error.code != "secret_marked":
                    raise

    def queue(self, found: Sequence[Found], at: datetime, new_id: Callable[[], UUID]) -> None:
        """Put operations into the outbox that are no change of a row: conflicts settled, records brought back."""
        place = self._place()
        assert place is not None
        ids: Iterator[UUID] = iter(new_id, None)
        ops, shown = queue_values(found, place.journal, place.device, place.dseq, at, ids)
        self._queue(ops, shown)
        self._connection.execute(update(enrolled).values(dseq=place.dseq + len(found)))

    def _queue(self, ops: list[dict[str, Any]], shown: list[dict[str, Any]]) -> None:
        made = insert_or_renew(ledger)
        renewed: dict[str, Any] = {name: made.excluded[name] for name in ("state", "changed_at")}
        for name in ("title", "folded"):
            renewed[name] = func.coalesce(func.nullif(made.excluded[name], ""), ledger.c[name])
        still = ledger.c.state != "quarantined"
        self._connection.execute(
            made.on_conflict_do_update(index_elements=["record"], set_=renewed, where=still), shown
        )
        self._connection.execute(insert(outbox), ops)

    def nouns(self) -> tuple[str, ...]:
        """Give the nouns of shared records, keys first, what is sealed last, parents before what points to them."""
        return (wire.KEY_GRANT, *in_order_of_filling(), REMAINS)

    def begin_anew(self) -> None:
        """Forget what the portal was known to have, open conflicts too; what waits in the outbox stays."""
        forget_all(self._connection)
        # Those that are still open come with their records; a restored portal may know one of them no more.
        self._connection.execute(delete(sync_conflict).where(sync_conflict.c.state == "open"))
        self.note_filling(Filling())

    def subject_of(self, entity: str, record: UUID) -> tuple[str, UUID] | None:
        """Give the row here that a record of the portal is about: its table and id."""
        return subject_of(self._connection, entity, record)

    def conflicts(self, *, open_only: bool = True) -> tuple[SyncConflict, ...]:
        """Give the conflicts, the latest first."""
        return read_conflicts(self._connection, self._seals, open_only=open_only)

    def has_conflict(self, table: str, record: UUID) -> bool:
        """Say whether somebody still has to decide about a record."""
        spec = next((one for one in by_entity().values() if one.table.name == table and one.read), None)
        at_portal = spec.record_of(record.hex.upper()) if spec else record
        is_open = (sync_conflict.c.record == at_portal) & (sync_conflict.c.state == "open")
        return self._connection.scalar(select(sync_conflict.c.id).where(is_open).limit(1)) is not None

    def settle(
        self, conflict: SyncConflict, value: object, at: datetime, actor: str, new_id: Callable[[], UUID]
    ) -> None:
        """Queue the decision of a conflict; here it holds at once.

        Args:
            value: one of the two, or a third one.
        """
        patch = {conflict.field: settling(self._connection, self._seals, conflict, value)}
        known = read_replicas(self._connection, [conflict.record]).get(conflict.record)
        ver = known.ver if known else 0
        made = Found(conflict.entity, conflict.record, "settle", ver, patch, actor, conflict.title)
        self.queue([made], at, new_id)
        decided = update(sync_conflict).where(sync_conflict.c.id == conflict.id)
        self._connection.execute(decided.values(state="settled", settled_at=at, settled_by=actor))
        move_beside(self._connection, conflict, value)
        spec = by_entity().get(conflict.entity)
        if known is not None and spec is not None and not spec.is_append:
            landing = Landing(replicas={conflict.record: known})
            landing.records[conflict.entity].append(conflict.record)
            self._write(landing)

    def unsent(self) -> tuple[list[wire.Op], int]:
        """Give what of shared records waits here, and how many other operations do."""
        return unsent(self._connection)

    def adopt(self, ops: Sequence[wire.Op], own: UUID, at: datetime) -> int:
        """Take over what waited on a colleague's desk: here at once, and sent as this desk's own.

        Args:
            own: this desk's id.

        Returns:
            How many operations were new here.
        """
        new = fresh(self._connection, ops)
        if not new:
            return 0
        known = read_replicas(self._connection, [op.rec for op in new])
        vers = {record: made.ver for record, made in known.items()}
        self.land([effect_of(op, vers.get(op.rec, 0), at) for op in new], own, at)
        ids = iter([adopted_id(op) for op in new])
        self.queue([found_of(op) for op in new], at, lambda: next(ids))
        return len(new)

    def unlock(self, after: int = 0) -> int | None:
        """Write some of what waited for a key that is here now.

        Args:
            after: what the call before gave.

        Returns:
            Where to go on from; None at the end.
        """
        with silenced(self._connection):
            stale, reached = unlock(self._connection, self._seals, after)
            renew(self._nouns, self._connection, stale)
        return reached

    def _place(self) -> Row[Any] | None:
        return self._connection.execute(select(enrolled)).first()


def _elsewhere(entity: str) -> str:
    """Give the state of a record that is no row of a table: known for what it is, or of a program to come."""
    return PLACED if entity in {REMAINS, wire.KEY_GRANT} else HELD
