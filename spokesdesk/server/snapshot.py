"""A journal's records page by page, and digests of them by which a desk finds what differs."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from spokesdesk import wire
from spokesdesk.domain.errors import UserError
from spokesdesk.server.database import reading
from spokesdesk.server.records import conflict_of
from spokesdesk.server.tables import change, conflict, journal, record
from spokesdesk.server.tokens import Caller

_FIRST = UUID(int=0)
_LAST = 2**53
_NOUN = re.compile(r"[a-z][a-z_-]{0,39}")


def page(engine: Engine, who: Caller, *, after: str, entity: str, limit: int) -> wire.Snapshot:
    """Give the records that follow a place in the order of noun and id.

    Args:
        engine: the portal's database.
        who: the caller.
        after: ``after`` of the page before; "" for the first.
        entity: only this noun; "" for all.
        limit: records a page, at most 1,000.

    Raises:
        UserError: ``message_malformed``: ``after`` is none of ours.
    """
    last, rec = _place(after)
    check_noun(entity)
    most = max(1, min(limit, wire.PAGE_OPS))
    is_in_feed = entity in wire.IN_ORDER
    wanted = _in_feed(who, entity, rec) if is_in_feed else _by_id(who, entity, last, rec)
    with reading(engine) as connection:
        # The head first: what is written between the two reads is then told again by the feed, never left out.
        head = connection.execute(sa.select(journal).where(journal.c.id == who.journal)).one()
        rows = connection.execute(wanted.limit(most + 1)).all()
        kept = _fitting(rows[:most])
        found = connection.execute(_open_among(who, kept)).all() if kept else []
        # Who is filled asks for the keys first, and is spared a question for each noun of which there is nothing.
        is_first = entity == wire.KEY_GRANT and not after
        nouns_here = _nouns(connection, who) if is_first else []
    nouns = {(row.entity, row.id) for row in kept} if found else set()
    conflicts = [conflict_of(row) for row in found if (row.entity, row.rec) in nouns]
    is_last = len(kept) == len(rows)
    place = "" if is_last else f"{kept[-1].entity}/{UUID(int=kept[-1].place) if is_in_feed else kept[-1].id}"
    if is_in_feed:
        # A text that was changed since stands at both places: at the first as it is now.
        kept = list({row.id: row for row in kept}.values())
    records = [_state(row) for row in kept]
    return wire.Snapshot(head.epoch, head.seq, head.chain.hex(), records, conflicts, place, nouns_here)


def _nouns(connection: Connection, who: Caller) -> list[str]:
    """Give the nouns that a journal has: one look into the primary key for each, however many records there are."""
    found: list[str] = []
    following: str | None = ""
    while following is not None:
        here = (record.c.journal == who.journal) & (record.c.entity > following)
        next_one = sa.select(record.c.entity).where(here).order_by(record.c.entity).limit(1)
        following = connection.execute(next_one).scalar()
        found += [following] if following is not None else []
    return found


def _open_among(who: Caller, rows: "Sequence[Row[Any]]") -> "sa.Select[Any]":
    """Give the open conflicts of some records, and of what lies between them: naming a thousand ids costs more."""
    recs = [row.id for row in rows]
    here = (conflict.c.journal == who.journal) & (conflict.c.state == "open")
    return (
        sa.select(conflict)
        .where(here, (conflict.c.rec >= min(recs)) & (conflict.c.rec <= max(recs)))
        .order_by(conflict.c.id)
    )


def _columns(*more: "sa.ColumnElement[Any]") -> "sa.Select[Any]":
    return sa.select(
        record.c.entity,
        record.c.id,
        record.c.ver,
        sa.cast(record.c.fields, sa.Text).label("fields"),
        sa.cast(record.c.extra, sa.Text).label("extra"),
        record.c.deleted,
        *more,
    )


def _by_id(who: Caller, entity: str, last: str, rec: UUID) -> "sa.Select[Any]":
    where = (record.c.journal == who.journal) & _follows(last, rec)
    if entity:
        where &= record.c.entity == entity
    return _columns().where(where).order_by(record.c.entity, record.c.id)


def _in_feed(who: Caller, entity: str, after: UUID) -> "sa.Select[Any]":
    """Give entries in the order of the feed, where that says what holds.

    The place to go on from is the number in the feed, written as an id. One that was changed later comes twice.
    """
    is_its = (change.c.journal == record.c.journal) & (change.c.rec == record.c.id)
    where = (record.c.journal == who.journal) & (change.c.journal == who.journal) & is_its
    where &= (record.c.entity == entity) & (change.c.seq > min(after.int, _LAST))
    return _columns(change.c.seq.label("place")).where(where).order_by(change.c.seq)


def _place(after: str) -> tuple[str, UUID]:
    if not after:
        return "", _FIRST
    entity, _, rec = after.partition("/")
    check_noun(entity)
    try:
        return entity, UUID(rec)
    except ValueError:
        raise UserError("message_malformed", detail="after") from None


def check_noun(entity: str) -> None:
    """Refuse what can be no noun; raises UserError("message_malformed")."""
    if entity and not _NOUN.fullmatch(entity):
        raise UserError("message_malformed", detail="entity")


def _follows(entity: str, rec: UUID) -> sa.ColumnElement[bool]:
    same_noun = (record.c.entity == entity) & (record.c.id > rec)
    return (record.c.entity > entity) | same_noun


def _fitting(rows: Any) -> list[Row[Any]]:
    kept: list[Row[Any]] = []
    size = 0
    for row in rows:
        size += len(row.fields) + len(row.extra) + 200
        if kept and size > wire.PAGE_BYTES:
            break
        kept.append(row)
    return kept


def _state(row: Row[Any]) -> wire.RecordState:
    # The fields go out as they are stored: reading and writing them again would cost more than all the rest.
    fields: Any = msgspec.Raw(row.fields.encode())
    if row.extra != "{}":
        fields = msgspec.json.decode(row.fields) | msgspec.json.decode(row.extra)
    return wire.RecordState(row.entity, row.id, row.ver, fields, row.deleted)


def digests(engine: Engine, who: Caller, entity: str) -> wire.Digests:
    """Give count and digest of each noun's records that are not deleted; of one noun's 256 buckets if it is named."""
    check_noun(entity)
    wanted = [record.c.entity, record.c.id, record.c.ver]
    where = (record.c.journal == who.journal) & record.c.deleted.is_(False)
    if entity:
        where &= record.c.entity == entity
    counts: dict[str, int] = {}
    marks: dict[str, int] = {}
    with reading(engine) as connection:
        head = connection.execute(sa.select(journal).where(journal.c.id == who.journal)).one()
        # A record written since the head was read is newer than ``seq``; the desk asks again when its own is, too.
        for noun, rec, ver in connection.execute(sa.select(*wanted).where(where)):
            name = f"{wire.bucket(rec):02x}" if entity else noun
            counts[name] = counts.get(name, 0) + 1
            marks[name] = marks.get(name, 0) ^ wire.record_mark(rec, ver)
    found = [wire.Digest(name, counts[name], wire.digest_text(marks[name])) for name in sorted(counts)]
    return wire.Digests(head.epoch, head.seq, head.chain.hex(), found)
