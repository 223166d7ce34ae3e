"""Notes between province and agencies: our own join the chain, received ones are kept as the inbox gave them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_new

from spokesdesk import wire
from spokesdesk.domain.clock import moment_told
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Due
from spokesdesk.domain.people import Ref
from spokesdesk.domain.province import (
    FOUND,
    UNCONFIRMED,
    Complaint,
    KnownAgency,
    ListSeen,
    Note,
    NoteKind,
    ReleaseSeen,
    Severity,
    Standing,
)
from spokesdesk.services.ports.province import InboxPlace, Received
from spokesdesk.store import asked
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.request_rows import due_value
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.senders import index
from spokesdesk.store.tables_province import complaint_seen, inbox, inbox_place, known_agency, province_note

# Most notes of a kind that a list shows; the province of a hundred agencies writes some thousand in a year.
LIST_LIMIT = 5_000
_CHUNK = 500
_UNOPENED, _DOUBLES = asked.unopened(), asked.doubles()
_EVER = datetime(1, 1, 1, tzinfo=UTC)


class SqlProvince:
    """The tables of ``tables_province``."""

    def __init__(self, connection: Connection, chain: SqlChain, search: SqlSearch) -> None:
        self._connection = connection
        self._chain = chain
        self._search = search

    def place(self) -> InboxPlace:
        """Give how far the inbox was read."""
        row = self._connection.execute(select(inbox_place)).first()
        if row is None:
            return InboxPlace(0, wire.GENESIS.hex())
        return InboxPlace(row.seq, row.mark, Standing(row.role), row.agencies_at)

    def take(self, items: Sequence[Received], seq: int, mark: str) -> int:
        """Keep items of the inbox, each once, and how far it was read; gives how many were new."""
        fresh = 0
        for one in items:
            values = {name: getattr(one, name) for name in Received.__slots__}
            values |= {"detail": dict(one.detail), "proof": dict(one.proof) if one.proof else None}
            done = self._connection.execute(insert_new(inbox).values(**values).on_conflict_do_nothing())
            fresh += done.rowcount
            if done.rowcount:
                index(self._search, one.kind, one)
        note_place(self._connection, seq=seq, mark=mark)
        return fresh

    def stand(self, standing: Standing) -> None:
        """Note what this workspace is at its portal."""
        note_place(self._connection, role=standing.value)

    def save_agencies(self, agencies: Sequence[KnownAgency], at: datetime) -> None:
        """Keep the agencies of the portal in place of those known before."""
        self._connection.execute(delete(known_agency))
        rows = [{name: getattr(one, name) for name in KnownAgency.__slots__} for one in agencies]
        if rows:
            self._connection.execute(insert(known_agency), rows)
        note_place(self._connection, agencies_at=at)

    def agencies(self) -> tuple[KnownAgency, ...]:
        """Give the agencies of the portal by name."""
        rows = self._connection.execute(select(known_agency).order_by(known_agency.c.name))
        return tuple(KnownAgency(**row._mapping) for row in rows)

    def save_complaints(self, told: Sequence[Complaint]) -> None:
        """Keep the complaints as the portal has them; an answer of ours that it has not got stays on its way."""
        waiting = {one.id: one.said for one in self.complaints() if one.said}
        self._connection.execute(delete(complaint_seen))
        names = Complaint.__slots__
        rows = [{name: getattr(one, name) for name in names} for one in told]
        for row in rows:
            said = waiting.get(row["id"], "")
            row |= {"who": list(row["who"]), "said": "" if said == row["answer"] else said}
        if rows:
            self._connection.execute(insert(complaint_seen), rows)

    def complaints(self) -> tuple[Complaint, ...]:
        """Give the complaints, the newest first."""
        rows = self._connection.execute(select(complaint_seen).order_by(complaint_seen.c.made_at.desc()))
        return tuple(Complaint(**{**row._mapping, "who": tuple(row.who)}) for row in rows)

    def say_of(self, complaint_id: UUID, text: str) -> None:
        """Write what came of a complaint, for the next round; raises UserError("record_missing")."""
        here = update(complaint_seen).where(complaint_seen.c.id == complaint_id)
        if self._connection.execute(here.values(said=text)).rowcount != 1:
            raise UserError("record_missing", field="id", id=complaint_id)

    def write(self, note: Note, by: Ref) -> None:
        """Write a note of our own; the next round sends it."""
        values = {
            "id": note.id,
            "kind": note.kind.value,
            "recipient": note.recipient,
            "about": note.about,
            "title": note.title,
            "text": note.text,
            "detail": detail_value(note),
            "at": note.at,
            "author_id": by.id,
            "author_name": by.name,
        }
        self._connection.execute(insert(province_note).values(**values))
        self._chain.join("province_note", note.id, note.at, values)
        self._index(note)

    def find_again(self, note_id: UUID) -> None:
        """Make a note of our own findable that a colleague's desk wrote."""
        row = self._connection.execute(select(province_note).where(province_note.c.id == note_id)).first()
        if row is not None:
            self._index(_own(row))

    def _index(self, note: Note) -> None:
        if note.kind in FOUND:
            self._search.put("province", note.id, note.title, f"{note.text} {note.by}", note.at)

    def note(self, note_id: UUID) -> Note:
        """Give a note, our own or a received one; raises UserError("record_missing")."""
        own = self._connection.execute(select(province_note).where(province_note.c.id == note_id)).first()
        if own is not None:
            return _own(own)
        here = (inbox.c.item == note_id) & inbox.c.kind.in_([kind.value for kind in NoteKind])
        row = self._connection.execute(select(inbox).where(here)).first()
        if row is None:
            raise UserError("record_missing", field="id", id=note_id)
        return _received(row)

    def written(self, kinds: Collection[NoteKind], since: datetime = _EVER) -> tuple[Note, ...]:
        """Give our notes of some kinds, written since a time (UTC), the latest first."""
        among = province_note.c.kind.in_([kind.value for kind in kinds]) & (province_note.c.at >= since)
        wanted = select(province_note).where(among).order_by(province_note.c.at.desc()).limit(LIST_LIMIT)
        return tuple(_own(row) for row in self._connection.execute(wanted))

    def received(self, kinds: Collection[NoteKind], since: datetime = _EVER) -> tuple[Note, ...]:
        """Give received notes of some kinds, written since a time (UTC), the latest first."""
        among = inbox.c.kind.in_([kind.value for kind in kinds]) & (inbox.c.at >= since)
        wanted = select(inbox).where(among).order_by(inbox.c.at.desc()).limit(LIST_LIMIT)
        return tuple(_received(row) for row in self._connection.execute(wanted))

    def arrived(self, kinds: Collection[NoteKind], after: int) -> tuple[tuple[int, Note], ...]:
        """Give received notes of some kinds after a place of the inbox, with their places, the first first."""
        among = inbox.c.kind.in_([kind.value for kind in kinds]) & (inbox.c.n > after)
        rows = self._connection.execute(select(inbox).where(among).order_by(inbox.c.n).limit(LIST_LIMIT))
        return tuple((row.n, _received(row)) for row in rows)

    def unopened(self) -> tuple[Note, ...]:
        """Give the province's requests that are no requests here yet, the first first."""
        return tuple(_received(row) for row in self._connection.execute(_UNOPENED))

    def doubles(self) -> tuple[UUID, ...]:
        """Give this desk's own open requests of the province that another request stands for (``asked.py``)."""
        return tuple(self._connection.scalars(_DOUBLES))

    def replies(self, about: Collection[UUID]) -> tuple[Note, ...]:
        """Give what was written about some notes, here and elsewhere, the first first."""
        found: list[Note] = []
        wanted = list(about)
        for at in range(0, len(wanted), _CHUNK):
            part = wanted[at : at + _CHUNK]
            own = select(province_note).where(province_note.c.about.in_(part))
            found += [_own(row) for row in self._connection.execute(own)]
            came = select(inbox).where(inbox.c.about.in_(part), inbox.c.kind != UNCONFIRMED)
            found += [_received(row) for row in self._connection.execute(came)]
        return tuple(sorted(found, key=lambda note: (note.at, note.id)))

    def heard_from(
        self, about: Collection[UUID], kinds: Collection[NoteKind]
    ) -> dict[tuple[UUID, UUID], datetime]:
        """Give when the portal first had something of some kinds about some notes, by note and sender (UTC)."""
        found: dict[tuple[UUID, UUID], datetime] = {}
        wanted, named = list(about), [kind.value for kind in kinds]
        first = func.min(inbox.c.arrived_at)
        for at in range(0, len(wanted), _CHUNK):
            here = inbox.c.about.in_(wanted[at : at + _CHUNK]) & inbox.c.kind.in_(named)
            told = select(inbox.c.about, inbox.c.sender, first).where(here)
            rows = self._connection.execute(told.group_by(inbox.c.about, inbox.c.sender))
            found |= {(row[0], row[1]): row[2] for row in rows}
        return found

    def releases(self, portal: str) -> tuple[ReleaseSeen, ...]:
        """Give the releases of all agencies, the latest first; ``portal``: address under which their pages stand."""
        among = inbox.c.kind.in_(["release", "withdrawn"])
        wanted = select(inbox).where(among).order_by(inbox.c.at.desc()).limit(LIST_LIMIT)
        rows = self._connection.execute(wanted).all()
        gone = {row.item for row in rows if row.kind == "withdrawn"}
        found: dict[UUID, ReleaseSeen] = {}
        for row in rows:
            found.setdefault(row.item, _release(row, portal, withdrawn=row.item in gone))
        return tuple(found.values())

    def lists(self) -> tuple[ListSeen, ...]:
        """Give the last list of each kind of each agency, by agency."""
        wanted = select(inbox).where(inbox.c.kind == "list").order_by(inbox.c.n)
        last = {(row.sender, row.detail["which"]): row for row in self._connection.execute(wanted)}
        found = [_list(row) for row in last.values()]
        return tuple(sorted(found, key=lambda one: (one.agency, one.which)))


def note_place(connection: Connection, **values: object) -> None:
    """Note how far the inbox was read, or when the portal was asked for something else."""
    if connection.execute(update(inbox_place).values(**values)).rowcount == 0:
        begun = {"id": 1, "seq": 0, "mark": wire.GENESIS.hex(), **values}
        connection.execute(insert(inbox_place).values(**begun))


def detail_value(note: Note) -> dict[str, Any]:
    """Give what a kind says beside title and text, as JSON."""
    due = {"due": due_value(note.due)} if note.due else {}
    return {"severity": note.severity.value, **due, **({"extra": dict(note.extra)} if note.extra else {})}


def _own(row: Row[Any]) -> Note:
    return Note(
        id=row.id,
        kind=NoteKind(row.kind),
        title=row.title,
        text=row.text,
        at=row.at,
        by=row.author_name,
        recipient=row.recipient,
        about=row.about,
        **_detail(row.detail),
    )


def _received(row: Row[Any]) -> Note:
    return Note(
        id=row.item,
        kind=NoteKind(row.kind),
        title=row.title,
        text=row.text,
        at=row.at,
        by=row.by,
        about=row.about,
        sender=row.sender,
        agency=row.agency,
        arrived_at=row.arrived_at,
        **_detail(row.detail),
    )


def _detail(value: Mapping[str, Any]) -> dict[str, Any]:
    """What came from another desk is read with care: what cannot be read is left out."""
    told, extra = str(value.get("severity", "")), value.get("extra")
    pairs = extra.items() if isinstance(extra, Mapping) else ()
    return {
        "severity": Severity(told) if told in set(Severity) else Severity.NOTICE,
        "extra": {str(name): str(text) for name, text in pairs},
        "due": _due(value.get("due")),
    }


def _due(value: Any) -> Due | None:
    try:
        found = msgspec.convert(value, Due)
        return replace(found, due_at=moment_told(found.due_at.isoformat())) if found.due_at else found
    except (msgspec.ValidationError, ValueError):
        return None


def _release(row: Row[Any], portal: str, *, withdrawn: bool) -> ReleaseSeen:
    detail = row.detail
    return ReleaseSeen(
        id=row.item,
        sender=row.sender,
        agency=row.agency,
        title=row.title,
        number=f"{detail['number']}/{detail['symbol']}",
        date_on=date.fromisoformat(detail["date_on"]),
        url="" if withdrawn else f"{portal}/thong-cao/{detail['public_id']}",
        at=row.at,
        withdrawn=withdrawn,
    )


def _list(row: Row[Any]) -> ListSeen:
    detail = row.detail
    rows = tuple(tuple(cells) for cells in detail["rows"])
    on = date.fromisoformat(detail["on"])
    return ListSeen(row.sender, row.agency, detail["which"], on, row.title, tuple(detail["columns"]), rows)
