"""Entries whose personal data were erased here: the portal forgets them, and what is left goes anew."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, select

from spokesdesk import wire
from spokesdesk.store.replica_state import Replica, Unsent, chunks, read_replicas, read_unsent
from spokesdesk.store.replica_tables import SPACE, Spec
from spokesdesk.store.seals import Seals
from spokesdesk.store.tables import chain
from spokesdesk.store.tables_sync import enrolled, peer_link
from spokesdesk.store.tables_trust import deletion, erasure

_NOTHING = Unsent()


def remains_of(entry: UUID) -> UUID:
    """Give the id of the record that says what is left of an entry."""
    return uuid5(SPACE, f"{wire.REMAINS}:{entry.hex.upper()}")


def link_value(link: Any, device: UUID) -> dict[str, Any]:
    """Give the link of an entry as it travels.

    Args:
        device: in whose chain it is.
    """
    return {
        "device": str(device),
        "n": link.n,
        "kind": link.kind,
        "at": link.at.isoformat(),
        "commitment": link.commitment.hex(),
        "hash": link.hash.hex(),
        wire.SALT: link.salt.hex() if link.salt else None,
    }


class Remains:
    """What is left of some entries of a noun.

    Only these are ever changed after they were written: other columns of a row may change beside the entry (the version
    of a case), which says nothing of the entry itself.
    """

    def __init__(self, connection: Connection, spec: Spec, records: Iterable[UUID], seals: Seals) -> None:
        self._connection, self._spec, self._seals = connection, spec, seals
        self._erased: set[UUID] = set()
        for part in chunks(records if spec.is_append else ()):
            self._erased.update(connection.scalars(select(erasure.c.entry).where(erasure.c.entry.in_(part))))
        self._persons: set[UUID] = set()
        for part in chunks(records if spec.entity == "journalist" else ()):
            of_it = deletion.c.subject.in_(part)
            self._persons.update(connection.scalars(select(deletion.c.subject).where(of_it)))

    def is_person(self, record: UUID) -> bool:
        """Say whether this is somebody whose data were erased, here or on a colleague's desk."""
        return record in self._persons

    def has(self, entry: UUID) -> bool:
        """Say whether data of an entry were erased, here or on a colleague's desk."""
        return entry in self._erased

    def patch(self, entry: UUID, values: dict[str, Any]) -> tuple[int, dict[str, wire.FieldChange]]:
        """Give the version of the record of what is left, and how it changes; nothing where it says so already."""
        record = remains_of(entry)
        known: Replica | None = read_replicas(self._connection, [record]).get(record)
        waiting = read_unsent(self._connection, [record]).get(record, _NOTHING)
        held = ((known.fields or {}) if known else {}) | waiting.values
        left = self._seals.hide_all(self._spec.entity, entry, values)
        if held and self._opened(entry, held.get("values") or {}) == values:
            return 0, {}
        said = {"entry": str(entry), "noun": self._spec.entity, "values": left | self._link(entry)}
        changes = {name: wire.FieldChange(held.get(name), value) for name, value in said.items()}
        return known.ver if known else 0, {name: one for name, one in changes.items() if one.base != one.new}

    def _opened(self, entry: UUID, values: dict[str, Any]) -> dict[str, Any]:
        said = {name: value for name, value in values.items() if name != wire.LINK}
        return self._seals.read(self._spec.table, self._spec.entity, entry, said)[0]

    def _link(self, entry: UUID) -> dict[str, Any]:
        """Give the link, which says nothing of the entry any more: its body goes before some desks have read it."""
        own = self._connection.execute(select(chain).where(chain.c.entry == entry)).first()
        if own is not None:
            device = self._connection.scalar(select(enrolled.c.device))
            return {wire.LINK: link_value(own, device)} if device else {}
        theirs = self._connection.execute(select(peer_link).where(peer_link.c.entry == entry)).first()
        return {wire.LINK: link_value(theirs, theirs.device)} if theirs is not None else {}
