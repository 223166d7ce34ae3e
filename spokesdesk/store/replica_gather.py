"""What was saved becomes operations for the portal: each row compared with what the portal has or will have."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Text, bindparam, delete, select

from spokesdesk import wire
from spokesdesk.domain.text import fold
from spokesdesk.store.replica_remains import Remains, link_value, remains_of
from spokesdesk.store.replica_rows import to_wire
from spokesdesk.store.replica_state import DELETED, LOST, Replica, Unsent, chunks, read_replicas, read_unsent
from spokesdesk.store.replica_strange import strange
from spokesdesk.store.replica_tables import VERSIONED, Spec, specs
from spokesdesk.store.replica_texts import read_fields, text_before, written_over
from spokesdesk.store.seals import Seals
from spokesdesk.store.tables import chain
from spokesdesk.store.tables_sync import changed

LINK, REMAINS, AFTER = wire.LINK, wire.REMAINS, "_after"
_TITLES = ("title", "topic", "subject", "name", "asker", "file_name", "quote", "text", "remark")
_SUBJECT = re.compile(r'^subject = "(.*)"$', re.MULTILINE)
_NOTHING = Unsent()
_LINKS = select(chain).where(chain.c.entry.in_(bindparam("entries", expanding=True)))


@dataclass(frozen=True, slots=True)
class Found:
    """One change to be sent: what the operation says, and a title for people."""

    entity: str
    record: UUID
    kind: str
    base_ver: int
    patch: dict[str, wire.FieldChange]
    actor: str
    title: str


def gather(connection: Connection, device: UUID, actor: str, seals: Seals) -> Iterator[Found]:
    """Give what was saved since the last time, parents first, and forget that it was saved.

    Nouns with sealed fields wait until this desk has the agency's key: nothing of them is written down in the clear.

    Args:
        device: this desk's id, which its links carry.
        actor: who is at work, for rows that name no author.
    """
    awaited = (
        [] if seals.is_ready else [one.table.name for one in specs() if one.entity in wire.SEALED_FIELDS]
    )
    nouns = set(connection.scalars(select(changed.c.noun).distinct())).difference(awaited)
    if not nouns:
        return
    for spec in specs():
        noun = spec.table.name
        if noun not in nouns:
            continue
        keys = list(
            connection.scalars(select(changed.c.key).where(changed.c.noun == noun).order_by(changed.c.n))
        )
        for part in chunks(keys):
            yield from _of_part(connection, spec, part, device, actor, seals)
    connection.execute(delete(changed).where(changed.c.noun.not_in(awaited)))


def _of_part(
    connection: Connection, spec: Spec, keys: Sequence[str], device: UUID, actor: str, seals: Seals
) -> Iterator[Found]:
    records = {key: spec.record_of(key) for key in keys}
    known = read_replicas(connection, records.values())
    unsent = read_unsent(connection, records.values())
    rows = _rows(connection, spec, keys)
    links = _links(connection, [records[key] for key in keys]) if spec.is_append else {}
    remains = Remains(connection, spec, records.values(), seals)
    for key in keys:
        record = records[key]
        at_portal, waiting = known.get(record), unsent.get(record, _NOTHING)
        values = rows.get(key)
        is_there = waiting.is_made or (
            at_portal is not None and at_portal.state not in {DELETED, LOST} and not waiting.is_gone
        )
        ver = at_portal.ver if at_portal else 0
        if values is None:
            is_erased = remains.is_person(record)
            yield from _gone(spec, record, at_portal, actor, erased=is_erased) if is_there else ()
            continue
        who = str(values.get("author_id") or actor)
        if not spec.is_append:
            fields = _Fields(connection, spec, record, seals)
            patch = fields.patch(values, at_portal, waiting, is_there=is_there)
            if patch:
                made = Found(spec.entity, record, "put", ver, patch, actor or who, _title(values))
                yield _erasing(made, spec, at_portal) if is_there and remains.is_person(record) else made
        elif (at_portal is not None or waiting.is_made) and remains.has(record):
            left_ver, patch = remains.patch(record, values)
            if patch:
                yield Found(REMAINS, remains_of(record), "put", left_ver, patch, actor, "")
            yield from _gone(spec, record, at_portal, actor, erased=True) if is_there else ()
        elif not is_there:
            if at_portal is not None and at_portal.state == LOST:
                patch = {
                    name: wire.FieldChange(None, value) for name, value in (at_portal.fields or {}).items()
                }
            else:
                patch = _entry_patch(connection, spec, record, values, links.get(record), device, seals)
            yield Found(spec.entity, record, "append", ver, patch, who, _title(values))


def _gone(spec: Spec, record: UUID, known: Replica | None, actor: str, *, erased: bool) -> Iterator[Found]:
    """Give what takes a record away; of an erased one all goes for good first, with the bodies of its changes."""
    ver = known.ver if known else 0
    if erased:
        patch = blanked(spec) | _blanked_strange(spec, known)
        yield Found(spec.entity, record, "erase", ver, patch, actor, "")
    yield Found(spec.entity, record, "delete", ver, {}, actor, "")


def _erasing(made: Found, spec: Spec, known: Replica | None) -> Found:
    """Give the change that leaves the same and nothing of what was before."""
    left = {name: wire.FieldChange(None, change.new) for name, change in made.patch.items()}
    return replace(made, kind="erase", patch=left | _blanked_strange(spec, known), title="")


def _blanked_strange(spec: Spec, known: Replica | None) -> dict[str, wire.FieldChange]:
    """What fields say that this program does not know, nobody here can judge: it goes with the rest."""
    return {name: wire.FieldChange(None, None) for name in strange(spec, known.fields if known else None)}


def blanked(spec: Spec) -> dict[str, wire.FieldChange]:
    """Give the patch that leaves nothing of a record that somebody could be known by."""
    patch = {
        name: wire.FieldChange(None, None)
        for name in (*spec.read, *((LINK, AFTER) if spec.is_append else ()))
    }
    for name in spec.columns:
        column = spec.table.c[name]
        if name not in spec.key and (column.nullable or isinstance(column.type, Text)):
            patch[name] = wire.FieldChange(None, None if column.nullable else "")
    return patch


def _rows(connection: Connection, spec: Spec, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Give the rows there are, by key, as they travel, with what is read off their texts."""
    wanted = [spec.table.c[name] for name in spec.columns]
    names = ", ".join(f't."{column.name}"' for column in wanted)
    watched = ", ".join(f't."{name}"' for name in spec.watched)
    marks = ", ".join("?" * len(keys))
    where = f"t.id IN ({marks})" if spec.key == ("id",) else f"{spec.key_sql('t')} IN ({marks})"
    given = tuple(bytes.fromhex(key) for key in keys) if spec.key == ("id",) else tuple(keys)
    read = f"{spec.key_sql('t')}, {names}{', ' + watched if watched else ''}"
    statement = f'SELECT {read} FROM "{spec.table.name}" AS t WHERE {where}'
    found: dict[str, dict[str, Any]] = {}
    for row in connection.exec_driver_sql(statement, given):
        values = to_wire(spec, row[1 : 1 + len(wanted)])
        if spec.read:
            values |= read_fields(connection, spec, UUID(hex=row[0]), row[1 + len(wanted)])
        found[row[0]] = values
    return found


def _links(connection: Connection, entries: list[UUID]) -> dict[UUID, Any]:
    return {row.entry: row for row in connection.execute(_LINKS, {"entries": entries})}


def _entry_patch(
    connection: Connection,
    spec: Spec,
    record: UUID,
    values: dict[str, Any],
    link: Any,
    device: UUID,
    seals: Seals,
) -> dict[str, wire.FieldChange]:
    said = seals.hide_all(spec.entity, record, values)
    patch = {name: wire.FieldChange(None, value) for name, value in said.items() if value is not None}
    if link is not None:
        told = link_value(link, device)
        told[wire.SALT] = seals.hide_salt(spec.entity, record, told[wire.SALT])
        patch[LINK] = wire.FieldChange(None, told)
    if spec.table.name in VERSIONED:
        owner = VERSIONED[spec.table.name].owner
        before = text_before(connection, spec.table.name, UUID(values[owner]), values["version"])
        patch[AFTER] = wire.FieldChange(None, str(before) if before else None)
    return patch


class _Fields:
    """The changes of one record's fields; sealed ones are compared opened and travel as the desk keeps them sealed."""

    def __init__(self, connection: Connection, spec: Spec, record: UUID, seals: Seals) -> None:
        self._connection, self._spec, self._record, self._seals = connection, spec, record, seals

    def patch(
        self, values: dict[str, Any], known: Replica | None, waiting: Unsent, *, is_there: bool
    ) -> dict[str, wire.FieldChange]:
        """Give the fields that differ from what the portal has with all that waits; of a new one all there are."""
        spec = self._spec
        if not is_there:
            kept = strange(spec, known.fields) if known is not None and known.state == LOST else {}
            return {
                name: self._change(name, None, value)
                for name, value in (kept | values).items()
                if value not in (None, "") or name in spec.texts
            }
        at_portal = (known.fields or {}) if known else {}
        patch: dict[str, wire.FieldChange] = {}
        for name in (*spec.puts, *spec.read):
            if name not in values:
                continue
            value, held = values[name], waiting.values.get(name, at_portal.get(name))
            if self._is(name, value, held) or (
                name in spec.read and self._is(name, value, at_portal.get(name))
            ):
                continue
            if name in spec.read and name in waiting.values:
                held = self._written_over(name, UUID(values["id"]), held, at_portal.get(name))
            patch[name] = self._change(name, held, value)
        return patch

    def _written_over(self, name: str, owner: UUID, *held: Any) -> Any:
        """Give what a text was written over: what waits, or a colleague's that came since and set that aside."""
        show = self._seals.shown_or_awaited
        known = [(show(self._spec.entity, self._record, name, value), value) for value in held]
        return written_over(self._connection, self._spec, owner, name, known)

    def _is(self, name: str, value: Any, held: Any) -> bool:
        """Say whether a field holds a value already; what cannot be read here is not written over."""
        try:
            return _same(value, self._seals.show(self._spec.entity, self._record, name, held))
        except wire.KeyMissingError:
            return True

    def _change(self, name: str, base: Any, new: Any) -> wire.FieldChange:
        if self._seals.is_sealed(self._spec.entity, name):
            return wire.FieldChange(base, self._seals.hide(self._spec.entity, self._record, name, new))
        return _change(self._spec, name, base, new)


def _same(one: Any, other: Any) -> bool:
    """An empty text and a field that was never said are the same."""
    return one == other or (one in (None, "") and other in (None, ""))


def _change(spec: Spec, name: str, base: Any, new: Any) -> wire.FieldChange:
    if name in spec.texts:
        return wire.FieldChange(base, "" if new is None else new, "text")
    if name in spec.found:
        return wire.FieldChange(base, new, "found")
    return wire.FieldChange(base, new)


def _title(values: dict[str, Any]) -> str:
    if isinstance(letter := values.get("letter"), str):
        subject = _SUBJECT.search(letter)
        return subject[1][:200] if subject else ""
    found = (values.get(name) for name in _TITLES)
    return next((str(value)[:200] for value in found if isinstance(value, str) and value), "")


def queue_values(
    found: Sequence[Found], journal: UUID, device: UUID, dseq: int, at: datetime, new_ids: Iterator[UUID]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give the rows of outbox and ledger for what was found."""
    ops: list[dict[str, Any]] = []
    shown: dict[UUID, dict[str, Any]] = {}
    for made in found:
        dseq += 1
        op = wire.Op(
            op_id=next(new_ids),
            device=device,
            dseq=dseq,
            actor=made.actor,
            journal=journal,
            entity=made.entity,
            rec=made.record,
            kind=made.kind,
            base_ver=made.base_ver,
            patch=made.patch,
            sv=wire.SV,
            wall=at.isoformat(),
        )
        text = wire.encode(op).decode()
        ops.append(dict(op_id=op.op_id, record=op.rec, op=text, state="queued", tries=0, queued_at=at))
        shown[made.record] = dict(
            record=made.record,
            entity=made.entity,
            title=made.title,
            folded=fold(made.title),
            state="queued",
            files=[],
            changed_at=at,
        )
    return ops, list(shown.values())
