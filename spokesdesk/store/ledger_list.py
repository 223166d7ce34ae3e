"""The ledger as a list of any length: by state, by words without accents, the latest change first."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Connection, Integer, MetaData, Table, Text, and_, func, select

from spokesdesk.domain.text import fold
from spokesdesk.services.ports import SyncRow
from spokesdesk.services.ports.paging import Paged
from spokesdesk.services.ports.sync import LedgerEntry
from spokesdesk.store.columns import UtcTime, UuidBlob
from spokesdesk.store.listing import SqlList, latest
from spokesdesk.store.tables_sync import ledger, outbox

# The ledger is kept by its record; its rows have numbers all the same, which lists go by.
_LISTED = Table(
    "ledger",
    MetaData(),
    Column("rowid", Integer, key="n", primary_key=True),
    Column("record", UuidBlob, key="id"),
    Column("entity", Text),
    Column("title", Text),
    Column("folded", Text),
    Column("state", Text),
    Column("reason", Text),
    Column("url", Text),
    Column("changed_at", UtcTime),
)
_ORDER = latest(_LISTED, _LISTED.c.changed_at)


class LedgerList:
    """Reads the ledger by pages."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def listed(self, states: Sequence[str] = (), words: str = "") -> Paged:
        """Give the list of the records in some states, all without; their titles hold all of the words."""
        wanted: list[ColumnElement[bool]] = []
        if states:
            wanted.append(_LISTED.c.state.in_(list(states)))
        wanted += [_LISTED.c.folded.contains(word, autoescape=True) for word in fold(words).split()]
        return SqlList(self._connection, _ORDER, (and_(*wanted),) if wanted else ())

    def rows_of(self, numbers: Sequence[int]) -> tuple[SyncRow, ...]:
        """Give the rows of some numbers, in their order; those that are gone are left out."""
        found = {}
        for row in self._connection.execute(select(_LISTED).where(_LISTED.c.n.in_(list(numbers)))):
            named = row._mapping
            found[named[_LISTED.c.n]] = SyncRow(
                named[_LISTED.c.id],
                named[_LISTED.c.entity],
                named[_LISTED.c.title],
                named[_LISTED.c.state],
                named[_LISTED.c.reason],
                named[_LISTED.c.changed_at],
                named[_LISTED.c.url],
                named[_LISTED.c.n],
            )
        return tuple(found[n] for n in numbers if n in found)

    def counts(self) -> dict[str, int]:
        """Give how many records are in each state."""
        counted = select(ledger.c.state, func.count()).group_by(ledger.c.state)
        return {row[0]: int(row[1]) for row in self._connection.execute(counted)}

    def entry(self, record: UUID) -> LedgerEntry | None:
        """Give all that is known of one record's way; None when it never went on one."""
        row = self._connection.execute(select(ledger).where(ledger.c.record == record)).first()
        if row is None:
            return None
        waiting = self._connection.execute(
            select(outbox.c.op_id, outbox.c.state, outbox.c.tries, outbox.c.queued_at)
            .where(outbox.c.record == record)
            .order_by(outbox.c.n)
        ).all()
        return LedgerEntry(
            SyncRow(row.record, row.entity, row.title, row.state, row.reason, row.changed_at, row.url),
            len(waiting),
            max((one.tries for one in waiting), default=0),
            min((one.queued_at for one in waiting), default=None),
            tuple(str(one["sha256"]) for one in row.files if one),
        )
