"""A journal's records and conflicts, as they are held in memory under the journal's lock."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from spokesdesk import wire
from spokesdesk.server.tables import conflict, record

Key = tuple[str, UUID]
SEALED = 0
_OWNER: sa.BindParameter[UUID] = sa.bindparam("owner")
_RECS: sa.BindParameter[UUID] = sa.bindparam("recs", expanding=True)
_RECORDS = sa.select(record).where(
    record.c.journal == _OWNER, record.c.entity == sa.bindparam("entity"), record.c.id.in_(_RECS)
)
_CONFLICTS = (
    sa.select(conflict).where(conflict.c.journal == _OWNER, conflict.c.rec.in_(_RECS)).order_by(conflict.c.id)
)


@dataclass(slots=True)
class Held:
    """One record while operations come to it.

    Attributes:
        fver: version at which a field last changed; ``SEALED`` for a field of an appended record, which never does.
        sets: field → element in canonical form → [version at which it was added, device that added it].
        writers: device → version of its last change.
    """

    entity: str
    id: UUID
    ver: int = 0
    fields: dict[str, Any] = field(default_factory=dict)
    fver: dict[str, int] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    deleted: bool = False
    sets: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    writers: dict[str, int] = field(default_factory=dict)
    deleted_at: datetime | None = None

    def value(self, name: str) -> Any:
        """Give what a field holds; None for one that the record has not."""
        return self.fields[name] if name in self.fields else self.extra.get(name)


@dataclass(slots=True)
class Book:
    """The records and conflicts that a push touches."""

    journal: UUID
    held: dict[Key, Held] = field(default_factory=dict)
    conflicts: dict[UUID, wire.Conflict] = field(default_factory=dict)
    _new: set[Key] = field(default_factory=set)
    _changed: set[Key] = field(default_factory=set)
    _new_conflicts: set[UUID] = field(default_factory=set)
    _changed_conflicts: set[UUID] = field(default_factory=set)

    def find(self, entity: str, rec: UUID) -> Held | None:
        """Give a record; None when there is none."""
        return self.held.get((entity, rec))

    def make(self, entity: str, rec: UUID) -> Held:
        """Give a new record without fields."""
        made = self.held[entity, rec] = Held(entity, rec)
        self._new.add((entity, rec))
        return made

    def touch(self, held: Held) -> None:
        """Note that a record is to be written."""
        self._changed.add((held.entity, held.id))

    def conflicts_of(self, held: Held, name: str) -> list[wire.Conflict]:
        """Give the conflicts of a field, settled ones too."""
        here = (held.entity, held.id, name)
        return [one for one in self.conflicts.values() if (one.entity, one.rec, one.field) == here]

    def open_conflicts(self, held: Held, name: str) -> list[wire.Conflict]:
        """Give the open conflicts of a field."""
        return [one for one in self.conflicts_of(held, name) if one.state == "open"]

    def keep(self, one: wire.Conflict) -> wire.Conflict:
        """Note a conflict as it is from now on, and give it."""
        target = self._changed_conflicts if one.id in self.conflicts else self._new_conflicts
        target.add(one.id)
        self.conflicts[one.id] = one
        return one

    def save(self, connection: Connection) -> None:
        """Write what is new or has changed."""
        _write(connection, record, [_row(self, key) for key in sorted(self._new)], is_new=True)
        _write(connection, record, [_row(self, key) for key in sorted(self._changed - self._new)])
        fresh, changed = self._new_conflicts, self._changed_conflicts - self._new_conflicts
        _write(connection, conflict, [_conflict_row(self, one) for one in sorted(fresh)], is_new=True)
        _write(connection, conflict, [_conflict_row(self, one) for one in sorted(changed)])


def load(connection: Connection, owner: UUID, keys: Iterable[Key]) -> Book:
    """Read records and their conflicts."""
    book = Book(owner)
    by_entity: dict[str, set[UUID]] = {}
    for entity, rec in keys:
        by_entity.setdefault(entity, set()).add(rec)
    for entity, recs in by_entity.items():
        for row in connection.execute(_RECORDS, {"owner": owner, "entity": entity, "recs": list(recs)}):
            book.held[entity, row.id] = _held(row)
    recs = {rec for _entity, rec in book.held}
    if recs:
        for row in connection.execute(_CONFLICTS, {"owner": owner, "recs": list(recs)}):
            book.conflicts[row.id] = conflict_of(row)
    return book


def conflict_of(row: Row[Any]) -> wire.Conflict:
    """Give a stored conflict as it goes over the wire."""
    return wire.Conflict(
        row.id,
        row.entity,
        row.rec,
        row.field,
        row.base,
        row.current,
        row.mine,
        row.device,
        row.actor,
        "open" if row.state == "open" else "settled",
    )


def _held(row: Row[Any]) -> Held:
    return Held(
        row.entity,
        row.id,
        row.ver,
        row.fields,
        row.fver,
        row.extra,
        row.deleted,
        row.sets,
        row.writers,
        row.deleted_at,
    )


def _row(book: Book, key: Key) -> dict[str, object]:
    held = book.held[key]
    return dict(
        journal=book.journal,
        entity=held.entity,
        id=held.id,
        ver=held.ver,
        fields=held.fields,
        fver=held.fver,
        extra=held.extra,
        deleted=held.deleted,
        sets=held.sets,
        writers=held.writers,
        deleted_at=held.deleted_at,
    )


def _conflict_row(book: Book, which: UUID) -> dict[str, object]:
    one = book.conflicts[which]
    return dict(
        journal=book.journal,
        id=one.id,
        entity=one.entity,
        rec=one.rec,
        field=one.field,
        base=one.base,
        current=one.current,
        mine=one.mine,
        device=one.device,
        actor=one.actor,
        state=one.state,
    )


def _write(
    connection: Connection, table: sa.Table, rows: list[dict[str, object]], *, is_new: bool = False
) -> None:
    if not rows:
        return
    if is_new:
        connection.execute(sa.insert(table), rows)
        return
    keys = [column.name for column in table.primary_key]
    here = sa.and_(*(table.c[name] == sa.bindparam(f"key_{name}") for name in keys))
    values: dict[str, object] = {name: sa.bindparam(name) for name in rows[0] if name not in keys}
    bound = [{f"key_{name}" if name in keys else name: value for name, value in row.items()} for row in rows]
    connection.execute(sa.update(table).where(here).values(values), bound)
