"""The agency's keys as the store uses them: fields are sealed on their way out and opened as they come in."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Column, Connection, Table, select

from spokesdesk import wire
from spokesdesk.domain.sealing import AWAITED
from spokesdesk.services.ports.outside import DeviceKeys
from spokesdesk.store.columns import Json
from spokesdesk.store.emptied import WHOLE
from spokesdesk.store.tables_sync import enrolled

KEYS, BOX = "agency_keys", "box_key"


class Seals:
    """What one transaction seals and opens.

    Args:
        keys: secrets of this device, where the agency's keys are kept; None where there are none, as before the first
            member is written down.
    """

    def __init__(self, connection: Connection, keys: DeviceKeys | None) -> None:
        self._connection, self._keys = connection, keys

    @cached_property
    def ring(self) -> wire.Ring:
        """The keys that this desk holds, read once a transaction."""
        kept = self._keys.get(KEYS) if self._keys else None
        return wire.decode(kept, wire.Ring) if kept else wire.Ring()

    @cached_property
    def _journal(self) -> UUID:
        return self._connection.scalar(select(enrolled.c.journal)) or UUID(int=0)

    @property
    def is_ready(self) -> bool:
        """Say whether fields can be sealed; until then what has sealed fields stays on this desk."""
        return self.ring.current is not None

    def join(self, found: Iterable[wire.AgencyKey]) -> bool:
        """Keep further keys, on the disk before it returns; True when there were any."""
        made = self.ring.joined(found)
        if made == self.ring or self._keys is None:
            return False
        self._keys.put(KEYS, wire.encode(made))
        self.__dict__["ring"] = made
        return True

    def take(self, grants: Iterable[Mapping[str, Any]]) -> bool:
        """Open what was handed over to this device, and keep it; what is for others, or no grant at all, is left."""
        private = self._keys.get(BOX) if self._keys else None
        return private is not None and self.take_with(private, grants)

    def take_with(self, private: bytes, grants: Iterable[Mapping[str, Any]]) -> bool:
        """Open what was handed over to the holder of a private key, as a printed recovery key gives it."""
        mine, found = wire.box_key(private), []
        for fields in grants:
            try:
                grant = msgspec.convert(fields, wire.Grant)
                if grant.to == mine and self.ring.find(grant.key) is None:
                    found.append(wire.receive(grant.box, private, self._journal))
            except (msgspec.ValidationError, wire.KeyMissingError):
                continue
        return self.join(found)

    def is_sealed(self, entity: str, name: str) -> bool:
        """Say whether a field travels sealed."""
        return name in wire.SEALED_FIELDS.get(entity, ())

    def hide(self, entity: str, record: UUID, name: str, value: Any) -> Any:
        """Give a value as it travels."""
        key = self.ring.current
        if key is None or not self.is_sealed(entity, name) or wire.has_nothing(value):
            return value
        return wire.seal(key, wire.Place(self._journal, entity, record, name), value)

    def hide_all(self, entity: str, record: UUID, values: Mapping[str, Any]) -> dict[str, Any]:
        """Give the fields of a record as they travel, with the salt of its link."""
        if entity not in wire.SEALED_FIELDS:
            return dict(values)
        return {name: self.hide(entity, record, name, value) for name, value in values.items()}

    def hide_salt(self, entity: str, record: UUID, salt: str | None) -> Any:
        """Give the salt of an entry's link as it travels: with it, the words of sealed fields could be guessed."""
        key = self.ring.current
        if key is None or not salt or entity not in wire.SEALED_FIELDS:
            return salt
        return wire.seal(key, wire.Place(self._journal, entity, record, wire.LINK), salt)

    def show(self, entity: str, record: UUID, name: str, value: Any) -> Any:
        """Give a value that travelled.

        Raises:
            KeyMissingError: its key is not here yet.
        """
        if not wire.is_box(value) or not (self.is_sealed(entity, name) or name == wire.LINK):
            return value
        return wire.unseal(self.ring, wire.Place(self._journal, entity, record, name), value)

    def shown_or_awaited(self, entity: str, record: UUID, name: str, value: Any) -> Any:
        """Give a value that travelled, to be looked at: where its key is not here, words that say so."""
        try:
            return self.show(entity, record, name, value)
        except wire.KeyMissingError:
            return AWAITED

    def words_of(self, effect: wire.Effect) -> Iterator[str]:
        """Give the values that an entry brought, as JSON; of sealed ones those whose key is here."""
        op = effect.op
        brought = [(name, change.new) for name, change in op.patch.items()]
        for name, value in (*brought, *effect.fields.items()):
            yield json.dumps(self.shown_or_awaited(op.entity, op.rec, name, value), separators=(",", ":"))

    def read(
        self, table: Table, entity: str, record: UUID, values: Mapping[str, Any]
    ) -> tuple[dict[str, Any], bool]:
        """Give the fields of a record that came, and whether some could not be opened.

        What cannot be opened is given as what stands in its column until the key comes.
        """
        found, is_whole = dict(values), True
        for name in wire.SEALED_FIELDS.get(entity, ()):
            value: Any = found.get(name)
            if not value or not wire.is_box(value):
                continue
            try:
                found[name] = wire.unseal(self.ring, wire.Place(self._journal, entity, record, name), value)
            except wire.KeyMissingError:
                found[name], is_whole = _stand_in(table, table.c[name]), False
        link = found.get(wire.LINK)
        if isinstance(link, dict) and wire.is_box(link.get(wire.SALT)):
            try:
                salt = self.show(entity, record, wire.LINK, link[wire.SALT])
            except wire.KeyMissingError:
                salt, is_whole = None, False
            found[wire.LINK] = link | {wire.SALT: salt}
        return found, is_whole


def _stand_in(table: Table, column: "Column[Any]") -> Any:
    if column.nullable:
        return None
    if isinstance(column.type, Json):
        return WHOLE[table.name][column.name]
    return AWAITED
