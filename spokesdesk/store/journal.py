"""Contacts: written once, joined to the chain, found by any word."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from spokesdesk.domain.clock import end_of_day
from spokesdesk.domain.journal import LATE_AFTER, Channel, Contact, ContactRow, Due, Given, GivenForm
from spokesdesk.domain.people import Ref
from spokesdesk.services.ports.paging import Paged
from spokesdesk.store.alias import is_of
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.contact_later import read_words, renew_later
from spokesdesk.store.contact_values import contact_values, contact_words, row_words
from spokesdesk.store.journal_parts import ContactParts
from spokesdesk.store.listing import SqlFound, SqlList, SqlShort, latest
from spokesdesk.store.rows import RowValues, file_record, one
from spokesdesk.store.search import SqlSearch, Text
from spokesdesk.store.tables import contact, journalist, outlet
from spokesdesk.store.tables_contacts import contact_companion, contact_paper
from spokesdesk.store.tables_trust import settlement
from spokesdesk.store.verification import verification_record

LIST_LIMIT = 50_000
_BY_TIME = latest(contact, contact.c.received_at)
_ORDER = _BY_TIME.columns
_ADD = insert(contact)
_ADD_SETTLEMENT = insert(settlement)
_SETTLE = (
    update(contact).where(contact.c.id == bindparam("settled")).values(settled_at=bindparam("settled_at"))
)
_CHANNELS = {channel.value: channel for channel in Channel}
_SHOWN = (
    contact.c.n,
    contact.c.id,
    contact.c.received_at,
    contact.c.channel,
    contact.c.outlet_name,
    contact.c.journalist_name,
    contact.c.topic,
    contact.c.result,
    contact.c.author_name,
    contact.c.due_at,
    contact.c.settled_at,
    contact.c.corrected_by,
    contact.c.entered_at,
    select(func.count())
    .where(contact_companion.c.contact_id == contact.c.id)
    .scalar_subquery()
    .label("others"),
)
_CHUNK = 500
_ROWS = select(*_SHOWN).where(contact.c.n.in_(bindparam("numbers", expanding=True)))


class SqlJournal:
    """The contact table."""

    def __init__(self, connection: Connection, chain: SqlChain, search: SqlSearch) -> None:
        self._connection = connection
        self._chain = chain
        self._search = search
        self._parts = ContactParts(connection, chain)

    def add(self, entry: Contact, companion_ids: Sequence[UUID] = ()) -> None:
        """Write an entry with all its parts, their links and search text.

        A corrected entry is told who corrects it; one whose question is answered is found by the answer too.

        Args:
            companion_ids: a fresh id for each of the entry's companions.
        """
        values = contact_values(entry)
        self._connection.execute(_ADD, values)
        self._chain.join("contact", entry.id, entry.entered_at, values)
        self._parts.add(entry, companion_ids)
        self._search.put("contact", entry.id, *contact_words(entry), entry.received_at)
        if entry.corrects is not None:
            corrected = update(contact).where(contact.c.id == entry.corrects)
            self._connection.execute(corrected.values(corrected_by=entry.id))
            self._find_again(entry.id)
        for asked in dict.fromkeys(reply.contact_id for reply in entry.replies):
            self._find_again(asked)

    def _find_again(self, contact_id: UUID) -> None:
        """Renew the search text of an entry to which answers were given later."""
        entry = self.get(contact_id)
        self._search.put("contact", contact_id, *contact_words(entry), entry.received_at)

    def renew(self, contacts: Sequence[UUID]) -> None:
        """Work out anew what later entries say of some, and renew the words by which they are found."""
        for at in range(0, len(contacts), _CHUNK):
            part = contacts[at : at + _CHUNK]
            renew_later(self._connection, part)
            with_parts = self._parts.among(part)
            found = {row["id"]: self._words(row, with_parts) for row in read_words(self._connection, part)}
            self._search.put_all([words for record in part if (words := found.get(record))])

    def renew_standing(self, contacts: Sequence[UUID]) -> None:
        """Work out anew only what later entries say of some."""
        for at in range(0, len(contacts), _CHUNK):
            renew_later(self._connection, contacts[at : at + _CHUNK])

    def _words(self, row: Mapping[str, Any], with_parts: Collection[UUID]) -> Text:
        entry = row["id"]
        found = contact_words(self.get(entry)) if entry in with_parts else row_words(row)
        return Text("contact", entry, *found, row["received_at"])

    def add_many(self, entries: Sequence[Contact]) -> None:
        """Write many new entries in their order, with a tenth of the work of ``add``.

        None of them corrects another, answers one or names companions.
        """
        if not entries:
            return
        values = [contact_values(entry) for entry in entries]
        self._connection.execute(_ADD, values)
        self._chain.join_many(
            "contact",
            [(entry.id, entry.entered_at, row) for entry, row in zip(entries, values, strict=True)],
        )
        self._search.put_new(
            [Text("contact", entry.id, *contact_words(entry), entry.received_at) for entry in entries]
        )

    def get(self, contact_id: UUID) -> Contact:
        """Give an entry with all its parts; raises UserError("record_missing")."""
        row = one(self._connection, contact, contact_id)
        answers, replies = self._parts.answers(row)
        companions = self._parts.companions(contact_id)
        return replace(_contact(row), companions=companions, answers=answers, replies=replies)

    def thread(self, contact_id: UUID) -> tuple[UUID, ...]:
        """Give the entries of the thread that an entry stands in, in order of time."""
        return self._parts.thread(contact_id)

    def given_by_form(self, start: datetime, end: datetime) -> dict[GivenForm, int]:
        """Count what was given by form in the entries received from ``start`` until before ``end`` (UTC).

        Every thing given counts once, whatever its size; what a corrected entry says is left out.
        """
        within = (
            contact.c.received_at >= start,
            contact.c.received_at < end,
            contact.c.corrected_by.is_(None),
        )
        something = or_(contact.c.given != "", contact.c.given_form != GivenForm.NONE.value)
        counted = select(contact.c.given_form, func.count()).where(*within, something)
        counted = counted.group_by(contact.c.given_form)
        counts = {GivenForm(row[0]): row[1] for row in self._connection.execute(counted)}
        for givens in self._connection.scalars(
            select(contact.c.givens).where(*within, contact.c.givens.is_not(None))
        ):
            for item in givens:
                form = GivenForm(item["form"])
                counts[form] = counts.get(form, 0) + 1
        return counts

    def link_paper(self, contact_id: UUID, paper_id: UUID) -> None:
        """Note that a paper was drawn up of an entry."""
        self._connection.execute(insert(contact_paper).values(contact_id=contact_id, paper_id=paper_id))

    def papers_of(self, contact_id: UUID) -> tuple[UUID, ...]:
        """Give the papers drawn up of an entry, the oldest first."""
        wanted = select(contact_paper.c.paper_id).where(contact_paper.c.contact_id == contact_id)
        return tuple(self._connection.scalars(wanted.order_by(contact_paper.c.paper_id)))

    def of_paper(self, paper_id: UUID) -> tuple[ContactRow, ...]:
        """Give the entries of which a paper was drawn up."""
        drawn = select(contact_paper.c.contact_id).where(contact_paper.c.paper_id == paper_id)
        return self.rows(list(self._connection.scalars(select(contact.c.n).where(contact.c.id.in_(drawn)))))

    def row_numbers(
        self,
        words: str = "",
        *,
        outlet_id: UUID | None = None,
        journalist_id: UUID | None = None,
        limit: int = LIST_LIMIT,
    ) -> tuple[int, ...]:
        """Give the numbers of entries, the latest contact first.

        Args:
            words: what the entries hold, in any field; "" for all.
        """
        wanted = self._wanted(outlet_id, journalist_id)
        return self._search.numbers(contact, words, wanted, _ORDER, limit)

    def listed(
        self, words: str = "", *, outlet_id: UUID | None = None, journalist_id: UUID | None = None
    ) -> Paged:
        """Give the list of entries to read by pages: the latest contact first, hits the latest written first."""
        wanted = self._wanted(outlet_id, journalist_id)
        if not words.strip():
            return SqlList(self._connection, _BY_TIME, wanted)
        if wanted:
            numbers = self._search.numbers(contact, words, wanted, _ORDER, LIST_LIMIT)
            return SqlShort(self._connection, contact, numbers)
        return SqlFound(self._connection, self._search, contact, words)

    def rows(self, numbers: Sequence[int]) -> tuple[ContactRow, ...]:
        """Give list rows in the order of the numbers."""
        found = self._connection.execute(_ROWS, {"numbers": numbers}).all()
        by_number = {row[0]: _row(row) for row in found}
        return tuple(by_number[n] for n in numbers if n in by_number)

    def _wanted(self, outlet_id: UUID | None, journalist_id: UUID | None) -> list[ColumnElement[bool]]:
        wanted: list[ColumnElement[bool]] = []
        if outlet_id is not None:
            column, companion = contact.c.outlet_id, contact_companion.c.outlet_id
            wanted.append(self._concerns(outlet, column, companion, outlet_id))
        if journalist_id is not None:
            column, companion = contact.c.journalist_id, contact_companion.c.journalist_id
            wanted.append(self._concerns(journalist, column, companion, journalist_id))
        return wanted

    def _concerns(
        self, table: Table, column: "Column[UUID]", companion: "Column[UUID]", wanted: UUID
    ) -> ColumnElement[bool]:
        """Give the condition that somebody is the one who came, or came along."""
        is_wanted = is_of(self._connection, table, column, wanted)
        along = select(contact_companion.c.contact_id).where(
            is_of(self._connection, table, companion, wanted)
        )
        if self._connection.scalar(along.limit(1)) is None:
            # Most never came along: then the index gives their contacts in order, however many there are.
            return is_wanted
        return or_(is_wanted, contact.c.id.in_(along))

    def due(self, limit: int = 100) -> tuple[Contact, ...]:
        """Give the entries with an open deadline or follow-up, the earliest first; without companions and answers."""
        is_open = and_(contact.c.settled_at.is_(None), contact.c.corrected_by.is_(None))
        found: dict[UUID, Contact] = {}
        for column in (contact.c.due_at, contact.c.follow_up_on):
            statement = select(contact).where(is_open, column.is_not(None)).order_by(column).limit(limit)
            for row in self._connection.execute(statement).mappings():
                found[row["id"]] = _contact(row)
        return tuple(sorted(found.values(), key=_first_clock)[:limit])

    def count_due(self) -> int:
        """Count the open deadlines and follow-ups."""
        is_open = and_(contact.c.settled_at.is_(None), contact.c.corrected_by.is_(None))
        counted = (
            self._connection.scalar(
                select(func.count()).select_from(contact).where(is_open, column.is_not(None))
            )
            for column in (contact.c.due_at, contact.c.follow_up_on)
        )
        return sum(count or 0 for count in counted)

    def between(self, start: datetime, end: datetime) -> tuple[Contact, ...]:
        """Give the entries received from ``start`` until before ``end`` (UTC), the earliest first."""
        statement = select(contact).where(contact.c.received_at >= start, contact.c.received_at < end)
        rows = self._connection.execute(statement.order_by(contact.c.received_at, contact.c.n)).mappings()
        return tuple(_contact(row) for row in rows)

    def count_between(self, start: datetime, end: datetime) -> int:
        """Count the entries received from ``start`` until before ``end`` (UTC), corrected ones aside."""
        statement = select(func.count()).where(
            contact.c.received_at >= start, contact.c.received_at < end, contact.c.corrected_by.is_(None)
        )
        return self._connection.scalar(statement) or 0

    def settle(self, contact_id: UUID, at: datetime | None, by: Ref | None = None) -> None:
        """Note that what was due has been done; None: it is due again. Each time is an entry of its own.

        Args:
            by: who noted it.
        """
        self.settle_many([contact_id], at, by)

    def settle_many(self, contact_ids: Sequence[UUID], at: datetime | None, by: Ref | None = None) -> None:
        """Note of many entries, in their order, what ``settle`` notes of one."""
        if not contact_ids:
            return
        who = {"author_id": by.id if by else None, "author_name": by.name if by else ""}
        rows = [{"id": uuid4(), "contact_id": each, "settled_at": at, **who} for each in contact_ids]
        self._connection.execute(_SETTLE, [{"settled": each, "settled_at": at} for each in contact_ids])
        self._connection.execute(_ADD_SETTLEMENT, rows)
        written = at or datetime.now(UTC)
        self._chain.join_many("settlement", [(UUID(str(row["id"])), written, row) for row in rows])


def _first_clock(entry: Contact) -> datetime:
    clocks = [entry.due.due_at] if entry.due and entry.due.due_at else []
    clocks += [end_of_day(entry.follow_up_on)] if entry.follow_up_on else []
    return min(clocks)


def _due(row: RowValues) -> Due | None:
    value = row["due"]
    if not isinstance(value, dict):
        return None
    return Due(due_at=row["due_at"], **value)


def _ref(row: RowValues, noun: str) -> Ref | None:
    found = row[f"{noun}_id"]
    return Ref(found, str(row[f"{noun}_name"])) if isinstance(found, UUID) else None


def _contact(row: RowValues) -> Contact:
    author = _ref(row, "author")
    attachments = [file_record(item) for item in row["attachments"]]
    assert author is not None
    return Contact(
        id=row["id"],
        channel=Channel(str(row["channel"])),
        received_at=row["received_at"],
        entered_at=row["entered_at"],
        outlet=_ref(row, "outlet"),
        journalist=_ref(row, "journalist"),
        topic=str(row["topic"]),
        verification=verification_record(row["verification"]),
        author=author,
        questions=tuple(row["questions"]),
        given=str(row["given"]),
        given_form=GivenForm(str(row["given_form"])),
        follow_up=str(row["follow_up"]),
        follow_up_on=row["follow_up_on"],
        due=_due(row),
        attachments=tuple(item for item in attachments if item),
        corrects=row["corrects"],
        corrected_by=row["corrected_by"],
        settled_at=row["settled_at"],
        occasion=row["occasion"] or "",
        answered_by=row["answered_by"] or "",
        givens=tuple(Given(str(each["text"]), GivenForm(each["form"])) for each in row["givens"] or ()),
        recorded=bool(row["recorded"]),
        follows=row["follows"],
    )


def _row(row: Any) -> ContactRow:
    # By place: this is done for every row that is scrolled past.
    n, record, received_at, channel, outlet_name, journalist_name, topic, result, author = row[:9]
    due_at, settled_at, corrected_by, entered_at, others = row[9:]
    return ContactRow(
        n,
        record,
        received_at,
        _CHANNELS[channel],
        outlet_name,
        journalist_name,
        topic,
        result,
        author,
        due_at if settled_at is None else None,
        corrected_by is not None,
        others,
        entered_at - received_at > LATE_AFTER,
    )
