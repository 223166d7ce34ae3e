"""Inboxes of journals: notes between the province and agencies, and what the province reads of releases and lists.

Everything here is a projection: written in the transaction that takes what it is made of, read by its owner only.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from spokesdesk import wire
from spokesdesk.domain.clock import moment_told
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.text import clean_line, clean_text
from spokesdesk.server.tables import device, journal, journal_role, mail, mailbox, public_list, release

EMPTY = wire.GENESIS.hex()


@dataclass(frozen=True, slots=True)
class Parcel:
    """Something to be laid into a journal's inbox; ``id`` and ``kind`` together lie there once."""

    to: UUID
    id: UUID
    kind: str
    sender: UUID
    body: str


def check(op: wire.Op) -> str:
    """Give what is wrong with a note; "" when nothing is."""
    try:
        note = wire.note_of(op.patch)
        moment_told(note.at)
        clean_line(note.title, field="title", limit=300, required=note.kind != "ack")
        clean_line(note.author_name, field="author_name", limit=200)
        clean_text(note.text, field="text", limit=20_000)
    except (UserError, ValueError):
        return "fields_wrong"
    return ""


def role_of(connection: Connection, owner: UUID) -> str:
    """Give what a journal is: ``province``, ``agency`` of one, "" where no province is enrolled."""
    found = provinces(connection)
    return wire.PROVINCE if owner in found else wire.AGENCY if found else ""


def provinces(connection: Connection) -> tuple[UUID, ...]:
    """Give the journals of the province."""
    rows = connection.execute(sa.select(journal_role.c.journal).where(journal_role.c.role == wire.PROVINCE))
    return tuple(rows.scalars())


def senders(connection: Connection, owner: UUID) -> list[wire.SenderKey]:
    """Give the devices of the province to a desk of another journal that is enrolled."""
    among = provinces(connection)
    if owner in among:
        return []
    found: list[wire.SenderKey] = []
    for one in among:
        here = (device.c.journal == one) & device.c.revoked_at.is_(None)
        keys = connection.execute(sa.select(device.c.public_key).where(here)).scalars()
        found += [wire.SenderKey(one, key) for key in keys]
    return found


def addressed(connection: Connection, signed: wire.SignedOp) -> tuple[str, list[Parcel]]:
    """Give to whom a note goes, or the reason why it cannot go."""
    op, note = signed.op, wire.note_of(signed.op.patch)
    among = provinces(connection)
    if op.journal in among:
        if note.kind not in wire.DOWNWARD:
            return "role_missing", []
        to = _agencies(connection, note.recipient, among)
    else:
        if note.kind not in wire.UPWARD or note.recipient != wire.TO_PROVINCE:
            return "role_missing", []
        to = _upward(connection, op.journal, note.about, among)
    if not to:
        return "recipient_unknown", []
    key = connection.execute(
        sa.select(device.c.public_key).where(device.c.journal == op.journal, device.c.id == op.device)
    ).scalar_one()
    body = wire.encode(wire.SignedNote(op, signed.sig, key)).decode()
    return "", [Parcel(one, op.rec, "note", op.journal, body) for one in to]


def _agencies(connection: Connection, wanted: str, among: Sequence[UUID]) -> list[UUID]:
    known = connection.execute(sa.select(journal.c.id)).scalars()
    return [one for one in known if one not in among and wanted in {wire.TO_ALL, str(one)}]


def _upward(connection: Connection, owner: UUID, about: str, among: Sequence[UUID]) -> list[UUID]:
    """An answer goes to who asked; everything else to every province there is."""
    if about:
        here = (mail.c.journal == owner) & (mail.c.id == UUID(about)) & (mail.c.kind == "note")
        askers = set(connection.execute(sa.select(mail.c.sender).where(here)).scalars())
        among = [one for one in among if one in askers] or among
    return list(among)


def deliver(connection: Connection, parcels: Iterable[Parcel], now: datetime) -> None:
    """Lay parcels into their inboxes, each once; inboxes are locked in one order, so that none waits for another."""
    by_owner: defaultdict[UUID, list[Parcel]] = defaultdict(list)
    for one in parcels:
        by_owner[one.to].append(one)
    for owner in sorted(by_owner):
        _lay(connection, owner, by_owner[owner], now)


def _lay(connection: Connection, owner: UUID, parcels: Sequence[Parcel], now: datetime) -> None:
    box = connection.execute(sa.select(mailbox).where(mailbox.c.journal == owner).with_for_update()).one()
    there = _there(connection, owner, parcels)
    names = _names(connection, {one.sender for one in parcels})
    n, mark, rows = box.n, box.mark, []
    for one in parcels:
        if (one.id, one.kind) in there:
            continue
        there.add((one.id, one.kind))
        n, mark = n + 1, wire.mail_mark(mark, one.id, one.kind, one.body)
        row = dict(journal=owner, n=n, id=one.id, kind=one.kind, sender=one.sender, body=one.body)
        rows.append(row | dict(agency=names[one.sender], mark=mark, at=now))
    if rows:
        connection.execute(sa.insert(mail), rows)
        connection.execute(sa.update(mailbox).where(mailbox.c.journal == owner).values(n=n, mark=mark))


def _there(connection: Connection, owner: UUID, parcels: Sequence[Parcel]) -> set[tuple[UUID, str]]:
    among = mail.c.id.in_({one.id for one in parcels})
    rows = connection.execute(sa.select(mail.c.id, mail.c.kind).where(mail.c.journal == owner, among))
    return {(row.id, row.kind) for row in rows}


def _names(connection: Connection, owners: set[UUID]) -> dict[UUID, str]:
    rows = connection.execute(sa.select(journal.c.id, journal.c.agency).where(journal.c.id.in_(owners)))
    return {row.id: row.agency for row in rows}


def blank(connection: Connection, owner: UUID, rec: UUID) -> None:
    """Take the body of a note out of every inbox: what it said was erased where it was written."""
    here = (mail.c.sender == owner) & (mail.c.id == rec) & (mail.c.kind == "note")
    connection.execute(sa.update(mail).where(here).values(body=""))


def released(connection: Connection, owner: UUID, recs: Sequence[UUID], now: datetime) -> None:
    """Tell the province of releases that became public, or were withdrawn."""
    to = [one for one in provinces(connection) if one != owner]
    if not to or not recs:
        return
    rows = connection.execute(sa.select(release).where(release.c.journal == owner, release.c.rec.in_(recs)))
    parcels = [_release_parcel(row) for row in rows.all()]
    deliver(connection, [_to(one, who) for who in to for one in parcels], now)


def _release_parcel(row: Row[Any]) -> Parcel:
    told = wire.ReleaseTold(
        title=row.title,
        number=row.number,
        symbol=row.symbol,
        agency=row.agency,
        kind=row.kind,
        date_on=row.date_on.isoformat(),
        public_id=row.public_id,
        corrects=str(row.corrects or ""),
    )
    kind = "withdrawn" if row.state == "withdrawn" else "release"
    return Parcel(row.journal, row.rec, kind, row.journal, wire.encode(told).decode())


def posted(connection: Connection, op: wire.Op) -> list[Parcel]:
    """Give what the province is to read of a posted list."""
    body = wire.encode(wire.list_of(op.patch)).decode()
    to = [one for one in provinces(connection) if one != op.journal]
    return [Parcel(one, op.rec, "list", op.journal, body) for one in to]


def _to(parcel: Parcel, owner: UUID) -> Parcel:
    return Parcel(owner, parcel.id, parcel.kind, parcel.sender, parcel.body)


def open_box(connection: Connection, owner: UUID, agency: str, now: datetime) -> None:
    """Give a new journal its inbox, and tell the province that the agency is there."""
    connection.execute(sa.insert(mailbox).values(journal=owner, n=0, mark=EMPTY))
    body = wire.encode(wire.AgencyTold(owner, agency, joined_at=now.isoformat())).decode()
    told = [Parcel(one, owner, "agency", owner, body) for one in provinces(connection)]
    deliver(connection, told, now)


def grant(connection: Connection, owner: UUID, now: datetime) -> None:
    """Make a journal the province's, and tell it what agencies have released and posted before; done once."""
    here = journal_role.c.journal == owner
    if connection.execute(sa.select(journal_role.c.journal).where(here)).first() is not None:
        return
    connection.execute(sa.insert(journal_role).values(journal=owner, role=wire.PROVINCE, granted_at=now))
    wanted = sa.select(release).where(release.c.state.in_(["public", "withdrawn"]))
    rows = connection.execute(wanted.order_by(release.c.published_at)).all()
    told = [_to(_release_parcel(row), owner) for row in rows if row.journal != owner]
    deliver(connection, [*told, *_lists_told(connection, owner)], now)


def _lists_told(connection: Connection, owner: UUID) -> list[Parcel]:
    kinds = ["spokespeople", "residents", "offices"]
    rows = connection.execute(sa.select(public_list).where(public_list.c.which.in_(kinds)))
    return [
        Parcel(owner, _posting_id(row), "list", row.journal, _list_body(row))
        for row in rows.all()
        if row.journal != owner
    ]


def _posting_id(row: Row[Any]) -> UUID:
    from uuid import uuid5

    return uuid5(row.journal, f"{row.which}:{row.posted_at.isoformat()}")


def _list_body(row: Row[Any]) -> str:
    made = wire.PublicList(row.which, row.on_day.isoformat(), row.title, row.columns, row.rows)
    return wire.encode(made).decode()


def head(connection: Connection, owner: UUID) -> tuple[int, str]:
    """Give where a journal's inbox ends."""
    row = connection.execute(sa.select(mailbox).where(mailbox.c.journal == owner)).one()
    return row.n, row.mark
