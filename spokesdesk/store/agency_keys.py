"""Who of the journal's devices holds which of the agency's keys, and handing keys over through the log."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import to_builtins
from msgspec.structs import replace
from sqlalchemy import Connection, Row, and_, func, insert, select, text, update

from spokesdesk import wire
from spokesdesk.store.replica_gather import Found
from spokesdesk.store.replica_state import DELETED
from spokesdesk.store.replica_unlock import locked_count
from spokesdesk.store.replicas import SqlReplicas
from spokesdesk.store.seals import Seals
from spokesdesk.store.tables_sync import key_holder, outbox, replica

_NO_BOX = wire.DeviceBox("", "", "")
_BOX = frozenset({"box_key", "recovery_key", "box_proof"})


# In these words SQLite takes the index of these few.
_IS_GRANT = text(f"replica.entity = '{wire.KEY_GRANT}'")


class SqlAgencyKeys:
    """The table of devices, and the operations that hand keys over."""

    def __init__(self, connection: Connection, seals: Seals, replicas: SqlReplicas) -> None:
        self._connection, self._seals, self._replicas = connection, seals, replicas

    @property
    def ring(self) -> wire.Ring:
        """The keys that this desk holds."""
        return self._seals.ring

    def locked(self) -> int:
        """Give how many records wait for their key."""
        return locked_count(self._connection)

    def members(self) -> tuple[wire.Member, ...]:
        """Give the devices of the journal as this desk knows them, in the order in which it heard of them."""
        rows = self._connection.execute(
            select(key_holder).order_by(key_holder.c.seen_at, key_holder.c.device)
        )
        return tuple(_member(row) for row in rows)

    def note(self, members: Iterable[wire.Member], at: datetime) -> tuple[wire.Member, ...]:
        """Keep what the portal says of the devices.

        Returns:
            Those of which it gives another signing key than before, or keys that they did not sign: nothing is handed
            over to these, and what was known of them stays.
        """
        known = {one.device: one for one in self.members()}
        doubtful: list[wire.Member] = []
        for one in members:
            before = known.get(one.device)
            is_signed = one.box is None or wire.is_own_box(one.public_key, one.box)
            if not is_signed or (before is not None and before.public_key != one.public_key):
                doubtful.append(one)
            elif before is None:
                new = {"device": one.device, "seen_at": at}
                self._connection.execute(insert(key_holder).values(**new, **_values(one)))
            else:
                kept = replace(one, revoked=one.revoked or before.revoked)
                here = update(key_holder).where(key_holder.c.device == one.device)
                values = _values(kept)
                if kept.box is None:  # what is known of it stays
                    values = {name: value for name, value in values.items() if name not in _BOX}
                self._connection.execute(here.values(**values))
        return tuple(doubtful)

    def hear(self, members: Iterable[wire.Member], at: datetime) -> None:
        """Take a colleague's word for devices not known here yet, and for rights taken back.

        What is known stays as it is: a stick may be old, and would bring back keys that were replaced.
        """
        known = {one.device: one for one in self.members()}
        told = list(members)
        self.note([one for one in told if one.device not in known], at)
        gone = [one.device for one in told if one.revoked and one.device in known]
        self._connection.execute(update(key_holder).where(key_holder.c.device.in_(gone)).values(revoked=True))

    def handed(self) -> frozenset[tuple[str, str]]:
        """Give what was handed over, or is on its way: id of the agency's key, public key that it is for."""
        kept = list(self.grants())
        noun = func.json_extract(outbox.c.op, "$.entity")
        for op in self._connection.scalars(select(outbox.c.op).where(noun == wire.KEY_GRANT)):
            kept.append({name: one.new for name, one in wire.decode(op, wire.Op).patch.items()})
        return frozenset((str(fields.get("key")), str(fields.get("to"))) for fields in kept)

    def grants(self) -> tuple[dict[str, Any], ...]:
        """Give every handing over that the journal has."""
        here = and_(_IS_GRANT, replica.c.state != DELETED)
        found = self._connection.scalars(select(replica.c.fields).where(here))
        return tuple(fields or {} for fields in found)

    def join(self, keys: Sequence[wire.AgencyKey]) -> bool:
        """Keep further keys; True when there were any."""
        return self._seals.join(keys)

    def take(self, private: bytes | None = None) -> bool:
        """Open what was handed over to this device, or to the holder of a private key; True when that gave a key."""
        grants = self.grants()
        return self._seals.take(grants) if private is None else self._seals.take_with(private, grants)

    def hand_over(
        self,
        pairs: Sequence[tuple[wire.AgencyKey, str]],
        journal: UUID,
        at: datetime,
        actor: str,
        new_id: Callable[[], UUID],
    ) -> None:
        """Queue operations that hand keys over, each to a public key (hex)."""
        found = []
        for key, to in pairs:
            grant = wire.Grant(key.id, key.n, to, wire.hand_over(key, to, journal))
            patch = {name: wire.FieldChange(None, value) for name, value in to_builtins(grant).items()}
            found.append(Found(wire.KEY_GRANT, new_id(), "append", 0, patch, actor, ""))
        if found:
            self._replicas.queue(found, at, new_id)


def _member(row: Row[Any]) -> wire.Member:
    # Without its own signature a key was only told by a colleague: sticks are sealed to it, agency keys are not.
    box = wire.DeviceBox(row.box_key, row.recovery_key, row.box_proof) if row.box_proof else None
    return wire.Member(row.device, row.name, row.public_key, box, row.revoked)


def _values(one: wire.Member) -> dict[str, Any]:
    box = one.box or _NO_BOX
    return {
        "name": one.name,
        "public_key": one.public_key,
        "box_key": box.box_key,
        "recovery_key": box.recovery_key,
        "box_proof": box.proof,
        "revoked": one.revoked,
    }
