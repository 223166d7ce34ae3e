"""Fields that are not columns but follow from the latest text saved: letters, facts of cases and incidents."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, func, insert, select, update

from spokesdesk.domain.people import Ref
from spokesdesk.domain.sealing import holds_awaited
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.replica_rows import record_value
from spokesdesk.store.replica_state import FULLER, LOCKED, PLACED
from spokesdesk.store.replica_tables import VERSIONED, Spec, Versioned
from spokesdesk.store.rows import plain
from spokesdesk.store.tables_sync import replica


def texts_of(spec: Spec) -> Versioned:
    """Give the texts that a noun's fields are read off."""
    return next(made for made in VERSIONED.values() if made.fields == spec.read)


def read_fields(connection: Connection, spec: Spec, record: UUID, version: int) -> dict[str, Any]:
    """Give what the text of a version says, as it travels; empty where there is none yet."""
    made = texts_of(spec)
    table = made.table
    is_text = (table.c[made.owner] == record) & (table.c.version == version) & (table.c.fork == 0)
    row = (
        connection.execute(select(*(table.c[name] for name in made.fields)).where(is_text)).mappings().first()
    )
    return {name: plain(value) for name, value in row.items()} if row else {}


def save_text(
    connection: Connection,
    chain: SqlChain,
    spec: Spec,
    record: UUID,
    fields: dict[str, Any],
    text_id: UUID,
    at: datetime,
    by: Ref,
) -> bool:
    """Save the latest text with other fields as the next version, an entry of the chain like any other.

    Returns:
        False when it would say the same, or when the text cannot be read here yet.
    """
    made = texts_of(spec)
    table = made.table
    texts = select(table).where(table.c[made.owner] == record, table.c.fork == 0)
    row = connection.execute(texts.order_by(table.c.version.desc()).limit(1)).mappings().first()
    if (
        row is None
        or holds_awaited([*row.values(), *fields.values()])
        or all(plain(row[name]) == value for name, value in fields.items())
    ):
        return False
    values = {name: value for name, value in row.items() if name != "fork"}
    values |= {name: record_value(table.c[name], value) for name, value in fields.items()}
    values |= {
        "id": text_id,
        "version": row["version"] + 1,
        "at": at,
        "author_id": by.id,
        "author_name": by.name,
    }
    if "letter" in fields:
        values["sha256"] = hashlib.sha256(str(values["letter"]).encode()).hexdigest()
    connection.execute(insert(table), values)
    chain.join(table.name, text_id, at, values)
    return True


def left_aside(connection: Connection, spec: Spec, record: UUID, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Give those of some fields that a text set aside says and the one that stands does not.

    Two people wrote over one text and changed different fields: the portal took both, one of the texts stands.
    """
    made = texts_of(spec)
    table = made.table
    wanted = select(table).where(table.c[made.owner] == record).order_by(table.c.version.desc())
    rows = connection.execute(wanted).mappings().all()
    standing = next((row for row in rows if row["fork"] == 0), None)
    return {
        name: value
        for name, value in fields.items()
        if standing is not None
        and plain(standing[name]) != value
        and any(row["fork"] and plain(row[name]) == value for row in rows)
    }


def written_over(
    connection: Connection, spec: Spec, record: UUID, name: str, known: Sequence[tuple[Any, Any]]
) -> Any:
    """Give which of some values of a field a text was written over: the one that its line of versions had last.

    Args:
        known: each value as it can be compared, and what to give for it; the first where no version has any.
    """
    made = texts_of(spec)
    of_it = (made.table.c[made.owner] == record) & (made.table.c.fork == 0)
    line = select(made.table.c[name]).where(of_it).order_by(made.table.c.version.desc()).offset(1)
    for value in map(plain, connection.scalars(line)):
        for said, given in known:
            if value == said:
                return given
    return known[0][1]


def text_before(connection: Connection, table_name: str, owner_id: UUID, version: int) -> UUID | None:
    """Give the text that a version was written over."""
    made = VERSIONED[table_name]
    of_version = (made.table.c[made.owner] == owner_id) & (made.table.c.version == version - 1)
    found: UUID | None = connection.scalar(select(made.table.c.id).where(of_version, made.table.c.fork == 0))
    return found


def place_for(
    connection: Connection,
    table_name: str,
    text: UUID,
    values: Mapping[str, Any],
    before: UUID | None,
    placed: set[UUID],
) -> int:
    """Give the fork under which a text of the feed is kept, setting aside what the feed has not told of yet.

    What reached the portal first stands; a text written over one that was set aside is set aside with it. A text that
    is here already, because the portal is read anew from its beginning, is given its place anew.

    Args:
        values: as they travel.
        before: the text that it was written over.
        placed: texts that the same page told of before this one.
    """
    made, version = VERSIONED[table_name], values["version"]
    table, of_owner = made.table, made.table.c[made.owner] == UUID(values[made.owner])
    of_version = of_owner & (table.c.version == version)
    standing: UUID | None = connection.scalar(select(table.c.id).where(of_version, table.c.fork == 0))
    aside = before is not None and bool(connection.scalar(select(table.c.fork).where(table.c.id == before)))
    if aside or (standing not in {None, text} and _is_told(connection, standing, placed)):
        had: int | None = connection.scalar(select(table.c.fork).where(table.c.id == text))
        return had or _next_fork(connection, table, of_version)
    if standing not in {None, text}:
        _set_aside(connection, table, of_owner, version, placed)
    return 0


def _is_told(connection: Connection, text: UUID | None, placed: set[UUID]) -> bool:
    """Say whether the portal has told of a text: one of this desk that was not sent yet, it has not."""
    is_told = (replica.c.ver > 0) & replica.c.state.in_((PLACED, LOCKED, FULLER))
    known = select(replica.c.record).where(replica.c.record == text, is_told)
    return text in placed or connection.scalar(known) is not None


def _set_aside(connection: Connection, table: Table, of_owner: Any, version: int, placed: set[UUID]) -> None:
    rows = connection.execute(
        select(table.c.id, table.c.version).where(of_owner, table.c.version >= version, table.c.fork == 0)
    ).all()
    for text, at in rows:
        if not _is_told(connection, text, placed):
            fork = _next_fork(connection, table, of_owner & (table.c.version == at))
            connection.execute(update(table).where(table.c.id == text).values(fork=fork))


def _next_fork(connection: Connection, table: Table, of_version: Any) -> int:
    return (connection.scalar(select(func.max(table.c.fork)).where(of_version)) or 0) + 1
